using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Python;

/// <summary>
/// Finds what a Python text imports, without running it and without a Python: absolute imports anywhere in it, with what is to be held against each. Relative ones
/// stay within the script's own package and are left out. Any bytes are taken, of any version of Python or of none; the time is linear.
/// </summary>
public static class ImportScanner
{
    /// <summary>The imports of a text, in its order.</summary>
    public static ImmutableArray<PythonImport> Scan(SourceText text)
    {
        var scan = new Scanning(text);
        var lexer = new PythonLexer(text.Bytes);
        var line = new List<PythonToken>();
        while (true)
        {
            PythonToken token = lexer.Next();
            if (token.Kind is not (PythonTokenKind.Newline or PythonTokenKind.End))
            {
                if (line.Count == 0) scan.BeginLine(lexer.Indentation);
                line.Add(token);
                continue;
            }
            if (line.Count > 0) scan.Read(line);
            line.Clear();
            if (token.Kind == PythonTokenKind.End) return scan.Imports;
        }
    }

    /// <summary>The state of one scan: the blocks that are open, by the columns of their headers.</summary>
    /// <param name="text">The text.</param>
    private sealed class Scanning(SourceText text)
    {
        private readonly ImmutableArray<PythonImport>.Builder _imports = ImmutableArray.CreateBuilder<PythonImport>();
        private readonly Stack<Block> _open = [];
        private int _indentation;

        /// <summary>The block that ended where the current line begins, if the line can be a further clause of its statement.</summary>
        private Block? _before;

        public ImmutableArray<PythonImport> Imports => _imports.ToImmutable();

        private ImportContext Context => _open.TryPeek(out Block? block) ? block.Context : ImportContext.None;

        public void BeginLine(int indentation)
        {
            _indentation = indentation;
            _before = null;
            while (_open.TryPeek(out Block? block) && block.Indentation >= indentation)
            {
                _before = block.Indentation == indentation ? block : null;
                _open.Pop();
            }
        }

        public void Read(List<PythonToken> line)
        {
            int start = 0;

            // A header may have its statements, one of them another header in texts that are not Python, on its own line.
            while (start < line.Count && FindSuite(line, start) is var suite && suite > start)
            {
                _open.Push(Open(line, start, suite));
                _before = null;
                start = suite;
            }
            while (start < line.Count)
            {
                int end = start;
                while (end < line.Count && !(line[end].Depth == 0 && Is(line[end], ";"u8))) end++;
                ReadStatement(line, start, end);
                start = end + 1;
            }
        }

        /// <summary>Where the statements behind a header begin; <paramref name="start"/> itself where there is no header.</summary>
        private int FindSuite(List<PythonToken> line, int start)
        {
            if (!IsHeader(line, start)) return start;
            int lambdas = 0;
            for (int i = start; i < line.Count; i++)
            {
                if (line[i].Depth > 0) continue;
                if (Is(line[i], "lambda"u8)) lambdas++;
                else if (Is(line[i], ";"u8)) return start;
                else if (Is(line[i], ":"u8) && lambdas-- == 0) return i + 1;
            }
            return start;
        }

        private bool IsHeader(List<PythonToken> line, int start)
        {
            if (line[start].Kind != PythonTokenKind.Name) return false;
            return Slice(line[start]) switch
            {
                [(byte)'i', (byte)'f'] => true,
                var word => word.SequenceEqual("elif"u8) || word.SequenceEqual("else"u8) || word.SequenceEqual("try"u8) || word.SequenceEqual("except"u8)
                    || word.SequenceEqual("finally"u8) || word.SequenceEqual("with"u8) || word.SequenceEqual("for"u8) || word.SequenceEqual("while"u8)
                    || word.SequenceEqual("def"u8) || word.SequenceEqual("class"u8) || word.SequenceEqual("async"u8) || word.SequenceEqual("match"u8)
                    || word.SequenceEqual("case"u8),
            };
        }

        private Block Open(List<PythonToken> line, int start, int end)
        {
            PythonToken word = line[start];
            if (Is(word, "async"u8) && start + 1 < end) word = line[start + 1];
            var block = new Block(_indentation, Context);
            if (Is(word, "def"u8)) return block.With(ImportContext.Lazy);
            if (Is(word, "if"u8)) return block.With(ContextOfCondition(line, start + 1, end - 1));
            if (Is(word, "elif"u8) || Is(word, "case"u8) || Is(word, "while"u8)) return block.With(ImportContext.Conditional);
            if (Is(word, "else"u8)) return _before is { IsChoice: true } ? block.With(ImportContext.Conditional) : block;
            if (Is(word, "with"u8)) return Has(line, start, end, "suppress"u8) && CatchesMissing(line, start + 1, end) ? block.With(ImportContext.Optional) : block;
            if (Is(word, "try"u8)) return block with { BodyStart = _imports.Count };
            return Is(word, "except"u8) ? OpenHandler(block, CatchesMissing(line, start + 1, end)) : block;
        }

        /// <summary>What was imported in the body is optional by now, and what is imported in its place, too.</summary>
        private Block OpenHandler(Block block, bool catchesMissing)
        {
            if (_before is not { BodyStart: { } start } before) return block;
            int end = before.BodyEnd ?? _imports.Count;
            bool isMarked = before.IsMarked || catchesMissing;
            for (int i = start; catchesMissing && !before.IsMarked && i < end; i++)
                _imports[i] = _imports[i] with { Context = _imports[i].Context | ImportContext.Optional };
            block = block with { BodyStart = start, BodyEnd = end, IsMarked = isMarked };
            return catchesMissing ? block.With(ImportContext.Optional) : block;
        }

