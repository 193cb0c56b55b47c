using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using VPythonTools.Runner.Cipd.Protocol;

namespace VPythonTools.CipdServer;

/// <summary>pRPC over HTTP: headers, codes, error bodies, both encodings, compression, limits of size and time.</summary>
/// <param name="service">What the methods do.</param>
/// <param name="tokens">The good tokens, and who has them.</param>
/// <param name="faults">What goes wrong.</param>
internal sealed class PrpcEndpoint(RepositoryService service, IReadOnlyDictionary<string, string> tokens, Faults faults)
{
    /// <summary>Where RPCs are.</summary>
    public const string Path = "/prpc/";

    private const string ServiceName = "cipd.Repository";
    private const int LargestRequest = 64 << 20;
    private const int SmallestCompressed = 1024;

    private readonly Dictionary<string, Method> _methods = new()
    {
        ["ResolveVersion"] = Method.Of<ResolveVersionRequest>(ResolveVersionRequest.Descriptor, service.ResolveVersion),
        ["GetInstanceURL"] = Method.Of<GetInstanceURLRequest>(GetInstanceURLRequest.Descriptor, service.GetInstanceUrl),
        ["DescribeInstance"] = Method.Of<DescribeInstanceRequest>(DescribeInstanceRequest.Descriptor, service.DescribeInstance),
        ["ListInstances"] = Method.Of<ListInstancesRequest>(ListInstancesRequest.Descriptor, service.ListInstances),
        ["SearchInstances"] = Method.Of<SearchInstancesRequest>(SearchInstancesRequest.Descriptor, service.SearchInstances),
        ["ListRefs"] = Method.Of<ListRefsRequest>(ListRefsRequest.Descriptor, service.ListRefs),
        ["ListMetadata"] = Method.Of<ListMetadataRequest>(ListMetadataRequest.Descriptor, service.ListMetadata),
        ["ListPrefix"] = Method.Of<ListPrefixRequest>(ListPrefixRequest.Descriptor, service.ListPrefix),
        ["GetRolesInPrefix"] = Method.Of<PrefixRequest>(PrefixRequest.Descriptor, service.GetRolesInPrefix),
    };

    /// <summary>The HTTP status that belongs to a code.</summary>
    public static int HttpStatusOf(RpcCode code) => code switch
    {
        RpcCode.Ok => 200,
        RpcCode.Cancelled => 499,
        RpcCode.InvalidArgument or RpcCode.FailedPrecondition or RpcCode.OutOfRange => 400,
        RpcCode.DeadlineExceeded => 504,
        RpcCode.NotFound => 404,
        RpcCode.AlreadyExists or RpcCode.Aborted => 409,
        RpcCode.PermissionDenied => 403,
        RpcCode.ResourceExhausted => 429,
        RpcCode.Unimplemented => 501,
        RpcCode.Unavailable => 503,
        RpcCode.Unauthenticated => 401,
        _ => 500,
    };

