"""Draws a box around text."""


def draw(text):
    """Returns the text, line by line, in a box."""
    lines = text.splitlines()
    width = max(map(len, lines))
    edge = "+" + "-" * (width + 2) + "+"
    return "\n".join([edge] + ["| " + line.ljust(width) + " |" for line in lines] + [edge])
