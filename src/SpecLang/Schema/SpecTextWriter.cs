using System.Text;
using Google.Protobuf.Collections;

namespace VPythonTools.SpecLang.Schema;

/// <summary>Writes a spec in text format, in the style that most specs have: <c>wheel: &lt;</c>, two blanks of indentation, one field a line.</summary>
public static class SpecTextWriter
{
    /// <summary>The text of a spec; reading it gives the same message again.</summary>
    public static string Write(Spec spec)
    {
        var text = new StringBuilder();
        WriteField(text, 0, "python_version", spec.PythonVersion);
        foreach (Spec.Types.Package wheel in spec.Wheel)
        {
            text.Append("wheel: <\n");
            WriteField(text, 1, "name", wheel.Name);
            WriteField(text, 1, "version", wheel.Version);
            WriteTags(text, 1, "match_tag", wheel.MatchTag);
            WriteTags(text, 1, "not_match_tag", wheel.NotMatchTag);
            text.Append(">\n");
        }
        WriteTags(text, 0, "verify_pep425_tag", spec.VerifyPep425Tag);
        return text.ToString();
    }

    private static void WriteTags(StringBuilder text, int depth, string name, RepeatedField<PEP425Tag> tags)
    {
        foreach (PEP425Tag tag in tags)
        {
            Indent(text, depth).Append(name).Append(": <\n");
            WriteField(text, depth + 1, "python", tag.Python);
            WriteField(text, depth + 1, "abi", tag.Abi);
            WriteField(text, depth + 1, "platform", tag.Platform);
            Indent(text, depth).Append(">\n");
        }
    }

    private static void WriteField(StringBuilder text, int depth, string name, string value)
    {
        if (value.Length == 0) return;
        Indent(text, depth).Append(name).Append(": \"");
        foreach (char character in value)
        {
            switch (character)
            {
                case '"' or '\\':
                    text.Append('\\').Append(character);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ' or '\x7F':
                    // Three octal digits: the only form that every reader of text format takes the same way.
                    text.Append('\\').Append(Convert.ToString(character, 8).PadLeft(3, '0'));
                    break;
                default:
                    text.Append(character);
                    break;
            }
        }
        text.Append("\"\n");
    }

    private static StringBuilder Indent(StringBuilder text, int depth) => text.Append(' ', 2 * depth);
}
