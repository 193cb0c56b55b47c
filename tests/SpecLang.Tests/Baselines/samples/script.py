#!/usr/bin/env vpython3
"""A script."""

# [VPYTHON:BEGIN]
# python_version: "3.11"
#
# # A comment.
#   wheel: <
#     name: "infra/python/wheels/six-py2_py3"
#     version: "version:1.15.0"
#   >
# [VPYTHON:END]

import six
