using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace VPythonTools.CipdServer;

/// <summary>A CIPD service on this machine: what a package directory holds, served as the real service does, or with the faults that are asked for.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly ServerOptions _options;
    private readonly PrpcEndpoint _prpc;
    private readonly BlobEndpoint _blobs;
    private readonly RedirectEndpoint _redirects;
    private readonly ConcurrentQueue<Exception> _errors = new();
    private LoopbackHost? _host;

    private LoopbackServer(ServerOptions options)
    {
        _options = options;
        var urls = new SignedUrls(options.UrlLifetime, Faults);
        var service = new RepositoryService(new ServedPackages(options.Packages), Access, urls, Faults);
        _prpc = new(service, Tokens, Faults);
        _blobs = new(urls, Faults);
        _redirects = new(service, _prpc, urls);
    }

    /// <summary>Where the server is: <c>http://127.0.0.1:PORT</c>, without a slash at its end.</summary>
    public string Url => _host!.Url;

    /// <summary>What it does wrong.</summary>
    public Faults Faults { get; } = new();

    /// <summary>Who may read what.</summary>
    public AccessRules Access { get; } = new();

    /// <summary>The good tokens and the identities of those who have them.</summary>
    public ConcurrentDictionary<string, string> Tokens { get; } = new();

    /// <summary>The requests so far.</summary>
    public RequestLog Log { get; } = new();

    /// <summary>What went wrong in the server without having been asked for: its bugs.</summary>
    public IReadOnlyCollection<Exception> Errors => _errors;

    /// <summary>Starts a server; it listens when the task is done.</summary>
    /// <exception cref="IOException">The package directory cannot be read, or the port is taken.</exception>
    /// <exception cref="InvalidDataException">The package directory is not valid.</exception>
    public static async Task<LoopbackServer> StartAsync(ServerOptions options)
    {
        var server = new LoopbackServer(options);
        server._host = await LoopbackHost.StartAsync(server.HandleAsync, server.Configure);
        return server;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinResponseDataRate = null;
        if (_options.Socket is { } socket) kestrel.ListenUnixSocket(socket);
        else kestrel.Listen(_options.EndPoint, Listen);
    }

    private void Listen(ListenOptions listening)
    {
        listening.Protocols = HttpProtocols.Http1AndHttp2;
        if (_options.Certificate is { } certificate) listening.UseHttps(certificate);
    }

    private async Task HandleAsync(HttpContext context)
    {
        RequestRecord record = RecordOf(context.Request);
        Log.Add(record);
        try
        {
            await DispatchAsync(context, record);
            record.Outcome ??= $"HTTP {context.Response.StatusCode}";
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConnectionAbortedException or ConnectionResetException or Microsoft.AspNetCore.Http.BadHttpRequestException || context.RequestAborted.IsCancellationRequested)
        {
            record.Outcome = "broken off by the client";
        }
        catch (Exception exception)
        {
            _errors.Enqueue(exception);
            record.Outcome = $"bug of the server: {exception}";
            throw;
        }
        finally
        {
            _options.Log?.WriteLine($"{record.Method} {record.Rpc ?? record.Path}{(record.Instance is null ? "" : $" ({record.Instance})")} {record.Identity}: {record.Outcome}");
        }
    }

    private async Task DispatchAsync(HttpContext context, RequestRecord record)
    {
        string path = context.Request.Path.Value ?? "";
        if (path.StartsWith(PrpcEndpoint.Path, StringComparison.Ordinal)) await _prpc.HandleAsync(context, record);
        else if (path.StartsWith(SignedUrls.Path, StringComparison.Ordinal)) await _blobs.HandleAsync(context, record);
        else if (!await _redirects.TryHandleAsync(context, record)) context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static RequestRecord RecordOf(HttpRequest request)
    {
        string path = request.Path.Value ?? "";
        return new(request.Method, path, request.Host.Value ?? "")
        {
            Headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Protocol = request.Protocol,
            Rpc = path.StartsWith(PrpcEndpoint.Path, StringComparison.Ordinal) ? path[(path.LastIndexOf('/') + 1)..] : null,
        };
    }
}
