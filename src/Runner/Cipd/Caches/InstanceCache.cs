using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Cipd.Caches;

/// <summary>
/// Instance files that were fetched before, by whomever: the read-only cache first, then the cache. Every file is hashed again when it is opened, so a damaged one is
/// found and fetched anew. Of many processes that want an instance one downloads it and the others wait; a file has its name only when it is complete.
/// </summary>
/// <param name="layout">The cache.</param>
/// <param name="readOnlyLayout">A cache that others fill, or null.</param>
/// <param name="log">Where repairs are noted.</param>
internal sealed class InstanceCache(CacheLayout layout, CacheLayout? readOnlyLayout, Log log)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SilentWait = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, PackagePin> _ownLocks = new(StringComparer.Ordinal);

    /// <summary>Opens an instance that is there; null when it is not, or only damaged.</summary>
    public Result<InstanceFile>? TryOpen(PackagePin pin)
    {
        if (readOnlyLayout is not null && TryOpen(readOnlyLayout, pin, isOurs: false) is { } shared) return shared;
        return TryOpen(layout, pin, isOurs: true);
    }

    /// <summary>Whether there is a file for an instance; it is not looked into.</summary>
    public bool Has(PackagePin pin) => File.Exists(layout.Instance(pin.Instance)) || readOnlyLayout is not null && File.Exists(readOnlyLayout.Instance(pin.Instance));

    /// <summary>Opens an instance, downloaded by <paramref name="download"/> into the empty file that it is given, unless it is there.</summary>
    public async Task<Result<InstanceFile>> ObtainAsync(PackagePin pin, Func<SafeFileHandle, CancellationToken, Task<Result<long>>> download, CancellationToken cancellation)
    {
        if (TryOpen(pin) is { } known) return known;
        try
        {
            string path = layout.DownloadLock(pin.Instance);
            using FileLock downloading = FileLock.Open(path);
            await TakeAsync(downloading, path, pin, cancellation).ConfigureAwait(false);
            _ownLocks[path] = pin;
            try
            {
                if (TryOpen(layout, pin, isOurs: true) is { } justMade) return justMade;
                if (downloading.IsEffective) RemoveLeftovers(pin);
                return await DownloadAsync(pin, download, cancellation).ConfigureAwait(false);
            }
            finally
            {
                _ownLocks.TryRemove(path, out _);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file's own name is of no use to anybody, and makes of one full disk as many errors as there are files.
            string reason = exception.Message.Split(" : '")[0];
            return new Failure("VPY3141", $"the cache '{layout.Root}' cannot be written: {reason}")
            {
                IsOfAll = true,
                NextStep = "free space or mend its permissions, or name another directory with CIPD_CACHE_DIR",
            };
        }
    }

    private async Task<Result<InstanceFile>> DownloadAsync(PackagePin pin, Func<SafeFileHandle, CancellationToken, Task<Result<long>>> download, CancellationToken cancellation)
    {
        Directory.CreateDirectory(layout.Instances);
        Directory.CreateDirectory(layout.Partial);
        string aside = Path.Combine(layout.Partial, $"{pin.Instance}.{Guid.NewGuid():N}");
        SafeFileHandle? file = File.OpenHandle(aside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            if (!(await download(file, cancellation).ConfigureAwait(false)).TryGet(out _, out Failure? failure)) return failure;
            string path = layout.Instance(pin.Instance);
            File.Move(aside, path, overwrite: true);
            SafeFileHandle hashed = file;
            file = null;
            return InstanceFile.OpenHashed(hashed, path, pin);
        }
        finally
        {
            file?.Dispose();
            File.Delete(aside);
        }
    }

    /// <summary>Nobody else downloads this instance: the caller holds its lock.</summary>
    private void RemoveLeftovers(PackagePin pin)
    {
        if (!Directory.Exists(layout.Partial)) return;
        foreach (string leftover in Directory.EnumerateFiles(layout.Partial, $"{pin.Instance}.*")) File.Delete(leftover);
    }

    private Result<InstanceFile>? TryOpen(CacheLayout cache, PackagePin pin, bool isOurs)
    {
        string path = cache.Instance(pin.Instance);
        if (!File.Exists(path)) return null;
        Result<InstanceFile> opened = InstanceFile.Open(path, pin);
        if (opened.Failure is null)
        {
            if (isOurs) RecordUse(path);
            return opened;
        }
        if (!pin.Instance.HasKnownAlgorithm) return opened;
        switch (opened.Failure.Code)
        {
            case InstanceFile.ContentDiffers:
                log.Warning($"the file '{path}' in the cache is damaged{(isOurs ? " and is fetched anew" : "")}");
                if (isOurs) Remove(path);
                return null;
            case InstanceFile.Unreadable:
                if (File.Exists(path)) log.Warning($"the file '{path}' in the cache cannot be read: {opened.Failure.Message}");
                return null;
            default:
                return opened;
        }
    }

    private async Task TakeAsync(FileLock downloading, string path, PackagePin pin, CancellationToken cancellation)
    {
        TimeSpan poll = FirstPoll;
        var waited = System.Diagnostics.Stopwatch.StartNew();
        bool isSaid = false;
        while (!downloading.TryTakeExclusive())
        {
            // Without locks several may download the same; the first file that is whole counts, and so does the last.
            if (!downloading.IsEffective) return;
            // Two instances of this process may share a lock; that is nobody else's doing.
            if (!isSaid && waited.Elapsed > SilentWait && !_ownLocks.ContainsKey(path))
            {
                Log.Notice($"waiting for another process to download {pin.Name}");
                isSaid = true;
            }
            await Task.Delay(poll, cancellation).ConfigureAwait(false);
            poll = poll * 2 < LongestPoll ? poll * 2 : LongestPoll;
        }
    }

    private static void RecordUse(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else's file keeps the time that it has.
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The download replaces it, or says why it cannot.
        }
    }
}
