"""The records of a flattened table: the rows of one contract put together again.

A row is a contract, one of its holders and one of its states (the contract as notified, then as
each modification left it): the amount is repeated on every row, and is never added up.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from suivi_tui.exchange.decp.faults import Faults, shown
from suivi_tui.exchange.decp.raw import RawRecord
from suivi_tui.exchange.decp.tables import Row, Table
from suivi_tui.exchange.decp.values import missing
from suivi_tui.vocabulary.text import fold

MAX_HOLDER_COLUMNS = 30

_COPIED = (
    "id",
    "uid",
    "type",
    "nature",
    "objet",
    "codeCPV",
    "procedure",
    "idAccordCadre",
    "dureeMois",
    "dateNotification",
    "datePublicationDonnees",
    "montant",
    "techniques",
    "considerationsSociales",
    "acheteur_departement_code",
)


class _State(NamedTuple):
    """What distinguishes the states of a contract; in the order in which they followed."""

    date: str
    rank: int
    current: bool
    amount: str
    months: str
    reason: str


def table_records(table: Table, faults: Faults) -> list[RawRecord]:
    """One record for each contract of a table (for each object, when several share a number)."""
    grouped: dict[tuple[str, ...], list[tuple[int, Row]]] = {}
    for line, row in table.rows:
        grouped.setdefault(_contract(line, row), []).append((line, row))
    return [_record(rows, table.columns, faults) for rows in grouped.values()]


def _contract(line: int, row: Row) -> tuple[str, ...]:
    number = row.get("id", "").strip()
    buyer = row.get("acheteur_id", "").strip() or fold(row.get("acheteur_nom", ""))
    if number and buyer:
        return number, buyer, fold(row.get("objet", ""))
    uid = row.get("uid", "").strip()
    return ("", uid, fold(row.get("objet", ""))) if uid else ("", "", str(line))


def _record(rows: list[tuple[int, Row]], columns: frozenset[str], faults: Faults) -> RawRecord:
    states: dict[_State, list[Row]] = {}
    for _, row in rows:
        states.setdefault(_state(row), []).append(row)
    ordered = sorted(states)
    # Among the rows of a state only the holder differs, or faults: any choice that does not
    # depend on the order of the file is as good.
    first = min(states[ordered[0]], key=lambda row: sorted(row.items()))
    fields: dict[str, object] = {name: first[name] for name in _COPIED if name in columns}
    fields["acheteur"] = {"id": first.get("acheteur_id", ""), "nom": first.get("acheteur_nom", "")}
    place = {part: first.get(f"lieuExecution_{part}", "") for part in ("code", "typeCode", "nom")}
    if any(place.values()):
        fields["lieuExecution"] = place
    record = RawRecord("marché", fields, min(line for line, _ in rows), "ligne", textual=True)
    if len(ordered) > 1 and _several_lots(ordered, states):
        _keep_common(record, ordered, states, columns, faults)
    else:
        if _has_holders(columns):
            fields["titulaires"] = _holders(states[ordered[0]], columns)
        fields["modifications"] = _modifications(ordered, states, columns)
        _tell_modified(record, ordered[0], faults)
    return record


def _state(row: Row) -> _State:
    rank = row.get("modification_id", "").strip()
    return _State(
        row.get("dateNotification", "").strip(),
        int(rank) if rank.isascii() and rank.isdigit() and len(rank) < 10 else 0,
        fold(row.get("donneesActuelles", "")) in ("oui", "true", "1"),
        row.get("montant", "").strip(),
        row.get("dureeMois", "").strip(),
        row.get("objetModification", "").strip(),
    )


def _several_lots(ordered: list[_State], states: dict[_State, list[Row]]) -> bool:
    """Whether the states of one number are rather lots than versions of the same contract.

    Two states of the same day and rank cannot follow each other; a state that shares neither a
    holder nor the amount with those before it is another lot, not a modification.
    """
    if len({state[:3] for state in ordered}) < len(ordered):
        return True
    known = _ids(states[ordered[0]])
    amounts = {ordered[0].amount}
    for state in ordered[1:]:
        held = _ids(states[state])
        if not held & known and state.amount not in amounts:
            return True
        known |= held
        amounts.add(state.amount)
    return False


def _keep_common(
    record: RawRecord,
    ordered: list[_State],
    states: dict[_State, list[Row]],
    columns: frozenset[str],
    faults: Faults,
) -> None:
    """Keep what the lots of one number have in common, all the holders, and say so."""
    fields = record.fields
    if _has_holders(columns):
        fields["titulaires"] = _holders((row for rows in states.values() for row in rows), columns)
    if len({state.amount for state in ordered}) > 1:
        del fields["montant"]
        message = (
            "Plusieurs montants pour ce numéro, sans doute plusieurs lots : "
            "ils ne sont pas additionnés, montants et lots à saisir."
        )
        faults.warn(record.label, "montant", message)
    if len({state.months for state in ordered}) > 1:
        del fields["dureeMois"]
        faults.warn(record.label, "dureeMois", "Plusieurs durées pour ce numéro : à compléter.")


def _modifications(
    ordered: list[_State], states: dict[_State, list[Row]], columns: frozenset[str]
) -> list[object]:
    """What each state changed of the one before it."""
    found: list[object] = []
    held = _ids(states[ordered[0]])
    for before, after in pairwise(ordered):
        rows = states[after]
        change: dict[str, object] = {
            "dateNotificationModification": after.date,
            "datePublicationDonneesModification": min(
                row.get("datePublicationDonnees", "") for row in rows
            ),
            "objetModification": after.reason,
        }
        if after.amount != before.amount:
            change["montant"] = after.amount
        if after.months != before.months:
            change["dureeMois"] = after.months
        if _ids(rows) != held:
            held = _ids(rows)
            change["titulaires"] = _holders(rows, columns)
        found.append(change)
    return found


def _tell_modified(record: RawRecord, first: _State, faults: Faults) -> None:
    if not missing(first.reason):
        message = (
            f"Modification d'un marché publié auparavant (« {shown(first.reason)} ») : "
            "sa première version n'est pas sous ce numéro."
        )
        faults.warn(record.label, "objetModification", message)


def _ids(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset(
        value.strip() or fold(row.get(name.replace("_id", "_nom"), ""))
        for row in rows
        for name, value in row.items()
        if name.startswith("titulaire_id")
    )


def _has_holders(columns: frozenset[str]) -> bool:
    return any(name.startswith("titulaire_id") for name in columns)


def _holders(rows: Iterable[Row], columns: frozenset[str]) -> list[object]:
    """The holders of some rows, each once, in the shape of JSON."""
    found: dict[tuple[str, ...], dict[str, object]] = {}
    suffixes = sorted(
        name.removeprefix("titulaire_id") for name in columns if name.startswith("titulaire_id")
    )
    for row in rows:
        for suffix in suffixes[:MAX_HOLDER_COLUMNS]:
            holder: dict[str, object] = {
                "id": row[f"titulaire_id{suffix}"],
                "denominationSociale": row.get(f"titulaire_nom{suffix}", ""),
            }
            kind = row.get(f"titulaire_typeIdentifiant{suffix}")
            if kind is not None:
                holder["typeIdentifiant"] = kind
            if suffix and missing(holder["id"]) and missing(holder["denominationSociale"]):
                continue
            found[tuple(map(str, holder.values()))] = holder
    return list(found.values())
