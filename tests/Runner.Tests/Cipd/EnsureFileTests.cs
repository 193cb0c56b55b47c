using System.Collections.Immutable;
using CsCheck;
using VPythonTools.Runner.Cipd;
using VPythonTools.SpecLang.Packages;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd;

public sealed class EnsureFileTests
{
    private static readonly Gen<PackageName> GenName = Gen.String[Gen.Char["abz09_-."], 1, 8].Array[1, 4]
        .Select(parts => string.Join('/', parts.Select(part => "p" + part))).Select(Names.Package);

    private static readonly Gen<CipdVersion> GenVersion = Gen.OneOf(
        Gen.String[Gen.Char["abz09_-./"], 1, 12].Select(text => "r" + text),
        Gen.Select(Gen.String[Gen.Char["abz09_-"], 1, 6], Gen.String[Gen.Char["aZ9$()*+,-./:;<=>@\\_{}~ "], 0, 12], (key, value) => $"{key}:v{value}v")).Select(Names.Version);

    [Fact]
    public void The_file_is_in_canonical_order()
    {
        var file = new EnsureFile(
            "https://example.com",
            ["linux-amd64", "mac-arm64"],
            [
                ("wheels", [(Names.Package("b/long/name"), Names.Version("version:1 2")), (Names.Package("a"), Names.Version("latest"))]),
                ("", [(Names.Package("root"), Names.Version("latest"))]),
            ]);
        Assert.Equal(
            """
            $ServiceURL https://example.com

            $VerifiedPlatform linux-amd64
            $VerifiedPlatform mac-arm64

            root latest

            @Subdir wheels
            a           latest
            b/long/name version:1 2

            """,
            file.ToString());
    }

    [Fact]
    public void What_is_written_is_read_back_by_the_grammar() => Gen.Select(
        Gen.Dictionary(GenName, GenVersion)[0, 6], Gen.Dictionary(GenName, GenVersion)[0, 6], Gen.Bool).Sample((root, wheels, hasService) =>
    {
        var file = new EnsureFile(hasService ? "https://example.com" : null, ["linux-amd64"], [Group("", root), Group("wheels", wheels)]);
        Model model = Model.Read(file.ToString());
        Assert.Equal(hasService ? "https://example.com" : null, model.ServiceUrl);
        Assert.Equal(["linux-amd64"], model.Platforms);
        Assert.Equal(Lines(root, "").Concat(Lines(wheels, "wheels")).Order(StringComparer.Ordinal), model.Packages.Order(StringComparer.Ordinal));
    });

    private static (string, ImmutableArray<(PackageName, CipdVersion)>) Group(string subdirectory, Dictionary<PackageName, CipdVersion> packages) =>
        (subdirectory, [.. packages.Select(package => (package.Key, package.Value))]);

    private static IEnumerable<string> Lines(Dictionary<PackageName, CipdVersion> packages, string subdirectory) =>
        packages.Select(package => $"{subdirectory}|{package.Key}|{package.Value}");

    /// <summary>The grammar of ensure files, line by line and nothing more: settings, one directive, packages; settings come first.</summary>
    private sealed record Model(string? ServiceUrl, List<string> Platforms, List<string> Packages)
    {
        public static Model Read(string text)
        {
            var model = new Model(null, [], []);
            string subdirectory = "";
            bool isBehindSettings = false;
            foreach (string line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
            {
                int end = line.IndexOfAny([' ', '\t']);
                string first = end < 0 ? line : line[..end];
                string value = end < 0 ? "" : line[end..].Trim();
                if (first[0] == '$')
                {
                    Assert.False(isBehindSettings);
                    if (first == "$ServiceURL") model = model with { ServiceUrl = value };
                    else if (first == "$VerifiedPlatform") model.Platforms.AddRange(value.Split(' '));
                    else Assert.Fail($"unknown setting {first}");
                    continue;
                }
                isBehindSettings = true;
                if (first == "@Subdir") subdirectory = value;
                else model.Packages.Add($"{subdirectory}|{first}|{value}");
            }
            return model;
        }
    }
}
