"""A small full base whose every text is hostile, as another release or another tool might write.

The texts go through the journal, which checks types and nothing else: ``clean`` is bypassed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from suivi_tui.store.base import Base, create_base
from suivi_tui.store.journal import Change, Value, created, hour_row, write
from suivi_tui.store.schema import fields
from suivi_tui.store.tables import JOURNALLED_NAMES

TEXTS: Final = (
    "[/b]",
    "[@click=app.quit]X[/]",
    "[bold red]x",
    "A\x1b[2J\x1b]52;c;aGVsbG8=\x07B",
    "A\x9b31mB",
    "A\u202eB\u2066C",
    "A\u200bB\ufeffC",
    "=1+1",
    "+33 1",
    "-1",
    "@SOMME(A1)",
    "\tTab\r\nLigne",
    "mot" * 100,
    "日本語 🏗",
    "e\u0301\u0301\u0301\u0301\u0301\u0301",
    "A\x00B",
    "'=2+2",
)
# Columns that hold a date or a code of a closed list; the others are free text.
DATES: Final = frozenset(
    [
        "notice_sent_on",
        "notified_on",
        "start",
        "end",
        "answer_due",
        "closed_on",
        "date",
        "due",
        "done",
        "birth",
        "last_contact",
        "entered_scheme_on",
        "proof_on",
        "decided_on",
        "ends_on",
        "received_on",
        "published_on",
        "valid_from",
        "asked_on",
        "answered_on",
        "wanted_on",
        "proposed_on",
        "notice_on",
        "notice_due",
        "made_on",
        "sent_on",
        "until",
        "contract_received_on",
        "proof_received_on",
    ]
)
CODES: Final[dict[str, str]] = {
    "clause_form": "condition", "category": "travaux", "sector": "batiment", "stage": "en_cours",
    "programme": "NPNRU", "sex": "F", "formula": "fixe", "schedule": "lineaire",
    "criterion": "DELD", "decision": "validee", "mode": "embauche_directe", "type": "CDD",
    "structure_kind": "entreprise", "status": "recu", "role": "titulaire", "entity": "contract",
    "outcome": "", "qpv": "", "education": "", "situation": "", "prescriber": "", "proof": "",
    "refusal_reason": "", "answer": "en_attente", "point": "sortie", "state": "reportee",
    "ground": "autre",
}  # fmt: skip
KINDS: Final = {
    "buyer": "commune", "company": "entreprise", "follow_up": "appel", "contract_event": "avenant",
    "obligation_event": "initial", "document": "relance_1", "target": "femmes",
    "penalty_case": "forfait",
}  # fmt: skip
NUMBERS: Final = {"taken_up": 1, "hours": 1_000_00, "firm": 1, "rank": 1, "weekly_hours": 3_500,
                  "declared": 10_000, "amount_cents": 3_500_000}  # fmt: skip
LINKS: Final = {
    "subject": "contract",
    "sender": "company",
    "employer": "company",
    "file": "source_file",
    "path": "work_contract",
    "found": "participant",
}
MONTH: Final = 202610


class Filler:
    """Fills the columns of rows with one hostile text; ``codes_too`` spares nothing."""

    def __init__(self, base: Base, text: str, codes_too: bool) -> None:
        self.base, self.text, self.codes_too = base, text, codes_too
        self.made: dict[str, int] = {}

    def values(self, table: str) -> dict[str, Value]:
        """A value for each column of a table."""
        filled: dict[str, Value] = {}
        for name, column in fields(self.base.connection, table).items():
            if column.integer:
                filled[name] = self.made.get(name, NUMBERS.get(name))
            elif self.codes_too or not (name in DATES or name in CODES or name == "kind"):
                filled[name] = self.text
            elif name in DATES:
                filled[name] = {"start": "2026-01-01", "end": "2027-06-30", "birth": "1990-02-01",
                                "closed_on": None}.get(name, "2026-01-01")  # fmt: skip
            elif name == "role" and table == "contact":
                filled[name] = self.text
            else:
                filled[name] = CODES.get(name, KINDS.get(table, ""))
        known = fields(self.base.connection, table)
        for name, target in LINKS.items():
            if name in filled and known[name].integer and target in self.made:
                filled[name] = self.made[target]
        filled.pop("parent", None), filled.pop("counterpart", None)
        return {name: value for name, value in filled.items() if value is not None}

    def changes(self) -> Iterator[Change]:
        """A row of every journalled table, each linked to those before."""
        for table in JOURNALLED_NAMES:
            if table == "hour_entry":
                row: int | str = hour_row(self.made["obligation"], MONTH, self.made["placement"], 1)
            elif table == "batch":
                continue
            else:
                row = self.made[table] = self.base.new_id()
            yield created(table, row, self.values(table))


def hostile_base(path: Path, *, codes_too: bool = False) -> Path:
    """A base with one row of every table for each hostile text, closed."""
    with create_base(path, author=TEXTS[1], structure=TEXTS[3]) as base:
        for text in TEXTS:
            changes = list(Filler(base, text, codes_too).changes())
            write(base, changes, label=text)
    return path
