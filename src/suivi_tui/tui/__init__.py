"""The terminal application: the only room that knows Textual.

Importing this package silences the debugging aids of Textual that would write what is typed
or shown into files (``reliability.md`` 4.6); it must therefore come before Textual itself.
"""

import os

_LEAKS = (
    "TEXTUAL",
    "TEXTUAL_DEBUG",
    "TEXTUAL_LOG",
    "TEXTUAL_SCREENSHOT",
    "TEXTUAL_SCREENSHOT_LOCATION",
    "TEXTUAL_SCREENSHOT_FILENAME",
    "TEXTUAL_PRESS",
)

for _name in _LEAKS:
    os.environ.pop(_name, None)
