using System.Text.Json;
using CsCheck;
using VPythonTools.SpecLang.Python;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Python;

public sealed class DistributionRequirementTests
{
    private static readonly MarkerEnvironment Linux = new()
    {
        PythonVersion = "3.11",
        PythonFullVersion = "3.11.8",
        OsName = "posix",
        SysPlatform = "linux",
        PlatformSystem = "Linux",
        PlatformMachine = "x86_64",
        PlatformPythonImplementation = "CPython",
        ImplementationName = "cpython",
        ImplementationVersion = "3.11.8",
        PlatformRelease = "6.1.0",
        PlatformVersion = "#1 SMP",
    };

    [Theory]
    [InlineData("name", "name")]
    [InlineData(" Name.With_dots [ B , a.b ] >= 1 , != 1.5 ; python_version<'3' ", "Name.With_dots[b,a-b]>=1,!=1.5; python_version < \"3\"")]
    [InlineData("name (>=1.0,<2)", "name>=1.0,<2")]
    [InlineData("name (==2.0) ; os.name == 'nt'", "name==2.0; os_name == \"nt\"")]
    [InlineData("name[]", "name")]
    [InlineData("name @ https://example.test/a;b.whl#x=1", "name @ https://example.test/a;b.whl#x=1")]
    [InlineData("name[x] @ file:///a ; extra == \"y\"", "name[x] @ file:///a ; extra == \"y\"")]
    [InlineData("a; (python_version < '3' or os_name == 'nt') and extra == 'x'", "a; (python_version < \"3\" or os_name == \"nt\") and extra == \"x\"")]
    [InlineData("a;'x'not in\"y\"", "a; \"x\" not in \"y\"")]
    public void Requirements_are_read(string text, string normal)
    {
        DistributionRequirement requirement = Read(text);
        Assert.Equal(normal, requirement.ToString());
        Assert.Equal(requirement, Read(normal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-name")]
    [InlineData("name 1.0")]
    [InlineData("name >=1.0.*")]
    [InlineData("name[a")]
    [InlineData("name[a,]")]
    [InlineData("name (>=1.0")]
    [InlineData("name @ ")]
    [InlineData("name;")]
    [InlineData("name; unknown == '1'")]
    [InlineData("name; python_version = '1'")]
    [InlineData("name; python_version == 3.11")]
    [InlineData("name; (python_version == '3.11'")]
    [InlineData("name; python_version == '3.11' and")]
    [InlineData("name; python_version == '3.11' or or os_name == 'nt'")]
    public void Other_texts_are_no_requirements(string text)
    {
        Assert.False(DistributionRequirement.TryParse(text, out _, out string? error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Deep_and_long_texts_are_refused_before_they_are_read()
    {
        Assert.False(DistributionRequirement.TryParse("a;" + new string('(', 100_000), out _, out string? error));
        Assert.Contains("longer", error, StringComparison.Ordinal);
        Assert.False(Marker.TryParse(new string('(', 2000) + "os_name == 'nt'" + new string(')', 2000), out _, out error));
        Assert.Contains("2000 deep", error, StringComparison.Ordinal);
        int deep = Marker.MaximumDepth;
        Assert.True(Marker.TryParse(new string('(', deep) + "os_name == 'nt'" + new string(')', deep), out _, out _));
    }

    [Theory]
    [InlineData("python_version >= '3.8'", true)]
    [InlineData("python_version < '3.8'", false)]
    [InlineData("python_version == '3.1'", false)]
    [InlineData("'3.8' <= python_version", true)]
    [InlineData("python_version in '2.7, 3.11'", true)]
    [InlineData("python_full_version ~= '3.11.2'", true)]
    [InlineData("sys_platform == 'linux' and platform_machine != 'arm64'", true)]
    [InlineData("sys_platform == 'win32' or extra == 'x'", false)]
    [InlineData("sys_platform > 'a'", true)]
    [InlineData("sys_platform ~= 'a'", null)]
    public void Markers_are_true_false_or_undefined(string text, bool? expected)
    {
        Assert.True(Marker.TryParse(text, out Marker? marker, out string? error), error);
        Assert.Equal(expected, marker.Evaluate(Linux));
    }

    [Theory]
    [InlineData("sys_platform == 'win32'", null)]
    [InlineData("sys_platform == 'win32' and extra == 'x'", false)]
    [InlineData("extra == 'x' and sys_platform == 'win32'", false)]
    [InlineData("sys_platform == 'win32' or extra == ''", true)]
    [InlineData("(sys_platform == 'win32' or extra == 'x') and extra == ''", null)]
    public void What_is_not_known_decides_nothing(string text, bool? expected)
    {
        Assert.True(Marker.TryParse(text, out Marker? marker, out string? error), error);
        Assert.Equal(expected, marker.Evaluate(MarkerEnvironment.Unknown));
    }

    [Fact]
    public void A_requirement_of_an_extra_applies_when_the_extra_is_wanted()
    {
        DistributionRequirement requirement = Read("a; extra == 'Fancy_Extra'");
        Assert.False(requirement.AppliesTo(Linux));
        Assert.False(requirement.AppliesTo(Linux, "other"));
        Assert.True(requirement.AppliesTo(Linux, "other", "fancy-extra"));
        Assert.True(Read("a").AppliesTo(MarkerEnvironment.Unknown));
        Assert.Null(Read("a; sys_platform == 'x' or extra == 'y'").AppliesTo(MarkerEnvironment.Unknown, "z"));
        Assert.True(Read("a; sys_platform == 'x' or extra == 'y'").AppliesTo(MarkerEnvironment.Unknown, "z", "y"));
    }

    [Fact]
    public void Nothing_makes_the_parser_throw() =>
        Gen.String[Gen.Char["ab1. \t[],;()<>=!~'\"@orandinextpyhs_\u00e9"], 0, 40].Sample(text => DistributionRequirement.TryParse(text, out _, out _) | Marker.TryParse(text, out _, out _) | true);

    [Theory]
    [InlineData("os_name == 'nt' and ")]
    [InlineData("(os_name == 'nt') or ")]
    [InlineData("()")]
    [InlineData("'")]
    [InlineData("not ")]
    [InlineData(" ")]
    public void Long_texts_cost_their_length(string piece)
    {
        const int LeastLength = Marker.MaximumLength / ProcessorTime.Growth / ProcessorTime.Growth;
        ProcessorTime.AssertIsProportional(
            times =>
            {
                string text = "a;" + string.Concat(Enumerable.Repeat(piece, ((LeastLength * times) - 10) / piece.Length));
                return () => Parse(text);
            },
            piece);

        static void Parse(string text)
        {
            for (int i = 0; i < 100; i++) _ = DistributionRequirement.TryParse(text, out _, out _);
        }
    }

    [Fact]
    public void Nested_parentheses_that_fail_at_the_end_are_read_once()
    {
        // With a way back at each level the time would double with each: 2 to the 32nd.
        string text = "a;" + string.Concat(Enumerable.Repeat("(os_name == 'nt' and ", Marker.MaximumDepth)) + "?" + new string(')', Marker.MaximumDepth);
        Assert.False(DistributionRequirement.TryParse(text, out _, out _));
    }

    [Fact]
    public void The_packaging_library_reads_and_evaluates_real_requirements_the_same()
    {
        string[] texts =
        [
            .. File.ReadLines(SharedData.Require("corpus/wheel-metadata.jsonl"))
                .SelectMany(line => JsonDocument.Parse(line).RootElement.GetProperty("requires_dist").EnumerateArray().Select(text => text.GetString()!))
                .Distinct(),
        ];
        Compare(texts);
    }

    [Fact]
    public void The_packaging_library_reads_and_evaluates_made_requirements_the_same()
    {
        // Of two variables or two literals the library makes something else than the PEP says.
        Gen<string> variable = Gen.OneOf("python_version", "python_full_version", "os_name", "sys_platform", "platform_machine", "extra", "implementation_name");
        Gen<string> literal = Gen.OneOf("'3.8'", "\"linux\"", "'x'", "'3.11, 3.12'", "'3.11.8'", "'cpython'", "''");
        Gen<string> comparison = Gen.Select(
            variable, Gen.OneOf("==", "!=", "<", "<=", ">", ">=", "in", "not in"), literal, Gen.OneOf(" ", "  "), Gen.Bool,
            (name, sign, text, space, isReversed) => isReversed ? $"{text}{space}{sign}{space}{name}" : $"{name}{space}{sign}{space}{text}");
        Gen<string> joined = Gen.Select(comparison, Gen.OneOf(" and ", " or ", ") or (", " or( "), comparison, comparison, (a, word, b, c) => $"({a}{word}{b} and {c}{(word == " or( " ? "))" : ")")}");
        Compare([.. Gen.Select(Gen.OneOf("a", "A.b[x]>=1", "a (<2)", "a @ http://x/y "), Gen.OneOf(comparison, joined), (name, marker) => $"{name}; {marker}").Array[3000].Single()]);
    }

    private static void Compare(string[] texts)
    {
        JsonElement answer = PackagingLibrary.Ask(
            """
            environment = data["environment"]
            def describe(text):
                known = attempt(lambda: Requirement(text), InvalidRequirement)
                if known is None or any(type(one).__name__ == "LegacySpecifier" for one in known.specifier):
                    return None
                def evaluate(extra):
                    return known.marker.evaluate(dict(environment, extra=extra)) if known.marker else True
                return {
                    "name": canonicalize_name(known.name),
                    "extras": sorted(canonicalize_name(extra) for extra in known.extras),
                    "versions": sorted(str(one) for one in known.specifier),
                    "url": known.url,
                    "holds": [attempt(lambda: evaluate(extra), UndefinedComparison, InvalidVersion, KeyError) for extra in ["", "x", "dev"]],
                }
            answer = [describe(text) for text in data["texts"]]
            """,
            new
            {
                texts,
                environment = new Dictionary<string, string>
                {
                    ["python_version"] = Linux.PythonVersion!,
                    ["python_full_version"] = Linux.PythonFullVersion!,
                    ["os_name"] = Linux.OsName!,
                    ["sys_platform"] = Linux.SysPlatform!,
                    ["platform_system"] = Linux.PlatformSystem!,
                    ["platform_machine"] = Linux.PlatformMachine!,
                    ["platform_python_implementation"] = Linux.PlatformPythonImplementation!,
                    ["implementation_name"] = Linux.ImplementationName!,
                    ["implementation_version"] = Linux.ImplementationVersion!,
                    ["platform_release"] = Linux.PlatformRelease!,
                    ["platform_version"] = Linux.PlatformVersion!,
                },
            });
        Assert.All(texts.Zip(answer.EnumerateArray()), pair =>
        {
            (string text, JsonElement expected) = pair;
            bool isValid = DistributionRequirement.TryParse(text, out DistributionRequirement? requirement, out string? error);
            Assert.Equal((text, expected.ValueKind == JsonValueKind.Object), (text, isValid));
            if (!isValid) return;
            Assert.Equal(requirement, Read(requirement!.ToString()));
            Assert.Equal(expected.GetProperty("name").GetString(), requirement.Name.Value);
            Assert.Equal(Texts(expected.GetProperty("extras")), requirement.Extras.Order(StringComparer.Ordinal));
            Assert.Equal(Texts(expected.GetProperty("versions")).Select(Normal).Order(StringComparer.Ordinal), requirement.Versions.Clauses.Select(clause => clause.ToString()).Distinct().Order(StringComparer.Ordinal));
            Assert.Equal(expected.GetProperty("url").GetString(), requirement.Url);
            foreach ((JsonElement holds, string extra) in expected.GetProperty("holds").EnumerateArray().Zip(["", "x", "dev"]))
            {
                // Null: the library raises an error, where we fall back to text or know nothing.
                if (holds.ValueKind != JsonValueKind.Null) Assert.Equal((text, extra, holds.GetBoolean()), (text, extra, requirement.Marker?.Evaluate(Linux, extra) ?? requirement.Marker is null));
            }
        });
    }

    private static string Normal(string clause) => VersionSpecifier.TryParse(clause, out VersionSpecifier? read, out _) ? read.ToString() : clause;

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString()!);

    private static DistributionRequirement Read(string text) =>
        DistributionRequirement.TryParse(text, out DistributionRequirement? requirement, out string? error) ? requirement : throw new ArgumentException(error);
}
