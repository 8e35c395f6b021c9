"""Records typed in forms: create, edit, remove; a contract with its lot, in one batch."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from suivi_tui.actions.named_records import found_or_new, with_links
from suivi_tui.model.inputs import INPUTS, FieldErrors, checked
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Receipt, changed, created, removed, write
from suivi_tui.store.queries import entry as queries
from suivi_tui.vocabulary.choices import LotRole, ObligationEventKind, Stage, find
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.numbers import NBSP, plural
from suivi_tui.vocabulary.text import clean

__all__ = ["FieldErrors"]

Values = Mapping[str, Any]

_NAMES = {
    "buyer": "acheteur",
    "operation": "opération",
    "company": "entreprise",
    "contact": "contact",
    "contract": "marché",
    "contract_event": "modification",
    "lot": "lot",
    "lot_company": "entreprise du lot",
    "obligation": "obligation",
    "obligation_event": "évolution de l'objectif",
    "participant": "participant",
    "eligibility": "éligibilité",
    "work_contract": "contrat de travail",
    "placement": "affectation",
    "follow_up": "échange",
    "target": "cible",
    "need": "besoin",
    "proposal": "proposition",
    "penalty_case": "dossier de pénalité",
    "outcome": "point de parcours",
    "refusal": "motif sans clause",
    "calibration": "calibrage",
    "policy": "politique d'achat",
    "policy_target": "objectif de politique",
    "evidence": "preuve",
    "directory_entry": "contact de l'annuaire",
    "coverage": "territoire couvert",
    "review": "avis sur le marché",
}
# What goes away with the record that it belongs to; anything else that refers to it keeps it.
_PARTS = frozenset(
    {
        ("lot", "contract"),
        ("lot_company", "lot"),
        ("contract_event", "contract"),
        ("term", "contract"),
        ("obligation", "lot"),
        ("obligation_event", "obligation"),
        ("statement", "obligation"),
        ("contact", "buyer"),
        ("contact", "company"),
        ("contact", "contract"),
        ("contact", "lot"),
        ("eligibility", "participant"),
        ("work_contract", "participant"),
        ("placement", "work_contract"),
        ("target", "obligation"),
        ("proposal", "need"),
        ("penalty_case", "obligation"),
        ("outcome", "participant"),
        ("refusal", "contract"),
        ("calibration", "contract"),
        ("calibration", "lot"),
        ("policy_target", "policy"),
        ("evidence", "policy_target"),
        ("coverage", "entry"),
        ("coverage", "company"),
        ("review", "contract"),
    }
)


class StillUsed(UserError):
    """The record cannot be removed: hours or other records stand on it."""


class RecordGone(UserError):
    """The record was removed meanwhile; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "Cette fiche n'existe plus : rien n'a été modifié. Revenez à la liste pour la "
            "rafraîchir."
        )


class Saved(NamedTuple):
    """A record that was saved: its id, and what the write left (see ``Receipt``)."""

    row: int
    batch: int
    lines: int


class NewContract(NamedTuple):
    """A new contract; ``obligation`` is None when no company that owes was given."""

    contract: int
    lot: int
    company: int | None
    obligation: int | None
    batch: int


def save_record(
    base: Base, entity: str, row: int | None, values: Values, also: Sequence[Change] = ()
) -> Saved:
    """Create a record (``row`` None) or change the fields given in ``values``.

    ``entity`` is a table of ``model.inputs.INPUTS``; None empties a field. A buyer, operation,
    company or employer is an id or a name; a new one is created in the same batch, where the
    changes ``also`` come too. Fields left as they were write nothing. Raises FieldErrors (by
    field) or RecordGone, nothing being written then.
    """
    changes: list[Change] = []
    if row is None:
        row = base.new_id()
        linked = with_links(base, values, changes)
        changes.append(created(entity, row, checked(entity, linked)))
        label = f"Ajout{NBSP}: {_NAMES[entity]}{called(values)}"
    else:
        known = _known(base, entity, row)
        linked = with_links(base, values, changes, known)
        wanted = checked(entity, linked, edit=True)
        changes += [
            changed(entity, row, name, value)
            for name, value in wanted.items()
            if value != known[name]
        ]
        label = f"Modification{NBSP}: {_NAMES[entity]}{called({**known, **wanted})}"
    return Saved(row, *write(base, [*changes, *also], label=label))


def remove_record(base: Base, entity: str, row: int) -> Receipt:
    """Mark a record removed, with the parts that only exist through it.

    Raises StillUsed when hours, or records of their own, stand on it.
    """
    known = _known(base, entity, row)
    leaving = {(entity, row): None}
    waiting = [(entity, row)]
    holding: list[tuple[str, int]] = []
    while waiting:
        for child, column, dependent in queries.dependents(base.connection, *waiting.pop()):
            if (child, column) not in _PARTS:
                holding.append((child, dependent))
            elif (child, dependent) not in leaving:
                leaving[child, dependent] = None
                waiting.append((child, dependent))
    # A record may be met through another one before its owner is: it goes away all the same.
    held = Counter(child for child, dependent in holding if (child, dependent) not in leaving)
    if held:
        raise StillUsed(
            f"Cette fiche sert encore ({', '.join(_counted(held))}) : rien n'a été supprimé. "
            "Supprimez ou déplacez d'abord ce qui s'appuie sur elle."
        )
    label = f"Suppression{NBSP}: {_NAMES.get(entity, entity)}{called(known)}"
    return write(base, [removed(*name) for name in reversed(leaving)], label=label)


