#!/usr/bin/env vpython3
"""Greets from an environment of its own; the spec is the file beside it, hello.py.vpython3."""

import sys

import greeting

print(greeting.greet("Python %d.%d" % sys.version_info[:2]))
