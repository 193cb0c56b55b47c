"""Greets whoever asks."""

import sys

import textbox


def greet(name):
    """Returns a greeting in a box."""
    return textbox.draw("Hello, " + name + "!")


def main():
    """The command 'greet': greets everybody on the command line."""
    print(greet(" and ".join(sys.argv[1:]) or "world"))
