"""What the entry in one line says: what would be written, what was there, what is doubtful."""

from typing import NamedTuple

from suivi_tui.readings.quick_entry import (
    OBLIGATION,
    PERSON,
    PLACEMENT,
    QuickReading,
    called,
    contract_and_lot,
)
from suivi_tui.vocabulary.choices import CheckGravity, HourKind, RefusalReason, label_of
from suivi_tui.vocabulary.hours import format_hours
from suivi_tui.vocabulary.months import format_month
from suivi_tui.vocabulary.numbers import NBSP, plural

_WHAT = {
    PERSON: ("personne possible", "personnes possibles"),
    OBLIGATION: ("marché possible", "marchés possibles"),
    PLACEMENT: ("contrat de travail possible", "contrats de travail possibles"),
}
_KINDS = {HourKind.TRAINING: " de formation", HourKind.OTHER: " (autre)"}
_SHOWN_DOUBTS = 3


class Said(NamedTuple):
    """A sentence and its style."""

    text: str
    style: str = ""


def would(reading: QuickReading) -> list[Said]:
    """Who, month, hours, contract and lot, employer: the line that Enter writes."""
    target = reading.target
    if target is None:
        return []
    kind = _KINDS.get(HourKind.numbered(reading.line.kind), "")
    hours = f"? h{kind}" if reading.hours is None else format_hours(reading.hours) + kind
    parts = (
        called(target),
        format_month(reading.month),
        hours,
        f"marché {contract_and_lot(target)}".replace(" ", NBSP),
        f"employeur {target.employer_name}" if target.employer_name else "employeur inconnu",
    )
    return [Said(" · ".join(parts), "bold")]


def before_and_after(reading: QuickReading) -> list[Said]:
    """What the base holds there already, and what becomes of it."""
    before = reading.before
    if reading.target is None:
        return []
    if before is None:
        return [Said("Nouvelle ligne, à valider.")] if reading.ready else []
    if before.validated is None:
        state = "à valider"
    elif before.validated == before.declared:
        state = "validées"
    else:
        reason = label_of(RefusalReason, before.refusal_reason).lower()
        state = f"{format_hours(before.validated)} validées" + (f", {reason}" if reason else "")
    now = f"Déjà {format_hours(before.declared)} ({state})"
    if not reading.ready or reading.hours is None:
        return [Said(f"{now}.")]
    if reading.hours == before.declared:
        return [Said(f"{now}{NBSP}: rien ne changera.")]
    return [Said(f"{now}{NBSP}: deviendra {format_hours(reading.hours)}, à valider.", "$warning")]


def doubts(reading: QuickReading) -> list[Said]:
    """What forbids the line, what it lacks, what the checks say of it."""
    said = [Said(reading.note, "$warning")] if reading.note else []
    if reading.refused:
        return [*said, Said(reading.refused, "$error")]
    if reading.target is not None and reading.hours is None:
        return [*said, Said("Ajoutez les heures, par exemple 151,67.", "$text-muted")]
    alerts = sorted(reading.findings, key=lambda one: one.gravity is not CheckGravity.ALERT)
    for one in alerts[:_SHOWN_DOUBTS]:
        said.append(Said(one.message, "$error" if one.gravity is CheckGravity.ALERT
                         else "$warning"))  # fmt: skip
    more = len(alerts) - _SHOWN_DOUBTS
    if more > 0:
        said.append(Said(f"… et {plural(more, 'autre remarque', 'autres remarques')}."))
    return said


def stage_words(reading: QuickReading) -> Said:
    """What is to be chosen."""
    one, many = _WHAT[reading.stage]
    return Said(
        f"{plural(len(reading.options), one, many)}{NBSP}: ↑ ↓ puis Entrée, ou quelques lettres de "
        "plus.",
        "bold",
    )
