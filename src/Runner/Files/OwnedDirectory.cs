using VPythonTools.SpecLang.Configuration;

namespace VPythonTools.Runner.Files;

/// <summary>
/// Directories that the superuser makes for another user: <c>sudo vpython3</c> with that user's HOME must not leave a <c>~/.cache</c> behind in which the user can make nothing.
/// </summary>
internal static class OwnedDirectory
{
    /// <summary>Makes the directories above a path that are missing, each with the owner of the one above it. Does nothing for other users, and never fails: who needs the directory finds out.</summary>
    public static void MakeAbove(string path)
    {
        if (OperatingSystem.IsWindows() || UserId.Number != 0) return;
        try
        {
            string? parent = Path.GetDirectoryName(path);
            if (parent is null || Directory.Exists(parent)) return;
            MakeAbove(parent);
            Directory.CreateDirectory(parent);
            FileOwner.Copy(Path.GetDirectoryName(parent)!, parent);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is needed by and by, and said then.
        }
    }
}
