#!/bin/sh
# [VPYTHON:BEGIN]
# python_version: "3.11"
# wheel: <
#   name: "infra/python/wheels/psutil/${vpython_platform}"
# >
# [VPYTHON:END]
exec vpython3 -vpython-spec "$0" -- - "$@" < script.py
