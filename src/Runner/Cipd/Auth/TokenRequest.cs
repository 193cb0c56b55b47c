using System.Text.Json;
using VPythonTools.Runner.Cipd.Network;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>Asks a server for a token by HTTP, again where that may help.</summary>
/// <param name="client">The connections.</param>
/// <param name="source">What is asked, for messages.</param>
/// <param name="nextStep">What the user can do when there is no token.</param>
internal sealed class TokenRequest(HttpClient client, string source, string nextStep)
{
    private const int Attempts = 4;
    private const int LongestAnswer = 64 << 10;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>A client that uses no proxy: for servers of this machine.</summary>
    public static HttpClient Direct { get; } = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectCallback = HostConnector.ConnectAsync })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends a request, made anew for each attempt, and reads its JSON. Server errors and broken connections are tried again; everything else is an answer.</summary>
    /// <param name="make">Makes the request.</param>
    /// <param name="read">Makes a token of the answer, or says why there is none in it.</param>
    /// <param name="cancellation">Stops at once.</param>
    public async Task<Result<AccessToken>> SendAsync(Func<HttpRequestMessage> make, Func<JsonElement, (AccessToken? Token, string? Fault)> read, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            string reason;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Limit);
            using HttpRequestMessage request = make();
            try
            {
                using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
                if (!response.IsSuccessStatusCode)
                {
                    reason = $"it answers HTTP {(int)response.StatusCode}";
                    if ((int)response.StatusCode < 500) return Refuse(reason);
                }
                else
                {
                    await response.Content.LoadIntoBufferAsync(LongestAnswer, limit.Token).ConfigureAwait(false);
                    using JsonDocument answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false), default, limit.Token).ConfigureAwait(false);
                    (AccessToken? token, string? fault) = answer.RootElement.ValueKind == JsonValueKind.Object ? read(answer.RootElement) : (null, null);
                    return token is not null && AccessToken.IsPlausible(token.Value) ? token : Refuse(fault ?? "there is none in its answer");
                }
            }
            catch (JsonException)
            {
                return Refuse("its answer is not JSON");
            }
            catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
            {
                return Refuse("its answer is too long");
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                reason = NetworkFault.Of(exception, request.RequestUri!).Reason;
            }
            if (attempt == Attempts) return Refuse(reason);
            await Task.Delay(Pause * attempt, cancellation).ConfigureAwait(false);
        }
    }

    private Failure Refuse(string reason) => TokenFailure.Of(source, reason, nextStep);
}
