using System.Collections.Immutable;
using System.Text;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// Where each file of one wheel goes, and the files that are made for it (packaging.python.org, "Binary distribution format", "Installing a
/// wheel"; the places are those of pip).
/// </summary>
internal sealed class WheelPlan
{
    private const int LargestScript = 16 << 20;

    /// <summary>What INSTALLER says of us; pip uninstalls and lists such distributions like its own.</summary>
    private static readonly byte[] InstallerContent = "vpython3\n"u8.ToArray();

    private readonly Wheel _wheel;
    private readonly InstallTarget _target;
    private readonly string _library;
    private readonly ImmutableArray<PlannedFile>.Builder _files = ImmutableArray.CreateBuilder<PlannedFile>();

    private WheelPlan(Wheel wheel, InstallTarget target)
    {
        _wheel = wheel;
        _target = target;
        _library = Normalize(wheel.RootIsPurelib ? target.Facts.Scheme.PureLib : target.Facts.Scheme.PlatLib);
    }

    /// <summary>Plans one wheel.</summary>
    public static Result<ImmutableArray<PlannedFile>> Make(Wheel wheel, InstallTarget target)
    {
        var plan = new WheelPlan(wheel, target);
        EntryPoint[] commands = [.. CommandNames.For(wheel.EntryPoints, target.Facts.Host)];
        var commandNames = commands.Select(command => command.Name).ToHashSet(StringComparer.Ordinal);
        try
        {
            foreach (WheelMember member in wheel.Members)
            {
                if (plan.Place(member, commandNames) is { } failure) return failure;
            }
        }
        catch (InvalidDataException exception)
        {
            return wheel.Damaged(exception);
        }
        foreach (EntryPoint command in commands)
        {
            foreach ((string name, byte[] content) in ScriptWriter.Write(command, target))
                plan.AddMade(plan.Join(plan.Normalize(target.Facts.Scheme.Scripts), name), content, PlannedFileMode.Command);
        }
        plan.AddMade(plan.Join(plan._library, $"{wheel.DistInfo}/INSTALLER"), InstallerContent, PlannedFileMode.Plain);
        plan.AddMade(plan.Join(plan._library, $"{wheel.DistInfo}/REQUESTED"), [], PlannedFileMode.Plain);
        plan.AddRecord();
        return plan._files.DrainToImmutable();
    }

