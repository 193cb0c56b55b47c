using VPythonTools.SpecLang.Packages;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages;

public sealed class UsedPackagesTests
{
    [Fact]
    public void Every_name_and_version_that_specs_in_the_wild_have_can_be_read() =>
        Assert.All(File.ReadLines(SharedData.Require("corpus/wheels-used.tsv")).Skip(1), line =>
        {
            string[] columns = line.Split('\t');
            Assert.True(PackageTemplate.TryParse(columns[0], out _, out string? nameError), nameError);
            Assert.True(CipdVersion.TryParse(columns[1], out _, out string? versionError), versionError);
        });
}
