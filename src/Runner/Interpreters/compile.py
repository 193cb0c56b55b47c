# Compiles modules for a cache that many environments are made from. Jobs come on standard input, one a line: source, output and the name that the code
# has, with NUL between them; each is answered by one line, "ok CRC32 SIZE" or "no REASON". Runs isolated, without site, on Python 3.7 and later.
import binascii
import marshal
import os
import sys
from importlib.util import MAGIC_NUMBER


def compile_module(source, output, name, modified):
    with open(source, "rb") as file:
        text = file.read()
    code = compile(text, name, "exec", dont_inherit=True, optimize=0)
    # PEP 552: no flags, so that Python compares time and size of the source. Who edits a module of an environment is to see the difference.
    header = MAGIC_NUMBER + (0).to_bytes(4, "little") + modified.to_bytes(4, "little") + (len(text) & 0xFFFFFFFF).to_bytes(4, "little")
    content = header + marshal.dumps(code)
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o444)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return "ok %d %d" % (binascii.crc32(content), len(content))


def main():
    modified = int(sys.argv[1])
    for line in sys.stdin.buffer:
        source, output, name = os.fsdecode(line.rstrip(b"\n")).split("\0")
        try:
            answer = compile_module(source, output, name, modified)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
            # Templates, tests of parsers, and modules for another Python. Who imports one gets the same error then.
            answer = "no " + type(error).__name__
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


main()
