using System.Text;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Baselines;

/// <summary>
/// What every layer makes of a set of samples, kept in one file per sample beside it, so that a change of behaviour shows as a change of text. Each
/// sample is read with LF and with CR LF, and both must look the same, but where the line break is part of a value.
/// <c>UPDATE_BASELINES=1 dotnet run --project tests/SpecLang.Tests -- -class '*BaselineTests'</c> writes the files anew.
/// </summary>
public sealed class BaselineTests
{
    private static readonly string Samples = Path.Combine(SharedData.ProjectRoot, "tests/SpecLang.Tests/Baselines/samples");

    public static TheoryData<string, string> AllSamples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string file in Directory.EnumerateFiles(Samples).Order(StringComparer.Ordinal))
            {
                if (file.EndsWith(".baseline", StringComparison.Ordinal)) continue;
                data.Add(Path.GetFileName(file), "LF");
                data.Add(Path.GetFileName(file), "CRLF");
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(AllSamples))]
    public void Every_layer_is_as_kept(string sample, string lineBreak)
    {
        string path = Path.Combine(Samples, sample);
        byte[] bytes = File.ReadAllBytes(path);
        if (lineBreak == "CRLF") bytes = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("\n", "\r\n", StringComparison.Ordinal));
        string actual = Describe(SpecDocument.Parse(SourceText.From(bytes), SpecDocument.KindOf(sample)));

        string baseline = path + ".baseline";
        string crlfBaseline = path + ".crlf.baseline";
        if (lineBreak == "CRLF" && File.Exists(crlfBaseline)) baseline = crlfBaseline;
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1" && (lineBreak == "LF" || baseline == crlfBaseline)) File.WriteAllText(baseline, actual);
        Assert.True(File.Exists(baseline), $"{baseline} is missing; see the class for how to write it.");
        Assert.Equal(File.ReadAllText(baseline), actual);
    }

    private static string Describe(SpecDocument document)
    {
        var bound = BoundSpec.Bind(document);
        return $"""
            == diagnostics
            {Dump.Diagnostics(bound)}
            == binding
            {Dump.Binding(bound)}
            == tree
            {Dump.Tree(bound.Tree)}
            == tokens
            {Dump.Tokens(document)}
            """;
    }
}
