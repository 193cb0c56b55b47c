using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using VPythonTools.Runner.Cipd.Auth;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Cipd.Network;
using VPythonTools.Runner.Cipd.Protocol;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Cipd.Service;

/// <summary>
/// Calls methods of the service by pRPC 1.5: one POST a call, over HTTP/1.1 or 2, in binary unless that is refused. Transient errors are tried again, within deadlines; the token
/// goes into the header of these requests and nowhere else, and they follow no redirect.
/// </summary>
internal sealed class PrpcClient(HttpTransport transport, ServiceAddress service, Credentials credentials, RpcPolicy policy, Log log) : IDisposable
{
    private const int MostCallsAtOnce = 32;

    /// <summary>The most bytes of an answer: pRPC's own default, 32 MiB less a margin for headers.</summary>
    internal const int LargestAnswer = 33_521_664;

    private readonly SemaphoreSlim _calls = new(MostCallsAtOnce);
    private PrpcFormat _format = PrpcFormat.Binary;
    private volatile bool _hasAnswered;
    private volatile Silence? _silence;
    private bool _usesCredentials = credentials.HasSource && !credentials.IsOnDemand;

    /// <summary>Whether questions are asked with a token by now.</summary>
    public bool UsesCredentials => _usesCredentials;

    /// <summary>Who asks.</summary>
    public string Account => _usesCredentials ? credentials.Account : Credentials.Anonymous.Account;

