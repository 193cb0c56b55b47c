#!/usr/bin/env vpython3
"""Draws a report; the spec is the file .vpython3 two directories up, which all scripts below it share."""

import textbox

print(textbox.draw("common spec"))
