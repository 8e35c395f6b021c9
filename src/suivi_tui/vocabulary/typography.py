"""No-break spaces where French typography wants them, put in when a text is shown.

Sentences are written with plain spaces, in this program as in the base: one place decides.
"""

import re
from typing import Final

from suivi_tui.vocabulary.text import NOTES_LIMIT, clean

NBSP: Final = "\u00a0"

_OPENING: Final = "«\u00a0"
# Before a double sign or a closing quote, between a figure and its unit.
_BREAKABLE: Final = re.compile(r"(?<=[\w)\]»%€°.…]) (?=[:;?!»](?!\w))|(?<=\d) (?=[h€%](?!\w))")


def french(text: str) -> str:
    """``text`` whose signs and units stay with the word before them; twice changes nothing."""
    if " " not in text:
        return text
    return _BREAKABLE.sub(NBSP, text).replace("« ", _OPENING)


def displayed(text: str, limit: int = NOTES_LIMIT, multiline: bool = False) -> str:
    """``text`` as a screen or a console may show it: cleaned again, its no-break spaces kept.

    The base may hold what another tool or an older release wrote.
    """
    if NBSP not in text:
        return french(clean(text, limit, multiline))
    return french(NBSP.join(clean(part, limit, multiline) for part in text.split(NBSP)))
