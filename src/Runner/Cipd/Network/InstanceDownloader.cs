using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd.Network;

/// <summary>
/// Brings instance files: several at once, the largest first of those that wait, hashed as they arrive. A connection that breaks or stalls is followed by one that goes on
/// where it stopped; an address that has expired by a fresh one; a file that turns out to be another one is fetched once more from its beginning.
/// </summary>
/// <param name="transport">The connections.</param>
/// <param name="parallel">How many bodies are read at once.</param>
/// <param name="policy">How patient it is.</param>
/// <param name="log">Where attempts are noted; addresses are signed, so they never are.</param>
internal sealed class InstanceDownloader(HttpTransport transport, int parallel, DownloadPolicy policy, Log log) : IDisposable
{
    private const int BufferSize = 256 << 10;

    // Requests are sent ahead of the bodies that are read, so that sizes are known when a place is free.
    private const int LookAhead = 4;

    private readonly HttpTransport _transport = transport;
    private readonly DownloadPolicy _policy = policy;
    private readonly Log _log = log;
    private readonly DownloadGate _gate = new(parallel);
    private readonly SemaphoreSlim _requests = new(parallel * LookAhead);

    /// <summary>Brings the bytes of an instance into an empty file, checked against its hash.</summary>
    /// <param name="pin">The instance.</param>
    /// <param name="askForAddress">Asks the service for an address of the file; asked again when one does not work any more.</param>
    /// <param name="output">The file.</param>
    /// <param name="cancellation">Stops at once.</param>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<Result<long>> DownloadAsync(
        PackagePin pin, Func<CancellationToken, Task<Result<Uri>>> askForAddress, SafeFileHandle output, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await _requests.WaitAsync(cancellation).ConfigureAwait(false);
        deadline.CancelAfter(_policy.Overall);
        var download = new Download(this, pin, askForAddress, output, deadline);
        try
        {
            return await download.RunAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Broken(pin, $"it is not complete after {_policy.Overall.TotalMinutes:0} minutes");
        }
        finally
        {
            download.Dispose();
            _requests.Release();
        }
    }

    /// <summary>Lets go of what it waits with.</summary>
    public void Dispose() => _requests.Dispose();

    private static Failure Broken(PackagePin pin, string reason, string? nextStep = null) => new("VPY3139", $"the package '{pin.Name}' ({pin.Instance}) cannot be downloaded: {reason}")
    {
        NextStep = nextStep ?? "try again; what is complete is not downloaded twice",
    };

    /// <summary>One file on its way.</summary>
    private sealed class Download(
        InstanceDownloader owner, PackagePin pin, Func<CancellationToken, Task<Result<Uri>>> askForAddress, SafeFileHandle output, CancellationTokenSource deadline) : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(pin.Instance.Algorithm == InstanceIdAlgorithm.Sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);
        private Uri? _address;
        private EntityTagHeaderValue? _version;
        private long _received;
        private long? _size;
        private bool _hasPlace;

        private CancellationToken Cancellation => deadline.Token;

        private DownloadPolicy Policy => owner._policy;

        public async Task<Result<long>> RunAsync()
        {
            int fruitless = 0;
            bool isSecondCopy = false;
            for (int attempt = 1; ; attempt++)
            {
                if (_address is null)
                {
                    if (!(await askForAddress(Cancellation).ConfigureAwait(false)).TryGet(out Uri? address, out Failure? failure)) return failure;
                    _address = address;
                }
                long before = _received;
                Outcome outcome = await AttemptAsync(_address).ConfigureAwait(false);
                if (outcome.IsComplete)
                {
                    if (_hash.GetHashAndReset().AsSpan().SequenceEqual(pin.Instance.Digest)) return _received;
                    if (isSecondCopy)
                    {
                        return new Failure("VPY3140", $"the file of the package '{pin.Name}' was downloaded twice, and has another content than its instance ID {pin.Instance} promises")
                        {
                            NextStep = "something between here and the service changes files (a proxy?), or the service's file is damaged",
                        };
                    }
                    owner._log.Warning($"what was downloaded for {pin} is something else; trying once more");
                    isSecondCopy = true;
                    StartOver();
                    continue;
                }
                if (!outcome.IsWorthRetrying) return Broken(pin, outcome.Reason, outcome.NextStep);
                fruitless = _received > before ? 0 : fruitless + 1;
                if (fruitless >= Policy.FruitlessAttempts || attempt >= Policy.Attempts) return Broken(pin, $"{outcome.Reason} ({attempt} attempts)", outcome.NextStep);
                owner._log.Info($"the download of {pin.Name} goes on at byte {_received}: {outcome.Reason}");
                await Task.Delay(PauseAfter(fruitless, outcome.Pause), Cancellation).ConfigureAwait(false);
            }
        }

        public void Dispose()
        {
            if (_hasPlace) owner._gate.Leave();
            _hash.Dispose();
        }

        private TimeSpan PauseAfter(int fruitless, TimeSpan? asked)
        {
            TimeSpan pause = asked ?? Policy.Pause * Math.Pow(2, Math.Max(fruitless - 1, 0));
            return pause < Policy.LongestPause ? pause : Policy.LongestPause;
        }

        private void StartOver()
        {
            _ = _hash.GetHashAndReset();
            _received = 0;
            _size = null;
            _version = null;
            _address = null;
            RandomAccess.SetLength(output, 0);
        }

        private async Task<Outcome> AttemptAsync(Uri address)
        {
            using var stall = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            try
            {
                using HttpRequestMessage request = owner._transport.Request(HttpMethod.Get, address);
                request.Headers.AcceptEncoding.Add(new("identity"));
                if (_received > 0)
                {
                    request.Headers.Range = new(_received, null);
                    if (_version is { IsWeak: false }) request.Headers.IfRange = new(_version);
                }
                stall.CancelAfter(Policy.Stall);
                using HttpResponseMessage response = await owner._transport.Files.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
                if (Judge(response) is { } refused) return refused;
                stall.CancelAfter(Timeout.InfiniteTimeSpan);
                if (!_hasPlace)
                {
                    deadline.CancelAfter(Timeout.InfiniteTimeSpan); // Waiting for others is not downloading.
                    await owner._gate.EnterAsync(_size ?? 0, Cancellation).ConfigureAwait(false);
                    _hasPlace = true;
                    deadline.CancelAfter(Policy.Overall);
                }
                return await ReadBodyAsync(response, stall).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
            {
                return Outcome.Retry($"nothing has come for {Policy.Stall.TotalSeconds:0.#} seconds");
            }
            catch (HttpRequestException exception)
            {
                return OfFault(exception, address);
            }
        }

        /// <summary>What the head of the answer means; null when its body is to be read.</summary>
        private Outcome? Judge(HttpResponseMessage response)
        {
            int status = (int)response.StatusCode;
            switch (response.StatusCode)
            {
                case HttpStatusCode.PartialContent when _received > 0 && response.Content.Headers.ContentRange is { From: { } from } range && from == _received && (range.Length ?? _size) == (_size ?? range.Length):
                    _size = range.Length ?? _size;
                    break;
                case HttpStatusCode.OK:
                    if (_received > 0)
                    {
                        Uri? address = _address;
                        StartOver();
                        _address = address;
                    }
                    _size = response.Content.Headers.ContentLength;
                    owner._log.Activity.Expect(_size ?? 0);
                    _version = response.Headers.ETag;
                    break;
                case HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone:
                    _address = null;
                    return Outcome.Retry($"the address of its file does not work any more (HTTP {status})");
                case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                    StartOver();
                    return Outcome.Retry($"the server does not go on where it stopped (HTTP {status})");
                case HttpStatusCode.ProxyAuthenticationRequired:
                    NetworkFault login = owner._transport.ProxyWantsLogin(_address!);
                    return Outcome.Final(login.Reason) with { NextStep = login.NextStep };
                case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests:
                case >= HttpStatusCode.InternalServerError:
                    return Outcome.Retry($"the server of its file answers HTTP {status}") with { Pause = response.Headers.RetryAfter?.Delta };
                default:
                    return Outcome.Final($"the server of its file answers HTTP {status}");
            }
            return _size > Policy.LargestFile ? Outcome.Final($"it has {_size:N0} bytes, more than the {Policy.LargestFile:N0} that are allowed") : null;
        }

        private async Task<Outcome> ReadBodyAsync(HttpResponseMessage response, CancellationTokenSource stall)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            try
            {
                using Stream body = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
                while (true)
                {
                    stall.CancelAfter(Policy.Stall);
                    int count;
                    try
                    {
                        count = await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
                    }
                    catch (IOException exception)
                    {
                        return OfFault(exception, _address!);
                    }
                    if (count == 0) break;
                    if (_received + count > (_size ?? Policy.LargestFile)) return Outcome.Final("more comes than was announced");
                    _hash.AppendData(buffer, 0, count);
                    RandomAccess.Write(output, buffer.AsSpan(0, count), _received);
                    _received += count;
                    owner._log.Activity.Received(count);
                }
                return _size is { } size && _received < size ? Outcome.Retry("the connection ended before the file did") : Outcome.Complete;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        private static Outcome OfFault(Exception exception, Uri address)
        {
            var fault = NetworkFault.Of(exception, address);
            return fault.IsWorthRetrying ? Outcome.Retry(fault.Reason) with { NextStep = fault.NextStep } : Outcome.Final(fault.Reason) with { NextStep = fault.NextStep };
        }
    }

    /// <summary>How an attempt ended.</summary>
    private sealed record Outcome(bool IsComplete, bool IsWorthRetrying, string Reason)
    {
        public static Outcome Complete { get; } = new(true, false, "");

        public string? NextStep { get; init; }

        public TimeSpan? Pause { get; init; }

        public static Outcome Retry(string reason) => new(false, true, reason);

        public static Outcome Final(string reason) => new(false, false, reason);
    }
}
