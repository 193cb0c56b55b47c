"""Starts many processes at one moment, and tells how each ended: a JSON order on standard input, a JSON answer on standard output.

The order has `count`, `commands` (a list of command lines, taken in turn), `environment`, `directory` and `scratch`, an empty directory for what the processes print.
"""
import collections
import json
import os
import sys
import threading
import time

order = json.load(sys.stdin)
commands = [[word.encode() for word in command] for command in order["commands"]]
environment = {name.encode(): value.encode() for name, value in order["environment"].items()}
scratch = order["scratch"]
gate, opener = os.pipe()


def become(number):
    """In a child: waits until the gate opens, which happens for all at once, and becomes the program."""
    os.close(opener)
    os.chdir(order["directory"])
    for descriptor, kind in (1, "out"), (2, "err"):
        os.dup2(os.open(f"{scratch}/{number}.{kind}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.read(gate, 1)
    os.closerange(3, 100)
    command = commands[number % len(commands)]
    os.execve(command[0], command, environment)


def available():
    with open("/proc/meminfo") as information:
        return next(int(line.split()[1]) for line in information if line.startswith("MemAvailable"))


children = {}
for number in range(order["count"]):
    child = os.fork()
    if child == 0:
        try:
            become(number)
        finally:
            os._exit(126)
    children[child] = number

lowest = before = available()
done = False


def watch():
    global lowest
    while not done:
        lowest = min(lowest, available())
        time.sleep(0.02)


watcher = threading.Thread(target=watch)
watcher.start()
started = time.monotonic()
os.close(opener)
codes, memory = collections.Counter(), 0
while children:
    child, status, usage = os.wait4(-1, 0)
    if children.pop(child, None) is None:
        continue
    codes[os.waitstatus_to_exitcode(status)] += 1
    memory = max(memory, usage.ru_maxrss)
wall = time.monotonic() - started
done = True
watcher.join()


def told(kind):
    texts = collections.Counter()
    for number in range(order["count"]):
        with open(f"{scratch}/{number}.{kind}", errors="replace") as text:
            texts[text.read()] += 1
    return texts


json.dump(
    {
        "seconds": wall,
        "codes": {str(code): count for code, count in codes.items()},
        "outputs": told("out"),
        "errors": told("err"),
        "largestKilobytes": memory,
        "allKilobytes": before - lowest,
    },
    sys.stdout,
)
