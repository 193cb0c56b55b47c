using System.Collections.Immutable;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>A spec as rules see it: the text, the message, the wheels with what is known of them, the platforms that it is judged for. Computed where it is asked for, once.</summary>
public sealed class SpecAnalysis
{
    private bool? _isForFormerTool;

    /// <summary>The analysis of a spec; nothing is computed yet.</summary>
    /// <param name="bound">The document as a spec.</param>
    /// <param name="host">What analysis asks of the world.</param>
    /// <param name="settings">What is configured.</param>
    public SpecAnalysis(BoundSpec bound, AnalysisHost host, AnalysisSettings settings)
    {
        Bound = bound;
        Host = host;
        Settings = settings;
    }

    /// <summary>The document as a spec.</summary>
    public BoundSpec Bound { get; }

    /// <summary>What analysis asks of the world.</summary>
    public AnalysisHost Host { get; }

    /// <summary>What is configured.</summary>
    public AnalysisSettings Settings { get; }

    /// <summary>The document.</summary>
    public SpecDocument Document => Bound.Document;

    /// <summary>Where findings are that speak of the spec as a whole: the name of its first field, or where a field would be.</summary>
    public TextSpan Beginning => Tree.Root.Fields is [var first, ..] ? first.NameSpan : new(Document.Region?.Span.Start ?? 0, 0);

    /// <summary>The text of the file.</summary>
    public SourceText Text => Document.Text;

    /// <summary>The path of the file.</summary>
    public string Path => Text.Path;

    /// <summary>The syntax.</summary>
    public SyntaxTree Tree => Bound.Tree;

    /// <summary>The message.</summary>
    public Spec Spec => Bound.Spec;

    /// <summary>What is known of packages.</summary>
    public PackageCatalogue Catalogue => Host.Catalogue;

    /// <summary>The wheels, in the order of the text.</summary>
    public ImmutableArray<WheelEntry> Wheels => field.IsDefault
        ? field = [.. Bound.Wheels.Select((wheel, index) => new WheelEntry(index, Spec.Wheel[index], wheel, Catalogue))]
        : field;

    /// <summary>The version of Python that is asked for; null when none is, or it is no version.</summary>
    public PythonVersionRequest? Python => Meaning.Python;

    /// <summary>The version of Python in the text; null when there is none.</summary>
    public BoundValue? PythonValue => Bound.Bound.Root.Find("python_version");

    /// <summary>
    /// Whether the spec is for <c>vpython</c>, the tool for Python 2 that came before: its file is named for that one, or its script is run by it. What this one
    /// offers then says nothing about it.
    /// </summary>
    public bool IsForFormerTool => _isForFormerTool ??= Path.EndsWith(".vpython", StringComparison.Ordinal) || NamesFormerTool(Text);

    /// <summary>What makes the changes of fixes; of a document that has a spec.</summary>
    internal SpecEditor Editor => field ??= new(Tree);

    private SpecMeaning Meaning => field ??= Host.Meanings.Of(Spec, Settings.Platforms, IsForFormerTool);

    /// <summary>The wheels by their names.</summary>
    internal ILookup<string, WheelEntry> WheelsByName => field ??= Wheels.ToLookup(static wheel => wheel.Name, StringComparer.Ordinal);

    /// <summary>The versions of Python, of those that platforms have, that the spec can run with; all when it does not say.</summary>
    public ImmutableArray<PythonMinor> Pythons => Meaning.Pythons;

    /// <summary>
    /// The platforms that the spec is judged for: those of its <c>verify_pep425_tag</c>s, or else those of the table with a version of Python that it can
    /// run with.
    /// </summary>
    public ImmutableArray<TargetPlatform> Platforms => Meaning.Platforms;

    /// <summary>The platforms of the table with a version of Python that the spec can run with, whatever it is to be verified for.</summary>
    public ImmutableArray<TargetPlatform> SupportedPlatforms => Meaning.SupportedPlatforms;

    /// <summary>
    /// What the wheels need of each other, and what is missing, on the platforms of the table that the spec is judged for. Unlike the verification of a tag, which
    /// knows that tag alone, a run there knows all tags of the machine, and so does this.
    /// </summary>
    public DependencyClosure Closure => Meaning.Closure;

    /// <summary>Whether somebody has said which platforms the spec is for: it does itself, by tags to verify, or the settings do. Otherwise they are all that there are.</summary>
    public bool NamesPlatforms => Spec.VerifyPep425Tag.Count > 0 || Settings.NamesPlatforms;

    /// <summary>The tags that the spec is to be verified for, in the text.</summary>
    public ImmutableArray<TagEntry> VerifyTags => field.IsDefault ? field = [.. Bound.Bound.Root.FindAll("verify_pep425_tag").Zip(Spec.VerifyPep425Tag, static (bound, message) => new TagEntry(bound, message))] : field;

    /// <summary>The scripts that run with this spec, as far as its name says: the script it is embedded in, the one that it stands beside. None for a common spec, whose scripts may be anywhere below.</summary>
    public ImmutableArray<ScriptFile> Scripts => field.IsDefault ? field = FindScripts() : field;

    /// <summary>The path of the script that a partner spec stands beside; null for other specs.</summary>
    public string? PartnerPath
    {
        get
        {
            string suffix = SpecFamily.TextFormat.PartnerSuffix;
            string name = System.IO.Path.GetFileName(Path);
            return Document.Kind == DocumentKind.Spec && name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? Path[..^suffix.Length] : null;
        }
    }

    /// <summary>The same file with another text.</summary>
    public SpecAnalysis With(SourceText text) => new(BoundSpec.Bind(SpecDocument.Parse(text, Document.Kind)), Host, Settings);

    /// <summary>How messages name some of the platforms: the first few, and how many more.</summary>
    /// <param name="platforms">The platforms; none where it is the same on all.</param>
    internal string Describe(IReadOnlyCollection<TargetPlatform> platforms)
    {
        const int Most = 4;
        if (platforms.Count == 0 || platforms.Count == Platforms.Length && platforms.Count > 1) return "every platform";
        string names = string.Join(", ", platforms.Take(Most));
        return platforms.Count <= Most ? names : $"{names} and {platforms.Count - Most} more";
    }

    private ImmutableArray<ScriptFile> FindScripts()
    {
        if (Document.Region is { IsEmbedded: true }) return IsPython(Text) ? [new(Path, Text)] : [];
        if (PartnerPath is not { } partner || Host.Files.GetKind(partner) != FileKind.File) return [];
        return Host.Files.TryReadRepeatableFile(partner, out _) is { } bytes && SourceText.From(bytes, partner) is { } script && IsPython(script) ? [new(partner, script)] : [];
    }

    private static bool NamesFormerTool(SourceText text)
    {
        if (!text.Bytes.StartsWith("#!"u8)) return false;
        ReadOnlySpan<byte> line = text.Slice(text.GetLineSpan(0)).TrimEnd(" \t\r"u8);
        return line.EndsWith("vpython"u8) || line.IndexOf("vpython "u8) >= 0;
    }

    /// <summary>By its name, or by its first line.</summary>
    private static bool IsPython(SourceText text)
    {
        if (text.Path.EndsWith(".py", StringComparison.Ordinal)) return true;
        if (!text.Bytes.StartsWith("#!"u8)) return false;
        ReadOnlySpan<byte> line = text.Slice(text.GetLineSpan(0));
        return line.IndexOf("python"u8) >= 0;
    }
}
