using System.Text.Json;
using VPythonTools.Lsp.Workspace;

namespace VPythonTools.Lsp.Diagnostics;

/// <summary>Where the pages of rules are that findings link to.</summary>
internal static class RulePages
{
    /// <summary>The address that the client names, <c>ruleDocumentation</c> of its initialization options; else <c>docs/rules/</c> beside the server; null where neither is.</summary>
    public static string? Locate(JsonElement? options)
    {
        if (options is { ValueKind: JsonValueKind.Object } given
            && given.TryGetProperty("ruleDocumentation", out JsonElement value)
            && value.ValueKind == JsonValueKind.String
            && Uri.TryCreate(value.GetString(), UriKind.Absolute, out Uri? named)
            && named.Scheme is "file" or "https")
            return named.AbsoluteUri.TrimEnd('/') + "/";
        string beside = Path.Combine(AppContext.BaseDirectory, "docs", "rules");
        return Directory.Exists(beside) ? DocumentUri.FromPath(beside) + "/" : null;
    }
}
