using System.Text;
using System.Text.Json;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Python;

/// <summary>The oracle for versions, specifiers, requirements and markers: Python's <c>packaging</c> library, Debian's or the one that pip brings.</summary>
internal static class PackagingLibrary
{
    private const string Prelude = """
        import glob, json, sys
        sys.path.append("/usr/lib/python3/dist-packages")
        sys.path[len(sys.path):] = glob.glob("/usr/share/python-wheels/pip-*.whl")
        try:
            import packaging.version
        except ImportError:
            import pip._vendor.packaging as packaging
            sys.modules["packaging"] = packaging
        from packaging.version import Version, InvalidVersion
        from packaging.specifiers import Specifier, SpecifierSet, InvalidSpecifier
        from packaging.requirements import Requirement, InvalidRequirement
        from packaging.markers import Marker, InvalidMarker, UndefinedComparison, UndefinedEnvironmentName
        from packaging.utils import canonicalize_name

        def attempt(make, *errors):
            try:
                return make()
            except errors:
                return None

        """;

    /// <summary>Runs a script that reads JSON from standard input, as <c>data</c>, and leaves its answer in <c>answer</c>.</summary>
    public static JsonElement Ask(string script, object data)
    {
        string program = $"{Prelude}\ndata = json.load(sys.stdin)\n{script}\njson.dump(answer, sys.stdout)\n";
        ProcessRun run = ProcessRun.Of(Requirement.Tool("python3"), ["-c", program], input: Encoding.UTF8.GetBytes(JsonSerializer.Serialize(data)));
        Requirement.Met(run.ExitCode == 0 || !run.Error.Contains("No module named", StringComparison.Ordinal), "python3 has no packaging");
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
