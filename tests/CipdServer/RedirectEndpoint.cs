using Microsoft.AspNetCore.Http;

namespace VPythonTools.CipdServer;

/// <summary>The plain addresses <c>/dl/PACKAGE/+/VERSION</c> and <c>/client</c>, which lead to a download in one step.</summary>
/// <param name="service">What finds instances.</param>
/// <param name="prpc">What knows callers.</param>
/// <param name="urls">The URLs that are given out.</param>
internal sealed class RedirectEndpoint(RepositoryService service, PrpcEndpoint prpc, SignedUrls urls)
{
    private const string Separator = "/+/";

    /// <summary>Answers a request; false when the address is another.</summary>
    public async Task<bool> TryHandleAsync(HttpContext context, RequestRecord record)
    {
        if (Target(context.Request) is not { } target) return false;
        try
        {
            Caller caller = prpc.CallerOf(context);
            record.Identity = caller.Identity;
            RepositoryService.CheckPackageName(target.Package);
            ServedInstance instance = service.Resolve(target.Package, target.Version, caller);
            context.Response.Redirect(urls.Give(caller.Origin, instance));
            context.Response.Headers["X-Cipd-Instance"] = instance.Id.Value;
        }
        catch (RpcException exception)
        {
            record.Outcome = $"{(int)exception.Code} {exception.Message}";
            context.Response.StatusCode = PrpcEndpoint.HttpStatusOf(exception.Code);
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(exception.Message + "\n", context.RequestAborted);
        }
        return true;
    }

    private static (string Package, string Version)? Target(HttpRequest request)
    {
        string path = request.Path.Value ?? "";
        if (path == "/client") return ($"infra/tools/cipd/{request.Query["platform"]}", request.Query["version"].ToString());
        int separator = path.IndexOf(Separator, StringComparison.Ordinal);
        const string downloads = "/dl/";
        return path.StartsWith(downloads, StringComparison.Ordinal) && separator > 0 ? (path[downloads.Length..separator], path[(separator + Separator.Length)..]) : null;
    }
}
