using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace VPythonTools.Runner.Environments;

/// <summary>The process that builds an environment which another one waits for. It is known by the directory that it builds in, whose name has its number.</summary>
/// <param name="Process">Its number.</param>
/// <param name="Began">When it began.</param>
internal sealed record OtherBuilder(int Process, DateTime Began)
{
    private const int LongestNumber = 16;
    private const FileShare SharedByAll = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>The name of a directory to build an environment in.</summary>
    public static string DirectoryName(string id) => string.Create(CultureInfo.InvariantCulture, $"{id}.{Environment.ProcessId}.{Guid.NewGuid():N}");

    /// <summary>Who builds an environment; null when nobody is seen to.</summary>
    public static OtherBuilder? Find(string building, string id)
    {
        try
        {
            return Directory.EnumerateDirectories(building, id + ".*")
                .Select(directory => Path.GetFileName(directory).Split('.') is [_, var number, _] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                    ? new OtherBuilder(process, Directory.GetCreationTimeUtc(directory))
                    : null)
                .OfType<OtherBuilder>()
                .MaxBy(builder => builder.Began);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Leaves the number of this process in a file, for those who wait for it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void LeaveNumber(string file)
    {
        using SafeFileHandle handle = File.OpenHandle(file, FileMode.Open, FileAccess.Write, SharedByAll);
        // All are as long, so that nothing of an earlier one is left.
        RandomAccess.Write(handle, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture).PadRight(LongestNumber)), 0);
    }

    /// <summary>Who left its number in a file, and when; null when nobody is seen to have.</summary>
    public static OtherBuilder? WhoLeftNumber(string file)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, SharedByAll);
            Span<byte> number = stackalloc byte[LongestNumber];
            int length = RandomAccess.Read(handle, number, 0);
            return int.TryParse(number[..length], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int process) ? new(process, File.GetLastWriteTimeUtc(handle)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What is told to somebody who waits; what matters least comes last, where a narrow terminal cuts it.</summary>
    /// <param name="builder">Who builds, where that is seen.</param>
    /// <param name="what">The environment, as a noun.</param>
    public static string Describe(OtherBuilder? builder, string what) => builder is null
        ? $"waiting for another process to build {what}"
        : string.Create(CultureInfo.InvariantCulture, $"waiting for process {builder.Process}, at work for {Math.Max((DateTime.UtcNow - builder.Began).TotalSeconds, 0):0} s, to build {what}");
}
