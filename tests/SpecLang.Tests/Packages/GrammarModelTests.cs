using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages;

/// <summary>The grammars of CIPD held against models that are written as its reference words them, by regular expressions; texts are made of what is near the rules.</summary>
public sealed partial class GrammarModelTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void Names_are_those_of_the_model() => Gen.String[Gen.Char["ab0._-/A+ é\n"], 0, 10].Sample(
        text => PackageName.TryParse(text, out _, out _) == IsName(text), iter: Rounds);

    [Fact]
    public void Versions_are_those_of_the_model() => Gen.OneOf(
        Gen.String[Gen.Char["ab09:._-/ A@\\é\n"], 0, 12],
        Gen.String[Gen.Char["abcdef0123456789"], 39, 41],
        Gen.String[Gen.Char["abcdefABC012_-"], 26, 48],
        Gen.Select(Gen.String[Gen.Char["ab"], 1, 8], Gen.String[Gen.Char["x"], 380, 410], (key, value) => $"{key}:{value}"),
        Gen.String[Gen.Char["r./"], 250, 260]).Sample(
        text => (CipdVersion.TryParse(text, out CipdVersion version, out _) ? version.Kind : null) == KindOf(text), iter: Rounds);

    [Fact]
    public void Templates_expand_as_in_the_model()
    {
        Assert.True(Pep425Tag.TryParse("cp311-cp311-manylinux1_x86_64", out Pep425Tag tag, out _));
        var variables = TemplateVariables.FromTag(tag);
        string[] pieces = ["a", "/", "${os}", "${os=linux}", "${os=mac,linux}", "${os=mac}", "${os=}", "${arch}", "${x}", "${}", "$", "${", "}", "${platform}", "${os= linux}", "${OS}", "{"];
        Gen<string> piece = Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]);
        piece.Array[0, 5].Select(string.Concat).Sample(text => Outcome(text, variables) == Model(text, variables), iter: Rounds);
    }

    private static bool IsName(string text) =>
        text.Length > 0 && text.Split('/').All(component => Component().IsMatch(component) && component.Any(character => character != '.'));

    private static CipdVersionKind? KindOf(string text)
    {
        if (IsInstance(text)) return CipdVersionKind.InstanceId;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return Reference().IsMatch(text) ? CipdVersionKind.Ref : null;
        string value = text[(colon + 1)..];
        return Encoding.UTF8.GetByteCount(text) <= 400 && Key().IsMatch(text[..colon]) && Value().IsMatch(value) && value.Trim(' ') == value ? CipdVersionKind.Tag : null;
    }

    private static bool IsInstance(string text)
    {
        if (text.Length == 40) return Hexadecimal().IsMatch(text);
        if (text.Length < 28 || !Base64().IsMatch(text) || text.Length % 4 == 1) return false;
        byte[] decoded = Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4));
        return decoded.Length % 2 == 1 && decoded[^1] switch
        {
            0 => false,
            1 => decoded.Length == 21,
            2 => decoded.Length == 33,
            _ => true,
        };
    }

    private static string Outcome(string text, TemplateVariables variables) => PackageTemplate.TryParse(text, out PackageTemplate? template, out _)
        ? template.Expand(variables) switch
        {
            TemplateExpansion.Expanded expanded => expanded.Name.Value,
            TemplateExpansion.Skipped => "skipped",
            _ => "wrong",
        }
        : "wrong";

    /// <summary>Every <c>${...}</c> is replaced; what is left of a dollar sign is a mistake, wherever it is; a value that is not listed skips what has none.</summary>
    private static string Model(string text, TemplateVariables variables)
    {
        bool isSkipped = false, isWrong = false;
        string replaced = Variable().Replace(text, match =>
        {
            string[] parts = match.Value[2..^1].Split('=', 2);
            if (!variables.TryGetValue(parts[0], out string? value)) isWrong = true;
            else if (parts.Length == 2 && !parts[1].Split(',').Contains(value)) isSkipped = true;
            return value ?? "";
        });
        if (replaced.Contains('$', StringComparison.Ordinal)) return "wrong";
        if (isSkipped) return "skipped";
        return !isWrong && IsName(replaced) ? replaced : "wrong";
    }

    [GeneratedRegex(@"\A[a-z0-9_\-.]+\z")]
    private static partial Regex Component();

    [GeneratedRegex(@"\A[a-z0-9_./\-]{1,256}\z")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\A[a-z0-9_\-]+\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"\A[A-Za-z0-9$()*+,\-./:;<=>@\\_{}~ ]+\z")]
    private static partial Regex Value();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A[A-Za-z0-9_\-]+\z")]
    private static partial Regex Base64();

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Variable();
}
