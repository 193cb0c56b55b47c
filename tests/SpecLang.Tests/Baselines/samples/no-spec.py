import os
# [VPYTHON:END]
