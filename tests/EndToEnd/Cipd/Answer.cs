using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>What came back for an RPC, as it is on the wire.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The gRPC code; null when there is none.</param>
/// <param name="Body">The body, as it was sent.</param>
/// <param name="Headers">The headers of the body.</param>
/// <param name="Details">The details of the status.</param>
internal sealed record Answer(int Status, int? Code, byte[] Body, HttpContentHeaders Headers, string[] Details)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Sends a request and reads the answer to its end; nothing is unpacked.</summary>
    public static async Task<Answer> OfAsync(HttpClient client, string url, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        using HttpResponseMessage response = await client.SendAsync(request);
        int? code = response.Headers.TryGetValues("X-Prpc-Grpc-Code", out IEnumerable<string>? codes) ? int.Parse(codes.Single(), CultureInfo.InvariantCulture) : null;
        string[] details = response.Headers.TryGetValues("X-Prpc-Status-Details-Bin", out IEnumerable<string>? values) ? [.. values] : [];
        return new((int)response.StatusCode, code, await response.Content.ReadAsByteArrayAsync(), response.Content.Headers, details);
    }
}
