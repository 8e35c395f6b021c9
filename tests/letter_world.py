"""A small base that letters speak of, and letters read back as text."""

import email
import io
import zipfile
from collections.abc import Iterable
from datetime import date
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from builders import (
    NewContract,
    NewLot,
    add,
    new_buyer,
    new_company,
    new_contract,
    new_eligibility,
    new_hours,
    new_lot,
    new_person,
    new_placement,
    new_statement,
)
from suivi_tui.store.base import Base

TODAY = date(2026, 11, 22)
SIRET = "73282932000074"


class LetterWorld:
    """Alpha owes on two contracts (the first has a lot of Bêta too), an ETTI works for Bêta.

    Since September nobody declared for Alpha; Bêta's lot has 300 h validated of 1 000 h.
    """

    def __init__(self, base: Base) -> None:
        self.base = base
        self.town = new_buyer(base)
        self.operation = add(base, "operation", buyer=self.town, name="Groupe scolaire",
                             place="Quai Sud")  # fmt: skip
        self.alpha = new_company(base, "Alpha Bâtiment", siret=SIRET, commune="Valmont")
        self.beta = new_company(base, "Bêta Plomberie")
        self.etti = new_company(base, "Intérim Plus", kind="ETTI")
        self.school = new_contract(
            base, number="VX-44", buyer=self.town, operation=self.operation, company=self.alpha,
            lot="1", object="École Jules Ferry", start="2026-09-01", end="2027-08-31",
        )  # fmt: skip
        self.plumbing: NewLot = new_lot(
            base, self.school.contract, self.beta, number="2", title="Plomberie",
            owed=1_000_00, start="2026-09-01",
        )  # fmt: skip
        self.bridge: NewContract = new_contract(
            base, number="PT-7", buyer=self.town, company=self.alpha, object="Pont neuf",
            start="2026-09-01", end="2027-08-31",
        )  # fmt: skip
        add(base, "contact", company=self.alpha, name="Claude Accueil", role="Standard",
            mail="accueil@alpha.example", phone="01")  # fmt: skip
        add(base, "contact", company=self.alpha, name="Sam Référent", role="Référente insertion",
            mail="insertion@alpha.example")  # fmt: skip
        add(base, "contact", buyer=self.town, name="Lou Mairie", role="Clauses sociales",
            mail="lou@ville.example")  # fmt: skip
        self.camille = new_person(base, "Exemple", "Camille")
        new_eligibility(base, self.camille, criterion="RQTH", decided_on="2026-09-01",
                        proof_on="2026-08-20")  # fmt: skip
        self.placed = new_placement(
            base, self.plumbing, self.camille, employer=self.etti, post="Plombier",
            contract_start="2026-09-01", contract_end="2026-10-31",
        )  # fmt: skip
        for month in (202609, 202610):
            new_hours(base, self.placed, month, 150_00, 150_00)
        # The second lot is heard: only Alpha is silent.
        for month in (202609, 202610):
            new_statement(base, self.plumbing.obligation, self.beta, month)


def docx_text(content: bytes | Path) -> str:
    """The paragraphs and cells of a Word file, plain spaces, a line each."""
    from docx import Document
    from docx.text.paragraph import Paragraph

    raw = content.read_bytes() if isinstance(content, Path) else content
    lines: list[str] = []
    for block in Document(io.BytesIO(raw)).iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
    return "\n".join(lines).replace("\u00a0", " ")


def raw_xml(content: bytes) -> str:
    """The body of a Word file as XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode("utf-8")


def mail_of(path: Path) -> EmailMessage:
    """A draft, as a mail program reads it."""
    found = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(found, EmailMessage)
    return found


def body_of(message: EmailMessage) -> str:
    """The text of a draft, plain spaces."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\u00a0", " ").replace("\r\n", "\n")


def rows(base: Base, sql: str, *values: object) -> list[tuple[object, ...]]:
    """What the base holds."""
    return base.connection.execute(sql, values).fetchall()


def follow_ups(base: Base) -> Iterable[tuple[object, ...]]:
    """The follow-up lines of letters, the oldest first."""
    return rows(
        base,
        "SELECT entity, subject, kind, date, due, done, text FROM follow_up "
        "WHERE document IS NOT NULL AND removed = 0 ORDER BY id",
    )
