"""What moves an obligation: movements, orders, transfers, targets; each one batch."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from suivi_tui.actions.records import FieldErrors, RecordGone, Saved, save_record
from suivi_tui.model.inputs import checked
from suivi_tui.rules import joint_obligation
from suivi_tui.rules.joint_obligation import Transfer, redistribute
from suivi_tui.rules.owing import Owing
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Receipt, changed, created, write
from suivi_tui.store.queries import entry, orders
from suivi_tui.store.queries.obligations import ObligationRow, event_rows, of_contracts, one
from suivi_tui.store.queries.owing import read_owing
from suivi_tui.vocabulary.choices import ContractEventKind, ObligationEventKind, find, label_of
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.text import clean
from suivi_tui.vocabulary.typography import french

LONGEST: Final = 120
_NEVER: Final = Hours(0)


class MovementRefused(UserError):
    """A movement makes no sense as things are; nothing was written."""


def known_obligation(base: Base, obligation: int) -> ObligationRow:
    """An obligation of the base; raises RecordGone."""
    row = one(base.connection, obligation)
    if row is None:
        raise RecordGone
    return row


def add_movement(base: Base, obligation: int, values: Mapping[str, Any]) -> Saved:
    """An order, invoice, tranche, amendment or the initial objective, with its date and reason.

    ``values``: ``kind``, ``date``, ``hours`` and ``amount_cents`` (one of them at least),
    ``firm``, ``reason``; with ``months``, the end of the lot moves too. Raises FieldErrors.
    """
    row = known_obligation(base, obligation)
    faults = _no_reason(values)
    if values.get("hours") is None and values.get("amount_cents") is None:
        faults["hours"] = "des heures ou un montant sont attendus"
    if find(ObligationEventKind, str(values.get("kind") or "")) is ObligationEventKind.TRANSFER:
        faults["kind"] = "un transfert se note par « Transférer », pour les deux entreprises"
    months = values.get("months")
    if months is not None and not -LONGEST <= months <= LONGEST:
        faults["months"] = f"de 1 à {LONGEST} mois sont attendus"
    if faults:
        raise FieldErrors(faults)
    changes: list[Change] = []
    order: int | None = None
    if months:
        order = base.new_id()
        moved = {"kind": ContractEventKind.EXTENSION.value, "months": months}
        changes.append(_order_change(order, row, {**values, **moved, "amount_cents": None}))
    event = base.new_id()
    given = {name: values.get(name) for name in ("kind", "date", "hours", "amount_cents", "reason")}
    fields = checked(
        "obligation_event", {**given, "obligation": obligation, "firm": values.get("firm", 1)}
    )
    changes.append(created("obligation_event", event, {**fields, "contract_event": order}))
    kind = label_of(ObligationEventKind, str(fields["kind"]))
    return Saved(event, *write(base, changes, label=_label(kind, row, values)))


def affirm(base: Base, event: int, on: date) -> Receipt:
    """What was planned is now firm, from a day: a tranche affirmed, an order placed."""
    known = entry.record(base.connection, "obligation_event", event)
    if known is None:
        raise RecordGone
    if known["firm"]:
        raise MovementRefused("Ce mouvement est déjà ferme : rien n'a été modifié.")
    row = known_obligation(base, int(known["obligation"] or 0))
    changes = [changed("obligation_event", event, "firm", 1)]
    if known["date"] != on.isoformat():
        changes.append(changed("obligation_event", event, "date", on.isoformat()))
    reason = f"prévu devenu ferme le {format_date(on)}"
    kind = label_of(ObligationEventKind, str(known["kind"]))
    return write(base, changes, label=_label(kind, row, {"reason": reason}))


def add_order(base: Base, obligation: int, values: Mapping[str, Any]) -> Saved:
    """An extension, a stop or a restart order of the lot, or with ``whole`` of its contract.

    ``values``: ``kind`` (``ContractEventKind``), ``date``, ``months`` (of an extension),
    ``amount_cents``, ``reason``, ``whole``. Raises FieldErrors, or MovementRefused for a second
    stop and a restart without a stop.
    """
    row = known_obligation(base, obligation)
    faults = _no_reason(values)
    kind = find(ContractEventKind, str(values.get("kind") or ""))
    months = values.get("months")
    if kind is None:
        faults["kind"] = "choisissez ce que l'ordre change"
    if kind is ContractEventKind.EXTENSION and (months is None or not 1 <= months <= LONGEST):
        faults["months"] = f"une prolongation de 1 à {LONGEST} mois est attendue"
    if not values.get("date"):
        faults["date"] = "une date est attendue"
    if faults:
        raise FieldErrors(faults)
    _refuse_out_of_turn(base, row, kind, values["date"])
    event = base.new_id()
    change = _order_change(event, row, values)
    label = label_of(ContractEventKind, kind.value if kind else "")
    return Saved(event, *write(base, [change], label=_label(label, row, values)))


def _refuse_out_of_turn(
    base: Base, row: ObligationRow, kind: ContractEventKind | None, day: date
) -> None:
    """A stop follows a restart, a restart follows a stop."""
    if kind not in (ContractEventKind.STOP, ContractEventKind.RESTART):
        return
    known = orders.of_contracts(base.connection, [row.contract]).get(row.contract, [])
    moves = [move for move in orders.on_lot(known, row.lot) if move.date <= day]
    since = Owing(end=row.last_day, orders=tuple(moves)).dates(day).stopped_since
    if kind is ContractEventKind.STOP and since is not None:
        raise MovementRefused(
            french(
                f"Le chantier est déjà arrêté depuis le {format_date(since)} : rien n'a été "
                "enregistré. Notez d'abord la reprise."
            )
        )
    if kind is ContractEventKind.RESTART and since is None:
        raise MovementRefused(
            french(
                f"Aucun arrêt en cours le {format_date(day)} : rien n'a été enregistré. Notez "
                "d'abord l'arrêt, ou corrigez la date."
            )
        )


def _order_change(event: int, row: ObligationRow, values: Mapping[str, Any]) -> Change:
    fields = {name: values.get(name) for name in ("kind", "date", "months", "amount_cents")}
    whole = {"contract": row.contract, "reason": values.get("reason") or ""}
    given = checked("contract_event", {**fields, **whole})
    return created("contract_event", event, {**given, "lot": None if values.get("whole")
                                             else row.lot})  # fmt: skip


def transfer(
    base: Base, giver: int, receiver: int, hours: Hours | None, on: date | None, reason: str
) -> Saved:
    """Hours owed pass from one obligation to another: both sides in one batch, sum unchanged.

    Raises FieldErrors, or TransferRefused when the giver does not owe so many.
    """
    faults = _no_reason({"reason": reason})
    if hours is None:
        faults["hours"] = "un nombre d'heures est attendu"
    if on is None:
        faults["date"] = "une date est attendue"
    if faults or hours is None or on is None:
        raise FieldErrors(faults)
    rows = {row: known_obligation(base, row) for row in (giver, receiver)}
    known = read_owing(base.connection, rows)
    owed = {row: owing.due(on) or _NEVER for row, owing in known.items()}
    redistribute(owed, [Transfer(giver, receiver, hours)])
    changes = []
    first = 0
    for row, other, sign in ((giver, receiver, -1), (receiver, giver, 1)):
        event = base.new_id()
        first = first or event
        values = {
            "obligation": row,
            "date": on,
            "kind": ObligationEventKind.TRANSFER.value,
            "hours": sign * hours,
            "reason": reason,
        }
        fields = checked("obligation_event", values)
        changes.append(created("obligation_event", event, {**fields, "counterpart": other}))
    label = _label("Transfert", rows[giver], {"reason": reason})
    return Saved(first, *write(base, changes, label=label))


def share_out(
    base: Base, obligation: int, total: Hours, weights: Mapping[int, int], on: date, reason: str
) -> Receipt:
    """Share what a group owes between the obligations of a lot, by weights, to the hundredth.

    What each already owes is brought to its share by one movement: the sum is ``total``. Raises
    FieldErrors, MovementRefused when nothing would change.
    """
    row = known_obligation(base, obligation)
    faults = _no_reason({"reason": reason})
    if total < 0:
        faults["total"] = "un nombre d'heures positif est attendu"
    if faults:
        raise FieldErrors(faults)
    members = [other.obligation for other in of_contracts(base.connection, [row.contract])
               if other.lot == row.lot]  # fmt: skip
    shares = joint_obligation.split(total, {each: weights.get(each, 0) for each in members})
    owing = read_owing(base.connection, members)
    begun = {event.obligation for event in event_rows(base.connection, members)}
    changes = []
    for member, share in shares.items():
        moved = share - (owing[member].due(on) or _NEVER)
        if moved or (member not in begun and share):
            kind = ObligationEventKind.AMENDMENT if member in begun else ObligationEventKind.INITIAL
            values = {"obligation": member, "date": on, "kind": kind.value, "hours": moved,
                      "reason": reason}  # fmt: skip
            fields = checked("obligation_event", values)
            changes.append(created("obligation_event", base.new_id(), fields))
    if not changes:
        raise MovementRefused("Les heures sont déjà réparties ainsi : rien n'a été modifié.")
    return write(base, changes, label=_label("Répartition", row, {"reason": reason}))


def save_target(base: Base, target: int | None, values: Mapping[str, Any]) -> Saved:
    """What an obligation asks for beside hours: ``obligation``, ``kind``, ``value``, ``as_share``.

    Raises FieldErrors.
    """
    if values.get("as_share") and not 0 < int(values.get("value") or 0) <= 100_00:
        raise FieldErrors({"value": "une part de 1 à 100 % est attendue"})
    return save_record(base, "target", target, values)


def _no_reason(values: Mapping[str, Any]) -> dict[str, str]:
    return {} if clean(str(values.get("reason") or "")) else {"reason": "un motif est attendu"}


def _label(what: str, row: ObligationRow, values: Mapping[str, Any]) -> str:
    reason = clean(str(values.get("reason") or ""), 60)
    lot = f" lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
    place = f"marché {row.number or row.object}{lot}, {row.company_name}"
    return french(f"{what} : {place}" + (f" ({reason})" if reason else ""))
