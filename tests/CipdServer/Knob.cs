using System.Collections.Immutable;
using System.Globalization;

namespace VPythonTools.CipdServer;

/// <summary>A fault as a flag of the command line.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="Value">The form of its value: <c>[:TIMES]</c> may be left out, and is for ever then.</param>
/// <param name="Description">What goes wrong.</param>
/// <param name="Set">Turns it on; throws a <see cref="FormatException"/> where the value is none.</param>
public sealed record Knob(string Flag, string Value, string Description, Action<Faults, string> Set)
{
    private const string Count = "TIMES|always";

    /// <summary>All faults.</summary>
    public static ImmutableArray<Knob> All { get; } =
    [
        new("--rpc-methods", "NAME,...", "only these methods have the faults of RPCs", (faults, text) => faults.RpcMethods = [.. text.Split(',')]),
        new("--rpc-http-status", "STATUS[:TIMES]", "an RPC is answered by this HTTP status and no code", (faults, text) => faults.RpcHttpStatus = Parse(text, Whole)),
        new("--rpc-html", "yes|no", "what --rpc-http-status answers is HTML", (faults, text) => faults.RpcHtml = YesOrNo(text)),
        new("--rpc-code", "CODE[:TIMES]", "an RPC is answered with this gRPC code, a number", (faults, text) => faults.RpcCode = Parse(text, value => (RpcCode)Whole(value))),
        new("--rpc-delay", "SECONDS[:TIMES]", "an RPC is answered late", (faults, text) => faults.RpcDelay = Parse(text, Seconds)),
        new("--rpc-reset", Count, "the connection of an RPC is reset", (faults, text) => faults.RpcReset = Times(text)),
        new("--rpc-huge", "BYTES[:TIMES]", "an answer is so much larger, whatever the client takes", (faults, text) => faults.RpcHuge = Parse(text, Whole)),
        new("--rpc-truncated", "BYTES[:TIMES]", "an answer ends after so many of the bytes announced", (faults, text) => faults.RpcTruncated = Parse(text, Whole)),
        new("--rpc-content-type", "TYPE", "an answer calls itself this", (faults, text) => faults.RpcContentType = new(text)),
        new("--rpc-redirect", Count, "an RPC is redirected to another name of the server", (faults, text) => faults.RpcRedirect = Times(text)),
        new("--rpc-malformed-details", "yes|no", "errors bring details that are no base64", (faults, text) => faults.RpcMalformedDetails = YesOrNo(text)),
        new("--refused-token", Count, "a good token is refused, as an expired one is", (faults, text) => faults.RefusedToken = Times(text)),
        new("--ambiguous-tags", "yes|no", "tags name several instances", (faults, text) => faults.AmbiguousTags = YesOrNo(text)),
        new("--unknown-algorithm", "yes|no", "instances are named by a hash that no client knows", (faults, text) => faults.UnknownAlgorithm = YesOrNo(text)),
        new("--bad-url", "STATUS[:TIMES]", "an URL that is given out leads to this HTTP status only; 403 is an expired one", (faults, text) => faults.BadUrl = Parse(text, Whole)),
        new("--blob-status", "STATUS[:TIMES]", "a download is answered with this HTTP status", (faults, text) => faults.BlobStatus = Parse(text, Whole)),
        new("--blob-delay", "SECONDS[:TIMES]", "a download is answered late", (faults, text) => faults.BlobDelay = Parse(text, Seconds)),
        new("--blob-stall", "BYTES[:TIMES]", "a download stops after so many bytes, and the connection stays open", (faults, text) => faults.BlobStall = Parse(text, Long)),
        new("--blob-truncated", "BYTES[:TIMES]", "a download ends after so many bytes", (faults, text) => faults.BlobTruncated = Parse(text, Long)),
        new("--blob-reset", "BYTES[:TIMES]", "the connection of a download is reset after so many bytes", (faults, text) => faults.BlobReset = Parse(text, Long)),
        new("--blob-wrong-bytes", Count, "a download has another byte in its middle", (faults, text) => faults.BlobWrongBytes = Times(text)),
        new("--blob-wrong-length", "DIFFERENCE[:TIMES]", "the length announced for a download differs by so much", (faults, text) => faults.BlobWrongLength = Parse(text, Long)),
        new("--blob-redirect", Count, "a download is redirected to another name of the server", (faults, text) => faults.BlobRedirect = Times(text)),
        new("--blob-chunked", "yes|no", "no length is announced for downloads", (faults, text) => faults.BlobChunked = YesOrNo(text)),
        new("--blob-ignores-range", "yes|no", "downloads always begin at the beginning", (faults, text) => faults.BlobIgnoresRange = YesOrNo(text)),
        new("--blob-rate", "BYTES", "the most bytes of a download in a second", (faults, text) => faults.BlobRate = Whole(text)),
    ];

    private static Fault<T> Parse<T>(string text, Func<string, T> value)
        where T : notnull =>
        text.Split(':') switch
        {
            [var only] => new(value(only)),
            [var first, var times] => new(value(first), Whole(times)),
            _ => throw new FormatException(),
        };

    private static Fault<bool> Times(string text) => text == "always" ? new(true) : new(true, Whole(text));

    private static bool YesOrNo(string text) => text switch
    {
        "yes" => true,
        "no" => false,
        _ => throw new FormatException(),
    };

    private static int Whole(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static long Long(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
}