    private Failure? Place(WheelMember member, HashSet<string> commandNames)
    {
        string name = member.Name;
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !name.AsSpan(0, slash).EndsWith(".data"))
        {
            // These two are written anew; a wheel that brings them says nothing about this installation.
            if (name != $"{_wheel.DistInfo}/INSTALLER" && name != $"{_wheel.DistInfo}/REQUESTED")
                AddUnpacked(Join(_library, name), member, member.IsExecutable ? PlannedFileMode.Executable : PlannedFileMode.Plain);
            return null;
        }
        string directory = name[..slash];
        if (WheelArchive.Canonical(directory) != WheelArchive.Canonical(_wheel.DistInfo[..^".dist-info".Length] + ".data"))
            return _wheel.Refuse("VPY3208", $"its directory '{directory}' does not belong to it; installers would take its content apart");
        int second = name.IndexOf('/', slash + 1);
        if (second < 0) return _wheel.Refuse("VPY3208", $"its file '{name}' is in no scheme of '{directory}'");
        string path = name[(second + 1)..];
        switch (name[(slash + 1)..second])
        {
            case "purelib":
                return AddData(Join(Normalize(_target.Facts.Scheme.PureLib), path), member);
            case "platlib":
                return AddData(Join(Normalize(_target.Facts.Scheme.PlatLib), path), member);
            case "data":
                return AddData(Join(Normalize(_target.Facts.Scheme.Data), path), member);
            case "headers":
                AddUnpacked($"include/site/python{_target.Facts.Host.Major}.{_target.Facts.Host.Minor}/{_wheel.ProjectName}/{path}", member);
                return null;
            case "scripts":
                if (!IsLauncherOf(commandNames, path)) PlaceScript(Join(Normalize(_target.Facts.Scheme.Scripts), path), member);
                return null;
            default:
                return _wheel.Refuse("VPY3208", $"its file '{name}' is in an unknown scheme; known are data, headers, platlib, purelib and scripts");
        }
    }

    /// <summary>A file that is written anew may not come from a side door: the RECORD of the environment would be the wheel's own.</summary>
    private Failure? AddData(string path, WheelMember member)
    {
        foreach (string made in (ReadOnlySpan<string>)["RECORD", "INSTALLER", "REQUESTED"])
        {
            if (path.Equals(Join(_library, $"{_wheel.DistInfo}/{made}"), StringComparison.OrdinalIgnoreCase))
                return _wheel.Refuse("VPY3208", $"its file '{member.Name}' would be '{path}', which is written by whoever installs");
        }
        AddUnpacked(path, member);
        return null;
    }

    private void PlaceScript(string path, WheelMember member)
    {
        if (ReadScript(member) is { } script && ScriptWriter.Rewrite(script, _target) is { } rewritten) AddMade(path, rewritten, PlannedFileMode.Executable);
        else AddUnpacked(path, member, PlannedFileMode.Executable);
    }

    /// <summary>
    /// The content of a script for Python, checked against RECORD; null for any other file, of which only the first bytes are read.
    /// </summary>
    private byte[]? ReadScript(WheelMember member)
    {
        if (member.Size > LargestScript) return null;
        using (Stream start = _wheel.Open(member))
        {
            Span<byte> first = stackalloc byte[8];
            if (start.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) < first.Length || !first.SequenceEqual("#!python"u8)) return null;
        }
        return WheelContentReader.ReadAll(_wheel, member);
    }

    /// <summary>
    /// Whether a script is what setuptools once wrote for a command: the command itself, <c>NAME.exe</c>, <c>NAME-script.py</c> or
    /// <c>NAME.pya</c>.
    /// </summary>
    private static bool IsLauncherOf(HashSet<string> commandNames, string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        foreach (string suffix in (ReadOnlySpan<string>)[".exe", "-script.py", ".pya"])
        {
            if (!name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) continue;
            name = name[..^suffix.Length];
            break;
        }
        return commandNames.Contains(name);
    }

    private void AddUnpacked(string path, WheelMember member) =>
        AddUnpacked(path, member, member.IsExecutable ? PlannedFileMode.Executable : PlannedFileMode.Plain);

    private void AddUnpacked(string path, WheelMember member, PlannedFileMode mode) =>
        _files.Add(new(path, _wheel, member.Row with { Path = RelativeToLibrary(path) }, mode) { Source = member });

    private void AddMade(string path, byte[] content, PlannedFileMode mode) =>
        _files.Add(new(path, _wheel, WheelRecordRow.Of(RelativeToLibrary(path), content), mode) { Content = content });

    /// <summary>
    /// RECORD lists itself without a hash. Two files of the wheel at one place have one row, that of the one which stays.
    /// </summary>
    private void AddRecord()
    {
        string path = $"{_wheel.DistInfo}/RECORD";
        var rows = new Dictionary<string, WheelRecordRow>(StringComparer.Ordinal) { [path] = new(path, "", "") };
        foreach (PlannedFile file in _files) rows[file.Row.Path] = file.Row;
        byte[] content = new WheelRecord([.. rows.Values]).ToBytes();
        _files.Add(new(Join(_library, path), _wheel, rows[path], PlannedFileMode.Plain) { Content = content });
    }

    private string RelativeToLibrary(string path)
    {
        if (path.StartsWith(_library + "/", StringComparison.Ordinal)) return path[(_library.Length + 1)..];
        string[] from = _library.Split('/');
        string[] to = path.Split('/');
        int common = 0;
        while (common < from.Length && common < to.Length - 1 && from[common] == to[common]) common++;
        var relative = new StringBuilder();
        for (int index = common; index < from.Length; index++) relative.Append("../");
        return relative.AppendJoin('/', to[common..]).ToString();
    }

    private string Join(string directory, string path) => Canonical(directory.Length == 0 ? path : $"{directory}/{path}");

    /// <summary>
    /// <c>lib64</c> is a link to <c>lib</c> in environments of 64-bit Python on Linux; one file must not have two names here.
    /// </summary>
    private string Canonical(string path) =>
        !_target.IsWindows && path.StartsWith("lib64/", StringComparison.Ordinal) && VirtualEnvironmentLayout.HasLib64Link(_target.Facts)
            ? $"lib/{path["lib64/".Length..]}"
            : path;

    /// <summary>A directory of the scheme with <c>/</c>; empty for the environment itself, which some Pythons call <c>.</c>.</summary>
    private string Normalize(string schemePath) => schemePath == "." ? "" : Canonical(schemePath.Replace('\\', '/') + "/").TrimEnd('/');
}
