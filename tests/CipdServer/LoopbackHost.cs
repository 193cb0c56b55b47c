using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace VPythonTools.CipdServer;

/// <summary>An HTTP server on the loopback interface that does nothing but call a handler.</summary>
internal sealed class LoopbackHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LoopbackHost(RequestDelegate handler, Action<KestrelServerOptions> configure)
    {
        // The empty builder takes nothing from the environment, so that the server is the same wherever it is started.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            configure(kestrel);
        });
        _application = builder.Build();
        ((IApplicationBuilder)_application).Run(handler);
    }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Url => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts a server at a free port.</summary>
    public static Task<LoopbackHost> StartAsync(RequestDelegate handler) => StartAsync(handler, kestrel => kestrel.Listen(IPAddress.Loopback, 0));

    /// <summary>Starts a server where <paramref name="configure"/> says; it listens when the task is done.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LoopbackHost> StartAsync(RequestDelegate handler, Action<KestrelServerOptions> configure)
    {
        var host = new LoopbackHost(handler, configure);
        await host._application.StartAsync();
        return host;
    }

    /// <summary>Stops at once: what is under way is a stalled download, or nobody's any more.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}
