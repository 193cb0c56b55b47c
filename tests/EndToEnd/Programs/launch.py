"""Prepares a state in a child process and starts a program in it: launch.py PREPARATION PROGRAM [ARGUMENT]...

The preparation is Python that may change the process, `arguments` (bytes) and `environment` (bytes, in order). Prints what the program printed, and ends as it did.
"""
import os
import sys

preparation = sys.argv[1]
arguments = [os.fsencode(argument) for argument in sys.argv[2:]]
environment = dict(os.environb)
# What the program that runs the tests has open at this moment is no part of the state.
os.closerange(3, 4096)

child = os.fork()
if child == 0:
    try:
        exec(preparation)
        os.execve(arguments[0], arguments, environment)
    except BaseException as error:
        print("cannot launch:", repr(error), file=sys.stderr, flush=True)
    os._exit(99)

_, status = os.waitpid(child, 0)
print(f"launched {child}")
if os.WIFSIGNALED(status):
    print(f"ended by signal {os.WTERMSIG(status)}")
else:
    print(f"ended with {os.WEXITSTATUS(status)}")
