using System.Collections.Immutable;
using Sprache;

namespace VPythonTools.SpecLang.Python;

/// <summary>The grammar of requirements (PEP 508). Names and versions are cut out here; their own types judge them.</summary>
internal static class RequirementGrammar
{
    private static readonly Parser<IEnumerable<char>> Space = Parse.Chars(" \t").Many();

    private static readonly Parser<string> Name =
        Parse.Char(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.', "letter, digit, '-', '_' or '.'").AtLeastOnce().Text();

    private static readonly Parser<ImmutableArray<string>> Extras =
        from open in Parse.Char('[').Then(_ => Space)
        from names in Spaced(Name).DelimitedBy(Parse.Char(',').Then(_ => Space)).Optional()
        from close in Space.Then(_ => Parse.Char(']'))
        select names.IsDefined ? names.Get().ToImmutableArray() : [];

    private static readonly Parser<string> Clauses = Parse.CharExcept(";()[]@").Many().Text();

    private static readonly Parser<string> ParenthesisedClauses =
        from open in Parse.Char('(')
        from clauses in Clauses
        from close in Parse.Char(')').Then(_ => Space)
        select clauses;

    private static readonly Parser<string> Url =
        from at in Parse.Char('@').Then(_ => Space)
        from url in Parse.Char(c => c is not (' ' or '\t'), "URL").AtLeastOnce().Text()
        select url;

    private static readonly Parser<Marker?> Marker =
        from semicolon in Parse.Char(';')
        from marker in MarkerGrammar.Marker
        select (Marker?)marker;

    /// <summary>Behind a URL a space has to come first, since <c>;</c> can be part of a URL.</summary>
    private static readonly Parser<(string Url, Marker? Marker)> UrlAndMarker =
        from url in Url
        from marker in Parse.Chars(" \t").AtLeastOnce().Then(_ => Marker).Or(Space.Return(default(Marker)))
        select (url, marker);

    private static readonly Parser<(string Versions, Marker? Marker)> VersionsAndMarker =
        from versions in ParenthesisedClauses.Or(Clauses)
        from marker in Marker.Or(Parse.Return(default(Marker)))
        select (versions, marker);

    /// <summary>A whole requirement.</summary>
    public static Parser<Parts> Requirement { get; } =
        (from before in Space
         from name in Name
         from behind in Space
         from extras in Spaced(Extras).Or(Parse.Return(ImmutableArray<string>.Empty))
         from rest in UrlAndMarker.Select(found => new Parts(name, extras, "", found.Url, found.Marker))
             .Or(VersionsAndMarker.Select(found => new Parts(name, extras, found.Versions, null, found.Marker)))
         select rest).End();

    private static Parser<T> Spaced<T>(Parser<T> inner) =>
        from value in inner
        from space in Space
        select value;

    /// <summary>The pieces of a requirement.</summary>
    internal sealed record Parts(string Name, ImmutableArray<string> Extras, string Versions, string? Url, Marker? Marker);
}
