using CsCheck;

namespace VPythonTools.SpecLang.Tests.Python;

/// <summary>Versions as people write them, and texts that are almost versions.</summary>
internal static class VersionTexts
{
    private static readonly Gen<string> Number = Gen.Frequency(
        (6, Gen.Int[0, 3].Select(number => number.ToString())), (1, Gen.Int[0, 2024].Select(number => number.ToString("D4"))), (1, Gen.Const("99999999")));

    private static readonly Gen<string> Separator = Gen.OneOf("", ".", "-", "_");

    private static readonly Gen<string> Release = Number.Array[1, 4].Select(numbers => string.Join('.', numbers));

    private static readonly Gen<string> Local = Gen.OneOf(Number, Gen.OneOf("chromium", "a", "ubuntu1", "Z9")).Array[1, 3].Select(Separator, (parts, separator) => string.Join(separator.Length == 0 ? "." : separator, parts));

    /// <summary>Versions that PEP 440 accepts.</summary>
    public static Gen<string> Valid { get; } = Gen.Select(
        Gen.Frequency((6, Gen.Const("")), (1, Gen.Const("v")), (1, Gen.Int[0, 2].Select(epoch => $"{epoch}!"))),
        Release,
        Suffix("a", "b", "c", "rc", "alpha", "beta", "pre", "preview", "RC", "Alpha"),
        Gen.Frequency((6, Gen.Const("")), (2, Suffix("post", "rev", "r", "POST")), (1, Number.Select(number => "-" + number))),
        Suffix("dev", "DEV"),
        Gen.Frequency((4, Gen.Const("")), (1, Local.Select(local => "+" + local))),
        (before, release, pre, post, dev, local) => before + release + pre + post + dev + local);

    /// <summary>Any texts of the characters that versions are made of.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency((2, Valid), (1, Gen.String[Gen.Char["0123abrcvdepost.-_+!* "], 0, 8]), (2, Gen.Select(Valid, Gen.Int[0, 40], Gen.Char[".-+a1!* "], Mutate)));

    private static Gen<string> Suffix(params string[] words) =>
        Gen.Frequency((4, Gen.Const("")), (1, Gen.Select(Separator, Gen.OneOf(words), Separator, Gen.Frequency((3, Number), (1, Gen.Const(""))), (before, word, between, number) => before + word + between + number)));

    private static string Mutate(string text, int position, char inserted)
    {
        int at = position % (text.Length + 1);
        return position % 2 == 0 ? text.Insert(at, inserted.ToString()) : text.Remove(Math.Min(at, text.Length - 1), 1);
    }
}
