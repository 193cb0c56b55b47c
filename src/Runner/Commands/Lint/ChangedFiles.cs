using System.ComponentModel;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Search;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>What Git says has changed: commits since a branch left its base, what is staged, what is not, and what Git does not know yet.</summary>
internal static class ChangedFiles
{
    private const string Upstream = "@{upstream}";
    private const string MainBranch = "origin/main";
    private const string Head = "HEAD";

    /// <summary>The absolute paths of the files that have changed and are there, without links, in order. Those whose names are not UTF-8 are among them.</summary>
    /// <param name="directory">A directory of the repository.</param>
    /// <param name="since">The commit that is compared with, or rather the one that both it and HEAD come from; null for the upstream branch, else <c>origin/main</c>, else HEAD.</param>
    public static Result<IReadOnlyList<string>> Since(string directory, string? since)
    {
        try
        {
            // Asked at once: each is a process, and most of its time is its start.
            using var root = GitProcess.Start(directory, "rev-parse", "--show-toplevel");
            using var status = GitProcess.Start(directory, "status", "--porcelain=v2", "--branch", "--untracked-files=all", "--ignore-submodules=all", "-z");
            using var difference = Compare(directory, since ?? Upstream, "--merge-base");
            if (!root.Succeeds(out string rootLine, out string error)) return Fail(error);
            if (!status.Succeeds(out string statusText, out error)) return Fail(error);
            var changed = new SortedSet<string>(PathOrder.Instance);
            string rootPath = rootLine.TrimEnd('\n', '\r');
            bool hasCommits = AddStatus(statusText, rootPath, changed);
            if (hasCommits)
            {
                Result<string> names = since is null ? CompareWithUsualBase(directory, difference) : CompareWith(directory, since, difference);
                if (!names.TryGet(out string? nameText, out Failure? failure)) return failure;
                AddDifference(nameText, rootPath, changed);
            }
            return changed.Where(static path => new FileInfo(path) is { Exists: true, LinkTarget: null } || SpecFileName.MayBeNoText(path) && !Path.Exists(path)).ToList();
        }
        catch (Win32Exception)
        {
            return new Failure("VPY3501", "git cannot be started, so nobody knows what has changed") { NextStep = "put git on PATH, or name the files", ExitCode = LintCommand.Failed };
        }
    }

    private static GitProcess Compare(string directory, string commit, params ReadOnlySpan<string> options) =>
        GitProcess.Start(directory, ["diff", "--name-status", "--find-renames", "--no-ext-diff", "--ignore-submodules=all", "--no-relative", "-z", .. options, "--end-of-options", commit, "--"]);

    private static Result<string> CompareWith(string directory, string commit, GitProcess mergeBase)
    {
        if (mergeBase.Succeeds(out string names, out _)) return names;
        // There is no common commit, as in a shallow clone: then the commit itself it is.
        using GitProcess direct = Compare(directory, commit);
        return direct.Succeeds(out names, out string error) ? names : Fail(error);
    }

    private static Result<string> CompareWithUsualBase(string directory, GitProcess upstream)
    {
        if (upstream.Succeeds(out string names, out _)) return names;
        using GitProcess main = Compare(directory, MainBranch, "--merge-base");
        if (main.Succeeds(out names, out _)) return names;
        using GitProcess head = Compare(directory, Head);
        return head.Succeeds(out names, out string error) ? names : Fail(error);
    }

    /// <summary>Reads the entries of <c>git status --porcelain=v2 -z</c>; whether there is any commit.</summary>
    private static bool AddStatus(string text, string root, SortedSet<string> changed)
    {
        bool hasCommits = true;
        string[] entries = text.Split('\0');
        for (int i = 0; i < entries.Length; i++)
        {
            string entry = entries[i];
            if (entry.Length == 0) continue;
            if (entry == "# branch.oid (initial)") hasCommits = false;
            // How many fields stand before the path; a renamed one's former path is an entry of its own.
            int fields = entry[0] switch
            {
                '?' => 1,
                '1' => 8,
                '2' => 9,
                'u' => 10,
                _ => 0,
            };
            if (entry[0] == '2') i++;
            bool isRemoved = fields > 1 && entry.AsSpan(2, 2).Contains('D');
            if (fields > 0 && !isRemoved) changed.Add(Path.Combine(root, Behind(entry, fields)));
        }
        return hasCommits;
    }

    private static string Behind(string entry, int fields)
    {
        int at = 0;
        for (int i = 0; i < fields; i++) at = entry.IndexOf(' ', at) + 1;
        return entry[at..];
    }

    /// <summary>Reads the output of <c>git diff --name-status -z</c>.</summary>
    private static void AddDifference(string text, string root, SortedSet<string> changed)
    {
        string[] parts = text.Split('\0');
        for (int i = 0; i + 1 < parts.Length; i += 2)
        {
            // A renamed or copied one has its former path before its path.
            if (parts[i].StartsWith('R') || parts[i].StartsWith('C')) i++;
            if (i + 1 < parts.Length && parts[i] != "D") changed.Add(Path.Combine(root, parts[i + 1]));
        }
    }

    private static Failure Fail(string error) => new("VPY3501", $"git does not say what has changed: {error.Split('\n')[0].Trim()}")
    {
        NextStep = "stand in a repository, and name a commit of it as BASE",
        ExitCode = LintCommand.Failed,
    };
}
