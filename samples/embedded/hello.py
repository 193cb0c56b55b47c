#!/usr/bin/env vpython3
"""Greets; the spec is in the comment below, so that it goes wherever the script goes."""

# [VPYTHON:BEGIN]
# python_version: "3"
#
# wheel: <
#   name: "infra/python/wheels/greeting-py3"
#   version: "version:2.1"
# >
# wheel: <
#   name: "infra/python/wheels/textbox-py3"
#   version: "version:1.0"
# >
# [VPYTHON:END]

import greeting

print(greeting.greet("embedded spec"))
