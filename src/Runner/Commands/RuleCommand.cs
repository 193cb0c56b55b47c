using System.CommandLine;
using System.Text.Json;
using VPythonTools.Runner.Commands.Lint;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Analysis;

namespace VPythonTools.Runner.Commands;

/// <summary>Prints what users should know of a kind of finding.</summary>
internal static class RuleCommand
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("rule", "explain a code that lint reports", Create, FailureExitCode: 2);

    private static Command Create(Invocation invocation)
    {
        var all = new Option<bool>("--all") { Description = "All codes." };
        var format = new Option<string>("--format") { Description = "markdown or json.", DefaultValueFactory = static _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "json");
        var code = new Argument<string?>("CODE") { Description = "The code, such as VPY2301.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(Verb.Name, "Explains a code that lint reports: what is found, why it matters, an example, and the fix.") { all, format, code };
        command.SetAction(parsed => Verbs.Finish(Print(parsed.GetValue(code), parsed.GetValue(all), parsed.GetValue(format) is "json")));
        return command;
    }

    private static Result<int> Print(string? code, bool isAll, bool asJson)
    {
        if (isAll == code is not null) return new Failure("VPY3005", "either a code or --all") { NextStep = "vpython3 rule VPY2301 explains one, vpython3 rule --all all of them", ExitCode = 2 };
        if (isAll)
        {
            StandardStreams.WriteOutput(asJson
                ? $"[\n{string.Join(",\n", DiagnosticReference.All.Select(ToJson))}\n]\n"
                : string.Join('\n', DiagnosticReference.All.Select(static entry => entry.ToMarkdown())));
            return 0;
        }
        if (DiagnosticReference.Find(code!) is not { } found) return new Failure("VPY3504", $"there is no code '{code}'") { NextStep = "vpython3 rule --all lists the codes; those that begin with VPY3 are errors of vpython3 itself", ExitCode = 2 };
        StandardStreams.WriteOutput(asJson ? ToJson(found) + "\n" : found.ToMarkdown());
        return 0;
    }

    private static string ToJson(DiagnosticReferenceEntry entry) => LintJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("code", entry.Descriptor.Id);
        json.WriteString("title", entry.Descriptor.Title);
        json.WriteString("category", entry.CategoryName);
        json.WriteString("severity", entry.SeverityName);
        json.WriteString("message", entry.Descriptor.MessageFormat);
        Write(json, "whatItDoes", entry.Documentation?.WhatItDoes);
        Write(json, "whyItMatters", entry.Documentation?.WhyItMatters);
        Write(json, "example", entry.Documentation?.Example);
        Write(json, "instead", entry.Documentation?.Instead);
        Write(json, "fix", entry.Documentation?.Fix);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null) json.WriteNull(name);
        else json.WriteString(name, value);
    }
}