    /// <summary>Calls a method.</summary>
    /// <param name="method">The service and the method, such as <c>cipd.Repository/ResolveVersion</c>.</param>
    /// <param name="request">The question.</param>
    /// <param name="parser">Reads the answer.</param>
    /// <param name="cancellation">Stops at once.</param>
    public async Task<RpcAnswer<TAnswer>> CallAsync<TAnswer>(string method, IMessage request, MessageParser<TAnswer> parser, CancellationToken cancellation)
        where TAnswer : class, IMessage<TAnswer>
    {
        long asked = Stopwatch.GetTimestamp();
        await _calls.WaitAsync(cancellation).ConfigureAwait(false);
        using var overall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        overall.CancelAfter(policy.Overall);
        try
        {
            // Nobody waits for a silent service after having waited already for those that found it silent.
            if (!_hasAnswered && _silence is { } silence && silence.Noticed > asked) return silence.Error;
            return await CallWithinAsync(method, request, parser, overall.Token, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _calls.Release();
        }
    }

    /// <summary>Asks as the person who is logged in from now on, where somebody is: for questions that nobody gets an answer to as well, only with less in it.</summary>
    /// <returns>Whether questions are asked with a token from now on.</returns>
    public async Task<bool> UseLoginAsync(CancellationToken cancellation)
    {
        if (_usesCredentials || !credentials.IsOnDemand) return _usesCredentials;
        if ((await credentials.GetAsync(cancellation).ConfigureAwait(false)).Failure is not { } noLogin) return _usesCredentials = true;
        log.Debug(noLogin.Message);
        return false;
    }

    /// <summary>Lets go of what it waits with.</summary>
    public void Dispose() => _calls.Dispose();

    private async Task<RpcAnswer<TAnswer>> CallWithinAsync<TAnswer>(
        string method, IMessage request, MessageParser<TAnswer> parser, CancellationToken deadline, CancellationToken cancellation)
        where TAnswer : class, IMessage<TAnswer>
    {
        bool isFreshToken = false;
        RpcError? last = null;
        for (int attempt = 1; ; attempt++)
        {
            AccessToken? token = null;
            RpcError error;
            try
            {
                bool usesCredentials = _usesCredentials;
                if (usesCredentials && !(await credentials.GetAsync(deadline).ConfigureAwait(false)).TryGet(out token, out Failure? noToken))
                    return new RpcError(RpcCode.Unauthenticated, noToken.Message) { TokenFailure = noToken };
                PrpcFormat format = _format;
                RpcAnswer<TAnswer> answer = await AttemptAsync(method, request, parser, format, token, deadline).ConfigureAwait(false);
                if (answer.TryGet(out _, out RpcError? refused)) return answer;
                error = refused;
                if (ReferenceEquals(format, PrpcFormat.Binary) && error.Message == FormatRefused)
                {
                    log.Debug($"{service} takes no binary messages; going on with JSON");
                    _format = PrpcFormat.Json;
                    continue;
                }
                if (await MayGoOnWithTokenAsync(error, token, usesCredentials, isFreshToken, deadline).ConfigureAwait(false))
                {
                    isFreshToken = true;
                    continue;
                }
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return last ?? new(RpcCode.DeadlineExceeded, $"{service} gave no answer within {policy.Overall.TotalSeconds:0} seconds")
                {
                    Fault = new(NetworkFaultKind.TimedOut, $"{service} gave no answer within {policy.Overall.TotalSeconds:0} seconds"),
                };
            }
            last = error;
            if (!error.IsTransient || attempt >= (error.Fault is null ? policy.Attempts : policy.AttemptsWithoutAnswer)) return error;
            log.Info($"asking {service} again ({method}): {error.Message}");
            try
            {
                await Task.Delay(policy.Pause * Math.Pow(2, attempt - 1) * (0.75 + (Random.Shared.NextDouble() / 2)), deadline).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return error;
            }
        }
    }

    /// <summary>A service that said nothing.</summary>
    /// <param name="Error">What became of the question.</param>
    /// <param name="Noticed">When the wait for it ended.</param>
    private sealed record Silence(RpcError Error, long Noticed);

    private const string FormatRefused = "the service does not take the format of the question";

    /// <summary>Whether the question can be asked again with another token than before: with one at all, or with a fresh one.</summary>
    private async Task<bool> MayGoOnWithTokenAsync(RpcError error, AccessToken? token, bool usesCredentials, bool isFreshToken, CancellationToken cancellation)
    {
        if (error.Code is not (RpcCode.PermissionDenied or RpcCode.Unauthenticated)) return false;
        if (!usesCredentials)
        {
            if (_usesCredentials) return true;
            if (!credentials.IsOnDemand) return false;
            return await UseLoginAsync(cancellation).ConfigureAwait(false);
        }
        if (error.Code != RpcCode.Unauthenticated || isFreshToken) return false;
        credentials.Reject(token!);
        return true;
    }

    private async Task<RpcAnswer<TAnswer>> AttemptAsync<TAnswer>(
        string method, IMessage question, MessageParser<TAnswer> parser, PrpcFormat format, AccessToken? token, CancellationToken deadline)
        where TAnswer : class, IMessage<TAnswer>
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        bool isFirst = !_hasAnswered;
        TimeSpan patience = isFirst && policy.FirstAnswer < policy.Attempt ? policy.FirstAnswer : policy.Attempt;
        limit.CancelAfter(patience);
        using HttpRequestMessage request = transport.Request(HttpMethod.Post, new(service.Uri, $"/prpc/{method}"));
        request.Content = new ByteArrayContent(format.Write(question));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(format.MediaType);
        request.Headers.TryAddWithoutValidation("Accept", format.MediaType);
        request.Headers.TryAddWithoutValidation("X-Prpc-Grpc-Timeout", string.Create(CultureInfo.InvariantCulture, $"{(long)policy.Attempt.TotalMilliseconds}m"));
        request.Headers.TryAddWithoutValidation("X-Prpc-Max-Response-Size", LargestAnswer.ToString(CultureInfo.InvariantCulture));
        if (token is not null) request.Headers.Authorization = new("Bearer", token.Value);
        try
        {
            using HttpResponseMessage response = await transport.Service.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            _hasAnswered = true;
            limit.CancelAfter(policy.Attempt);
            if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired && !response.Headers.Contains("X-Prpc-Grpc-Code"))
            {
                NetworkFault login = transport.ProxyWantsLogin(service.Uri);
                return new RpcError(RpcCode.Unavailable, login.Reason) { Fault = login };
            }
            if (CodeOf(response) is { } code && code != RpcCode.Ok) return await ReadErrorAsync(response, code, limit.Token).ConfigureAwait(false);
            if (await ReadBodyAsync(response, LargestAnswer, limit.Token).ConfigureAwait(false) is not { } body) return TooBig;
            if (!format.Accepts(response.Content.Headers.ContentType?.ToString()))
                return new RpcError(RpcCode.Internal, $"{service} answers in a format that was not asked for") { IsTransient = true };
            return format.Read(parser, body);
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidJsonException)
        {
            // JSON that came whole and is none was written so; bytes may have been garbled on the way.
            return new RpcError(RpcCode.Internal, $"{service} answers what is no message") { IsTransient = ReferenceEquals(format, PrpcFormat.Binary) };
        }
        catch (OperationCanceledException exception) when (!deadline.IsCancellationRequested)
        {
            NetworkFault fault = transport.Silence(service.Uri, exception, patience);
            var error = new RpcError(RpcCode.DeadlineExceeded, fault.Reason) { Fault = fault, IsTransient = !isFirst };
            if (isFirst) _silence = new(error, Stopwatch.GetTimestamp());
            return error;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            var fault = NetworkFault.Of(exception, service.Uri);
            return new RpcError(RpcCode.Unavailable, fault.Reason) { Fault = fault, IsTransient = fault.IsWorthRetrying };
        }
    }

    /// <summary>The code of the answer. With a code the HTTP status means nothing; without one, somebody else than the service may have answered.</summary>
    private static RpcCode? CodeOf(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("X-Prpc-Grpc-Code", out IEnumerable<string>? values))
        {
            return int.TryParse(string.Concat(values), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? (RpcCode)number : RpcCode.Internal;
        }
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => RpcCode.Unauthenticated,
            HttpStatusCode.Forbidden => RpcCode.PermissionDenied,
            HttpStatusCode.ServiceUnavailable => RpcCode.Unavailable,
            _ => RpcCode.Internal,
        };
    }

    private static async Task<RpcError> ReadErrorAsync(HttpResponseMessage response, RpcCode code, CancellationToken cancellation)
    {
        if (response.StatusCode is HttpStatusCode.UnsupportedMediaType or HttpStatusCode.NotAcceptable) return new(code, FormatRefused);
        if (IsTooBig(response)) return TooBig;
        bool hasCode = response.Headers.Contains("X-Prpc-Grpc-Code");
        byte[] body = await ReadStartAsync(response, cancellation).ConfigureAwait(false);
        string said = ErrorText.Of(body, response.Content.Headers.ContentType?.MediaType == "text/html");
        if (!hasCode) said = $"HTTP {(int)response.StatusCode}{(said.Length > 0 ? $", {said}" : "")}";
        // A service that is not CIPD answers what it likes; only what looks like a passing trouble is asked for again.
        bool isTransient = RpcError.IsTransientCode(code) && (hasCode || (int)response.StatusCode >= 500);
        return new(code, said) { IsTransient = isTransient };
    }

    private static RpcError TooBig { get; } = new(RpcCode.Unavailable, $"the answer is larger than the {LargestAnswer:N0} bytes that are allowed");

    private static bool IsTooBig(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("X-Prpc-Status-Details-Bin", out IEnumerable<string>? values)) return false;
        foreach (string value in values.SelectMany(joined => joined.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            try
            {
                var detail = Any.Parser.ParseFrom(Convert.FromBase64String(value));
                if (detail.TypeUrl.EndsWith("/luci.prpc.ErrorDetails", StringComparison.Ordinal) && ErrorDetails.Parser.ParseFrom(detail.Value).ResponseTooBig is not null) return true;
            }
            catch (Exception exception) when (exception is FormatException or InvalidProtocolBufferException)
            {
                // Details only explain; what cannot be read explains nothing.
            }
        }
        return false;
    }

    /// <summary>The whole body; null when it is over the limit, announced or not, packed or unpacked.</summary>
    private static async Task<byte[]?> ReadBodyAsync(HttpResponseMessage response, int limit, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > limit) return null;
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var body = new MemoryStream();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(32 << 10);
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
            {
                if (body.Length + count > limit) return null;
                body.Write(buffer, 0, count);
            }
            return body.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<byte[]> ReadStartAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        byte[] buffer = new byte[ErrorText.Limit];
        int length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return buffer[..length];
    }
}
