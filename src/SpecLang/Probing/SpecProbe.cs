using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Probing;

/// <summary>
/// Finds the spec that belongs to what Python is told to run: the one named on the command line; else the script's partner, by the name of a link and then
/// by the name of what it leads to; else the one in the script; else the nearest common spec from the script's real directory up to the root or a
/// barrier; else the default. Targets without a script start at the common spec, in the working directory. What is found first is the answer, be it
/// broken or not: a script never runs in another environment than the one that was meant for it.
/// </summary>
public sealed class SpecProbe
{
    /// <summary>What, in a directory, ends the search for a common spec: the root of a gclient checkout, which is itself still searched.</summary>
    public const string Barrier = ".gclient";

    private const string PackageMarker = "__init__.py";
    private const string MainModule = "__main__.py";

    private readonly IFileSystem _files;
    private readonly ImmutableArray<SpecFamily> _families;

    /// <summary>A probe for specs of all families that exist.</summary>
    public SpecProbe(IFileSystem files)
        : this(files, [SpecFamily.TextFormat])
    {
    }

    /// <summary>A probe for specs of these families, the preferred one first.</summary>
    public SpecProbe(IFileSystem files, ImmutableArray<SpecFamily> families)
    {
        _files = files;
        _families = families;
    }

    /// <summary>Finds the spec of a target.</summary>
    public ProbeResult Find(ProbeRequest request)
    {
        List<ProbeStep>? trace = request.RecordsTrace ? [] : null;
        ProbeResult result = new Search(this, request.WorkingDirectory, trace).Find(request);
        return trace is null ? result : result with { Trace = [.. trace] };
    }

