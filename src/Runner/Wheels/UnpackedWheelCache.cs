using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// The wheels of a store, each unpacked and checked once and named by the SHA-256 of its archive, so that an environment is made from files that lie there already. What has its name is whole:
/// a wheel is unpacked aside, under a lock of its own, and renamed.
/// </summary>
/// <remarks>
/// Below the directory: <c>SHA256/</c>, an <see cref="UnpackedWheel"/>; <c>known/</c>, which wheels a package or a file is; <c>building/</c>, what is not whole yet; <c>locks/</c>;
/// <c>lock</c>, which whoever uses the cache shares, and whoever removes something holds alone.
/// </remarks>
/// <param name="directory">Where they are.</param>
/// <param name="log">Where steps are noted.</param>
internal sealed class UnpackedWheelCache(string directory, Log log)
{
    private static ReadOnlySpan<byte> KnownMagic => "VPYKNW01"u8;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    /// <summary>The lock that nobody who removes something from the cache can have meanwhile. It is held while wheels of the cache are installed.</summary>
    public FileLock Use()
    {
        var use = FileLock.Open(Path.Combine(directory, "lock"));
        use.TakeShared();
        return use;
    }

    /// <summary>What a package instance is known by: its wheels never change.</summary>
    public static string KeyOf(PackagePin pin) => $"instance {pin}";

    /// <summary>What a wheel file is known by while it is unchanged.</summary>
    public static string KeyOf(string path, FileFingerprint file) =>
        string.Create(CultureInfo.InvariantCulture, $"file {path} {file.Device} {file.Inode} {file.Size} {file.ModifiedNanoseconds}");

    /// <summary>The unpacked wheels that belong to a key; null when they are not known, or not all of them are there and whole.</summary>
    /// <param name="key">What they are known by.</param>
    /// <param name="origin">Where a wheel of this file name comes from, for messages.</param>
    /// <param name="location">The place that asked for them.</param>
    public ImmutableArray<UnpackedWheel>? Find(string key, Func<string, string> origin, string? location)
    {
        Known? known = CheckedRecord.Read(RecordOf(key), KnownMagic, reader =>
        {
            if (reader.ReadString() != key) return null;
            var wheels = new (string Digest, string FileName)[reader.ReadInt32()];
            for (int index = 0; index < wheels.Length; index++) wheels[index] = (reader.ReadString(), reader.ReadString());
            return new Known(wheels);
        });
        if (known is null) return null;
        CheckedRecord.Touch(RecordOf(key));
        var found = ImmutableArray.CreateBuilder<UnpackedWheel>(known.Wheels.Length);
        foreach ((string digest, string fileName) in known.Wheels)
        {
            if (!WheelFileName.TryParse(fileName, out WheelFileName? name, out _)
                || UnpackedWheel.Load(Path.Combine(directory, digest), name, origin(fileName), location) is not { } wheel)
                return null;
            found.Add(wheel);
        }
        return found.DrainToImmutable();
    }

    /// <summary>Notes which wheels belong to a key.</summary>
    public void Remember(string key, IEnumerable<UnpackedWheel> wheels)
    {
        UnpackedWheel[] all = [.. wheels];
        CheckedRecord.Write(RecordOf(key), KnownMagic, writer =>
        {
            writer.Write(key);
            writer.Write(all.Length);
            foreach (UnpackedWheel wheel in all)
            {
                writer.Write(Path.GetFileName(wheel.Path));
                writer.Write(wheel.FileName.FileName);
            }
        });
    }

    /// <summary>The wheel, unpacked now or before, by this process or by another one that this one waits for.</summary>
    public async Task<Result<UnpackedWheel>> UnpackAsync(WheelArchive archive, CancellationToken cancellation)
    {
        string digest = Digest(archive.Bytes, cancellation);
        string place = Path.Combine(directory, digest);
        if (Load() is { } present) return present;
        string name = $"{digest}.unpack";
        using FileLock unpacking = await LockAsync(name, cancellation).ConfigureAwait(false);
        if (Load() is { } made) return made;
        MoveAway(place);
        string aside = MakeAside(name, unpacking);
        try
        {
            log.Debug($"unpacking {archive.FileName}");
            UnpackedWheel.Unpack(archive, aside, cancellation);
            Directory.Move(aside, place);
        }
        catch (IOException) when (!unpacking.IsEffective && Load() is not null)
        {
            // Another process was faster.
        }
        catch (InvalidDataException exception)
        {
            return archive.Damaged(exception);
        }
        finally
        {
            Discard(aside);
        }
        return Load() ?? throw new IOException($"'{place}' was unpacked and is not there");

        UnpackedWheel? Load() => UnpackedWheel.Load(place, archive.FileName, archive.Origin, archive.Location);
    }

