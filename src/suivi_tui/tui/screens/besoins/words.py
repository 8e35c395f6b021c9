"""Needs and proposals as the screens and the export write them."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

from suivi_tui.tui.screens.shared.texts import day, joined
from suivi_tui.tui.widgets.paged_list import Column
from suivi_tui.tui.widgets.sources import Row
from suivi_tui.vocabulary.choices import Prescriber, ProposalAnswer, ProposalReason, label_of
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.readings.needs import NeedCount, NeedReading
    from suivi_tui.store.queries.needs import NeedRow, ProposalRow

NARROW: Final = (
    Column("Poste", 0, sort="0"),
    Column("Entreprise", 20, sort="1"),
    Column("Pour le", 12, sort="wanted"),
    Column("Pourvus", 8, sort="left"),
    Column("Attente", 9, "right", sort="waiting"),
    Column("Depuis", 7, "right", sort="since"),
)
WIDE: Final = (
    *NARROW,
    Column("Proposées", 9, "right", sort="proposed"),
    Column("Marché", 20, sort="7"),
    Column("Demandé le", 10, sort="asked"),
)
ANSWERS: Final = {
    ProposalAnswer.WAITING.value: "en attente",
    ProposalAnswer.INTERVIEW.value: "entretien",
    ProposalAnswer.HIRED.value: "✓ embauche",
    ProposalAnswer.REFUSED.value: "× non retenue",
    ProposalAnswer.DECLINED.value: "× a décliné",
    ProposalAnswer.UNREACHABLE.value: "× injoignable",
}
_TONES: Final = {
    ProposalAnswer.WAITING.value: "alerte",
    ProposalAnswer.INTERVIEW.value: "alerte",
    ProposalAnswer.HIRED.value: "ok",
}
EXPORTED: Final = tuple(
    Column(title, align="right" if title == "Postes" else "left")
    for title in (
        "Entreprise", "Marché", "Lot", "Poste", "Postes", "Demandé le", "Pour le", "Clos le",
        "Personne", "Référence", "Prescripteur", "Proposée le", "Réponse", "Répondu le", "Motif",
        "Commentaire",
    )
)  # fmt: skip
NAMING: Final = ("Personne", "Commentaire")
"""What may name somebody: left out of an export unless the person asks for it."""


def contract_words(row: "NeedRow") -> str:
    """``2026-01 lot 2``; empty without a contract."""
    if row.contract is None:
        return ""
    name = row.contract_number or row.contract_object
    return name if row.lot_number in ("", "0") else f"{name} lot {row.lot_number}"


def need_row(reading: "NeedReading", today: date) -> Row:
    """A need in the list."""
    row, oldest = reading.row, reading.oldest_waiting
    late = reading.late(today)
    wanted = day(row.wanted_on)
    waiting = len(reading.waiting)
    cells = (
        row.post,
        row.company_name,
        f"! {wanted}" if late else wanted,
        f"{reading.hired} sur {row.number}",
        str(waiting) if waiting else "",
        f"{(today - oldest).days}{NBSP}j" if oldest is not None else "",
        str(len(reading.proposals) or ""),
        contract_words(row),
        day(row.asked_on),
    )
    tone = "muted" if not reading.open else "alerte" if late else ""
    return Row((row.need,), row.need, cells, tone)


def count_words(count: "NeedCount") -> str:
    """Needs in figures, in a sentence."""
    if not count.needs:
        return ""
    proposed = plural(count.proposed, "personne proposée", "personnes proposées")
    return joined(
        [
            plural(count.open, "besoin ouvert", "besoins ouverts")
            + (f" sur {count.needs}" if count.needs != count.open else ""),
            proposed,
            f"{count.waiting} en attente" if count.waiting else "",
            plural(count.hired, "embauche", "embauches"),
        ]
    )


def person_words(row: "ProposalRow") -> str:
    """Who is proposed: a name, or initials."""
    name = f"{row.last} {row.first}".strip() or row.reference
    return name or row.initials or "Sans nom"


def proposal_words(row: "ProposalRow", who: str) -> str:
    """A proposal on a line that begins with ``who`` (the person, or the need)."""
    answered = f"répondu le {day(row.answered_on)}" if row.answered_on else ""
    return joined(
        [
            who,
            label_of(Prescriber, row.prescriber),
            f"proposée le {day(row.proposed_on)}" if row.proposed_on else "",
            answered,
            label_of(ProposalReason, row.reason),
        ]
    )


def answer_words(row: "ProposalRow") -> str:
    """What became of a proposal, in a narrow column."""
    return ANSWERS.get(row.answer, row.answer or "en attente")


def answer_tone(row: "ProposalRow") -> str:
    """The tone of a proposal; its words say the same."""
    return _TONES.get(row.answer, "")


def exported(readings: "Iterable[NeedReading]") -> list[tuple[str, ...]]:
    """Every proposal of some needs, one a line; a need without any has a line too."""
    lines: list[tuple[str, ...]] = []
    for reading in readings:
        need = reading.row
        about = (
            need.company_name,
            need.contract_number or need.contract_object,
            "" if need.lot_number == "0" else need.lot_number,
            need.post,
            str(need.number),
            day(need.asked_on),
            day(need.wanted_on),
            day(need.closed_on),
        )
        people = [_exported_person(row) for row in reading.proposals] or [("",) * 7]
        lines += [(*about, *person, need.comment) for person in people]
    return lines


def _exported_person(row: "ProposalRow") -> tuple[str, ...]:
    return (
        person_words(row),
        row.reference,
        label_of(Prescriber, row.prescriber),
        day(row.proposed_on),
        label_of(ProposalAnswer, row.answer, ProposalAnswer.WAITING.label),
        day(row.answered_on),
        label_of(ProposalReason, row.reason),
    )
