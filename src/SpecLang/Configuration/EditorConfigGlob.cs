using System.Collections;
using System.Globalization;
using System.Text;

namespace VPythonTools.SpecLang.Configuration;

/// <summary>
/// The pattern of a section of an <c>.editorconfig</c> file, by the EditorConfig specification: <c>*</c>, <c>**</c>, <c>?</c>, <c>[a-z]</c>,
/// <c>[!a]</c>, <c>{a,b}</c>, <c>{1..9}</c> and <c>\</c>. All ways to match are followed at once, so the time is at most the length of
/// the pattern times that of the path, whatever the pattern.
/// </summary>
internal sealed class EditorConfigGlob
{
    private readonly List<State> _states = [];
    private readonly string _pattern;
    private int _next;

    private EditorConfigGlob(string pattern)
    {
        _pattern = pattern;
        ParseSequence(inBraces: false, FindUnbalanced(pattern));
        _states.Add(new(StateKind.Match));
    }

    private enum StateKind
    {
        Character,
        Set,
        AnyButSlash,
        ManyButSlash,
        Many,
        Number,
        Jump,
        Match,
    }

    /// <summary>Reads a pattern; each one means something, if only itself.</summary>
    /// <param name="section">What stands between the brackets of the section's line.</param>
    public static EditorConfigGlob Parse(string section)
    {
        // A pattern without a slash holds in every directory below; one with a slash starts in that of the file.
        if (section.StartsWith('/')) return new(section[1..]);
        return new(section.Contains('/', StringComparison.Ordinal) ? section : "**/" + section);
    }

    /// <summary>Whether a path belongs to the section.</summary>
    /// <param name="path">The path below the directory of the <c>.editorconfig</c> file, with <c>/</c> between names.</param>
    public bool Matches(string path)
    {
        var active = new BitArray?[path.Length + 1];
        Enter(active, 0, 0);
        for (int i = 0; i <= path.Length; i++)
        {
            if (active[i] is not { } here) continue;
            for (int state = 0; state < _states.Count; state++)
            {
                if (here[state]) Step(active, state, i, path);
            }
        }
        return active[path.Length] is { } end && end[_states.Count - 1];
    }

    private void Step(BitArray?[] active, int index, int position, string path)
    {
        State state = _states[index];
        bool isAtEnd = position == path.Length;
        switch (state.Kind)
        {
            case StateKind.Character when !isAtEnd && path[position] == state.Character:
            case StateKind.AnyButSlash when !isAtEnd && path[position] != '/':
            case StateKind.Set when !isAtEnd && state.Holds(path[position]):
                Enter(active, position + 1, index + 1);
                break;
            case StateKind.ManyButSlash when !isAtEnd && path[position] != '/':
            case StateKind.Many when !isAtEnd:
                Enter(active, position + 1, index);
                break;
            case StateKind.Number:
                foreach (int end in NumbersAt(path, position, state)) Enter(active, end, index + 1);
                break;
        }
    }

    /// <summary>Notes a state, and those that can be reached from it without reading a character.</summary>
    private void Enter(BitArray?[] active, int position, int first)
    {
        BitArray states = active[position] ??= new(_states.Count);
        var pending = new Stack<int>([first]);
        while (pending.TryPop(out int index))
        {
            if (states[index]) continue;
            states[index] = true;
            State state = _states[index];
            if (state.Kind is StateKind.ManyButSlash or StateKind.Many) pending.Push(index + 1);
            foreach (int target in state.Targets) pending.Push(target);
        }
    }

    private static IEnumerable<int> NumbersAt(string path, int position, State state)
    {
        int digits = position < path.Length && path[position] is '-' or '+' ? position + 1 : position;
        const int MostDigits = 18;
        for (int end = digits; end < path.Length && char.IsAsciiDigit(path[end]) && end - digits < MostDigits; end++)
        {
            // A number has one spelling: zeros before it make it a text.
            if (path[digits] == '0' && end > digits) yield break;
            long value = long.Parse(path.AsSpan(position, end + 1 - position), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            if (value >= state.Least && value <= state.Most) yield return end + 1;
        }
    }

    /// <summary>The braces that have no partner, which are characters like others.</summary>
    private static HashSet<int> FindUnbalanced(string pattern)
    {
        var open = new Stack<int>();
        var unbalanced = new HashSet<int>();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\') i++;
            else if (pattern[i] == '{') open.Push(i);
            else if (pattern[i] == '}' && !open.TryPop(out _)) unbalanced.Add(i);
        }
        unbalanced.UnionWith(open);
        return unbalanced;
    }

