using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Features.Completion;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Hover;

/// <summary>What there is to know of a place of a spec, in a file of its own or in a script.</summary>
public static class SpecHover
{
    /// <summary>What there is to know at an offset. Never fails; null outside of specs, and where nothing is known.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="offset">The place, in bytes.</param>
    public static HoverInfo? Find(SpecAnalysis spec, int offset)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Region is not { } region || offset < 0 || offset > spec.Text.Length) return null;
        if (Touching(region.BeginGuard, offset) is { } begin) return new(begin, GuardMarkdown.Of(spec));
        if (Touching(region.EndGuard, offset) is { } end) return new(end, GuardMarkdown.Of(spec));
        if (!region.Span.Touches(offset)) return null;
        return FindCode(spec, offset) ?? FindField(spec, offset);
    }

    private static TextSpan? Touching(TextSpan? span, int offset) => span is { } guard && guard.Touches(offset) ? guard : null;

    private static HoverInfo? FindCode(SpecAnalysis spec, int offset)
    {
        foreach (SuppressionComment comment in SuppressionList.Read(spec.Tree).Comments)
        {
            if (!comment.Span.Touches(offset)) continue;
            (string id, TextSpan span) = comment.Codes.FirstOrDefault(code => code.Span.Touches(offset));
            return id is not null && RuleMarkdown.Of(id) is { } markdown ? new(span, markdown) : null;
        }
        return null;
    }

    private static HoverInfo? FindField(SpecAnalysis spec, int offset)
    {
        MessageSyntax message = spec.Tree.Root;
        MessageSchema schema = MessageSchema.Of(Spec.Descriptor);
        while (message.Fields.FirstOrDefault(field => field.Span.Touches(offset)) is { } field)
        {
            if (schema.Find(spec.Text.Slice(field.NameSpan)) is not { } known) return null;
            if (field.NameSpan.Touches(offset)) return new(field.NameSpan, FieldMarkdown.Of(known.Descriptor));
            ValueSyntax? value = null;
            foreach (ValueSyntax candidate in field.Values)
            {
                if (candidate.Span.Touches(offset)) value = candidate;
            }
            if (value is ScalarSyntax scalar) return FindValue(spec, message, known, scalar, offset);
            if (value is not MessageSyntax inner || !known.IsMessage) return null;
            (message, schema) = (inner, known.Message);
        }
        return null;
    }

    private static HoverInfo? FindValue(SpecAnalysis spec, MessageSyntax message, FieldSchema field, ScalarSyntax value, int offset)
    {
        var context = new SpecContext(spec);
        WheelEntry? wheel = spec.Wheels.FirstOrDefault(entry => entry.Syntax == message);
        string? markdown = field.Descriptor.FullName switch
        {
            "vpython.Spec.Package.name" when wheel is not null => FindVariable(wheel, value, offset) is { } variable
                ? TemplateMarkdown.Of(variable.Name, context.PlatformsOf(message))
                : wheel.Known is { } package
                    ? WheelMarkdown.OfPackage(package, context.PlatformsOf(message), wheel.KnownVersion)
                    : WheelMarkdown.OfUnknown(wheel.Name, context.PlatformsOf(message)),
            "vpython.Spec.Package.version" when wheel?.Known is { } package => wheel.KnownVersion is { } version
                ? WheelMarkdown.OfVersion(package, version, context.PlatformsOf(message))
                : WheelMarkdown.OfPackage(package, context.PlatformsOf(message)),
            "vpython.Spec.python_version" => PythonMarkdown.Of(spec),
            "vpython.PEP425Tag.python" or "vpython.PEP425Tag.abi" or "vpython.PEP425Tag.platform" => TagMarkdown(spec, field, value),
            _ => null,
        };
        TextSpan span = wheel is not null && FindVariable(wheel, value, offset) is { } at ? SpanOf(value, at) : value.Span;
        return markdown is null ? null : new(span, markdown);
    }

    /// <summary>The variable of a name that an offset is in; null where it is in none, and where the name is not written plainly.</summary>
    private static TemplateVariable? FindVariable(WheelEntry wheel, ScalarSyntax value, int offset)
    {
        if (value != wheel.NameValue?.Syntax || value.TokenEnd - value.FirstToken != 1 || value.ValueToken is not { Kind: SyntaxKind.StringLiteral, HasEscape: false }) return null;
        return wheel.Template?.Variables.FirstOrDefault(variable => SpanOf(value, variable, wheel.Name).Touches(offset));
    }

    private static TextSpan SpanOf(ScalarSyntax value, TemplateVariable variable) => SpanOf(value, variable, System.Text.Encoding.UTF8.GetString(StringValue.Inside(value.Tree.Text.Bytes, value.ValueToken)));

    private static TextSpan SpanOf(ScalarSyntax value, TemplateVariable variable, string name) => new(
        value.ValueToken.Start + 1 + System.Text.Encoding.UTF8.GetByteCount(name.AsSpan(0, variable.Start)),
        System.Text.Encoding.UTF8.GetByteCount(name.AsSpan(variable.Start, variable.Length)));

    private static string? TagMarkdown(SpecAnalysis spec, FieldSchema field, ScalarSyntax value)
    {
        if (!value.IsString || value.ValueToken.Kind != SyntaxKind.StringLiteral) return null;
        string text = System.Text.Encoding.UTF8.GetString(StringValue.Inside(spec.Text.Bytes, value.ValueToken));
        if (text.Length == 0) return FieldMarkdown.Of(field.Descriptor);
        string where = TagIndex.Of(spec.Settings.Platforms).WhereIs(field.Descriptor.Name, text);
        return $"`{text.Replace('`', '\'')}`: {(where.Length == 0 ? "on no platform of the table" : where)}\n\n{FieldMarkdown.Of(field.Descriptor)}";
    }
}
