using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>Fills a package directory from another source, and checks what is in one.</summary>
/// <param name="path">The directory.</param>
internal sealed class PackageMirror(string path)
{
    /// <summary>Puts packages into the directory under the versions by which they were asked for. What is there already and sound is not fetched; what is damaged is replaced.</summary>
    /// <returns>How many instances were fetched.</returns>
    public async Task<Result<int>> PullAsync(IPackageSource source, IReadOnlyList<(PackagePin Pin, CipdVersion Version)> packages, CancellationToken cancellation)
    {
        if (PackageDirectory.CheckMirrored(path, packages) is { } moved) return moved;
        PackagePin[] missing = [.. packages.Select(package => package.Pin).Distinct().Where(pin => !IsSound(pin))];
        Result<PackagePin>[] fetched = await Task.WhenAll(missing.Select(pin => Task.Run(() => FetchAsync(source, pin, cancellation), CancellationToken.None))).ConfigureAwait(false);
        Failure[] failures = [.. fetched.Select(result => result.Failure).OfType<Failure>()];
        if (failures.Length > 0) return Failure.All(failures);
        return PackageDirectory.Enter(path, packages) is { } failure ? failure : missing.Length;
    }

    /// <summary>Hashes every instance again, and looks into its archive; gives how many there are, or every one that is damaged, missing or belongs to nothing.</summary>
    public Result<int> Verify()
    {
        if (!PackageDirectory.Open(path).TryGet(out PackageDirectory? directory, out Failure? failure)) return failure;
        PackagePin[] pins = [.. directory.Pins];
        var results = new Failure?[pins.Length];
        Parallel.For(0, pins.Length, index =>
        {
            Result<InstanceFile> opened = InstanceFile.Open(PackageDirectory.InstancePath(path, pins[index].Instance), pins[index]);
            if (opened.TryGet(out InstanceFile? instance, out results[index])) instance.Dispose();
        });
        IEnumerable<Failure> strays = directory.Strays.Select(stray => new Failure("VPY3114", $"'{stray}' belongs to no package: the index does not know it") { NextStep = "remove it, or restore the index" });
        Failure[] failures = [.. results.OfType<Failure>(), .. strays];
        return failures.Length > 0 ? Failure.All(failures) : pins.Length;
    }

    private bool IsSound(PackagePin pin)
    {
        string file = PackageDirectory.InstancePath(path, pin.Instance);
        if (!File.Exists(file) || !InstanceFile.Open(file, pin).TryGet(out InstanceFile? instance, out _)) return false;
        instance.Dispose();
        return true;
    }

    private async Task<Result<PackagePin>> FetchAsync(IPackageSource source, PackagePin pin, CancellationToken cancellation)
    {
        if (!(await source.FetchAsync(pin, cancellation).ConfigureAwait(false)).TryGet(out InstanceFile? instance, out Failure? failure)) return failure;
        using (instance)
        {
            return PackageDirectory.Store(path, instance, cancellation) is { } problem ? problem : pin;
        }
    }
}