        private ImportContext ContextOfCondition(List<PythonToken> line, int start, int end)
        {
            bool isTypeChecking = (end - start == 1 && Is(line[start], "TYPE_CHECKING"u8))
                || (end - start == 3 && Is(line[start + 1], "."u8) && Is(line[start + 2], "TYPE_CHECKING"u8));
            if (isTypeChecking) return ImportContext.TypeChecking;
            bool isMain = end - start == 4 && Is(line[start], "__name__"u8) && Is(line[start + 1], "="u8) && line[start + 3].Kind == PythonTokenKind.String;
            return isMain ? ImportContext.None : ImportContext.Conditional;
        }

        /// <summary>Whether a handler is one for modules that are missing: without a type, for the error itself, or for one of those around it.</summary>
        private bool CatchesMissing(List<PythonToken> line, int start, int end) =>
            end - start <= 1
            || Has(line, start, end, "ImportError"u8)
            || Has(line, start, end, "ModuleNotFoundError"u8)
            || Has(line, start, end, "Exception"u8)
            || Has(line, start, end, "BaseException"u8);

        private bool Has(List<PythonToken> line, int start, int end, ReadOnlySpan<byte> name)
        {
            for (int i = start; i < end; i++)
            {
                if (Is(line[i], name)) return true;
            }
            return false;
        }

        private void ReadStatement(List<PythonToken> line, int start, int end)
        {
            if (start == end) return;
            if (Is(line[start], "import"u8)) ReadImport(line, start + 1, end);
            else if (Is(line[start], "from"u8)) ReadFrom(line, start + 1, end);
            else FindCalls(line, start, end);
        }

        /// <summary><c>a.b as c, d</c>.</summary>
        private void ReadImport(List<PythonToken> line, int position, int end)
        {
            while (TryReadModule(line, ref position, end, out string module, out TextSpan span))
            {
                _imports.Add(new(module, span, [], Context));
                while (position < end && !Is(line[position], ","u8)) position++;
                position++;
            }
        }

        /// <summary><c>a.b import c as d, e</c>, with brackets or without.</summary>
        private void ReadFrom(List<PythonToken> line, int position, int end)
        {
            if (!TryReadModule(line, ref position, end, out string module, out TextSpan span)) return;
            if (position == end || !Is(line[position], "import"u8)) return;
            position++;
            if (position < end && Is(line[position], "("u8)) position++;
            var names = ImmutableArray.CreateBuilder<string>();
            while (position < end && (line[position].Kind == PythonTokenKind.Name || Is(line[position], "*"u8)))
            {
                names.Add(text.ToString(line[position].Span));
                while (position < end && !Is(line[position], ","u8)) position++;
                position++;
            }
            if (names.Count > 0) _imports.Add(new(module, span, names.ToImmutable(), Context));
        }

        private bool TryReadModule(List<PythonToken> line, ref int position, int end, out string module, out TextSpan span)
        {
            (module, span) = ("", default);
            if (position >= end || line[position].Kind != PythonTokenKind.Name) return false;
            int start = position++;
            while (position + 1 < end && Is(line[position], "."u8) && line[position + 1].Kind == PythonTokenKind.Name) position += 2;
            span = TextSpan.FromBounds(line[start].Span.Start, line[position - 1].Span.End);

            // Blanks are allowed around the dots.
            module = string.Join('.', Enumerable.Range(start, position - start).Where(i => line[i].Kind == PythonTokenKind.Name).Select(i => text.ToString(line[i].Span)));
            return true;
        }

        private void FindCalls(List<PythonToken> line, int start, int end)
        {
            for (int i = start; i + 3 < end; i++)
            {
                if (line[i].Kind != PythonTokenKind.Name || !(Is(line[i], "import_module"u8) || Is(line[i], "__import__"u8))) continue;
                bool hasLiteral = Is(line[i + 1], "("u8) && line[i + 2].Kind == PythonTokenKind.String && (Is(line[i + 3], ")"u8) || Is(line[i + 3], ","u8));
                if (hasLiteral && ReadLiteral(line[i + 2].Span) is { } module) _imports.Add(new(module, line[i + 2].Span, [], Context | ImportContext.Dynamic));
            }
        }

        /// <summary>The absolute name of a module in a plain literal.</summary>
        private string? ReadLiteral(TextSpan span)
        {
            string literal = text.ToString(span).TrimStart('u', 'U', 'r', 'R');
            string name = literal.Trim('"', '\'');
            bool isName = literal.Length == name.Length + 2 && literal[0] is '"' or '\''
                && name.Split('.').All(part => part.Length > 0 && !char.IsAsciiDigit(part[0]) && part.All(c => char.IsLetterOrDigit(c) || c == '_'));
            return isName ? name : null;
        }

        private bool Is(PythonToken token, ReadOnlySpan<byte> word) => token.Kind != PythonTokenKind.String && Slice(token).SequenceEqual(word);

        private ReadOnlySpan<byte> Slice(PythonToken token) => text.Slice(token.Span);
    }

    /// <summary>A header whose indented lines are being read.</summary>
    /// <param name="Indentation">The column of the header.</param>
    /// <param name="Context">What is to be held against imports in it, that of the blocks around it included.</param>
    private sealed record Block(int Indentation, ImportContext Context)
    {
        /// <summary>Whether an <c>else</c> that follows is the other branch of a condition.</summary>
        public bool IsChoice { get; private init; }

        /// <summary>Of <c>try</c> and its handlers, the first import of its body.</summary>
        public int? BodyStart { get; init; }

        /// <summary>Of handlers, the end of the imports of the body.</summary>
        public int? BodyEnd { get; init; }

        /// <summary>Whether an earlier handler has made the imports of the body optional.</summary>
        public bool IsMarked { get; init; }

        public Block With(ImportContext more) =>
            this with { Context = Context | more, IsChoice = more == ImportContext.Conditional };
    }
}
