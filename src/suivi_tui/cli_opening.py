"""The commands that open the application, understood without the whole grammar.

A person waits for these, and building every verb and option of ``cli_parser`` takes longer than
opening the base. Anything else is left to the grammar, which reads these the same way.
"""

from types import SimpleNamespace


def opening(words: list[str]) -> SimpleNamespace | None:
    """The options of ``suivi-tui [demo] [--base FICHIER]``; None for any other command."""
    left = list(words)
    base = None
    if "--base" in left:
        place = left.index("--base")
        base = left[place + 1] if place + 1 < len(left) else ""
        if not base or base.startswith("-"):
            return None
        del left[place : place + 2]
    if not left:
        return SimpleNamespace(verb=None, base=base, json=False)
    if left == ["demo"]:
        return SimpleNamespace(
            verb="demo", base=base, json=False, au=None, graine=1, sans_interface=False
        )
    return None
