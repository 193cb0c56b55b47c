using System.Collections.Concurrent;

namespace VPythonTools.SpecLang.Text;

/// <summary>
/// Remembers what was made of texts that were asked for lately: a text that is edited asks for nearly the same ones at every key. What was not asked for while so many others
/// were is forgotten. Safe to be asked by several threads.
/// </summary>
/// <typeparam name="T">What is made of a text.</typeparam>
/// <param name="make">Makes it. Of several threads that make it at once, each gets its own, and one is remembered.</param>
/// <param name="most">How many texts belong together; at most twice as many are remembered.</param>
internal sealed class RecentTexts<T>(Func<string, T> make, int most)
{
    /// <summary>Longer texts are not remembered, in UTF-16 units: nobody writes them twice.</summary>
    private const int LongestText = 256;

    private readonly Lock _gate = new();
    private Generation _recent = new();
    private Generation _former = new();

    /// <summary>What is made of a text.</summary>
    public T Of(string text)
    {
        if (text.Length > LongestText) return make(text);
        Generation recent = Volatile.Read(ref _recent);
        if (recent.Known.TryGetValue(text, out T? known)) return known;
        if (!Volatile.Read(ref _former).Known.TryGetValue(text, out known)) known = make(text);
        if (recent.Known.TryAdd(text, known) && Interlocked.Increment(ref recent.Count) >= most) Forget(recent);
        return known;
    }

    private void Forget(Generation full)
    {
        lock (_gate)
        {
            if (_recent != full) return;
            Volatile.Write(ref _former, full);
            Volatile.Write(ref _recent, new());
        }
    }

    private sealed class Generation
    {
        public int Count;

        public ConcurrentDictionary<string, T> Known { get; } = new(StringComparer.Ordinal);
    }
}
