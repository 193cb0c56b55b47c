using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using VPythonTools.Runner.Cipd.Protocol;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.CipdServer;

/// <summary>
/// What the methods of CIPD's repository service do. The order of their checks is part of it: the form of a request is judged before the caller's rights, and the
/// rights before anything that the caller might learn from the answer.
/// </summary>
/// <param name="served">The packages.</param>
/// <param name="access">Who may read them.</param>
/// <param name="urls">Where downloads are given out.</param>
/// <param name="faults">What goes wrong.</param>
internal sealed class RepositoryService(ServedPackages served, AccessRules access, SignedUrls urls, Faults faults)
{
    private const int DefaultPageSize = 100;
    private const string Packager = "user:packager@example.com";
    private const int NoSuchAlgorithm = 77;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Answers <c>ResolveVersion</c>.</summary>
    public Instance ResolveVersion(ResolveVersionRequest request, Caller caller)
    {
        CheckPackageName(request.Package);
        ServedInstance instance = Resolve(request.Package, request.Version, caller);
        return InstanceOf(request.Package, instance);
    }

    /// <summary>The instance that a version means, for a caller who may know.</summary>
    public ServedInstance Resolve(string package, string text, Caller caller)
    {
        if (!CipdVersion.TryParse(text, out CipdVersion version, out string? error)) throw BadArgument($"bad 'version': {error}");
        CheckReader(package, caller);
        if (version.Kind == CipdVersionKind.InstanceId)
        {
            if (!InstanceId.TryParse(text, out InstanceId id) || !id.HasKnownAlgorithm) throw BadArgument($"bad 'version': the hash of the instance ID '{text}' is not supported");
            return FindInstance(package, id.Value);
        }
        ServedPackage found = FindPackage(package);
        if (version.Kind == CipdVersionKind.Ref)
            return found.Refs.FirstOrDefault(reference => reference.Name == text).Instance ?? throw NotFound("no such ref");
        ImmutableArray<ServedInstance> tagged = [.. found.Instances.Where(instance => instance.Tags.Contains(text))];
        if (tagged.Length == 0) throw NotFound("no such tag");
        if (tagged.Length > 1 || faults.AmbiguousTags)
            throw new RpcException(RpcCode.FailedPrecondition, $"ambiguity when resolving the tag, more than one instance of the package has it: {string.Join(", ", tagged.Select(instance => instance.Id))}");
        return tagged[0];
    }

    /// <summary>Answers <c>GetInstanceURL</c>.</summary>
    public ObjectURL GetInstanceUrl(GetInstanceURLRequest request, Caller caller) =>
        new() { SignedUrl = urls.Give(caller.Origin, CheckInstance(request.Package, request.Instance, caller)) };

    /// <summary>Answers <c>DescribeInstance</c>. A package directory has neither metadata nor processors.</summary>
    public DescribeInstanceResponse DescribeInstance(DescribeInstanceRequest request, Caller caller)
    {
        ServedInstance instance = CheckInstance(request.Package, request.Instance, caller);
        var response = new DescribeInstanceResponse { Instance = InstanceOf(request.Package, instance) };
        if (request.DescribeRefs)
            response.Refs.AddRange(FindPackage(request.Package).Refs.Where(reference => reference.Instance == instance).Select(reference => RefOf(request.Package, reference)));
        if (request.DescribeTags) response.Tags.AddRange(instance.Tags.Select(tag => TagOf(tag, instance)).OrderBy(tag => tag.Key, StringComparer.Ordinal));
        return response;
    }

    /// <summary>Answers <c>ListInstances</c>.</summary>
    public ListInstancesResponse ListInstances(ListInstancesRequest request, Caller caller)
    {
        CheckPackageName(request.Package);
        PageStart start = CheckPage(request.Package, request.PageSize, request.PageToken);
        CheckReader(request.Package, caller);
        (ImmutableArray<ServedInstance> page, string next) = Page(start, request.Package, FindPackage(request.Package).Instances);
        var response = new ListInstancesResponse { NextPageToken = next };
        response.Instances.AddRange(page.Select(instance => InstanceOf(request.Package, instance)));
        return response;
    }

