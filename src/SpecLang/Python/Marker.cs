using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Sprache;

namespace VPythonTools.SpecLang.Python;

/// <summary>
/// An environment marker (PEP 508): for which environments a requirement is meant. It is evaluated to true, false, or null where the environment
/// does not know what is asked; what is known may decide all the same, as <c>false and unknown</c> is false.
/// </summary>
public abstract record Marker
{
    /// <summary>The greatest length of a text that is read, in UTF-16 code units.</summary>
    public const int MaximumLength = 4096;

    /// <summary>How deep parentheses may be nested.</summary>
    public const int MaximumDepth = 32;

    private Marker()
    {
    }

    /// <summary>Reads a marker.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Marker? marker, [NotNullWhen(false)] out string? error)
    {
        marker = null;
        error = FindExcess(text);
        if (error is not null) return false;
        IResult<Marker> result = MarkerGrammar.WholeMarker.TryParse(text);
        if (result.WasSuccessful) marker = result.Value;
        else error = $"'{text}' is not an environment marker; '{MarkerGrammar.RestOf(text, result)}' cannot stand there";
        return marker is not null;
    }

    /// <summary>Whether it holds in an environment; null where the environment does not know.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="extra">The extra for which the requirement is looked at; empty for none.</param>
    public abstract bool? Evaluate(MarkerEnvironment environment, string extra = "");

    /// <summary>Says why a text is too long or too deep to be read; null when it is not.</summary>
    internal static string? FindExcess(string text)
    {
        if (text.Length > MaximumLength) return $"'{text[..32]}...' is longer than {MaximumLength} characters";
        int depth = 0, deepest = 0;
        foreach (char c in text)
        {
            if (c == '(') deepest = Math.Max(deepest, ++depth);
            else if (c == ')') depth--;
        }
        return deepest > MaximumDepth ? $"the parentheses of an environment marker are nested {deepest} deep; {MaximumDepth} are read" : null;
    }

    /// <summary>Several markers, all of which must hold.</summary>
    /// <param name="Parts">At least two.</param>
    public sealed record And(ImmutableArray<Marker> Parts) : Marker
    {
        /// <inheritdoc/>
        public override bool? Evaluate(MarkerEnvironment environment, string extra = "") => Decide(Parts, environment, extra, decisive: false);

        /// <inheritdoc/>
        public bool Equals(And? other) => other is not null && Parts.SequenceEqual(other.Parts);

        /// <inheritdoc/>
        public override int GetHashCode() => Parts.Aggregate(1, HashCode.Combine);

        /// <summary>The marker in normal form.</summary>
        public override string ToString() => string.Join(" and ", Parts.Select(part => part is Or or And ? $"({part})" : part.ToString()));
    }

    /// <summary>Several markers, one of which must hold.</summary>
    /// <param name="Parts">At least two.</param>
    public sealed record Or(ImmutableArray<Marker> Parts) : Marker
    {
        /// <inheritdoc/>
        public override bool? Evaluate(MarkerEnvironment environment, string extra = "") => Decide(Parts, environment, extra, decisive: true);

        /// <inheritdoc/>
        public bool Equals(Or? other) => other is not null && Parts.SequenceEqual(other.Parts);

        /// <inheritdoc/>
        public override int GetHashCode() => Parts.Aggregate(2, HashCode.Combine);

        /// <summary>The marker in normal form.</summary>
        public override string ToString() => string.Join(" or ", Parts.Select(part => part is Or ? $"({part})" : part.ToString()));
    }

    /// <summary>A comparison of two values.</summary>
    /// <param name="Left">What stands before the operator.</param>
    /// <param name="Operator">The operator as it is written, in normal form: <c>==</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>~=</c>,
    /// <c>===</c>, <c>in</c> or <c>not in</c>.</param>
    /// <param name="Right">What stands behind it.</param>
    public sealed record Comparison(MarkerOperand Left, string Operator, MarkerOperand Right) : Marker
    {
        /// <inheritdoc/>
        public override bool? Evaluate(MarkerEnvironment environment, string extra = "")
        {
            if (Value(Left, environment, extra) is not { } left || Value(Right, environment, extra) is not { } right) return null;
            bool isExtra = Left.Variable == MarkerVariable.Extra || Right.Variable == MarkerVariable.Extra;
            if (isExtra) return CompareTexts(NormalizeExtra(left), NormalizeExtra(right));

            // Versions where both sides are, else text as Python compares it.
            return VersionSpecifier.TryParse(Operator + right, out VersionSpecifier? specifier, out _) && Pep440Version.TryParse(left, out Pep440Version? version, out _)
                ? specifier.Admits(version)
                : CompareTexts(left, right);
        }

        /// <summary>The marker in normal form.</summary>
        public override string ToString() => $"{Left} {Operator} {Right}";

        private static string? Value(MarkerOperand operand, MarkerEnvironment environment, string extra) => operand.Variable switch
        {
            null => operand.Literal,
            MarkerVariable.Extra => extra,
            { } variable => environment[variable],
        };

        private static string NormalizeExtra(string text) => DistributionName.TryParse(text, out DistributionName name, out _) ? name.Value : text;

        /// <summary>Null where text cannot be compared so, which is a mistake of the marker's author.</summary>
        private bool? CompareTexts(string left, string right) => Operator switch
        {
            "==" => left == right,
            "!=" => left != right,
            "<" => string.CompareOrdinal(left, right) < 0,
            "<=" => string.CompareOrdinal(left, right) <= 0,
            ">" => string.CompareOrdinal(left, right) > 0,
            ">=" => string.CompareOrdinal(left, right) >= 0,
            "in" => right.Contains(left, StringComparison.Ordinal),
            "not in" => !right.Contains(left, StringComparison.Ordinal),
            _ => null,
        };
    }

    private static bool? Decide(ImmutableArray<Marker> parts, MarkerEnvironment environment, string extra, bool decisive)
    {
        bool? outcome = !decisive;
        foreach (Marker part in parts)
        {
            bool? value = part.Evaluate(environment, extra);
            if (value == decisive) return decisive;
            if (value is null) outcome = null;
        }
        return outcome;
    }
}
