using System.Collections.Immutable;

namespace VPythonTools.CipdServer;

/// <summary>
/// All that the server can be made to do wrong. Each is off until it is set, may be set and removed at any time, and stops by itself where a number of times is
/// given. <c>README.md</c> beside this file has the flag of each.
/// </summary>
public sealed class Faults
{
    /// <summary>The names of the methods that the faults of RPCs hit; all when empty.</summary>
    public ImmutableHashSet<string> RpcMethods { get; set; } = [];

    /// <summary>An RPC is answered by this HTTP status without a code, as by something between client and service.</summary>
    public Fault<int>? RpcHttpStatus { get; set; }

    /// <summary>Whether what <see cref="RpcHttpStatus"/> answers is a page of HTML.</summary>
    public bool RpcHtml { get; set; }

    /// <summary>An RPC is answered with this code.</summary>
    public Fault<RpcCode>? RpcCode { get; set; }

    /// <summary>An RPC is answered after this time.</summary>
    public Fault<TimeSpan>? RpcDelay { get; set; }

    /// <summary>The connection of an RPC is reset.</summary>
    public Fault<bool>? RpcReset { get; set; }

    /// <summary>An RPC is answered with a success of this many bytes more, whatever the caller takes.</summary>
    public Fault<int>? RpcHuge { get; set; }

    /// <summary>The body of a success ends after this many bytes of those announced.</summary>
    public Fault<int>? RpcTruncated { get; set; }

    /// <summary>A success calls itself this.</summary>
    public Fault<string>? RpcContentType { get; set; }

    /// <summary>An RPC is redirected to another name of this server.</summary>
    public Fault<bool>? RpcRedirect { get; set; }

    /// <summary>Errors bring details that are no base64.</summary>
    public bool RpcMalformedDetails { get; set; }

    /// <summary>A good token is refused, as an expired one is.</summary>
    public Fault<bool>? RefusedToken { get; set; }

    /// <summary>Tags name several instances.</summary>
    public bool AmbiguousTags { get; set; }

    /// <summary>Instances are named by a hash that no client knows.</summary>
    public bool UnknownAlgorithm { get; set; }

    /// <summary>An URL that is given out is good for this HTTP status only, whenever it is used: 403 is that of an expired one.</summary>
    public Fault<int>? BadUrl { get; set; }

    /// <summary>A download is answered with this HTTP status.</summary>
    public Fault<int>? BlobStatus { get; set; }

    /// <summary>A download is answered after this time.</summary>
    public Fault<TimeSpan>? BlobDelay { get; set; }

    /// <summary>A download stops after this many bytes, with the connection open.</summary>
    public Fault<long>? BlobStall { get; set; }

    /// <summary>A download ends after this many bytes.</summary>
    public Fault<long>? BlobTruncated { get; set; }

    /// <summary>The connection of a download is reset after this many bytes.</summary>
    public Fault<long>? BlobReset { get; set; }

    /// <summary>A download has another byte in the middle of the file.</summary>
    public Fault<bool>? BlobWrongBytes { get; set; }

    /// <summary>The length of a download is announced wrong by so many bytes: one that is too small cuts the body off.</summary>
    public Fault<long>? BlobWrongLength { get; set; }

    /// <summary>A download is redirected to another name of this server.</summary>
    public Fault<bool>? BlobRedirect { get; set; }

    /// <summary>Whether the length of downloads is not announced, so that a truncated one seems whole.</summary>
    public bool BlobChunked { get; set; }

    /// <summary>Whether downloads always begin at the beginning.</summary>
    public bool BlobIgnoresRange { get; set; }

    /// <summary>The most bytes of a download in a second; as fast as can be when null.</summary>
    public int? BlobRate { get; set; }

    /// <summary>Mends everything.</summary>
    public void Clear()
    {
        RpcMethods = [];
        RpcHttpStatus = null;
        RpcHtml = false;
        RpcCode = null;
        RpcDelay = null;
        RpcReset = null;
        RpcHuge = null;
        RpcTruncated = null;
        RpcContentType = null;
        RpcRedirect = null;
        RpcMalformedDetails = false;
        RefusedToken = null;
        AmbiguousTags = false;
        UnknownAlgorithm = false;
        BadUrl = null;
        BlobStatus = null;
        BlobDelay = null;
        BlobStall = null;
        BlobTruncated = null;
        BlobReset = null;
        BlobWrongBytes = null;
        BlobWrongLength = null;
        BlobRedirect = null;
        BlobChunked = false;
        BlobIgnoresRange = false;
        BlobRate = null;
    }

    /// <summary>Whether the faults of RPCs hit a method.</summary>
    internal bool Hit(string method) => RpcMethods.IsEmpty || RpcMethods.Contains(method);
}
