#!/usr/bin/env vpython3
"""Greets; it is started through the link ../commands/hello, and the spec is found beside the script all the same."""

import greeting

print(greeting.greet("link"))
