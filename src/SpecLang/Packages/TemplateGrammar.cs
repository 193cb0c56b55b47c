using System.Collections.Immutable;
using Sprache;

namespace VPythonTools.SpecLang.Packages;

/// <summary>
/// The grammar of package templates. CIPD replaces every match of <c>\$\{[^}]*\}</c>, so whatever is up to the next closing brace belongs to the
/// variable, and a dollar sign elsewhere is a mistake.
/// </summary>
internal static class TemplateGrammar
{
    private static readonly Parser<Part> Literal =
        Parse.CharExcept('$').AtLeastOnce().Text().Select(text => new Part(text, null));

    private static readonly Parser<ImmutableArray<string>> Alternatives =
        from sign in Parse.Char('=')
        from values in Parse.CharExcept(",}").Many().Text().DelimitedBy(Parse.Char(','))
        select values.ToImmutableArray();

    private static readonly Parser<(string Name, ImmutableArray<string> Alternatives)> VariableBody =
        from open in Parse.String("${")
        from name in Parse.CharExcept("=}").Many().Text()
        from alternatives in Alternatives.Or(Parse.Return(default(ImmutableArray<string>)))
        from close in Parse.Char('}')
        select (name, alternatives);

    private static readonly Parser<Part> Variable =
        from body in VariableBody.Span()
        select new Part("", new TemplateVariable(body.Value.Name, body.Value.Alternatives, body.Start.Pos, body.Length));

    /// <summary>A whole template.</summary>
    public static Parser<ImmutableArray<Part>> Template { get; } =
        Literal.Or(Variable).Many().End().Select(parts => parts.ToImmutableArray());

    /// <summary>A piece of a template: literal text, or a variable.</summary>
    internal readonly record struct Part(string Text, TemplateVariable? Variable)
    {
        /// <summary>The piece further on in a longer template.</summary>
        public Part MovedBy(int length) => Variable is null ? this : this with { Variable = Variable with { Start = Variable.Start + length } };
    }
}
