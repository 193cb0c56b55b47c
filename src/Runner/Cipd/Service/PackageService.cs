using System.Collections.Concurrent;
using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using VPythonTools.Runner.Cipd.Auth;
using VPythonTools.Runner.Cipd.Caches;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Cipd.Network;
using VPythonTools.Runner.Cipd.Protocol;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd.Service;

/// <summary>A CIPD service, with the caches in front of it. Every question is asked once, however many ask it.</summary>
internal sealed class PackageService : IPackageSource, IDisposable
{
    private const string Repository = "cipd.Repository/";
    private const int PageSize = 1000;
    private const int InstancesLookedAt = 20;

    // A service may give smaller pages than it is asked for, but not without end.
    private const int MostPages = 64;
    private static readonly TimeSpan SuggestionLimit = TimeSpan.FromSeconds(5);

    private readonly CipdSettings _settings;
    private readonly ServiceAddress _address;
    private readonly HttpTransport _transport;
    private readonly Credentials _credentials;
    private readonly PrpcClient _client;
    private readonly InstanceDownloader _downloader;
    private readonly InstanceCache _instances;
    private readonly VersionCache _versions;
    private readonly ClientVersions[] _clientVersions;
    private readonly CacheTrimmer _trimmer;
    private readonly AdmissionDelegate? _admission;
    private readonly Log _log;
    private readonly ConcurrentDictionary<(PackageName, CipdVersion), Lazy<Task<Result<PackagePin>>>> _resolved = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string[]>>> _suggestions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(PackagePin Pin, CipdVersion Tag), bool> _remembered = new();
    private int _isTrimmed;

    private PackageService(CipdSettings settings, ServiceAddress address, HttpTransport transport, Credentials credentials, AdmissionDelegate? admission, Log log, RpcPolicy calls, DownloadPolicy downloads)
    {
        _settings = settings;
        _address = address;
        _transport = transport;
        _credentials = credentials;
        _admission = admission;
        _log = log;
        var layout = new CacheLayout(settings.CacheDirectory);
        _client = new(transport, address, credentials, calls, log);
        _downloader = new(transport, settings.ParallelDownloads, downloads, log);
        CacheLayout? shared = settings.ReadOnlyCacheDirectory is { } readOnly ? new(readOnly) : null;
        _instances = new(layout, shared, log);
        _versions = new(layout);
        _clientVersions = [.. ((CacheLayout?[])[shared, layout]).OfType<CacheLayout>().Select(cache => new ClientVersions(cache, log))];
        _trimmer = new(layout, log);
    }

    /// <inheritdoc/>
    public string Description => $"service {_address}";

    /// <inheritdoc/>
    public ImmutableArray<WatchedPath> Watched => [];

    /// <inheritdoc/>
    public bool ChangesUnseen => true;

    /// <summary>Whether versions that were asked for earlier may be answered from memory. Off for whoever has to know what the service says now, or that it says nothing.</summary>
    public bool TrustsEarlierAnswers { get; init; } = true;

    /// <summary>Opens a service. Nothing is sent yet.</summary>
    public static Result<PackageService> Open(
        CipdSettings settings, ServiceAddress address, Log log, bool trustsEarlierAnswers = true, RpcPolicy? calls = null, DownloadPolicy? downloads = null)
    {
        AdmissionDelegate? admission = null;
        Failure? failure;
        if (settings.AdmissionPlugin is not null && !AdmissionDelegate.Find(settings, address).TryGet(out admission, out failure)) return failure;
        calls ??= RpcPolicy.Default;
        if (!HttpTransport.Create(settings, calls.Connection).TryGet(out HttpTransport? transport, out failure)) return failure;
        if (!Credentials.Choose(settings, address, transport, log).TryGet(out Credentials? credentials, out failure))
        {
            transport.Dispose();
            return failure;
        }
        return new PackageService(settings, address, transport, credentials, admission, log, calls, downloads ?? DownloadPolicy.Default)
        {
            TrustsEarlierAnswers = trustsEarlierAnswers,
        };
    }

