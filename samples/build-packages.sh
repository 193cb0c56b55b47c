#!/bin/sh
# Builds the wheels of samples/wheels and the package directory samples/packages from them.
#
#   samples/build-packages.sh [DIRECTORY]
#
# The same sources give the same bytes on every machine, so the result is committed and a test compares it.
# VPYTHON3 is the vpython3 to use; without it, it is built from the sources.
set -eu

samples=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
packages=${1:-$samples/packages}
wheels=$(mktemp -d)
trap 'rm -rf "$wheels"' EXIT

vpython3() {
    if [ -n "${VPYTHON3:-}" ]; then "$VPYTHON3" "$@"; else dotnet run --project "$samples/../src/Runner" -- "$@"; fi
}

# Each directory is a wheel: METADATA, maybe entry_points.txt, and the modules.
python3 - "$samples/wheels" "$wheels" <<'PYTHON'
import base64, hashlib, pathlib, sys, zipfile

def build(source, target):
    metadata = dict(line.split(": ", 1) for line in (source / "METADATA").read_text().splitlines())
    stem = "{Name}-{Version}".format(**metadata)
    info = stem + ".dist-info/"
    files = {}
    for path in sorted(source.rglob("*")):
        if path.is_dir() or "__pycache__" in path.parts:
            continue
        name = path.relative_to(source).as_posix()
        files[name if "/" in name else info + name] = path.read_bytes()
    files[info + "WHEEL"] = b"Wheel-Version: 1.0\nGenerator: build-packages.sh\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(
        "%s,sha256=%s,%d\n" % (name, base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("="), len(content))
        for name, content in files.items()
    )
    files[info + "RECORD"] = (record + info + "RECORD,,\n").encode()
    # Stored, not compressed: libraries compress differently from version to version.
    with zipfile.ZipFile(target / (stem + "-py3-none-any.whl"), "w", zipfile.ZIP_STORED) as wheel:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            wheel.writestr(entry, content)

for source in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    build(source, pathlib.Path(sys.argv[2]))
PYTHON

vpython3 package add --to "$packages" --name infra/python/wheels/textbox-py3 --tag version:1.0 --ref latest "$wheels/textbox-1.0-py3-none-any.whl"
vpython3 package add --to "$packages" --name infra/python/wheels/greeting-py3 --tag version:2.1 --ref latest "$wheels/greeting-2.1-py3-none-any.whl"
