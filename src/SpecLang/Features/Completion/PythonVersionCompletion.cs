using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>The versions of Python that platforms have, newest first.</summary>
internal static class PythonVersionCompletion
{
    /// <summary>Adds them.</summary>
    public static void Add(CompletionListBuilder list, CompletionPlace place, SpecContext context)
    {
        foreach (PythonMinor python in context.Spec.Settings.Platforms.Pythons.Reverse())
        {
            bool isOver = PythonEndOfLife.Of(python) is { } last && last < context.Spec.Host.Today;
            string value = python.ToString();
            list.Add(new(value, CompletionKind.Python, new(place.Span, ScalarCompletion.Written(place, value)), value)
            {
                Detail = PythonEndOfLife.Of(python) is { } day ? $"security fixes {(isOver ? "ended" : "until")} {day:yyyy-MM-dd}" : "",
            });
        }
        list.Add(new("3", CompletionKind.Python, new(place.Span, ScalarCompletion.Written(place, "3")), "3") { Detail = "any Python 3" });
    }
}
