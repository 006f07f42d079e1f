"""The colours of the screen: each is read on a dark background and on a light one.

The plain yellow, green and cyan of terminals vanish on white. These are of the 256 that terminals
have by number, so that no theme changes them; one that has sixteen shows the nearest.
"""

from __future__ import annotations

GOOD = "green4"
CAUTION = "dark_orange3"
WRONG = "red3"
NOTE = "deep_sky_blue3"
