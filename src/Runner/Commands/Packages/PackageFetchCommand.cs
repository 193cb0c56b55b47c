using System.Collections.Immutable;
using System.CommandLine;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Commands.Packages;

/// <summary><c>package fetch</c>: an instance file, or the wheels in it.</summary>
internal static class PackageFetchCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Invocation invocation)
    {
        var to = new Option<string>("--to") { Description = "Where the instance file goes: a file, or a directory, in which it is named by its instance ID.", HelpName = "PATH", Required = true };
        var wheels = new Option<bool>("--wheels") { Description = "Write the wheels in the package, not the package; --to is a directory then." };
        (Argument<string> name, Argument<string> version) = PackageArguments.Create();
        var command = new Command("fetch", "Fetches an instance, checked against its ID, and prints the path of what was written.") { to, wheels, name, version };
        command.SetAction(parsed => Verbs.Finish(Fetch(
            invocation, parsed.GetValue(name)!, parsed.GetValue(version)!, Path.GetFullPath(parsed.GetValue(to)!, invocation.WorkingDirectory), parsed.GetValue(wheels))));
        return command;
    }

    private static Result<int> Fetch(Invocation invocation, string name, string version, string to, bool onlyWheels) =>
        PackageArguments.WithPin(invocation, name, version, async (source, pin, cancellation) =>
        {
            if (!(await source.FetchAsync(pin, cancellation).ConfigureAwait(false)).TryGet(out InstanceFile? instance, out Failure? failure)) return failure;
            using (instance)
            {
                try
                {
                    ImmutableArray<string> written = onlyWheels ? ExtractWheels(instance, to) : [Write(instance, to, cancellation)];
                    if (written.IsEmpty) return new Failure("VPY3113", $"The instance {pin.Instance} of the package '{pin.Name}' holds no wheel: no file at its root ends in .whl") { NextStep = "fetch it without --wheels" };
                    StandardStreams.WriteOutput(string.Concat(written.Select(path => path + "\n")));
                    return 0;
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    return new Failure("VPY3115", $"'{to}' cannot be written: {AtomicFile.Reason(exception)}") { NextStep = "free space, make its directory or mend its permissions, or name another path with --to" };
                }
                catch (InvalidDataException exception)
                {
                    return new Failure("VPY3110", $"The instance {pin.Instance} of the package '{pin.Name}' is not a sound archive: {exception.Message}");
                }
            }
        });

    private static ImmutableArray<string> ExtractWheels(InstanceFile instance, string to)
    {
        Directory.CreateDirectory(to);
        return instance.ExtractWheels(to);
    }

    private static string Write(InstanceFile instance, string to, CancellationToken cancellation)
    {
        string path = Directory.Exists(to) ? Path.Combine(to, instance.Pin.Instance.Value) : to;
        AtomicFile.Make(Path.GetDirectoryName(path)!, aside =>
        {
            using FileStream output = File.Create(aside);
            instance.CopyTo(output, cancellation);
            return path;
        });
        return path;
    }
}
