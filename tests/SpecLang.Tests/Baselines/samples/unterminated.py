# [VPYTHON:BEGIN]
# python_version: "3.8"
# wheel: < name: "a" >

import os
