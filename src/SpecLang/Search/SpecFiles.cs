using System.Buffers;
using System.IO.Enumeration;
using System.Runtime.ExceptionServices;
using System.Text;

namespace VPythonTools.SpecLang.Search;

/// <summary>
/// The files of a directory that hold specs: specs by name, and text files with a begin guard. What Git ignores is left out, and so are links and pages for readers. Directories
/// are read by several threads; a file that is none of these costs no memory.
/// </summary>
public sealed class SpecFiles
{
    /// <summary>How many files of a directory one thread looks into before it leaves the others to whoever is free.</summary>
    private const int FilesAtOnce = 64;

    private const int MostThreads = 16;

    private static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true, ReturnSpecialDirectories = false };

    private readonly PathPattern? _pattern;
    private readonly string _root;
    private readonly Stack<Work> _waiting = new();
    private readonly List<SpecFile> _found = [];
    private readonly List<string> _leftOut = [];
    private int _busy;
    private volatile bool _hasSeenFiles;
    private ExceptionDispatchInfo? _fault;

    private SpecFiles(string root, PathPattern? pattern)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        _pattern = pattern;
    }

    /// <summary>The files of a directory, in the order of their paths.</summary>
    /// <param name="directory">An absolute path.</param>
    public static List<SpecFile> In(string directory) => In(directory, out _);

    /// <summary>The files of a directory, in the order of their paths.</summary>
    /// <param name="directory">An absolute path.</param>
    /// <param name="leftOut">The directories in it that cannot be opened, since their names are not UTF-8; what is not is <c>U+FFFD</c> in them.</param>
    public static List<SpecFile> In(string directory, out IReadOnlyList<string> leftOut)
    {
        var search = new SpecFiles(directory, null);
        List<SpecFile> found = search.Run(out _);
        search._leftOut.Sort(StringComparer.Ordinal);
        leftOut = search._leftOut;
        return found;
    }

    /// <summary>The files below a directory whose paths from there on match a pattern, or that lie in a directory that does; in the order of their paths.</summary>
    /// <param name="directory">An absolute path.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="hasMatches">Whether any file matches, be it a spec or not.</param>
    public static List<SpecFile> Matching(string directory, PathPattern pattern, out bool hasMatches) => new SpecFiles(directory, pattern).Run(out hasMatches);

    private List<SpecFile> Run(out bool hasSeen)
    {
        _waiting.Push(new(_root, GitIgnore.For(_root), _pattern is null, null));
        var threads = new Thread[Math.Clamp(Environment.ProcessorCount, 1, MostThreads) - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Serve) { IsBackground = true };
            threads[i].Start();
        }
        Serve();
        foreach (Thread thread in threads) thread.Join();
        _fault?.Throw();
        hasSeen = _hasSeenFiles;
        _found.Sort(static (left, right) => PathOrder.Instance.Compare(left.Path, right.Path));
        return _found;
    }

    /// <summary>What each thread does: work, until there is none and nobody is at work that could leave some.</summary>
    private void Serve()
    {
        using var worker = new Worker(this);
        while (TryTake(out Work? work))
        {
            try
            {
                worker.Do(work);
            }
            catch (Exception exception)
            {
                // It is thrown again where the search was asked for.
                lock (_waiting) _fault ??= ExceptionDispatchInfo.Capture(exception);
            }
            lock (_waiting)
            {
                if (--_busy == 0 && _waiting.Count == 0) Monitor.PulseAll(_waiting);
            }
        }
        lock (_waiting) _found.AddRange(worker.Found);
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Work? work)
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                if (_busy == 0)
                {
                    work = null;
                    return false;
                }
                Monitor.Wait(_waiting);
            }
            _busy++;
            work = _waiting.Pop();
            return true;
        }
    }

    private void Leave(Work work)
    {
        lock (_waiting)
        {
            _waiting.Push(work);
            Monitor.Pulse(_waiting);
        }
    }

    /// <summary>A directory to read, or names of files of it to look into.</summary>
    /// <param name="Directory">Its absolute path.</param>
    /// <param name="Ignored">What is ignored there, its own <c>.gitignore</c> not yet among it.</param>
    /// <param name="IsIncluded">Whether all files in it count, whatever the pattern.</param>
    /// <param name="Names">The names; null for a directory to read.</param>
    private sealed record Work(string Directory, GitIgnore Ignored, bool IsIncluded, NameList? Names);

    /// <summary>Names of files, in UTF-8, each with a NUL behind it.</summary>
    private sealed class NameList
    {
        private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FilesAtOnce * 32);
        private int _length;

        public int Count { get; private set; }

        public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

        public void Add(ReadOnlySpan<char> name)
        {
            int most = Encoding.UTF8.GetMaxByteCount(name.Length) + 1;
            if (_bytes.Length - _length < most)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + most));
                Bytes.CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_bytes);
                _bytes = larger;
            }
            _length += Encoding.UTF8.GetBytes(name, _bytes.AsSpan(_length));
            _bytes[_length++] = 0;
            Count++;
        }

        public void Clear() => (_length, Count) = (0, 0);

        public void Return() => ArrayPool<byte>.Shared.Return(_bytes);
    }

    /// <summary>One thread's part of the search.</summary>
    private sealed class Worker(SpecFiles search) : IDisposable
    {
        private readonly GuardReader _reader = new();
        private NameList _names = new();
        private char[] _path = new char[1024];
        private byte[] _nativePath = new byte[1024];
        private int _directoryLength;
        private GitIgnore? _ignored;
        private Work? _work;

        public List<SpecFile> Found { get; } = [];

        public void Do(Work work)
        {
            _work = work;
            if (work.Names is { } names)
            {
                LookInto(work.Directory, names);
                names.Return();
                return;
            }
            _ignored = work.Ignored.With(work.Directory);
            SetDirectory(work.Directory);
            try
            {
                // The enumeration hands out nothing: what it finds is dealt with while its name is still in the system's buffer.
                foreach (bool _ in new FileSystemEnumerable<bool>(work.Directory, static (ref FileSystemEntry _) => true, EveryEntry) { ShouldIncludePredicate = Visit })
                {
                }
            }
            catch (DirectoryNotFoundException) when (work.Directory != search._root)
            {
                // It was removed since its name was read, unless its name is one that no text can be.
                if (SpecFileName.MayBeNoText(work.Directory)) lock (search._waiting) search._leftOut.Add(work.Directory);
            }
            LookInto(work.Directory, _names);
            _names.Clear();
        }

        public void Dispose() => _names.Return();

        private bool Visit(ref FileSystemEntry entry)
        {
            ReadOnlySpan<char> name = entry.FileName;
            bool isDirectory = entry.IsDirectory;
            if (isDirectory && name is ".git") return false;
            ReadOnlySpan<char> path = PathOf(name);
            if (!_ignored!.IsEmpty && _ignored.Ignores(path, isDirectory)) return false;
            bool isIncluded = _work!.IsIncluded || search._pattern!.Matches(BelowRoot(path));
            if (isDirectory)
            {
                if (isIncluded || search._pattern!.HasAnyDepth || Depth(BelowRoot(path)) < search._pattern.Depth) search.Leave(new(path.ToString(), _ignored, isIncluded, null));
                return false;
            }
            if (!isIncluded) return false;
            search._hasSeenFiles = true;
            if (SpecFileName.IsStandalone(name))
            {
                Found.Add(new(path.ToString(), IsStandalone: true));
                return false;
            }
            if (SpecFileName.IsPage(name)) return false;
            _names.Add(name);
            if (_names.Count == FilesAtOnce)
            {
                search.Leave(_work with { Names = _names });
                _names = new();
            }
            return false;
        }

        private void LookInto(string directory, NameList names)
        {
            if (names.Count == 0) return;
            int length = SetNativeDirectory(directory);
            ReadOnlySpan<byte> rest = names.Bytes;
            while (!rest.IsEmpty)
            {
                ReadOnlySpan<byte> name = rest[..(rest.IndexOf((byte)0) + 1)];
                rest = rest[name.Length..];
                if (_nativePath.Length < length + name.Length) Array.Resize(ref _nativePath, 2 * (length + name.Length));
                name.CopyTo(_nativePath.AsSpan(length));
                ReadOnlySpan<byte> path = _nativePath.AsSpan(0, length + name.Length);
                if (_reader.HoldsGuard(path)) Found.Add(new(Encoding.UTF8.GetString(path[..^1]), IsStandalone: false));
            }
        }

        private void SetDirectory(string directory)
        {
            _directoryLength = Path.EndsInDirectorySeparator(directory) ? directory.Length : directory.Length + 1;
            if (_path.Length < _directoryLength) Array.Resize(ref _path, 2 * _directoryLength);
            directory.CopyTo(_path);
            _path[_directoryLength - 1] = Path.DirectorySeparatorChar;
        }

        private int SetNativeDirectory(string directory)
        {
            int most = Encoding.UTF8.GetMaxByteCount(directory.Length) + 1;
            if (_nativePath.Length < most) _nativePath = new byte[2 * most];
            int length = Encoding.UTF8.GetBytes(directory, _nativePath);
            if (!Path.EndsInDirectorySeparator(directory)) _nativePath[length++] = (byte)Path.DirectorySeparatorChar;
            return length;
        }

        private ReadOnlySpan<char> PathOf(ReadOnlySpan<char> name)
        {
            int length = _directoryLength + name.Length;
            if (_path.Length < length) Array.Resize(ref _path, 2 * length);
            name.CopyTo(_path.AsSpan(_directoryLength));
            return _path.AsSpan(0, length);
        }

        private ReadOnlySpan<char> BelowRoot(ReadOnlySpan<char> path) => path[(Path.EndsInDirectorySeparator(search._root) ? search._root.Length : search._root.Length + 1)..];

        private static int Depth(ReadOnlySpan<char> path) => path.Count(Path.DirectorySeparatorChar) + 1;
    }
}
