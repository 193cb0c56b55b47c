using System.Text;

namespace VPythonTools.Runner.Console;

/// <summary>Something that went wrong and that the user can do something about: what, where, why, and the next step.</summary>
/// <param name="Code">The stable identifier, <c>VPY</c> and four digits; <c>docs/errors.md</c> has a section for each.</param>
/// <param name="Message">What failed and why, one sentence or a few lines; it names the thing.</param>
public sealed record Failure(string Code, string Message)
{
    /// <summary>The place in a spec that caused it, as <c>path:line:column</c> or a path; null when there is none.</summary>
    public string? Location { get; init; }

    /// <summary>What the user can do next; null when the message says it.</summary>
    public string? NextStep { get; init; }

    /// <summary>What else is known, as pairs of a label and a text: which wheel, for which platform, what was tried. Each is a line of its own.</summary>
    public IReadOnlyList<(string Label, string Text)> Details { get; init; } = [];

    /// <summary>Failures that were found together with this one.</summary>
    public IReadOnlyList<Failure> Others { get; init; } = [];

    /// <summary>The exit code that the process ends with.</summary>
    public int ExitCode { get; init; } = 1;

    /// <summary>
    /// Whether it is about what many things stand on, such as the network, the disk or the account, and each of them fails with the same words: these are told once.
    /// </summary>
    public bool IsOfAll { get; init; }

    /// <summary>One failure that stands for several, in their order; there is at least one.</summary>
    public static Failure All(IReadOnlyList<Failure> failures)
    {
        Failure[] told = [.. failures.Where((failure, index) => !failure.IsOfAll || !failures.Take(index).Any(earlier => earlier.IsOfAll && earlier.Message == failure.Message))];
        return told[0] with { Others = told[1..] };
    }

    /// <summary>The same as a warning: <c>message [code]</c> with its place before it and the next step on a line of its own.</summary>
    public string Warning
    {
        get
        {
            string place = Location is null ? "" : $"{PlainText.Of(Location)}: ";
            return $"{place}{PlainText.Of(Message, kept: "\t\n")} [{Code}]{(NextStep is null ? "" : $"\n  next: {PlainText.Of(NextStep, kept: "\t\n")}")}";
        }
    }

    /// <summary>
    /// The failure as shown on standard error: <c>location: error: message [code]</c>, the details and the next step on lines of their own. Names of files, and what files and services
    /// say, may be in all of it, and command nobody's terminal.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Location is not null) text.Append(PlainText.Of(Location)).Append(": ");
        text.Append("error: ").Append(PlainText.Of(Message, kept: "\t\n")).Append(" [").Append(Code).Append(']');
        foreach ((string label, string detail) in Details) text.Append("\n  ").Append(label).Append(": ").Append(PlainText.Of(detail));
        if (NextStep is not null) text.Append("\n  next: ").Append(PlainText.Of(NextStep, kept: "\t\n"));
        foreach (Failure other in Others) text.Append('\n').Append(other);
        return text.ToString();
    }
}
