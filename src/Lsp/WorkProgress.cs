using System.Text.Json;
using VPythonTools.Lsp.Protocol;

namespace VPythonTools.Lsp;

/// <summary>How far something is, where the client shows it.</summary>
/// <param name="client">Who is told.</param>
/// <param name="token">The place for it in the client; null where there is none.</param>
internal sealed class WorkProgress(LanguageClient client, JsonElement? token)
{
    /// <summary>It begins.</summary>
    public Task BeginAsync(string title, bool isCancellable = false) =>
        token is { } place ? client.ProgressAsync(place, new WorkDoneProgressBegin(title) { Cancellable = isCancellable ? true : null }) : Task.CompletedTask;

    /// <summary>It goes on.</summary>
    public Task ReportAsync(string message, int? percentage = null) =>
        token is { } place ? client.ProgressAsync(place, new WorkDoneProgressReport { Message = message, Percentage = percentage }) : Task.CompletedTask;

    /// <summary>It has ended.</summary>
    public Task EndAsync(string? message) => token is { } place ? client.ProgressAsync(place, new WorkDoneProgressEnd { Message = message }) : Task.CompletedTask;
}
