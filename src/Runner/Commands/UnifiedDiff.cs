using System.Buffers;
using System.Globalization;
using System.Text;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands;

/// <summary>The difference of two texts as <c>diff -u</c> writes it: bytes, since a text may hold some that are no characters.</summary>
internal sealed class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>How many lines may differ between equal ones; beyond, all between the first difference and the last is one change. Time and memory grow with its square.</summary>
    private const int MostEdits = 1_500;

    private readonly ArrayBufferWriter<byte> _result = new();
    private readonly ReadOnlyMemory<byte>[] _old;
    private readonly ReadOnlyMemory<byte>[] _now;

    private UnifiedDiff(SourceText before, SourceText after)
    {
        _old = Lines(before);
        _now = Lines(after);
    }

    /// <summary>The difference, headed by the path of the first text; only the heading when there is none.</summary>
    public static ReadOnlySpan<byte> Of(SourceText before, SourceText after)
    {
        var diff = new UnifiedDiff(before, after);
        diff.Write($"--- {Quote(before.Path)}\n+++ {Quote(before.Path)}\n");
        List<Change> changes = diff.FindChanges();
        for (int first = 0; first < changes.Count;)
        {
            int last = first;
            while (last + 1 < changes.Count && changes[last + 1].OldStart - changes[last].OldEnd <= 2 * Context) last++;
            diff.WriteHunk(changes[first..(last + 1)]);
            first = last + 1;
        }
        return diff._result.WrittenSpan;
    }

    private void WriteHunk(List<Change> changes)
    {
        int before = Math.Min(Context, changes[0].OldStart);
        int after = Math.Min(Context, _old.Length - changes[^1].OldEnd);
        int oldStart = changes[0].OldStart - before;
        int newStart = changes[0].NewStart - before;
        int oldCount = changes[^1].OldEnd + after - oldStart;
        int newCount = changes[^1].NewEnd + after - newStart;
        Write($"@@ -{Range(oldStart, oldCount)} +{Range(newStart, newCount)} @@\n");
        int at = oldStart;
        foreach (Change change in changes)
        {
            for (; at < change.OldStart; at++) WriteLine(' ', _old[at]);
            for (; at < change.OldEnd; at++) WriteLine('-', _old[at]);
            for (int i = change.NewStart; i < change.NewEnd; i++) WriteLine('+', _now[i]);
        }
        for (int end = at + after; at < end; at++) WriteLine(' ', _old[at]);
    }

    /// <summary>A path as <c>diff</c>, <c>patch</c> and Git read it: in quotes where it has what would end the line, or what would be taken for quotes.</summary>
    private static string Quote(string path)
    {
        if (!path.Any(static character => char.IsControl(character) || character is '"' or '\\')) return path;
        var quoted = new StringBuilder("\"");
        foreach (byte value in Encoding.UTF8.GetBytes(path))
        {
            if (value is (byte)'"' or (byte)'\\') quoted.Append('\\').Append((char)value);
            else if (value is < 0x20 or >= 0x7F) quoted.Append('\\').Append(Convert.ToString(value, 8).PadLeft(3, '0'));
            else quoted.Append((char)value);
        }
        return quoted.Append('"').ToString();
    }

    private static string Range(int start, int count) => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");

    private void Write(string text) => _result.Write(Encoding.UTF8.GetBytes(text));

    private void WriteLine(char sign, ReadOnlyMemory<byte> line)
    {
        _result.Write([(byte)sign]);
        _result.Write(line.Span);
        if (!line.Span.EndsWith("\n"u8)) _result.Write("\n\\ No newline at end of file\n"u8);
    }

    private static ReadOnlyMemory<byte>[] Lines(SourceText text)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        for (ReadOnlyMemory<byte> rest = text.Memory; !rest.IsEmpty;)
        {
            int end = rest.Span.IndexOf((byte)'\n') + 1;
            if (end == 0) end = rest.Length;
            lines.Add(rest[..end]);
            rest = rest[end..];
        }
        return [.. lines];
    }

    /// <summary>The runs of changed lines, in order. Equal beginnings and ends are found directly.</summary>
    private List<Change> FindChanges()
    {
        int start = 0;
        while (start < _old.Length && start < _now.Length && IsSame(start, start)) start++;
        int end = 0;
        while (end < _old.Length - start && end < _now.Length - start && IsSame(_old.Length - end - 1, _now.Length - end - 1)) end++;
        int rows = _old.Length - start - end;
        int columns = _now.Length - start - end;
        if (rows == 0 && columns == 0) return [];
        return FindEdits(start, rows, columns) ?? [new(start, start + rows, start, start + columns)];
    }

    /// <summary>
    /// The fewest edits (E. W. Myers, An O(ND) Difference Algorithm and Its Variations, 1986): for each number of edits, how far each diagonal can be followed.
    /// </summary>
    /// <returns>The changes; null when there are more than <see cref="MostEdits"/>.</returns>
    private List<Change>? FindEdits(int start, int rows, int columns)
    {
        int most = Math.Min(rows + columns, MostEdits);
        var furthest = new int[2 * most + 3];
        int middle = most + 1;
        var history = new List<int[]>();
        for (int edits = 0; edits <= most; edits++)
        {
            history.Add(furthest[(middle - edits - 1)..(middle + edits + 2)]);
            for (int diagonal = -edits; diagonal <= edits; diagonal += 2)
            {
                bool isInsertion = diagonal == -edits || diagonal != edits && furthest[middle + diagonal - 1] < furthest[middle + diagonal + 1];
                int row = isInsertion ? furthest[middle + diagonal + 1] : furthest[middle + diagonal - 1] + 1;
                while (row < rows && row - diagonal < columns && IsSame(start + row, start + row - diagonal)) row++;
                furthest[middle + diagonal] = row;
                if (row >= rows && row - diagonal >= columns) return WalkBack(history, start, rows, columns);
            }
        }
        return null;
    }

    private static List<Change> WalkBack(List<int[]> history, int start, int rows, int columns)
    {
        var changes = new List<Change>();
        (int row, int column) = (rows, columns);
        for (int edits = history.Count - 1; edits > 0; edits--)
        {
            // What was known before this edit, diagonals from -edits - 1 on.
            int[] before = history[edits];
            int diagonal = row - column;
            bool isInsertion = diagonal == -edits || diagonal != edits && before[diagonal + edits] < before[diagonal + edits + 2];
            int fromRow = isInsertion ? before[diagonal + edits + 2] : before[diagonal + edits];
            int fromColumn = fromRow - (isInsertion ? diagonal + 1 : diagonal - 1);
            Prepend(changes, isInsertion
                ? new(start + fromRow, start + fromRow, start + fromColumn, start + fromColumn + 1)
                : new(start + fromRow, start + fromRow + 1, start + fromColumn, start + fromColumn));
            (row, column) = (fromRow, fromColumn);
        }
        changes.Reverse();
        return changes;
    }

    /// <summary>Puts a change before those so far, the last of which is the earliest; changes that touch are one.</summary>
    private static void Prepend(List<Change> changes, Change change)
    {
        if (changes.Count > 0 && changes[^1].OldStart == change.OldEnd && changes[^1].NewStart == change.NewEnd)
            changes[^1] = new(change.OldStart, changes[^1].OldEnd, change.NewStart, changes[^1].NewEnd);
        else
            changes.Add(change);
    }

    private bool IsSame(int old, int now) => _old[old].Span.SequenceEqual(_now[now].Span);

    /// <summary>Lines of the first text, and what stands for them in the second; ends are behind the last one.</summary>
    private readonly record struct Change(int OldStart, int OldEnd, int NewStart, int NewEnd);
}
