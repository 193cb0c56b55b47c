using System.Collections.Immutable;
using Sprache;

namespace VPythonTools.SpecLang.Python;

/// <summary>The grammar of environment markers (PEP 508), with the older names that its <c>setuptools</c> forerunner had and metadata still has.</summary>
internal static class MarkerGrammar
{
    private static readonly (string Name, MarkerVariable Variable)[] Variables =
    [
        ("python_version", MarkerVariable.PythonVersion),
        ("python_full_version", MarkerVariable.PythonFullVersion),
        ("os_name", MarkerVariable.OsName),
        ("sys_platform", MarkerVariable.SysPlatform),
        ("platform_release", MarkerVariable.PlatformRelease),
        ("platform_system", MarkerVariable.PlatformSystem),
        ("platform_version", MarkerVariable.PlatformVersion),
        ("platform_machine", MarkerVariable.PlatformMachine),
        ("platform_python_implementation", MarkerVariable.PlatformPythonImplementation),
        ("implementation_name", MarkerVariable.ImplementationName),
        ("implementation_version", MarkerVariable.ImplementationVersion),
        ("extra", MarkerVariable.Extra),
        ("os.name", MarkerVariable.OsName),
        ("sys.platform", MarkerVariable.SysPlatform),
        ("platform.version", MarkerVariable.PlatformVersion),
        ("platform.machine", MarkerVariable.PlatformMachine),
        ("platform.python_implementation", MarkerVariable.PlatformPythonImplementation),
        ("python_implementation", MarkerVariable.PlatformPythonImplementation),
    ];

    private static readonly Parser<IEnumerable<char>> Space = Parse.Chars(" \t").Many();

    private static readonly Parser<MarkerOperand> Variable =
        from name in Parse.Char(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.', "name").AtLeastOnce().Text()
        let known = Variables.FirstOrDefault(variable => variable.Name == name)
        where known.Name is not null
        select new MarkerOperand(known.Variable, "");

    private static readonly Parser<MarkerOperand> Operand = Quoted('"').Or(Quoted('\'')).Or(Variable);

    private static readonly Parser<string> NotIn =
        from negation in Parse.String("not")
        from space in Parse.Chars(" \t").AtLeastOnce()
        from word in Parse.String("in")
        select "not in";

    private static readonly Parser<string> Operator =
        new[] { "===", "==", "!=", "<=", ">=", "~=", "<", ">", "in" }
            .Select(sign => Parse.String(sign).Text())
            .Aggregate((first, second) => first.Or(second))
            .Or(NotIn);

    private static readonly Parser<Marker> Comparison =
        from left in Operand
        from before in Space
        from comparison in Operator
        from behind in Space
        from right in Operand
        select (Marker)new Marker.Comparison(left, comparison, right);

    private static readonly Parser<Marker> Parenthesised =
        from open in Parse.Char('(')
        from inner in Parse.Ref(() => Marker!)
        from close in Parse.Char(')')
        select inner;

    private static readonly Parser<Marker> Primary =
        from before in Space
        from marker in Parenthesised.Or(Comparison)
        from behind in Space
        select marker;

    private static readonly Parser<Marker> Conjunction = Series(Primary, "and", parts => new Marker.And(parts));

    /// <summary>A marker with the spaces around it.</summary>
    public static Parser<Marker> Marker { get; } = Series(Conjunction, "or", parts => new Marker.Or(parts));

    /// <summary>A marker and nothing else.</summary>
    public static Parser<Marker> WholeMarker { get; } = Marker.End();

    /// <summary>The name of a variable.</summary>
    public static string NameOf(MarkerVariable variable) => Variables.First(known => known.Variable == variable).Name;

    /// <summary>What is left of a text where a parser stopped, shortened to what a message can show.</summary>
    public static string RestOf<T>(string text, IResult<T> result)
    {
        string rest = text[Math.Min(result.Remainder.Position, text.Length)..];
        return rest.Length > 40 ? rest[..40] + "..." : rest;
    }

    private static Parser<MarkerOperand> Quoted(char quote) =>
        from open in Parse.Char(quote)
        from text in Parse.CharExcept(quote).Many().Text()
        from close in Parse.Char(quote)
        select new MarkerOperand(null, text);

    private static Parser<Marker> Series(Parser<Marker> part, string word, Func<ImmutableArray<Marker>, Marker> combine) =>
        from parts in part.DelimitedBy(Parse.String(word))
        let all = parts.ToImmutableArray()
        select all.Length == 1 ? all[0] : combine(all);
}
