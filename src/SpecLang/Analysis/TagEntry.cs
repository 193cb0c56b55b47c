using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>A tag of a spec: what it says, and where.</summary>
/// <param name="Bound">The tag in the text.</param>
/// <param name="Message">The tag as a message.</param>
public readonly record struct TagEntry(BoundValue Bound, PEP425Tag Message)
{
    /// <summary>Where it is, from bracket to bracket.</summary>
    public TextSpan Span => Bound.Syntax.Span;

    /// <summary>Whether no part is set: then it matches nothing.</summary>
    public bool IsEmpty => Message.Python.Length == 0 && Message.Abi.Length == 0 && Message.Platform.Length == 0;

    /// <summary>The parts that are set, with their places.</summary>
    public IEnumerable<(BoundValue Part, string Value)> Parts
    {
        get
        {
            PEP425Tag message = Message;
            return Bound.Message!.Values
                .Select(part => (part, part.Field.Name switch { "python" => message.Python, "abi" => message.Abi, _ => message.Platform }))
                .Where(static part => part.Item2.Length > 0);
        }
    }
}