    /// <inheritdoc/>
    public ValueTask<Result<PackagePin>> ResolveAsync(PackageName name, CipdVersion version, CancellationToken cancellation) => new(
        _resolved.GetOrAdd((name, version), _ => new(() => ResolveOnceAsync(name, version, cancellation))).Value);

    /// <inheritdoc/>
    public async ValueTask<Result<InstanceFile>> FetchAsync(PackagePin pin, CancellationToken cancellation)
    {
        if (!pin.Instance.HasKnownAlgorithm)
            return new Failure(InstanceFile.ContentDiffers, $"The instance {pin.Instance} of the package '{pin.Name}' is named by a hash that is not known here, so it cannot be checked");
        if (_admission is not null)
        {
            if (await _admission.FetchAsync(pin, cancellation).ConfigureAwait(false) is { } refused) return refused;
            return _instances.TryOpen(pin) ?? new Failure("VPY3133", $"'cipd' admitted {pin} and did not leave it in the cache '{_settings.CacheDirectory}'");
        }
        return await _instances.ObtainAsync(pin, (file, stop) => DownloadAsync(pin, file, stop), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public bool HasAtHand(PackagePin pin) => _instances.Has(pin);

    /// <inheritdoc/>
    /// <remarks>
    /// The service never refuses a listing; it leaves out what the caller may not see. So a person's login is used at once, and where there is none, that is said.
    /// </remarks>
    public async ValueTask<Result<PrefixListing>> ListAsync(string prefix, bool isRecursive, CancellationToken cancellation)
    {
        if (_settings.IsOffline) return Offline($"what is below '{prefix}'");
        bool isSomebody = await _client.UseLoginAsync(cancellation).ConfigureAwait(false);
        return (await ListVisibleAsync(prefix, isRecursive, cancellation).ConfigureAwait(false)).Then<PrefixListing>(listing =>
        {
            const string onlyPublic = "nobody is logged in, so only public packages are listed (luci-auth login)";
            if (!isSomebody && listing.Packages.IsEmpty && listing.Prefixes.IsEmpty) _log.Warning($"nothing is below '{prefix}' in the {Description}: {onlyPublic}");
            else if (!isSomebody) _log.Info(onlyPublic);
            return listing;
        });
    }

    /// <inheritdoc/>
    public async ValueTask<Result<ImmutableArray<InstanceDescription>>> ListInstancesAsync(PackageName name, int limit, CancellationToken cancellation)
    {
        if (_settings.IsOffline) return Offline($"the list of the instances of '{name}'");
        return await ReadPagesAsync(name, limit, (size, token) => _client.CallAsync(
            Repository + "ListInstances", new ListInstancesRequest { Package = name.Value, PageSize = size, PageToken = token }, ListInstancesResponse.Parser, cancellation),
            page => (page.Instances, page.NextPageToken), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<Result<ImmutableArray<InstanceDescription>>> SearchAsync(PackageName name, ImmutableArray<CipdVersion> tags, int limit, CancellationToken cancellation)
    {
        if (_settings.IsOffline) return Offline($"which instances of '{name}' have tags");
        return await ReadPagesAsync(name, limit, (size, token) =>
        {
            var request = new SearchInstancesRequest { Package = name.Value, PageSize = size, PageToken = token };
            foreach (CipdVersion tag in tags)
            {
                string[] parts = tag.Value.Split(':', 2);
                request.Tags.Add(new Tag { Key = parts[0], Value = parts[1] });
            }
            return _client.CallAsync(Repository + "SearchInstances", request, SearchInstancesResponse.Parser, cancellation);
        }, page => (page.Instances, page.NextPageToken), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<Result<ImmutableArray<PackageRef>>> ListRefsAsync(PackageName name, CancellationToken cancellation)
    {
        if (_settings.IsOffline) return Offline($"the list of the refs of '{name}'");
        RpcAnswer<ListRefsResponse> answer = await _client.CallAsync(Repository + "ListRefs", new ListRefsRequest { Package = name.Value }, ListRefsResponse.Parser, cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out ListRefsResponse? list, out RpcError? error))
            return error.Code == RpcCode.NotFound ? await NoPackageAsync(name, cancellation).ConfigureAwait(false) : Refused(error, $"the package '{name}'");
        var refs = ImmutableArray.CreateBuilder<PackageRef>(list.Refs.Count);
        foreach (Ref reference in list.Refs)
        {
            if (!ObjectRefs.TryRead(reference.Instance, out InstanceId id)) return Senseless("a ref of an instance without an ID");
            refs.Add(new(reference.Name, new(name, id)) { MovedBy = reference.ModifiedBy.Length > 0 ? reference.ModifiedBy : null, MovedAt = TimeOf(reference.ModifiedTs) });
        }
        return refs.ToImmutable();
    }

    /// <inheritdoc/>
    public async ValueTask<Result<InstanceDescription>> DescribeAsync(PackagePin pin, CancellationToken cancellation)
    {
        if (_settings.IsOffline) return Offline($"the instance {pin}");
        var request = new DescribeInstanceRequest { Package = pin.Name.Value, Instance = ObjectRefs.Of(pin.Instance), DescribeRefs = true, DescribeTags = true };
        RpcAnswer<DescribeInstanceResponse> answer = await _client.CallAsync(Repository + "DescribeInstance", request, DescribeInstanceResponse.Parser, cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out DescribeInstanceResponse? description, out RpcError? error))
        {
            return error.Code == RpcCode.NotFound
                ? await NotFoundAsync(pin.Name, CipdVersion.Of(pin.Instance), error, cancellation).ConfigureAwait(false)
                : Refused(error, $"the package '{pin.Name}'");
        }
        return Describe(pin, description.Instance) with
        {
            Refs = [.. description.Refs.Select(reference => reference.Name)],
            Tags = [.. description.Tags.Select(tag => $"{tag.Key}:{tag.Value}")],
        };
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        _admission?.Dispose();
        _downloader.Dispose();
        _client.Dispose();
        _credentials.Dispose();
        _transport.Dispose();
    }

    private async Task<Result<ImmutableArray<InstanceDescription>>> ReadPagesAsync<TPage>(
        PackageName name, int limit, Func<int, string, Task<RpcAnswer<TPage>>> ask, Func<TPage, (IEnumerable<Instance> Instances, string NextToken)> read, CancellationToken cancellation)
        where TPage : class
    {
        var instances = ImmutableArray.CreateBuilder<InstanceDescription>();
        string token = "";
        for (int pages = 0; pages < MostPages; pages++)
        {
            if (!(await ask(Math.Min(limit - instances.Count, PageSize), token).ConfigureAwait(false)).TryGet(out TPage? page, out RpcError? error))
                return error.Code == RpcCode.NotFound ? await NoPackageAsync(name, cancellation).ConfigureAwait(false) : Refused(error, $"the package '{name}'");
            (IEnumerable<Instance> found, string next) = read(page);
            foreach (Instance instance in found)
            {
                if (!ObjectRefs.TryRead(instance.Instance_, out InstanceId id)) return Senseless("an instance without an ID");
                instances.Add(Describe(new(name, id), instance));
            }
            if (next.Length == 0 || next == token || instances.Count >= limit) return instances.Take(limit).ToImmutableArray();
            token = next;
        }
        return Senseless($"{MostPages} pages of the instances of '{name}', and always that there are more");
    }

    private async Task<Result<PrefixListing>> ListVisibleAsync(string prefix, bool isRecursive, CancellationToken cancellation)
    {
        RpcAnswer<ListPrefixResponse> answer = await _client.CallAsync(
            Repository + "ListPrefix", new ListPrefixRequest { Prefix = prefix, Recursive = isRecursive }, ListPrefixResponse.Parser, cancellation).ConfigureAwait(false);
        return answer.TryGet(out ListPrefixResponse? listing, out RpcError? error)
            ? new PrefixListing([.. listing.Packages.Order(StringComparer.Ordinal)], [.. listing.Prefixes.Order(StringComparer.Ordinal)])
            : Refused(error, $"the prefix '{prefix}'");
    }

    private static InstanceDescription Describe(PackagePin pin, Instance? instance) => new(pin)
    {
        RegisteredBy = string.IsNullOrEmpty(instance?.RegisteredBy) ? null : instance.RegisteredBy,
        RegisteredAt = TimeOf(instance?.RegisteredTs),
    };

    private static DateTimeOffset? TimeOf(Timestamp? time)
    {
        try
        {
            return time?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            return null; // A time that no calendar has.
        }
    }

    private async Task<Result<PackagePin>> ResolveOnceAsync(PackageName name, CipdVersion version, CancellationToken cancellation)
    {
        bool isFixed = version.Kind != CipdVersionKind.Ref;
        if (TrustsEarlierAnswers)
        {
            // An ID says itself what it means. That the instance is the package's is seen when its file is opened.
            if (version.Kind == CipdVersionKind.InstanceId && InstanceId.TryParse(version.Value, out InstanceId own) && own.HasKnownAlgorithm && _instances.Has(new(name, own)))
                return new PackagePin(name, own);
            if (isFixed && FindKnown(name, version) is { } known)
            {
                var pin = new PackagePin(name, known);
                if (version.Kind == CipdVersionKind.Tag) _remembered[(pin, version)] = true;
                return pin;
            }
        }
        if (_settings.IsOffline)
            return LastKnown(name, version, "CIPD_DISABLE_NETWORK is set") ?? Offline($"the version '{version}' of the package '{name}'");
        return await AskForVersionAsync(name, version, cancellation).ConfigureAwait(false);
    }

    private async Task<Result<PackagePin>> AskForVersionAsync(PackageName name, CipdVersion version, CancellationToken cancellation)
    {

        var request = new ResolveVersionRequest { Package = name.Value, Version = version.Value };
        RpcAnswer<Instance> answer = await _client.CallAsync(Repository + "ResolveVersion", request, Instance.Parser, cancellation).ConfigureAwait(false);
        if (answer.TryGet(out Instance? instance, out RpcError? error))
        {
            if (!ObjectRefs.TryRead(instance.Instance_, out InstanceId id) || instance.Package != name.Value || (version.Kind == CipdVersionKind.InstanceId && id.Value != version.Value))
                return Senseless($"something else than an instance of '{name}'");
            if (id.HasKnownAlgorithm) _versions.Keep(_address, name, version, id);
            return new PackagePin(name, id);
        }
        if (error.Fault is { IsOffline: true } fault && LastKnown(name, version, fault.Reason) is { } earlier) return earlier;
        return error.Code switch
        {
            RpcCode.NotFound => await NotFoundAsync(name, version, error, cancellation).ConfigureAwait(false),
            RpcCode.FailedPrecondition => new Failure(MissingVersion.TagOfSeveral, $"several instances of the package '{name}' in the {Description} have the tag '{version}', so it names none ({error.Message})")
            {
                NextStep = $"name one by its instance ID; 'vpython3 package ls --instances {name}' lists them",
            },
            _ => Refused(error, $"the package '{name}'"),
        };
    }

    private InstanceId? FindKnown(PackageName name, CipdVersion version) =>
        _versions.Find(_address, name, version) ?? _clientVersions.Select(client => client.Find(_address, name, version)).FirstOrDefault(found => found is not null);

    /// <summary>What a version meant when it could be asked for last. A ref may mean something else by now, so that is said.</summary>
    private Result<PackagePin>? LastKnown(PackageName name, CipdVersion version, string reason)
    {
        if (!TrustsEarlierAnswers || FindKnown(name, version) is not { } known) return null;
        if (version.Kind == CipdVersionKind.Ref) _log.Warning($"the ref '{version}' of the package '{name}' is taken as it was known last ({known}): {reason}");
        return new PackagePin(name, known);
    }

    private async Task<Result<long>> DownloadAsync(PackagePin pin, Microsoft.Win32.SafeHandles.SafeFileHandle file, CancellationToken cancellation)
    {
        if (_settings.IsOffline) return Offline($"the package {pin}");
        _log.Info($"downloading {pin.Name}");
        Result<long> downloaded = await _downloader.DownloadAsync(pin, stop => AskForAddressAsync(pin, stop), file, cancellation).ConfigureAwait(false);
        if (Interlocked.Exchange(ref _isTrimmed, 1) == 0) _trimmer.TrimIfDue(DateTime.UtcNow);
        return downloaded;
    }

    private async Task<Result<Uri>> AskForAddressAsync(PackagePin pin, CancellationToken cancellation)
    {
        var request = new GetInstanceURLRequest { Package = pin.Name.Value, Instance = ObjectRefs.Of(pin.Instance) };
        RpcAnswer<ObjectURL> answer = await _client.CallAsync(Repository + "GetInstanceURL", request, ObjectURL.Parser, cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out ObjectURL? place, out RpcError? error))
        {
            if (error.Code != RpcCode.NotFound) return Refused(error, $"the package '{pin.Name}'");
            _versions.Forget(_address, pin.Name, CipdVersion.Of(pin.Instance));
            if (await FindMovedTagAsync(pin, cancellation).ConfigureAwait(false) is { } moved) return moved;
            return await NotFoundAsync(pin.Name, CipdVersion.Of(pin.Instance), error, cancellation).ConfigureAwait(false);
        }
        bool isGood = Uri.TryCreate(place.SignedUrl, UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (_address.Uri.Scheme == Uri.UriSchemeHttp || _settings.ProxySocket is not null)));
        return isGood ? address! : Senseless("an address of a file that is none, or not encrypted");
    }

    /// <summary>
    /// Asks anew for the tags that led to an instance from memory, now that it is gone: a tag can be taken from one instance and attached to another after all. The caller has promised
    /// this very instance to others, so it is told; whoever asks for the tag from now on gets the new one.
    /// </summary>
    private async Task<Failure?> FindMovedTagAsync(PackagePin pin, CancellationToken cancellation)
    {
        Failure? moved = null;
        foreach ((PackagePin known, CipdVersion tag) in _remembered.Keys.Where(key => key.Pin == pin))
        {
            _versions.Forget(_address, pin.Name, tag);
            _remembered.TryRemove((known, tag), out _);
            _resolved.TryRemove((pin.Name, tag), out _);
            Result<PackagePin> now = await AskForVersionAsync(pin.Name, tag, cancellation).ConfigureAwait(false);
            moved ??= now.TryGet(out PackagePin next, out Failure? gone)
                ? next == pin ? null : new(MissingVersion.TagMoved, $"The tag '{tag}' of the package '{pin.Name}' was moved: its instance {pin.Instance} is not in the {Description} any more, and it names {next.Instance} now")
                {
                    NextStep = "run it again: the tag is known anew",
                }
                : gone;
        }
        return moved;
    }

    private async Task<Failure> NotFoundAsync(PackageName name, CipdVersion version, RpcError error, CancellationToken cancellation)
    {
        if (error.Message.Contains("no such package", StringComparison.Ordinal)) return await NoPackageAsync(name, cancellation).ConfigureAwait(false);
        string[] existing = await SuggestAsync($"{name} {version.Kind}", stop => ListVersionsAsync(name, version.Kind, stop), cancellation).ConfigureAwait(false);
        Failure missing = MissingVersion.Version(name, version, Description, existing);
        return existing.Length > 0 ? missing : missing with { NextStep = "correct the version" };
    }

    private async Task<Failure> NoPackageAsync(PackageName name, CancellationToken cancellation)
    {
        int slash = name.Value.LastIndexOf('/');
        string parent = slash < 0 ? "" : name.Value[..slash];
        string[] siblings = await SuggestAsync(parent, stop => ListNamesAsync(parent, stop), cancellation).ConfigureAwait(false);
        const int shown = 12;
        string otherwise = siblings.Length == 0
            ? "correct the name; perhaps there is no build of it for this platform"
            : $"below '{parent}' there are {string.Join(", ", siblings.Take(shown).Select(sibling => sibling[(slash + 1)..]))}{(siblings.Length > shown ? $" and {siblings.Length - shown} more" : "")}";
        return MissingVersion.Package(name, Description, siblings, otherwise);
    }

    private async Task<string[]> ListNamesAsync(string prefix, CancellationToken cancellation) =>
        (await ListVisibleAsync(prefix, isRecursive: false, cancellation).ConfigureAwait(false)).TryGet(out PrefixListing? listing, out _) ? [.. listing.Packages, .. listing.Prefixes.Select(below => below + "/")] : [];

    /// <summary>Versions that the newest instances of a package have. There is no call that lists tags, so each instance is asked for its own.</summary>
    private async Task<string[]> ListVersionsAsync(PackageName name, CipdVersionKind kind, CancellationToken cancellation)
    {
        if (!(await ListInstancesAsync(name, InstancesLookedAt, cancellation).ConfigureAwait(false)).TryGet(out ImmutableArray<InstanceDescription> instances, out _)) return [];
        if (kind == CipdVersionKind.InstanceId) return [.. instances.Select(instance => instance.Pin.Instance.Value)];
        Result<InstanceDescription>[] described = await Task.WhenAll(instances.Select(instance => DescribeAsync(instance.Pin, cancellation).AsTask())).ConfigureAwait(false);
        return
        [
            .. described.Select(result => result.TryGet(out InstanceDescription? description, out _) ? description : null).OfType<InstanceDescription>()
                .SelectMany(description => kind == CipdVersionKind.Tag ? description.Tags : description.Refs).Distinct(),
        ];
    }

    /// <summary>Asks what may have been meant, once for each question. A suggestion is worth a few seconds and never a failure.</summary>
    private async Task<string[]> SuggestAsync(string question, Func<CancellationToken, Task<string[]>> ask, CancellationToken cancellation)
    {
        return await _suggestions.GetOrAdd(question, _ => new(async () =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(SuggestionLimit);
            try
            {
                return await ask(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return [];
            }
        })).Value.ConfigureAwait(false);
    }

    private Failure Refused(RpcError error, string what) => error switch
    {
        { TokenFailure: { } noToken } => noToken,
        { Fault: { } fault } => new("VPY3135", $"the {Description} cannot be reached: {fault.Reason}") { NextStep = fault.NextStep, IsOfAll = true },
        { Code: RpcCode.PermissionDenied } => new("VPY3136", $"{what} is not there, or may not be seen {(_client.UsesCredentials ? $"by {_client.Account}" : "without credentials")}; the {Description} does not say which{Said(error)}")
        {
            NextStep = _client.UsesCredentials
                ? "correct the name, or ask for access"
                : "correct the name; if it is not public, log in: luci-auth login, or see 'Credentials' in the user guide",
        },
        { Code: RpcCode.Unauthenticated } => new("VPY3137", $"the {Description} does not take the token of {_client.Account}{Said(error)}")
        {
            NextStep = "log in anew: luci-auth login; check the clock, too",
            IsOfAll = true,
        },
        _ => new("VPY3138", $"the {Description} does not answer the question for {what}: {error.Code}{Said(error)}")
        {
            NextStep = RpcError.IsTransientCode(error.Code) ? "try again later" : "make sure that the address is that of a CIPD service",
        },
    };

    private static string Said(RpcError error) => error.Message.Length > 0 ? $" ({error.Message})" : "";

    private Failure Senseless(string what) => new("VPY3138", $"the {Description} answers {what}") { NextStep = "make sure that the address is that of a CIPD service" };

    private static Failure Offline(string what) => new("VPY3134", $"CIPD_DISABLE_NETWORK is set, and {what} is not in the cache")
    {
        NextStep = "unset CIPD_DISABLE_NETWORK, or name a package directory with -vpython-packages",
    };
}
