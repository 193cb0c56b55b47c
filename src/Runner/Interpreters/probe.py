# Asks an interpreter who it is. Runs isolated, without site, on any Python 3; prints one line of JSON behind a marker.
import json
import os
import struct
import sys
import sysconfig


def base_executable():
    executable = getattr(sys, "_base_executable", None) or sys.executable
    if sys.prefix != sys.base_prefix and os.path.realpath(os.path.dirname(os.path.dirname(executable))) == os.path.realpath(sys.prefix):
        # Before 3.11 the executable of a virtual environment calls itself the base; pyvenv.cfg knows better.
        home = ""
        with open(os.path.join(sys.prefix, "pyvenv.cfg"), encoding="utf-8") as config:
            for line in config:
                key, _, value = line.partition("=")
                if key.strip().lower() == "home":
                    home = value.strip()
        suffix = ".exe" if os.name == "nt" else ""
        for name in ("python%d.%d" % sys.version_info[:2], "python3", "python"):
            candidate = os.path.join(home, name + suffix)
            if os.path.exists(candidate):
                return candidate
    return executable


def elf_interpreter(path):
    # The dynamic loader that an ELF file asks for, which tells musl from glibc. Layout: the ELF specification, program header PT_INTERP.
    with open(path, "rb") as file:
        head = file.read(64)
        if head[:4] != b"\x7fELF":
            return ""
        order = "<" if head[5] == 1 else ">"
        if head[4] == 2:
            offset, size, count = struct.unpack_from(order + "Q", head, 32)[0], *struct.unpack_from(order + "HH", head, 54)
            fields = order + "IIQQQQ"
            start, length = 2, 5
        else:
            offset, size, count = struct.unpack_from(order + "I", head, 28)[0], *struct.unpack_from(order + "HH", head, 42)
            fields = order + "IIIII"
            start, length = 1, 4
        for index in range(count):
            file.seek(offset + index * size)
            header = struct.unpack_from(fields, file.read(size))
            if header[0] == 3:
                file.seek(header[start])
                return os.fsdecode(file.read(header[length])).rstrip("\0")
    return ""


def libc():
    try:
        loader = elf_interpreter(os.path.realpath(sys.executable))
    except (OSError, struct.error):
        loader = ""
    if "musl" in loader:
        import subprocess
        # The loader prints its version when it is run without a program.
        text = subprocess.run([loader], stderr=subprocess.PIPE, universal_newlines=True).stderr
        for line in text.splitlines():
            if line.startswith("Version "):
                return ["musl", line[len("Version "):]]
        return ["musl", ""]
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
        return [name, version] if name == "glibc" else ["", ""]
    except (AttributeError, OSError, ValueError):
        return ["", ""]


def macos_version():
    import platform
    version = platform.mac_ver()[0]
    if version.startswith("10.16"):
        # A Python built with an old SDK is told 10.16 by macOS 11 and later; a new process with this variable is told the truth.
        import subprocess
        version = subprocess.run(
            [sys.executable, "-sS", "-c", "import platform; print(platform.mac_ver()[0])"],
            env={"SYSTEM_VERSION_COMPAT": "0"}, stdout=subprocess.PIPE, universal_newlines=True).stdout.strip()
    return version


def is_hard_float():
    # EF_ARM_ABI_FLOAT_HARD in e_flags of the executable's ELF header.
    try:
        with open(os.path.realpath(sys.executable), "rb") as file:
            head = file.read(52)
        return head[:4] == b"\x7fELF" and bool(struct.unpack_from("<I", head, 36)[0] & 0x400)
    except (OSError, struct.error):
        return False


def seed_wheels():
    # The wheels that `python -m ensurepip` would install: pip, and setuptools up to 3.11. Debian keeps those of its own Python elsewhere.
    library = os.path.dirname(os.__file__)
    directories = [sysconfig.get_config_var("WHEEL_PKG_DIR"), os.path.join(library, "ensurepip", "_bundled")]
    if library.startswith("/usr/lib/python3"):
        directories.append("/usr/share/python-wheels")
    names = ["pip"] if sys.version_info >= (3, 12) else ["setuptools", "pip"]
    found = []
    for name in names:
        for directory in directories:
            if not directory or not os.path.isdir(directory):
                continue
            wheels = sorted(entry for entry in os.listdir(directory) if entry.startswith(name + "-") and entry.endswith(".whl"))
            if wheels:
                found.append(os.path.join(directory, wheels[-1]))
                break
    return found


def scheme():
    # Paths relative to an environment, by setting its root to a name that cannot stand elsewhere in them.
    root = os.sep + "@environment@"
    known = sysconfig.get_scheme_names()
    name = "venv" if "venv" in known else "nt" if os.name == "nt" else "posix_prefix"
    paths = sysconfig.get_paths(name, vars={
        "base": root, "platbase": root, "installed_base": root, "installed_platbase": root, "prefix": root, "exec_prefix": root,
    })
    return {key: os.path.relpath(paths[key], root) if paths[key] != root else "" for key in ("purelib", "platlib", "scripts", "include", "data")}


def machine(platform):
    if sys.platform == "darwin":
        # What the process runs as: a universal build says "universal2" of itself, which no machine is.
        return os.uname().machine
    return platform.rpartition("-")[2] if "-" in platform else {"win32": "x86"}.get(platform, platform)


def byte_code():
    # Files of byte-code have had their header since 3.7 (PEP 552).
    from importlib.util import MAGIC_NUMBER
    tag = sys.implementation.cache_tag or ""
    return [tag, MAGIC_NUMBER.hex()] if sys.version_info >= (3, 7) and tag.replace("-", "").replace("_", "").replace(".", "").isalnum() else ["", ""]


def main():
    base = base_executable()
    libc_name, libc_version = libc() if sys.platform.startswith("linux") else ("", "")
    version = "%d.%d.%d" % sys.version_info[:3]
    if sys.version_info.releaselevel != "final":
        version += {"alpha": "a", "beta": "b", "candidate": "rc"}[sys.version_info.releaselevel] + str(sys.version_info.serial)
    platform = sysconfig.get_platform()
    flags = getattr(sys, "abiflags", "")
    cache_tag, magic = byte_code()
    print("vpython-probe:" + json.dumps({
        "executable": os.path.realpath(base),
        "own": os.path.realpath(sys.executable),
        "prefix": sys.prefix,
        "basePrefix": sys.base_prefix,
        "version": version,
        "implementation": sys.implementation.name,
        "major": sys.version_info[0],
        "minor": sys.version_info[1],
        "micro": sys.version_info[2],
        "platform": sys.platform,
        "machine": machine(platform),
        "sysconfigPlatform": platform,
        "is64Bit": sys.maxsize > 2**32,
        "libc": libc_name,
        "libcVersion": libc_version,
        "macosVersion": macos_version() if sys.platform == "darwin" else "",
        "isFreeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "isDebug": bool(sysconfig.get_config_var("Py_DEBUG")) or hasattr(sys, "gettotalrefcount") or "d" in flags,
        "isHardFloat": is_hard_float() if "arm" in platform else False,
        "soabi": sysconfig.get_config_var("SOABI") or "",
        "cacheTag": cache_tag,
        "magic": magic,
        "scheme": scheme(),
        "seedWheels": seed_wheels(),
    }))


main()
