using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>The pieces of a string in quotes: escape sequences, and what the value of its field is made of.</summary>
internal readonly ref struct StringPieces
{
    private readonly SourceText _text;
    private readonly TextSpan _content;
    private readonly List<SemanticToken> _pieces = [];

    private StringPieces(SourceText text, TextSpan content)
    {
        _text = text;
        _content = content;
    }

    /// <summary>The pieces, one behind the other without gap, from the first quote to the last.</summary>
    public static List<SemanticToken> Of(SourceText text, SyntaxToken token, TextRole role)
    {
        var content = new TextSpan(token.Start + 1, StringValue.Inside(text.Bytes, token).Length);
        var pieces = new StringPieces(text, content);
        int position = token.Start;
        if (role == TextRole.PackageVersion && !token.HasEscape) position = pieces.AddVersion(position);
        if (role == TextRole.PackageName && !token.HasEscape) position = pieces.AddDistribution(position);
        if (role == TextRole.PackageName) position = pieces.AddVariables(position);
        pieces.AddPlain(position, token.End);
        return pieces._pieces;
    }

    private int AddVersion(int position)
    {
        ReadOnlySpan<byte> key = "version:"u8;
        if (!_text.Slice(_content).StartsWith(key)) return position;
        return AddBehind(position, TextSpan.FromBounds(_content.Start + key.Length, _content.End), SemanticTokenKind.Version);
    }

    private int AddDistribution(int position)
    {
        if (!WheelPackageName.TryParse(_text.ToString(_content), out WheelPackageName? name)) return position;
        var span = new TextSpan(_content.Start + System.Text.Encoding.UTF8.GetByteCount(name.Prefix), name.Stem.Length);
        // Bytes that are no text do not count as what they are shown as, and a stem is ASCII. What stands before the stem may hold variables.
        if (!_content.Contains(span) || _text.ToString(span) != name.Stem) return position;
        position = AddVariables(position, span.Start);
        return AddBehind(position, span, SemanticTokenKind.Distribution, SemanticTokenModifiers.Declaration);
    }

    private int AddVariables(int position) => AddVariables(position, _content.End);

    private int AddVariables(int position, int end)
    {
        while (position < end)
        {
            int found = _text.Bytes[position..end].IndexOf("${"u8);
            if (found < 0) break;
            position = AddVariable(position, position + found, end);
        }
        return position;
    }

    /// <summary>A variable, whose closing brace may still be missing.</summary>
    private int AddVariable(int position, int start, int end)
    {
        ReadOnlySpan<byte> bytes = _text.Bytes;
        int length = bytes[start..end].IndexOf((byte)'}');
        int bodyEnd = length < 0 ? end : start + length;
        position = AddBehind(position, new(start, 2), SemanticTokenKind.VariablePunctuation);
        int sign = bytes[position..bodyEnd].IndexOf((byte)'=');
        int nameEnd = sign < 0 ? bodyEnd : position + sign;
        var name = TextSpan.FromBounds(position, nameEnd);
        bool isKnown = TemplateVariables.Names.Contains(_text.ToString(name));
        position = AddBehind(position, name, SemanticTokenKind.Variable, isKnown ? SemanticTokenModifiers.None : SemanticTokenModifiers.Unknown);
        while (position < bodyEnd)
        {
            position = AddBehind(position, new(position, 1), SemanticTokenKind.VariablePunctuation);
            int comma = bytes[position..bodyEnd].IndexOf((byte)',');
            position = AddBehind(position, TextSpan.FromBounds(position, comma < 0 ? bodyEnd : position + comma), SemanticTokenKind.Alternative);
        }
        return length < 0 ? position : AddBehind(position, new(position, 1), SemanticTokenKind.VariablePunctuation);
    }

    private int AddBehind(int position, TextSpan span, SemanticTokenKind kind, SemanticTokenModifiers modifiers = SemanticTokenModifiers.None)
    {
        AddPlain(position, span.Start);
        if (!span.IsEmpty) _pieces.Add(new(span, kind, modifiers));
        return span.End;
    }

    /// <summary>Text that means nothing to us but for its escape sequences.</summary>
    private void AddPlain(int start, int end)
    {
        int escapesEnd = Math.Min(end, _content.End);
        int position = start;
        while (position < escapesEnd)
        {
            int found = _text.Bytes[position..escapesEnd].IndexOf((byte)'\\');
            if (found < 0) break;
            position += found;
            if (position > start) _pieces.Add(new(TextSpan.FromBounds(start, position), SemanticTokenKind.Text));
            int length = StringValue.Escape.Read(_text.Bytes[position..escapesEnd]).Length;
            _pieces.Add(new(new(position, length), SemanticTokenKind.Escape));
            position += length;
            start = position;
        }
        if (start < end) _pieces.Add(new(TextSpan.FromBounds(start, end), SemanticTokenKind.Text));
    }
}
