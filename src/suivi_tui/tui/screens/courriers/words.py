"""What the screens of letters say: rows, sentences, messages."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from suivi_tui.tui.screens.shared.texts import as_date, day
from suivi_tui.tui.widgets.columns import Column
from suivi_tui.tui.widgets.sources import Row
from suivi_tui.tui.widgets.status_line import joined
from suivi_tui.vocabulary.choices import DocumentKind, find
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from suivi_tui.actions.letters import Made, Prepared
    from suivi_tui.documents.letter import LeftOut, Letter
    from suivi_tui.store.queries.letters import DocumentRow

PREVIEW: Final = (Column("", 2), Column("À qui", 26), Column("Quoi", 0))
PREVIEW_WIDE: Final = (
    Column("", 2), Column("À qui", 28), Column("Contact", 28), Column("Quoi", 0),
)  # fmt: skip
DOCUMENTS: Final = (
    Column("Fait le", 11), Column("Courrier", 19), Column("À propos de", 0),
    Column("Réponse", 13), Column("Envoyé le", 11),
)  # fmt: skip
SHORT: Final = {
    DocumentKind.REMINDER_1: "Relance niveau 1",
    DocumentKind.REMINDER_2: "Relance niveau 2",
    DocumentKind.OUTCOME_REQUEST: "Issue du parcours",
    DocumentKind.CERTIFICATE: "Attestation",
    DocumentKind.FORMAL_NOTICE: "Mise en demeure",
    DocumentKind.PENALTY: "Pénalité",
}
"""Kinds whose label is too long for a column; the others keep theirs."""
TICKED, ASIDE, OUT = "✓", "·", "×"
NOBODY: Final = "sans destinataire"


def short(kind: DocumentKind) -> str:
    """A kind of letter in a column."""
    return SHORT.get(kind, kind.label)


def letter_row(letter: "Letter", ticked: bool, place: int, *, wide: bool) -> Row:
    """A letter that would be made."""
    to = letter.to
    contact = joined([to.name, to.role]) if to.mail else NOBODY
    cells = [TICKED if ticked else ASIDE, to.company, f"{short(letter.kind)}, {letter.about}"]
    if wide:
        cells.insert(2, contact)
    tone = "muted" if not ticked else "" if to.mail else "alerte"
    return Row((place,), letter.key, tuple(cells), tone)


def left_out_row(left_out: "LeftOut", place: int, *, wide: bool) -> Row:
    """Someone who gets nothing, and why."""
    cells = [OUT, left_out.who, left_out.why]
    if wide:
        cells.insert(2, "")
    return Row((place,), f"ecarte-{place}", tuple(cells), "muted")


def letter_detail(letter: "Letter", ticked: bool) -> list[str]:
    """The letter of the cursor, in full."""
    to = letter.to
    contact = joined([to.name, to.role, to.mail]) if to.mail else ""
    answer = f"réponse attendue le {day(letter.answer_by.isoformat())}" if letter.answer_by else ""
    return [
        joined([to.company, contact or "aucune adresse connue : brouillon sans destinataire"]),
        joined([letter.kind.label, answer, "" if ticked else "mis de côté"]),
        letter.about,
    ]


def about_sentence(prepared: "Prepared", aside: "Collection[str]") -> str:
    """How many letters, without whom, how many left out."""
    kept = prepared.without(aside).letters
    alone = sum(not one.to.mail for one in kept)
    return joined(
        [
            plural(len(kept), "courrier à préparer", "courriers à préparer"),
            f"{alone} {NOBODY}" if alone else "",
            plural(len(prepared.left_out), "écarté", "écartés") if prepared.left_out else "",
        ]
    )


def done_text(made: "Sequence[Made]", folder: Path) -> str:
    """What was written and filed."""
    alone = sum(not one.addressed for one in made)
    lines = [
        f"{plural(len(made), 'courrier préparé', 'courriers préparés')} dans{NBSP}:",
        str(folder),
        "",
        "Chaque courrier a un fichier .docx et un brouillon de courriel .eml, à ouvrir avec votre "
        "messagerie, à relire et à envoyer. Rien n'a été envoyé.",
        "Chacun est classé dans les échanges de la fiche concernée.",
    ]
    if alone:
        lines.append(
            f"{plural(alone, 'brouillon', 'brouillons')} sans destinataire{NBSP}: aucune adresse "
            "n'est connue, ajoutez un contact ou complétez le courriel."
        )
    return "\n".join(lines)


def document_row(row: "DocumentRow", name: str, today: "date") -> Row:
    """A letter that was made."""
    due = as_date(row.due)
    waits = row.done is None and due is not None
    late = waits and due is not None and due < today
    answer = "" if not waits else f"{day(row.due)}{' !' if late else ''}"
    if row.done is not None and row.due is not None:
        answer = f"{TICKED} {day(row.done)}"
    kind = find(DocumentKind, row.kind)
    cells = (
        day(row.made_on),
        short(kind) if kind is not None else row.kind,
        name,
        answer,
        day(row.sent_on),
    )
    return Row(row.key, row.document, cells, "alerte" if late else "")
