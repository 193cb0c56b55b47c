# [VPYTHON:BEGIN] the spec
# [VPYTHON:BEGIN]
# [VPYTHON:END]
# [VPYTHON:BEGIN]
# python_version: "3.8"
# [VPYTHON:BEGIN]
# wheel: < name: "a" >
# [VPYTHON:END]
print("[VPYTHON:BEGIN] and [VPYTHON:END]")
# [VPYTHON:BEGIN]
# wheel: < name: "b" >
# [VPYTHON:END]