def take_up_contract(base: Base, contract: int, stage: str = Stage.RUNNING.value) -> Receipt:
    """Follow a contract known from open data: it enters the wall, the pace and the alerts.

    Each company that owes on its lots gets an obligation, its objective still to be entered.
    """
    known = _known(base, "contract", contract)
    changes: list[Change] = []
    if known["taken_up"] != 1:
        changes.append(changed("contract", contract, "taken_up", 1))
    if known["stage"] != stage and known["stage"] in ("", Stage.TO_QUALIFY.value):
        changes += [changed("contract", contract, "stage", checked_stage(stage))]
    seen: set[tuple[int, int]] = set()
    for lot, company, role in queries.open_data_holders(base.connection, contract):
        if role != LotRole.SUBCONTRACTOR.value and (lot, company) not in seen:
            seen.add((lot, company))
            changes.append(_obligation(base.new_id(), lot, company, {}))
    label = f"Prise en charge{NBSP}: marché{called(known)}"
    return write(base, changes, label=label)


def new_contract_with_lot_and_obligation(
    base: Base,
    contract: Values,
    *,
    today: date,
    lot: Values | None = None,
    company: int | str | None = None,
    role: str = LotRole.HOLDER.value,
    obligation: Values | None = None,
    hours_owed: Hours | None = None,
) -> NewContract:
    """A contract, its first lot, its holder and what it owes, in one batch.

    ``contract["buyer"]``, ``contract["operation"]`` and ``company`` are an id, or a name: that of a
    known record (accents aside), else of a new one. ``obligation`` may give ``start`` (on site)
    and ``end``. Hours owed date from the notification, the start of the contract or ``today``.
    Raises FieldErrors.
    """
    changes: list[Change] = []
    fields = checked("contract", with_links(base, contract, changes))
    contract_row, lot_row = base.new_id(), base.new_id()
    changes.append(created("contract", contract_row, fields))
    changes.append(
        created("lot", lot_row, checked("lot", {**(lot or {}), "contract": contract_row}))
    )
    holder = found_or_new(base, "company", company, changes) if company else None
    obligation_row = None
    if holder is not None:
        on_lot = {"lot": lot_row, "company": holder, "role": role}
        if find(LotRole, role) is LotRole.SUBCONTRACTOR:
            on_lot["share_hours"] = hours_owed
        else:
            obligation_row = base.new_id()
            changes.append(_obligation(obligation_row, lot_row, holder, obligation or {}))
            if hours_owed is not None:
                day = fields["notified_on"] or fields["start"] or today.isoformat()
                changes.append(_initial(base.new_id(), obligation_row, hours_owed, str(day)))
        changes.append(created("lot_company", base.new_id(), checked("lot_company", on_lot)))
    receipt = write(base, changes, label=f"Ajout{NBSP}: marché{called(fields)}")
    return NewContract(contract_row, lot_row, holder, obligation_row, receipt.batch)


def add_holder(
    base: Base,
    lot: int,
    company: int | str,
    *,
    today: date,
    role: str = LotRole.CO_CONTRACTOR.value,
    obligation: Values | None = None,
    hours_owed: Hours | None = None,
) -> Saved:
    """One more company on a lot, with its obligation when its role owes; the row is its own."""
    _known(base, "lot", lot)
    changes: list[Change] = []
    holder = found_or_new(base, "company", company, changes)
    values = {"lot": lot, "company": holder, "role": role}
    if find(LotRole, role) is LotRole.SUBCONTRACTOR:
        values["share_hours"] = hours_owed
    else:
        obligation_row = base.new_id()
        changes.append(_obligation(obligation_row, lot, holder, obligation or {}))
        if hours_owed is not None:
            day = today.isoformat()
            changes.append(_initial(base.new_id(), obligation_row, hours_owed, day))
    row = base.new_id()
    changes.append(created("lot_company", row, checked("lot_company", values)))
    return Saved(row, *write(base, changes, label=f"Ajout{NBSP}: entreprise du lot"))


def checked_stage(stage: str) -> str:
    """The code of a stage; raises FieldErrors for what is none."""
    member = find(Stage, stage)
    if member is None:
        raise FieldErrors({"stage": "cette étape n'existe pas"})
    return str(member.value)


def _known(base: Base, entity: str, row: int) -> dict[str, str | int | None]:
    if entity not in INPUTS:
        raise KeyError(entity)
    known = queries.record(base.connection, entity, row)
    if known is None:
        raise RecordGone
    return known


def _obligation(row: int, lot: int, company: int, values: Values) -> Change:
    return created(
        "obligation", row, checked("obligation", {**values, "lot": lot, "company": company})
    )


def _initial(row: int, obligation: int, hours: Hours, day: str) -> Change:
    values = {
        "obligation": obligation,
        "date": day,
        "kind": ObligationEventKind.INITIAL.value,
        "hours": hours,
    }
    return created("obligation_event", row, checked("obligation_event", values))


def _counted(held: Mapping[str, int]) -> Iterator[str]:
    several = {
        "hour_entry": ("ligne d'heures", "lignes d'heures"),
        "contract": ("marché", "marchés"),
        "operation": ("opération", "opérations"),
        "obligation": ("obligation", "obligations"),
        "lot_company": ("lot", "lots"),
        "work_contract": ("contrat de travail", "contrats de travail"),
        "placement": ("affectation", "affectations"),
    }
    for entity, count in held.items():
        yield plural(count, *several.get(entity, ("autre fiche", "autres fiches")))


def called(values: Values) -> str:
    """How a record is named in the history, after a space: its number, name or object."""
    for name in ("number", "name", "object", "title"):
        if text := values.get(name):
            return f" {clean(str(text), 60)}"
    person = f"{values.get('last') or ''} {values.get('first') or ''}".strip()
    return f" {clean(person, 60)}" if person else ""