    private void ParseSequence(bool inBraces, HashSet<int> unbalanced)
    {
        while (_next < _pattern.Length)
        {
            int start = _next++;
            switch (_pattern[start])
            {
                case '\\' when _next < _pattern.Length:
                    AddCharacter(_pattern[_next++]);
                    break;
                case '?':
                    _states.Add(new(StateKind.AnyButSlash));
                    break;
                case '*' when _next < _pattern.Length && _pattern[_next] == '*':
                    while (_next < _pattern.Length && _pattern[_next] == '*') _next++;
                    ParseMany(isWholeName: (start == 0 || _pattern[start - 1] == '/') && _next < _pattern.Length && _pattern[_next] == '/');
                    break;
                case '*':
                    _states.Add(new(StateKind.ManyButSlash));
                    break;
                case '[' when TryParseSet():
                    break;
                case '{' when !unbalanced.Contains(start):
                    ParseBraces(unbalanced);
                    break;
                case ',' or '}' when inBraces && !unbalanced.Contains(start):
                    _next--;
                    return;
                default:
                    AddCharacter(_pattern[start]);
                    break;
            }
        }
    }

    /// <summary>Any string; as a whole name, <c>**/</c>, also none at all.</summary>
    private void ParseMany(bool isWholeName)
    {
        if (!isWholeName)
        {
            _states.Add(new(StateKind.Many));
            return;
        }
        var fork = new State(StateKind.Jump);
        fork.Targets.AddRange([_states.Count + 1, _states.Count + 3]);
        _states.AddRange([fork, new(StateKind.Many), new(StateKind.Character) { Character = '/' }]);
        _next++;
    }

    private bool TryParseSet()
    {
        int end = _next;
        bool isNegated = end < _pattern.Length && _pattern[end] is '!' or '^';
        if (isNegated) end++;
        var members = new StringBuilder();
        int first = end;
        while (end < _pattern.Length && (_pattern[end] != ']' || end == first))
        {
            // A slash is in no set; with one, the bracket is itself.
            if (_pattern[end] == '/') return false;
            if (_pattern[end] == '\\' && end + 1 < _pattern.Length) end++;
            members.Append(_pattern[end++]);
        }
        if (end >= _pattern.Length) return false;
        _states.Add(new(StateKind.Set) { Members = members.ToString(), IsNegated = isNegated });
        _next = end + 1;
        return true;
    }

    private void ParseBraces(HashSet<int> unbalanced)
    {
        if (TryParseNumberRange()) return;
        int split = _states.Count;
        var fork = new State(StateKind.Jump);
        _states.Add(fork);
        var ends = new List<State>();
        int alternatives = 0;
        do
        {
            fork.Targets.Add(_states.Count);
            ParseSequence(inBraces: true, unbalanced);
            var end = new State(StateKind.Jump);
            ends.Add(end);
            _states.Add(end);
            alternatives++;
        }
        while (_pattern[_next++] == ',');
        if (alternatives == 1)
        {
            // Without a comma braces are themselves.
            _states[split] = new(StateKind.Character) { Character = '{' };
            _states[^1] = new(StateKind.Character) { Character = '}' };
            return;
        }
        foreach (State end in ends) end.Targets.Add(_states.Count);
    }

    private bool TryParseNumberRange()
    {
        int close = _pattern.IndexOf('}', _next);
        ReadOnlySpan<char> inside = _pattern.AsSpan(_next, close - _next);
        int dots = inside.IndexOf("..");
        if (dots < 0 || !TryParseNumber(inside[..dots], out long first) || !TryParseNumber(inside[(dots + 2)..], out long last)) return false;
        _states.Add(new(StateKind.Number) { Least = Math.Min(first, last), Most = Math.Max(first, last) });
        _next = close + 1;
        return true;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out long number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private void AddCharacter(char character) => _states.Add(new(StateKind.Character) { Character = character });

    private sealed class State(StateKind kind)
    {
        public StateKind Kind { get; } = kind;

        public char Character { get; init; }

        /// <summary>The characters of a set; <c>a-z</c> is a range.</summary>
        public string Members { get; init; } = "";

        public bool IsNegated { get; init; }

        public long Least { get; init; }

        public long Most { get; init; }

        /// <summary>Where a jump leads.</summary>
        public List<int> Targets { get; } = [];

        public bool Holds(char character)
        {
            for (int i = 0; i < Members.Length; i++)
            {
                bool isRange = i + 2 < Members.Length && Members[i + 1] == '-';
                if (isRange ? character >= Members[i] && character <= Members[i + 2] : character == Members[i]) return !IsNegated;
                if (isRange) i += 2;
            }
            return IsNegated;
        }
    }
}