    /// <summary>One search, with its trace.</summary>
    private readonly struct Search(SpecProbe probe, string workingDirectory, List<ProbeStep>? trace)
    {
        private readonly IFileSystem _files = probe._files;

        public ProbeResult Find(ProbeRequest request)
        {
            if (!string.IsNullOrEmpty(request.ExplicitSpec))
                return OpenNamed(ProbeRole.ExplicitSpec, SpecOrigin.Explicit, request.ExplicitSpec, "-vpython-spec");
            ProbeResult? found = request.Target == TargetKind.Script
                ? FindForPath(request.ScriptPath ?? throw new ArgumentException("A script has a path.", nameof(request)))
                : FindCommon(workingDirectory);
            if (found is not null) return found;
            return string.IsNullOrEmpty(request.DefaultSpec)
                ? new ProbeResult()
                : OpenNamed(ProbeRole.DefaultSpec, SpecOrigin.Default, request.DefaultSpec, "VPYTHON_DEFAULT_SPEC");
        }

        private ProbeResult? FindForPath(string scriptPath)
        {
            string given = MakeAbsolute(scriptPath);
            FileKind kind = _files.GetKind(given);
            if (kind is not (FileKind.File or FileKind.Directory))
            {
                Record(ProbeRole.Target, given, kind, ProbeOutcome.Failed);
                return Fail(ProbeFailureKind.ScriptMissing, given, $"the script '{given}' {WhyNotReadable(kind)}");
            }
            Record(ProbeRole.Target, given, kind, ProbeOutcome.Found);
            bool isDirectory = kind == FileKind.Directory;
            if (FindPartner(given, isDirectory, SpecOrigin.Partner) is { } partner) return partner;

            string real = ResolveTarget(given, kind);
            if (real != given && FindPartner(real, isDirectory, SpecOrigin.PartnerOfLinkTarget) is { } partnerOfTarget) return partnerOfTarget;
            return isDirectory
                ? FindEmbeddedInMainModule(Path.Join(real, MainModule)) ?? FindCommon(real)
                : FindEmbedded(real) ?? FindCommon(Path.GetDirectoryName(real));
        }

        private string ResolveTarget(string given, FileKind kind)
        {
            string real = _files.ResolveLinks(given) ?? given;
            if (real != given) Record(ProbeRole.LinkTarget, real, kind, ProbeOutcome.Found);
            return real;
        }

        /// <summary>A script has one partner. A directory has one, and if it is a package, so has each package around it.</summary>
        private ProbeResult? FindPartner(string target, bool isDirectory, SpecOrigin origin)
        {
            if (FindPartnerOf(target, origin) is { } own) return own;
            if (!isDirectory || !IsPackage(target)) return null;
            while (Path.GetDirectoryName(target) is { } parent && IsPackage(parent))
            {
                target = parent;
                if (FindPartnerOf(target, origin) is { } outer) return outer;
            }
            return null;
        }

        private ProbeResult? FindPartnerOf(string target, SpecOrigin origin)
        {
            foreach (SpecFamily family in probe._families)
            {
                string path = target + family.PartnerSuffix;
                if (IsSpecFile(ProbeRole.Partner, path)) return Open(family, origin, path);
            }
            return null;
        }

        private bool IsPackage(string directory)
        {
            string marker = Path.Join(directory, PackageMarker);
            FileKind kind = _files.GetKind(marker);
            bool isPackage = kind is FileKind.File or FileKind.Directory;
            Record(ProbeRole.PackageMarker, marker, kind, isPackage ? ProbeOutcome.Found : ProbeOutcome.Absent);
            return isPackage;
        }

        /// <summary>A directory without the module may have a compiled one, so its absence is for Python to judge.</summary>
        private ProbeResult? FindEmbeddedInMainModule(string path)
        {
            FileKind kind = _files.GetKind(path);
            if (kind == FileKind.File) return FindEmbedded(path);
            Record(ProbeRole.EmbeddedSpec, path, kind, kind == FileKind.Missing ? ProbeOutcome.Absent : ProbeOutcome.PassedOver);
            return null;
        }

        private ProbeResult? FindEmbedded(string path)
        {
            byte[]? bytes = _files.TryReadRepeatableFile(path, out string? error);
            if (error is not null)
            {
                Record(ProbeRole.EmbeddedSpec, path, FileKind.File, ProbeOutcome.Failed);
                return Fail(ProbeFailureKind.ScriptUnreadable, path, $"the script '{path}' cannot be read: {error}");
            }
            if (bytes is null)
            {
                Record(ProbeRole.EmbeddedSpec, path, FileKind.File, ProbeOutcome.PassedOver);
                return null;
            }
            SourceText text = SourceText.From(bytes, path);
            foreach (SpecFamily family in probe._families)
            {
                if (family.FindEmbedded(text) is not { } document) continue;
                Record(ProbeRole.EmbeddedSpec, path, FileKind.File, ProbeOutcome.Found);
                return new() { Origin = SpecOrigin.Embedded, Path = path, Document = document };
            }
            Record(ProbeRole.EmbeddedSpec, path, FileKind.File, ProbeOutcome.HoldsNoSpec);
            return null;
        }

        private ProbeResult? FindCommon(string? start)
        {
            for (string? directory = start; directory is not null; directory = Path.GetDirectoryName(directory))
            {
                foreach (SpecFamily family in probe._families)
                {
                    foreach (string name in family.CommonNames)
                    {
                        string path = Path.Join(directory, name);
                        if (IsSpecFile(ProbeRole.CommonSpec, path)) return Open(family, SpecOrigin.Common, path);
                    }
                }
                if (IsBarrier(Path.Join(directory, Barrier))) return null;
            }
            return null;
        }

        private bool IsBarrier(string path)
        {
            FileKind kind = _files.GetKind(path);
            bool ends = kind is FileKind.File or FileKind.Directory;
            Record(ProbeRole.Barrier, path, kind, ends ? ProbeOutcome.EndsWalk : ProbeOutcome.Absent);
            return ends;
        }

        private bool IsSpecFile(ProbeRole role, string path)
        {
            FileKind kind = _files.GetKind(path);
            ProbeOutcome outcome = kind switch
            {
                FileKind.File => ProbeOutcome.Found,
                FileKind.Missing => ProbeOutcome.Absent,
                _ => ProbeOutcome.PassedOver,
            };
            Record(role, path, kind, outcome);
            return kind == FileKind.File;
        }

        /// <summary>A spec that the user named: it has to be there. It is always a standalone spec of the preferred family.</summary>
        private ProbeResult OpenNamed(ProbeRole role, SpecOrigin origin, string name, string source)
        {
            string path = MakeAbsolute(name);
            FileKind kind = _files.GetKind(path);
            Record(role, path, kind, kind == FileKind.File ? ProbeOutcome.Found : ProbeOutcome.Failed);
            if (kind == FileKind.File) return Open(probe._families[0], origin, path);
            ProbeFailureKind failure = kind == FileKind.Missing ? ProbeFailureKind.SpecMissing : ProbeFailureKind.SpecUnreadable;
            return Fail(failure, path, $"the spec '{path}' of {source} {WhyNotReadable(kind)}");
        }

        private ProbeResult Open(SpecFamily family, SpecOrigin origin, string path)
        {
            byte[]? bytes = _files.TryReadFile(path, out string? error);
            return bytes is null
                ? Fail(ProbeFailureKind.SpecUnreadable, path, $"the spec '{path}' cannot be read: {error}")
                : new() { Origin = origin, Path = path, Document = family.Open(SourceText.From(bytes, path)) };
        }

        /// <summary>
        /// The absolute path, without <c>.</c> and a slash at the end. A <c>..</c> leads out of where a link leads to and not out of the directory that
        /// holds the link, so the links before it are resolved instead of taking parts off the text.
        /// </summary>
        private string MakeAbsolute(string path)
        {
            if (OperatingSystem.IsWindows()) return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, workingDirectory));
            string whole = Path.IsPathRooted(path) ? path : Path.Join(workingDirectory, path);
            string[] parts = [.. whole.Split('/').Where(part => part is not ("" or "."))];
            int upTo = Array.LastIndexOf(parts, "..") + 1;
            string start = "/" + string.Join('/', parts[..upTo]);
            if (upTo > 0) start = _files.ResolveLinks(start) ?? Path.GetFullPath(start);
            return Path.Join([start, .. parts[upTo..]]);
        }

        private static string WhyNotReadable(FileKind kind) => kind switch
        {
            FileKind.Missing => "does not exist",
            FileKind.Directory => "is a directory",
            FileKind.LinkLoop => "is a loop of links",
            _ => "is in a directory that may not be searched",
        };

        private static ProbeResult Fail(ProbeFailureKind kind, string path, string message) => new() { Failure = new(kind, path, message) };

        private void Record(ProbeRole role, string path, FileKind kind, ProbeOutcome outcome) => trace?.Add(new(role, path, kind, outcome));
    }
}
