"""A script.

[VPYTHON:BEGIN]
python_version: "3.8"
wheel: <
  name: "a"
>
[VPYTHON:END]"""
import six
