"""Runs a program on a terminal of its own and plays its user: terminal.py PLAY PROGRAM [ARGUMENT]...

The play is Python that calls expect(text), type_keys(text) and ended(), which gives the wait status as text. Prints whatever the play prints, and behind it,
as one JSON line, all that the program wrote to the terminal.
"""
import json
import os
import pty
import select
import signal
import sys
import time

LIMIT = 60

seen = b""
place = 0


def read_some(seconds):
    global seen
    ready, _, _ = select.select([terminal], [], [], seconds)
    if not ready:
        return False
    try:
        data = os.read(terminal, 65536)
    except OSError:
        return False
    seen += data
    return bool(data)


def expect(text):
    """Reads until the text is there, behind what was expected before."""
    global place
    end = time.monotonic() + LIMIT
    while text.encode() not in seen[place:]:
        if not read_some(1) and time.monotonic() > end:
            raise SystemExit(f"{text!r} did not come; there was {seen[place:]!r}")
    place = seen.index(text.encode(), place) + len(text)


def type_keys(text):
    os.write(terminal, text.encode())


def status():
    end = time.monotonic() + LIMIT
    while True:
        pid, value = os.waitpid(child, os.WNOHANG)
        if pid:
            return value
        read_some(0.02)
        if time.monotonic() > end:
            raise SystemExit(f"nothing happened to the program; it wrote {seen!r}")


def ended():
    value = status()
    while read_some(0.05):
        pass
    return f"signal {os.WTERMSIG(value)}" if os.WIFSIGNALED(value) else f"exit {os.WEXITSTATUS(value)}"


child, terminal = pty.fork()
if child == 0:
    # What runs the tests may ignore the keys of its own terminal, as jobs in the background of a shell do.
    for key in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(key, signal.SIG_DFL)
    os.execv(sys.argv[2], sys.argv[2:])
exec(sys.argv[1])
print(json.dumps(seen.decode("utf-8", "replace")))