    /// <summary>The wheel with its byte-code for an interpreter, compiled now or before.</summary>
    /// <param name="wheel">The wheel.</param>
    /// <param name="interpreter">The name of the interpreter among those of this store (<see cref="NameOf"/>).</param>
    /// <param name="format">What the interpreter reads.</param>
    /// <param name="compiler">Compiles by that interpreter.</param>
    /// <param name="cancellation">Stops between two modules.</param>
    public async Task<UnpackedWheel> CompileAsync(UnpackedWheel wheel, string interpreter, ByteCodeFormat format, ByteCodeCompiler compiler, CancellationToken cancellation)
    {
        string place = WheelByteCode.DirectoryOf(wheel, interpreter);
        if (WheelByteCode.Load(place, format) is { } present) return wheel.With(present);
        WheelMember[] modules = [.. wheel.Members.Where(member => UnpackedWheel.IsModule(member) && member.Size <= ByteCodeCompiler.LargestModule)];
        if (modules.Length == 0) return wheel;

        string name = $"{Path.GetFileName(wheel.Path)}.{interpreter}";
        using FileLock compiling = await LockAsync(name, cancellation).ConfigureAwait(false);
        if (WheelByteCode.Load(place, format) is { } made) return wheel.With(made);
        MoveAway(place);
        string aside = MakeAside(name, compiling);
        try
        {
            log.Activity.WillCompile(modules.Length);
            log.Debug($"compiling {Amounts.Count(modules.Length, "module")} of {wheel.FileName}");
            (int Module, (long Size, uint Crc32)? File)[] compiled = await Task.WhenAll(modules.OrderByDescending(module => module.Size).Select(async module =>
            {
                int index = wheel.IndexOf(module);
                (long Size, uint Crc32)? file = await compiler.CompileAsync(wheel.PathOf(module), WheelByteCode.PathOf(aside, index), module.Name, cancellation).ConfigureAwait(false);
                log.Activity.Compiled();
                return (Module: index, File: file);
            })).ConfigureAwait(false);
            WheelByteCode.Keep(aside, compiled.Where(module => module.File is not null).ToDictionary(module => module.Module, module => module.File!.Value));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            Directory.Move(aside, place);
        }
        catch (IOException) when (!compiling.IsEffective && WheelByteCode.Load(place, format) is not null)
        {
            // Another process was faster.
        }
        finally
        {
            Discard(aside);
        }
        return wheel.With(WheelByteCode.Load(place, format));
    }

    /// <summary>Takes a wheel out of the cache whose files turned out to be damaged, so that it is unpacked anew.</summary>
    public async Task ForgetAsync(UnpackedWheel wheel, CancellationToken cancellation)
    {
        using FileLock unpacking = await LockAsync($"{Path.GetFileName(wheel.Path)}.unpack", cancellation).ConfigureAwait(false);
        if (wheel.FindDamage() is not null || wheel.ByteCode?.FindDamage() is not null) MoveAway(wheel.Path);
    }

    /// <summary>
    /// The name of an interpreter in this cache. One that was replaced, by another version or another build of it, has another name: byte-code is never taken from an interpreter that is not the one
    /// that reads it.
    /// </summary>
    public static string NameOf(InterpreterFacts facts, FileFingerprint executable, ByteCodeFormat format)
    {
        string identity = string.Create(
            CultureInfo.InvariantCulture,
            $"{facts.Executable}\0{facts.Version}\0{format.Magic}\0{executable.Inode}\0{executable.Size}\0{executable.ModifiedNanoseconds}");
        return $"{format.CacheTag}-{StableHash.Hex(Encoding.UTF8.GetBytes(identity))}";
    }

    private static string Digest(ByteRange bytes, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[256 << 10];
        int count;
        for (long offset = 0; (count = bytes.Read(offset, buffer)) > 0; offset += count)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Waits for the lock without holding a thread: its holder may be a task of this process that needs one.</summary>
    private async Task<FileLock> LockAsync(string name, CancellationToken cancellation)
    {
        var taken = FileLock.Open(Path.Combine(directory, "locks", name));
        try
        {
            // Without locks several may make the same; the first that is whole counts.
            for (TimeSpan wait = FirstWait; !taken.TryTakeExclusive() && taken.IsEffective; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
                await Task.Delay(wait, cancellation).ConfigureAwait(false);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    private string RecordOf(string key) => Path.Combine(directory, "known", StableHash.Hex(Encoding.UTF8.GetBytes(key)));

    /// <summary>A directory for what is being made, without what killed makers of the same left. The caller holds its lock.</summary>
    private string MakeAside(string name, FileLock held)
    {
        string building = Path.Combine(directory, "building");
        Directory.CreateDirectory(building);
        if (held.IsEffective)
        {
            foreach (string leftover in Directory.EnumerateDirectories(building, name + ".*")) Discard(leftover);
        }
        string aside = Path.Combine(building, $"{name}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(aside);
        return aside;
    }

    /// <summary>What is there and was not taken for whole is in the way of what is.</summary>
    private void MoveAway(string place)
    {
        if (!Directory.Exists(place)) return;
        log.Info($"'{place}' is damaged and is made anew");
        string away = Path.Combine(directory, "building", $"damaged.{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path.GetDirectoryName(away)!);
        Directory.Move(place, away);
        Discard(away);
    }

    private void Discard(string aside)
    {
        if (!Directory.Exists(aside)) return;
        try
        {
            if (OperatingSystem.IsWindows())
            {
                foreach (string file in Directory.EnumerateFiles(aside, "*", SearchOption.AllDirectories)) File.SetAttributes(file, FileAttributes.Normal);
            }
            Directory.Delete(aside, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"cannot remove '{aside}': {exception.Message}");
        }
    }

    private sealed record Known((string Digest, string FileName)[] Wheels);
}
