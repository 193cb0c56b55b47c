using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Microsoft.Win32.SafeHandles;

namespace VPythonTools.CipdServer;

/// <summary>Where instance files are downloaded, by URLs that were given out for it, without credentials.</summary>
/// <param name="urls">The URLs.</param>
/// <param name="faults">What goes wrong.</param>
internal sealed class BlobEndpoint(SignedUrls urls, Faults faults)
{
    private const int BufferSize = 128 << 10;

    /// <summary>Answers a request for a download.</summary>
    public async Task HandleAsync(HttpContext context, RequestRecord record)
    {
        HttpRequest request = context.Request;
        SignedUrl? url = urls.Find(request.Path.Value![SignedUrls.Path.Length..]);
        record.Instance = url?.Instance.Id.Value;
        if (record.HasAuthorization)
        {
            await RefuseAsync(context, 400, "Authorization must not be sent to storage: the URL is all that is needed");
            return;
        }
        if (faults.BlobDelay is { } slow && slow.TryTake(out TimeSpan delay)) await Task.Delay(delay, context.RequestAborted);
        if (Refusal(request, url) is { } refusal)
        {
            await RefuseAsync(context, refusal.Status, refusal.Text);
            return;
        }
        if (faults.BlobRedirect is { } redirect && !PrpcEndpoint.IsMoved(request) && redirect.TryTake(out _))
        {
            context.Response.Redirect(PrpcEndpoint.Elsewhere(request));
            return;
        }
        await SendAsync(context, url!.Instance);
    }

    private (int Status, string Text)? Refusal(HttpRequest request, SignedUrl? url)
    {
        if (url is null) return (404, "NoSuchKey");
        if (!HttpMethods.IsGet(request.Method)) return (403, "SignatureDoesNotMatch: the URL is signed for GET");
        if (url.BadStatus is { } bad) return (bad, bad == 403 ? "ExpiredToken" : "the fault that was asked for");
        if (DateTimeOffset.UtcNow > url.Expires) return (403, "ExpiredToken");
        if (faults.BlobStatus is { } fault && fault.TryTake(out int status)) return (status, "the fault that was asked for");
        if (!File.Exists(url.Instance.Path)) return (404, "NoSuchKey");
        return null;
    }

    private static async Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    private async Task SendAsync(HttpContext context, ServedInstance instance)
    {
        using SafeFileHandle file = File.OpenHandle(instance.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long length = RandomAccess.GetLength(file);
        HttpResponse response = context.Response;
        string etag = $"\"{instance.Id}\"";
        response.Headers.ETag = etag;
        response.Headers.AcceptRanges = "bytes";
        response.ContentType = "application/octet-stream";

        (long start, long end) = (0, length);
        if (RangeOf(context.Request, etag, length) is { } range)
        {
            if (range.Start >= length)
            {
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                response.Headers.ContentRange = $"bytes */{length}";
                return;
            }
            (start, end) = range;
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{end - 1}/{length}");
        }
        long? announced = faults.BlobChunked ? null : end - start;
        if (announced is { } right && faults.BlobWrongLength is { } wrong && wrong.TryTake(out long difference))
        {
            announced = Math.Max(0, right + difference);
            end = Math.Min(end, start + announced.Value);
        }
        response.ContentLength = announced;
        (long sent, Ending ending) = Plan(end - start);
        long? wrongByte = faults.BlobWrongBytes is { } flip && flip.TryTake(out _) ? length / 2 : null;
        await CopyAsync(context, file, start, start + sent, wrongByte);
        await EndAsync(context, ending);
    }

    /// <summary>The range that is asked for, from its first byte to the one after its last; null is the whole file.</summary>
    private (long Start, long End)? RangeOf(HttpRequest request, string etag, long length)
    {
        if (faults.BlobIgnoresRange || request.Headers.Range.Count == 0) return null;
        if (request.Headers.IfRange is [{ } condition] && condition != etag) return null;
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out RangeHeaderValue? header) || header.Ranges is not { Count: 1 }) return null;
        RangeItemHeaderValue range = header.Ranges.Single();
        if (range.From is not { } from) return range.To is { } suffix ? (Math.Max(0, length - suffix), length) : null;
        return (from, Math.Min(length, (range.To ?? long.MaxValue - 1) + 1));
    }

    private (long Sent, Ending Ending) Plan(long length)
    {
        if (faults.BlobStall is { } stall && stall.TryTake(out long stalled)) return (Math.Min(length, stalled), Ending.Stall);
        if (faults.BlobReset is { } reset && reset.TryTake(out long kept)) return (Math.Min(length, kept), Ending.Reset);
        if (faults.BlobTruncated is { } truncated && truncated.TryTake(out long rest)) return (Math.Min(length, rest), Ending.Early);
        return (length, Ending.Whole);
    }

    private async Task CopyAsync(HttpContext context, SafeFileHandle file, long start, long end, long? wrongByte)
    {
        var buffer = new byte[BufferSize];
        while (start < end)
        {
            int wanted = (int)Math.Min(faults.BlobRate is { } rate ? Math.Clamp(rate / 10, 1, BufferSize) : BufferSize, end - start);
            int count = await RandomAccess.ReadAsync(file, buffer.AsMemory(0, wanted), start, context.RequestAborted);
            if (count == 0) break;
            if (wrongByte is { } position && position >= start && position < start + count) buffer[position - start] ^= 0x20;
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
            start += count;
            if (faults.BlobRate is null) continue;
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(100, context.RequestAborted);
        }
    }

    /// <summary>Less than was announced needs no care: Kestrel closes the connection then.</summary>
    private static async Task EndAsync(HttpContext context, Ending ending)
    {
        if (ending is Ending.Whole or Ending.Early) return;
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (ending == Ending.Stall) await Task.Delay(Timeout.Infinite, context.RequestAborted);
        else await PrpcEndpoint.ResetAsync(context);
    }

    private enum Ending
    {
        Whole,
        Early,
        Stall,
        Reset,
    }
}
