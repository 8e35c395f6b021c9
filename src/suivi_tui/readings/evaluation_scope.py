"""What a person names on the command line, as the filters of an evaluation."""

from collections.abc import Iterable
from typing import NamedTuple

from suivi_tui.readings.filters import Filters
from suivi_tui.store.queries import figures
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.figures import ScopeRow
from suivi_tui.vocabulary.choices import Programme, find
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.identifiers import clean_siret
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.text import clean, fold


class EvaluationRefused(UserError):
    """The period, the scope or the base of full-time posts asked for makes no sense."""


class Named(NamedTuple):
    """What narrows an evaluation, as a person writes it; '' and None narrow nothing."""

    territory: str | None = None
    programme: str | None = None
    operation: str | None = None
    contract: str | None = None
    lot: str | None = None
    company: str | None = None
    facilitator: str | None = None


NOTHING_NAMED = Named()


def filters_for(
    connection: Connection,
    first: Month | None = None,
    last: Month | None = None,
    buyer: str | None = None,
    named: Named = NOTHING_NAMED,
) -> Filters:
    """The filters that a period and names ask for; case and accents are ignored.

    A buyer and a company are found by name or SIRET, a contract by its number, a lot by its number
    within the contract asked (or everywhere). Raises EvaluationRefused, saying what is not known.
    """
    rows = figures.scope(connection)
    contract = _contract(rows, named.contract)
    if contract is not None:
        rows = [row for row in rows if row.contract == contract]
    return Filters(
        first=first,
        last=last,
        buyers=_buyers(connection, buyer) if buyer else (),
        territory=_text("Aucun acheteur n'a le territoire", named.territory,
                        (row.territory for row in rows)),
        programme=_programme(named.programme),
        operation=_operation(rows, named.operation),
        contract=contract,
        lot=_lot(rows, named.lot),
        company=_company(connection, named.company),
        facilitator=_text("Aucun marché n'est suivi par", named.facilitator,
                          (row.facilitator for row in rows)),
    )  # fmt: skip


def _refused(what: str, said: str, advice: str) -> EvaluationRefused:
    return EvaluationRefused(
        f"{what} «\u00a0{clean(said)}\u00a0»\u00a0: rien n'a été calculé. {advice}"
    )


def _buyers(connection: Connection, wanted: str) -> tuple[int, ...]:
    """The buyers of a name or a SIRET: the same buyer may have been entered twice."""
    name, siret = fold(wanted), clean_siret(wanted)
    found = tuple(
        row.buyer
        for row in figures.buyers(connection)
        if fold(row.name) == name or (siret and row.siret == siret)
    )
    if not found:
        raise _refused(
            "Aucun acheteur ne porte le nom ou le SIRET",
            wanted,
            "Vérifiez-le dans l'écran Marchés, ou donnez son SIRET.",
        )
    return found


def _text(what: str, wanted: str | None, known: Iterable[str]) -> str:
    """A text as it is written in the base."""
    if not wanted:
        return ""
    found = next((text for text in known if fold(text) == fold(wanted)), None)
    if found is None:
        raise _refused(what, wanted, "Vérifiez-le dans l'écran Marchés.")
    return found


def _programme(wanted: str | None) -> str:
    if not wanted:
        return ""
    found = find(Programme, wanted)
    if found is None:
        labels = ", ".join(programme.label for programme in Programme)
        raise _refused("Aucun programme ne s'appelle", wanted, f"Les programmes sont {labels}.")
    return str(found.value)


def _one(what: str, wanted: str, found: set[int], many: str) -> int:
    if not found:
        raise _refused(what, wanted, "Vérifiez-le dans l'écran Marchés.")
    if len(found) > 1:
        raise _refused(f"{len(found)} fiches répondent à", wanted, many)
    return found.pop()


def _contract(rows: Iterable[ScopeRow], wanted: str | None) -> int | None:
    if not wanted:
        return None
    found = {row.contract for row in rows if fold(row.number) == fold(wanted)}
    return _one(
        "Aucun marché pris en charge ne porte le numéro",
        wanted,
        found,
        "Précisez l'acheteur ou corrigez l'un des numéros dans l'écran Marchés.",
    )


def _operation(rows: Iterable[ScopeRow], wanted: str | None) -> int | None:
    if not wanted:
        return None
    found = {
        row.operation
        for row in rows
        if row.operation is not None and fold(row.operation_name) == fold(wanted)
    }
    return _one(
        "Aucune opération ne s'appelle",
        wanted,
        found,
        "Renommez l'une d'elles, ou choisissez-la dans l'écran Évaluation.",
    )


def _lot(rows: Iterable[ScopeRow], wanted: str | None) -> int | None:
    if not wanted:
        return None
    found = {row.lot for row in rows if fold(row.lot_number) == fold(wanted)}
    return _one("Aucun lot ne porte le numéro", wanted, found, "Précisez aussi le marché.")


def _company(connection: Connection, wanted: str | None) -> int | None:
    if not wanted:
        return None
    name, siret = fold(wanted), clean_siret(wanted)
    found = {
        row.id
        for row in figures.companies(connection)
        if fold(row.name) == name or (siret and row.code == siret)
    }
    return _one(
        "Aucune entreprise ni structure ne porte le nom ou le SIRET",
        wanted,
        found,
        "Donnez son SIRET, ou fusionnez les fiches dans l'écran Entreprises.",
    )
