"""Prints, as JSON, all that a process inherits and can see of itself."""
import ctypes
import fcntl
import json
import os
import resource
import sys


def status(*names):
    with open("/proc/self/status") as lines:
        fields = dict(line.rstrip("\n").split(":\t", 1) for line in lines if ":\t" in line)
    return {name: fields.get(name) for name in names}


def descriptors():
    found = {}
    for name in os.listdir("/proc/self/fd"):
        try:
            flags = fcntl.fcntl(int(name), fcntl.F_GETFL)
            closes = fcntl.fcntl(int(name), fcntl.F_GETFD)
            found[name] = [os.readlink("/proc/self/fd/" + name), flags, closes]
        except OSError:
            pass  # The descriptor of the listing itself.
    return found


def text(path):
    with open(path, errors="surrogateescape") as file:
        return file.read()


pdeathsig = ctypes.c_int()
ctypes.CDLL(None).prctl(2, ctypes.byref(pdeathsig))
state = {
    "arguments": [os.fsencode(argument).hex() for argument in sys.argv],
    "original arguments": [os.fsencode(argument).hex() for argument in sys.orig_argv],
    "flags": repr(sys.flags),
    "executable": sys.executable,
    "prefix": sys.prefix,
    "base prefix": sys.base_prefix,
    "path": sys.path,
    "environment": [os.fsencode(entry).hex() for entry in text("/proc/self/environ").split("\0")],
    "pid": os.getpid(),
    "group": os.getpgrp() == os.getpid(),
    "session": os.getsid(0) == os.getpid(),
    "parent": os.getppid() != 1,
    "nice": os.getpriority(os.PRIO_PROCESS, 0),
    "directory": os.getcwd(),
    "affinity": sorted(os.sched_getaffinity(0)),
    "limits": {name: resource.getrlimit(getattr(resource, name)) for name in dir(resource) if name.startswith("RLIMIT_")},
    "status": status("Umask", "SigBlk", "SigIgn", "SigCgt", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Threads"),
    "dies with parent": pdeathsig.value,
    "personality": text("/proc/self/personality"),
    "out-of-memory": text("/proc/self/oom_score_adj"),
    "dump": text("/proc/self/coredump_filter"),
    "timer slack": text("/proc/self/timerslack_ns"),
    "descriptors": descriptors(),
}
print(json.dumps(state))
