using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Cipd.Configuration;

/// <summary>
/// The configuration file of CIPD's client, a text-format message whose only fields are <c>plugins { admission { cmd args } }</c>. Fields that are not
/// known are passed over, as there; a file that cannot be read or parsed stops everything, as there: it may forbid what would be done.
/// </summary>
/// <param name="AdmissionPlugin">The file, when it names an admission plugin; null when it names none or there is no file.</param>
public sealed record CipdConfigurationFile(string? AdmissionPlugin)
{
    private const string Variable = "CIPD_CONFIG_FILE";
    private const int LargestFile = 1 << 20;

    private static string DefaultPath => OperatingSystem.IsWindows() ? @"C:\chrome-infra\cipd.cfg" : "/etc/chrome-infra/cipd.cfg";

    /// <summary>Reads the file that <c>CIPD_CONFIG_FILE</c> names, else the machine's; <c>-</c> stands for none.</summary>
    public static Result<CipdConfigurationFile> FindAdmissionPlugin(EnvironmentBlock environment)
    {
        string? named = environment.NonEmpty(Variable);
        if (named == "-") return new CipdConfigurationFile(AdmissionPlugin: null);
        if (named is not null && !Path.IsPathFullyQualified(named))
            return new Failure("VPY3130", $"{Variable} is not an absolute path: '{named}'") { NextStep = "correct the variable, or set it to - for no file" };
        string path = named ?? DefaultPath;
        try
        {
            byte[] bytes = RegularFile.ReadAll(path);
            return bytes.Length <= LargestFile ? Read(path, bytes) : Unusable(path, "it is too long to be one");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException && named is null)
        {
            return new CipdConfigurationFile(AdmissionPlugin: null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unusable(path, exception.Message);
        }
    }

    private static Result<CipdConfigurationFile> Read(string path, byte[] bytes)
    {
        var tree = SyntaxTree.Parse(SpecDocument.Parse(SourceText.From(bytes, path), DocumentKind.Spec));
        if (tree.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } mistake)
            return Unusable($"{path}:{tree.Text.GetCharacterPosition(mistake.Span.Start)}", mistake.Message);
        bool hasPlugin = MessagesOf(tree.Root, "plugins").SelectMany(plugins => MessagesOf(plugins, "admission")).Any(admission => admission.Fields.Length > 0);
        return new CipdConfigurationFile(AdmissionPlugin: hasPlugin ? path : null);
    }

    private static IEnumerable<MessageSyntax> MessagesOf(MessageSyntax message, string name) =>
        message.Fields.Where(field => field.Name == name).SelectMany(field => field.Values.ToArray()).OfType<MessageSyntax>();

    private static Failure Unusable(string location, string reason) => new("VPY3131", $"the configuration file of CIPD cannot be used: {reason}")
    {
        Location = location,
        NextStep = $"mend it; {Variable} names another one, or none by -",
    };
}
