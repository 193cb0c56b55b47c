#!/usr/bin/env vpython3
"""The docstring.

[VPYTHON:BEGIN]
python_version: "3.11"
wheel: <
  name: "infra/python/wheels/six-py2_py3"  # in a docstring
  version: "version:1.15.0"
>
[VPYTHON:END]
"""

# [VPYTHON:BEGIN]
# python_version: "3.11"
# # A comment of the spec.
# wheel: <
#   name: "infra/python/wheels/psutil/${vpython_platform}"
#   version: "version:5.8.0"
# >
# [VPYTHON:END]
# An ordinary comment.

def after(value):
    # [VPYTHON:BEGIN]
    # wheel: <
    return value < 3  # the region has no end, and the code is code
