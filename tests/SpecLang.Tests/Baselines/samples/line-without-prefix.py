    # [VPYTHON:BEGIN]
    # python_version: "3.8"
    #wheel: < name: "a" >
    #	wheel: < name: "b" >
    ## not a wheel
  # wheel: < name: "c" >
    # [VPYTHON:END]