    /// <summary>Answers <c>SearchInstances</c>.</summary>
    public SearchInstancesResponse SearchInstances(SearchInstancesRequest request, Caller caller)
    {
        CheckPackageName(request.Package);
        if (request.Tags.Count == 0) throw BadArgument("bad 'tags': cannot be empty");
        string[] tags = [.. request.Tags.Select(tag => $"{tag.Key}:{tag.Value}")];
        foreach (string tag in tags)
        {
            if (!CipdVersion.TryParse(tag, out CipdVersion version, out string? error)) throw BadArgument($"bad tag in 'tags': {error}");
            if (version.Kind != CipdVersionKind.Tag) throw BadArgument($"bad tag in 'tags': '{tag}' is none");
        }
        PageStart start = CheckPage(request.Package, request.PageSize, request.PageToken);
        CheckReader(request.Package, caller);
        ImmutableArray<ServedInstance> matching = [.. FindPackage(request.Package).Instances.Where(instance => tags.All(instance.Tags.Contains))];
        (ImmutableArray<ServedInstance> page, string next) = Page(start, request.Package, matching);
        var response = new SearchInstancesResponse { NextPageToken = next };
        response.Instances.AddRange(page.Select(instance => InstanceOf(request.Package, instance)));
        return response;
    }

    /// <summary>Answers <c>ListRefs</c>.</summary>
    public ListRefsResponse ListRefs(ListRefsRequest request, Caller caller)
    {
        CheckPackageName(request.Package);
        CheckReader(request.Package, caller);
        var response = new ListRefsResponse();
        response.Refs.AddRange(FindPackage(request.Package).Refs.Select(reference => RefOf(request.Package, reference)));
        return response;
    }

    /// <summary>Answers <c>ListMetadata</c>: a package directory has none.</summary>
    public ListMetadataResponse ListMetadata(ListMetadataRequest request, Caller caller)
    {
        CheckPage(request.Package, request.PageSize, request.PageToken);
        CheckInstance(request.Package, request.Instance, caller);
        return new();
    }

