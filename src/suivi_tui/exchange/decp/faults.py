"""What is wrong in an open data file: refusals of the whole file, warnings of one record."""

import re
from typing import NamedTuple

from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP, format_number
from suivi_tui.vocabulary.text import clean

WHOLE_FILE = "fichier"
MESSAGE_LIMIT = 400
SHOWN_LIMIT = 60

# A hostile file could otherwise fill the memory with warnings.
MAX_WARNINGS = 200_000

_SPACE_BEFORE = re.compile(r" (?=[:;?!»€%])")


def french(sentence: str) -> str:
    """``sentence`` with the no-break spaces of French typography."""
    return _SPACE_BEFORE.sub(NBSP, sentence).replace("« ", f"«{NBSP}")


def shown(value: object) -> str:
    """A value of the file as it is quoted in a message: short, on one line, harmless."""
    if isinstance(value, dict | list):
        return "objet" if isinstance(value, dict) else "liste"
    return clean(str(value), SHOWN_LIMIT)


class UnreadableFile(UserError):
    """The whole file is refused: nothing of it is read, the base is unchanged."""

    def __init__(self, name: str, cause: str, remedy: str) -> None:
        super().__init__(
            french(
                f"Le fichier « {clean(name)} » n'a pas été lu : {cause} ; "
                f"la base est inchangée, {remedy}."
            )
        )


class RecordWarning(NamedTuple):
    """One thing to know about a record that was read all the same (or left out, as it says).

    ``record`` names it as a user finds it in the file (``enregistrement 3, marché 2022-242``),
    ``field`` is the name of the field in the format, ``message`` one French sentence.
    """

    record: str
    field: str
    message: str


class Faults:
    """The warnings of one file, in the order of its records."""

    def __init__(self) -> None:
        self._warnings: list[RecordWarning] = []
        self._unsaid = 0
        self._repeated: dict[tuple[str, str], tuple[str, int]] = {}

    def warn(self, record: str, field: str, message: str) -> None:
        """Keep one warning about one record."""
        if len(self._warnings) >= MAX_WARNINGS:
            self._unsaid += 1
            return
        self._warnings.append(
            RecordWarning(record, clean(field, SHOWN_LIMIT), clean_message(message))
        )

    def warn_once(self, record: str, field: str, message: str) -> None:
        """Keep one warning for all the records that have the same fault; it tells how many."""
        first, count = self._repeated.get((field, message), (record, 0))
        if count or len(self._repeated) < MAX_WARNINGS:
            self._repeated[field, message] = first, count + 1

    def told(self) -> list[RecordWarning]:
        """All the warnings, those of the whole file last."""
        told = list(self._warnings)
        for (field, message), (record, count) in self._repeated.items():
            several = f" ({format_number(count)} enregistrements)" if count > 1 else ""
            whole = clean_message(f"{message.rstrip('.')}{several}.")
            told.append(RecordWarning(record, clean(field, SHOWN_LIMIT), whole))
        if self._unsaid:
            message = french(
                f"{format_number(self._unsaid)} autres avertissements ne sont pas dits."
            )
            told.append(RecordWarning(WHOLE_FILE, "", message))
        return told


class RecordFaults:
    """Where the readers of one record say what they find.

    ``textual`` is true in a CSV file, where a number or a list can only be written as text.
    """

    __slots__ = ("_faults", "label", "textual")

    def __init__(self, faults: Faults, label: str, textual: bool = False) -> None:
        self._faults = faults
        self.label = label
        self.textual = textual

    def warn(self, field: str, message: str) -> None:
        """A warning about this record."""
        self._faults.warn(self.label, field, message)

    def warn_once(self, field: str, message: str) -> None:
        """A warning told once for all the records of the file."""
        self._faults.warn_once(self.label, field, message)


def clean_message(message: str) -> str:
    """A message made harmless whatever the file holds."""
    # clean() turns no-break spaces into plain ones: typography comes last.
    return french(clean(message, MESSAGE_LIMIT))
