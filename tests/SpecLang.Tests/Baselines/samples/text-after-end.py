// [VPYTHON:BEGIN]
// python_version: "3.8"
// [VPYTHON:END] of the spec