    /// <summary>Answers <c>ListPrefix</c>: what the caller may not read is as if it were not there.</summary>
    public ListPrefixResponse ListPrefix(ListPrefixRequest request, Caller caller)
    {
        string prefix = CheckPrefix(request.Prefix);
        string below = prefix.Length == 0 ? "" : prefix + "/";
        var packages = new SortedSet<string>(StringComparer.Ordinal);
        var prefixes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string name in served.Packages.Keys.Where(name => name.StartsWith(below, StringComparison.Ordinal) && access.CanRead(name, caller.Identity)))
        {
            if (request.Recursive || !name[below.Length..].Contains('/', StringComparison.Ordinal)) packages.Add(name);
            for (int slash = name.IndexOf('/', below.Length); slash >= 0; slash = request.Recursive ? name.IndexOf('/', slash + 1) : -1) prefixes.Add(name[..slash]);
        }
        var response = new ListPrefixResponse();
        response.Packages.AddRange(packages);
        response.Prefixes.AddRange(prefixes);
        return response;
    }

    /// <summary>Answers <c>GetRolesInPrefix</c>.</summary>
    public RolesInPrefixResponse GetRolesInPrefix(PrefixRequest request, Caller caller)
    {
        var response = new RolesInPrefixResponse();
        if (access.CanRead(CheckPrefix(request.Prefix), caller.Identity)) response.Roles.Add(new RolesInPrefixResponse.Types.RoleInPrefix { Role = Role.Reader });
        return response;
    }

    /// <summary>Refuses what is no package name.</summary>
    public static void CheckPackageName(string text)
    {
        if (!PackageName.TryParse(text, out _, out string? error)) throw BadArgument($"bad 'package': {error}");
    }

    private ServedInstance CheckInstance(string package, ObjectRef? reference, Caller caller)
    {
        CheckPackageName(package);
        InstanceId id = CheckReference(reference);
        CheckReader(package, caller);
        return FindInstance(package, id.Value);
    }

    private static InstanceId CheckReference(ObjectRef? reference)
    {
        if (reference is null) throw BadArgument("bad 'instance': the object ref is not provided");
        int length = reference.HashAlgo switch
        {
            HashAlgo.Sha1 => 40,
            HashAlgo.Sha256 => 64,
            _ => throw BadArgument($"bad 'instance': unsupported hash algorithm {(int)reference.HashAlgo}"),
        };
        if (reference.HexDigest.Length != length || reference.HexDigest.AsSpan().ContainsAnyExcept(HexDigits))
            throw BadArgument($"bad 'instance': invalid hex digest, expecting {length} lower-case digits");
        if (reference.HashAlgo == HashAlgo.Sha256) return InstanceId.FromSha256(Convert.FromHexString(reference.HexDigest));
        return InstanceId.TryParse(reference.HexDigest, out InstanceId id) ? id : throw BadArgument("bad 'instance': invalid hex digest");
    }

    private static string CheckPrefix(string text)
    {
        string prefix = text.EndsWith('/') ? text[..^1] : text;
        if (prefix.Length > 0 && !PackageName.TryParse(prefix, out _, out string? error)) throw BadArgument($"bad 'prefix': {error}");
        return prefix;
    }

    /// <summary>The text is the same for what is not there and for what the caller may not see, so that nobody learns of private packages.</summary>
    private void CheckReader(string package, Caller caller)
    {
        if (access.CanRead(package, caller.Identity)) return;
        string reason = caller.Identity == Caller.Anonymous ? "not visible to unauthenticated callers" : $"\"{caller.Identity}\" is not allowed to see it";
        throw new RpcException(RpcCode.PermissionDenied, $"prefix \"{package}\" doesn't exist or {reason}");
    }

    private ServedPackage FindPackage(string name) => served.Packages.GetValueOrDefault(name) ?? throw NotFound($"no such package: {name}");

    private ServedInstance FindInstance(string package, string id) => FindPackage(package).Find(id) ?? throw NotFound("no such instance");

    private static PageStart CheckPage(string package, int size, string token)
    {
        if (size < 0) throw BadArgument($"bad 'page_size': {size} is less than 0");
        if (token.Length == 0) return new(null, size);
        if (!Base64Url.IsValid(token)) throw BadArgument("bad 'page_token': invalid page token");
        string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split('\n');
        if (parts.Length != 2 || parts[0] != package) throw BadArgument("bad 'page_token': invalid page token");
        return new(parts[1], size);
    }

    private static (ImmutableArray<ServedInstance> Page, string NextToken) Page(PageStart start, string package, ImmutableArray<ServedInstance> all)
    {
        IEnumerable<ServedInstance> rest = start.After is null ? all : all.SkipWhile(instance => instance.Id.Value != start.After).Skip(1);
        int size = start.Size == 0 ? DefaultPageSize : start.Size;
        ImmutableArray<ServedInstance> page = [.. rest.Take(size)];
        bool isLast = page.IsEmpty || page[^1] == all[^1];
        return (page, isLast ? "" : Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{package}\n{page[^1].Id}")));
    }

    private Instance InstanceOf(string package, ServedInstance instance) => new()
    {
        Package = package,
        Instance_ = ReferenceOf(instance.Id),
        RegisteredBy = Packager,
        RegisteredTs = Timestamp.FromDateTimeOffset(instance.Registered),
    };

    private ObjectRef ReferenceOf(InstanceId id) => new()
    {
        HashAlgo = faults.UnknownAlgorithm ? (HashAlgo)NoSuchAlgorithm : (HashAlgo)id.Algorithm,
        HexDigest = Convert.ToHexStringLower(id.Digest),
    };

    private Ref RefOf(string package, (string Name, ServedInstance Instance) reference) => new()
    {
        Name = reference.Name,
        Package = package,
        Instance = ReferenceOf(reference.Instance.Id),
        ModifiedBy = Packager,
        ModifiedTs = Timestamp.FromDateTimeOffset(reference.Instance.Registered),
    };

    private static Tag TagOf(string tag, ServedInstance instance)
    {
        int colon = tag.IndexOf(':', StringComparison.Ordinal);
        return new() { Key = tag[..colon], Value = tag[(colon + 1)..], AttachedBy = Packager, AttachedTs = Timestamp.FromDateTimeOffset(instance.Registered) };
    }

    private static RpcException BadArgument(string message) => new(RpcCode.InvalidArgument, message);

    private static RpcException NotFound(string message) => new(RpcCode.NotFound, message);

    private readonly record struct PageStart(string? After, int Size);
}
