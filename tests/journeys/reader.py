"""A reader of everything a walk shows: French written as French is, and nothing of Python."""

from french import faults_of
from journey import REPRESENTATIONS, Look


class Reader:
    """Reads what is shown; each fault is told once, with the first place where it was seen."""

    def __init__(self, allowed: frozenset[str] = frozenset()) -> None:
        self.allowed = allowed
        self.faults: dict[tuple[str, str], str] = {}

    def __call__(self, look: Look) -> None:
        for name, around in faults_of(look.said):
            if name not in self.allowed:
                self.faults.setdefault((name, around), look.path)
        found = REPRESENTATIONS.search(look.text)
        if found is not None:
            self.faults.setdefault(("Python", found.group()), look.path)

    def told(self) -> str:
        """The faults, a line each."""
        return "\n".join(
            f"{name} : {around!r}   ({path})" for (name, around), path in self.faults.items()
        )