    /// <summary>Answers a request below <see cref="Path"/>.</summary>
    public async Task HandleAsync(HttpContext context, RequestRecord record)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }
        bool isHit = record.Rpc is not null && faults.Hit(record.Rpc);
        if (isHit && await FailBelowRpcAsync(context)) return;

        WireFormat answer = WireFormat.Binary;
        try
        {
            IHeaderDictionary headers = context.Request.Headers;
            Method method = Find(context.Request.Path);
            WireFormat asked = WireFormat.OfRequest(headers.ContentType);
            answer = WireFormat.OfAnswer([.. headers.Accept.OfType<string>()]);
            int limit = LimitOf(headers);
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            if (TimeoutOf(headers) is { } timeout) cancellation.CancelAfter(timeout);
            Caller caller = CallerOf(context);
            record.Identity = caller.Identity;
            IMessage request = asked.Parse(method.Request, await ReadAsync(context, cancellation.Token));
            if (isHit) await DelayAsync(cancellation.Token, context.RequestAborted);
            if (isHit && faults.RpcCode is { } fault && fault.TryTake(out RpcCode code)) throw new RpcException(code, $"the fault that was asked for: {code}");
            IMessage response = method.Call(request, caller);
            await WriteAsync(context, record, answer, response, limit, isHit);
        }
        catch (RpcException exception)
        {
            record.Outcome = $"{(int)exception.Code} {exception.Message}";
            await WriteErrorAsync(context, answer, exception);
        }
    }

    /// <summary>Who sends the request: nobody without a token, and refused with a bad one.</summary>
    /// <exception cref="RpcException">The token is not good.</exception>
    public Caller CallerOf(HttpContext context)
    {
        string origin = $"{context.Request.Scheme}://{context.Request.Host}";
        string? authorization = context.Request.Headers.Authorization;
        if (string.IsNullOrEmpty(authorization)) return new(Caller.Anonymous, origin);
        bool isGood = authorization.StartsWith("Bearer ", StringComparison.Ordinal) && !(faults.RefusedToken is { } fault && fault.TryTake(out _));
        return isGood && tokens.TryGetValue(authorization["Bearer ".Length..], out string? identity)
            ? new(identity, origin)
            : throw new RpcException(RpcCode.Unauthenticated, "bad access token: it is not known or has expired");
    }

    /// <summary>Ends the connection as a machine does that has just crashed.</summary>
    public static async Task ResetAsync(HttpContext context)
    {
        // What was written is on its way through Kestrel, which does not say when it is out; what comes before a reset should be.
        if (context.Response.HasStarted) await Task.Delay(TimeSpan.FromMilliseconds(100));
        if (context.Features.Get<IConnectionSocketFeature>() is { } feature) feature.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        context.Abort();
    }

    /// <summary>The same URL under another name of this machine.</summary>
    public static string Elsewhere(HttpRequest request)
    {
        string host = request.Host.Host == "localhost" ? "127.0.0.1" : "localhost";
        return $"{request.Scheme}://{host}:{request.Host.Port}{request.Path}?moved";
    }

    /// <summary>Whether the request has been redirected already.</summary>
    public static bool IsMoved(HttpRequest request) => request.QueryString.Value == "?moved";

    private async Task<bool> FailBelowRpcAsync(HttpContext context)
    {
        if (faults.RpcReset is { } reset && reset.TryTake(out _))
        {
            await ResetAsync(context);
            return true;
        }
        if (faults.RpcRedirect is { } redirect && !IsMoved(context.Request) && redirect.TryTake(out _))
        {
            context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            context.Response.Headers.Location = Elsewhere(context.Request);
            return true;
        }
        if (faults.RpcHttpStatus is not { } status || !status.TryTake(out int code)) return false;
        context.Response.StatusCode = code;
        context.Response.ContentType = faults.RpcHtml ? "text/html; charset=UTF-8" : "text/plain; charset=utf-8";
        string text = faults.RpcHtml ? $"<!DOCTYPE html>\n<html><head><title>Error {code}</title></head><body><h1>Error {code}</h1><p>From a gateway.</p></body></html>\n" : $"error {code} from a gateway\n";
        await context.Response.WriteAsync(text, context.RequestAborted);
        return true;
    }

    private async Task DelayAsync(CancellationToken deadline, CancellationToken aborted)
    {
        if (faults.RpcDelay is not { } fault || !fault.TryTake(out TimeSpan delay)) return;
        try
        {
            await Task.Delay(delay, deadline);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            throw new RpcException(RpcCode.DeadlineExceeded, "the caller's time is over");
        }
    }

    private Method Find(string path)
    {
        string[] parts = path[Path.Length..].Split('/');
        if (parts.Length != 2 || parts[0] != ServiceName) throw new RpcException(RpcCode.Unimplemented, $"service \"{parts[0]}\" is not implemented");
        return _methods.GetValueOrDefault(parts[1]) ?? throw new RpcException(RpcCode.Unimplemented, $"method \"{parts[1]}\" in service \"{parts[0]}\" is not implemented");
    }

    private static int LimitOf(IHeaderDictionary headers)
    {
        string? text = headers["X-Prpc-Max-Response-Size"];
        if (text is null) return int.MaxValue;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long limit) || limit == 0) throw new RpcException(RpcCode.InvalidArgument, $"bad X-Prpc-Max-Response-Size \"{text}\"");
        return (int)Math.Min(limit, int.MaxValue);
    }

    private static TimeSpan? TimeoutOf(IHeaderDictionary headers)
    {
        string? text = headers["X-Prpc-Grpc-Timeout"];
        if (text is null) return null;
        if (text.Length > 1 && long.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= 99_999_999)
        {
            switch (text[^1])
            {
                case 'H': return Shortened(TimeSpan.FromHours(value));
                case 'M': return Shortened(TimeSpan.FromMinutes(value));
                case 'S': return Shortened(TimeSpan.FromSeconds(value));
                case 'm': return TimeSpan.FromMilliseconds(value);
                case 'u': return TimeSpan.FromMicroseconds(value);
                case 'n': return TimeSpan.FromMicroseconds(value / 1000.0);
            }
        }
        throw new RpcException(RpcCode.InvalidArgument, $"bad X-Prpc-Grpc-Timeout \"{text}\"");
    }

    /// <summary>Timers go up to 49 days; nobody waits that long for this server.</summary>
    private static TimeSpan Shortened(TimeSpan time) => time < TimeSpan.FromDays(1) ? time : TimeSpan.FromDays(1);

    private static async Task<byte[]> ReadAsync(HttpContext context, CancellationToken cancellation)
    {
        string? encoding = context.Request.Headers.ContentEncoding;
        if (encoding is not (null or "" or "identity" or "gzip")) throw new RpcException(RpcCode.InvalidArgument, $"unsupported Content-Encoding \"{encoding}\"") { HttpStatus = 415 };
        await using Stream body = encoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        using var read = new MemoryStream();
        var buffer = new byte[64 << 10];
        try
        {
            int count;
            while ((count = await body.ReadAsync(buffer, cancellation)) > 0)
            {
                read.Write(buffer, 0, count);
                if (read.Length > LargestRequest) throw new RpcException(RpcCode.Unavailable, "the request is too big");
            }
        }
        catch (InvalidDataException exception)
        {
            throw new RpcException(RpcCode.InvalidArgument, $"could not decompress body: {exception.Message}");
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new RpcException(RpcCode.DeadlineExceeded, "the caller's time is over");
        }
        return read.ToArray();
    }

    private async Task WriteAsync(HttpContext context, RequestRecord record, WireFormat format, IMessage message, int limit, bool isHit)
    {
        int padding = isHit && faults.RpcHuge is { } huge && huge.TryTake(out int size) ? size : 0;
        byte[] body = format.Write(message, padding);
        if (padding == 0 && body.Length > limit)
        {
            throw new RpcException(RpcCode.Unavailable, $"the response size {body.Length} exceeds the client limit {limit}")
            {
                Detail = new ErrorDetails { ResponseTooBig = new() { ResponseSize = body.Length, ResponseLimit = limit } },
            };
        }
        record.Outcome = "0";
        HttpResponse response = context.Response;
        SetCommonHeaders(response, RpcCode.Ok);
        response.ContentType = isHit && faults.RpcContentType is { } type && type.TryTake(out string? name) ? name : format.ContentType;
        if (body.Length > SmallestCompressed && AcceptsGzip(context.Request))
        {
            response.Headers.ContentEncoding = "gzip";
            body = Compress(body);
        }
        response.ContentLength = body.Length;
        if (isHit && faults.RpcTruncated is { } truncated && truncated.TryTake(out int end))
        {
            await response.Body.WriteAsync(body.AsMemory(0, Math.Min(end, body.Length)), context.RequestAborted);
            return; // Kestrel closes a connection on which less was sent than was announced.
        }
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task WriteErrorAsync(HttpContext context, WireFormat format, RpcException exception)
    {
        HttpResponse response = context.Response;
        SetCommonHeaders(response, exception.Code);
        response.StatusCode = exception.HttpStatus ?? HttpStatusOf(exception.Code);
        response.ContentType = "text/plain; charset=utf-8";
        if (exception.Detail is not null) response.Headers.Append("X-Prpc-Status-Details-Bin", format.WriteDetail(exception.Detail));
        if (faults.RpcMalformedDetails) response.Headers.Append("X-Prpc-Status-Details-Bin", "!this is no base64!");
        string text = response.StatusCode < 500 ? exception.Message : exception.Code == RpcCode.Unavailable ? "Service unavailable" : "Internal server error";
        byte[] body = Encoding.UTF8.GetBytes(text + "\n");
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static void SetCommonHeaders(HttpResponse response, RpcCode code)
    {
        response.Headers["X-Prpc-Grpc-Code"] = ((int)code).ToString(CultureInfo.InvariantCulture);
        response.Headers.XContentTypeOptions = "nosniff";
    }

    private static bool AcceptsGzip(HttpRequest request) => request.Headers.AcceptEncoding.Any(value => value is not null && value.Contains("gzip", StringComparison.OrdinalIgnoreCase));

    private static byte[] Compress(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(body);
        return compressed.ToArray();
    }

    private sealed record Method(MessageDescriptor Request, Func<IMessage, Caller, IMessage> Call)
    {
        public static Method Of<T>(MessageDescriptor request, Func<T, Caller, IMessage> call)
            where T : IMessage =>
            new(request, (message, caller) => call((T)message, caller));
    }
}
