using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Fuzz;

/// <summary>A form that the text of a spec can have.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Kind">What kind of document it is in.</param>
/// <param name="Wrap">The document that has the text in this form.</param>
public sealed record DocumentForm(string Name, DocumentKind Kind, Func<string, string> Wrap)
{
    /// <summary>A document whose text, about <paramref name="length"/> characters long, repeats one piece.</summary>
    public SourceText Repeat(string unit, int length)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return SourceText.From(Wrap(string.Concat(Enumerable.Repeat(unit, Math.Max(1, length / unit.Length)))));
    }
}
