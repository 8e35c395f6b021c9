"""Where the hours of a line count: obligation, person, work contract, placement.

Nothing is guessed: what two records could be is left out with the reason.
"""

from collections import defaultdict
from typing import Any, NamedTuple

from suivi_tui.actions.known_contracts import KnownContracts
from suivi_tui.actions.known_people import KnownPeople
from suivi_tui.actions.reconcile import (
    Identities,
    Reconciler,
    column_names,
    homonyms,
    quoted,
    said,
)
from suivi_tui.exchange.columns_hours import HOUR_COLUMNS
from suivi_tui.exchange.lines import HourLine
from suivi_tui.store.journal import Value
from suivi_tui.store.queries import entry, matching
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.matching import WorkContractKey
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import fold

_WORK_CONTRACT = {
    name: name for name in ("type", "post", "start", "end", "weekly_hours", "rome", "qpv", "mode")
}
_NAMES = {
    **column_names(HOUR_COLUMNS.columns, _WORK_CONTRACT),
    "employer": "employeur",
    "structure_kind": "type_structure",
}


class Slot(NamedTuple):
    """Where hours are entered, and who declares them."""

    obligation: int
    placement: int
    employer: int | None


class Unplaced(NamedTuple):
    """Why a line cannot be placed."""

    column: str
    reason: str


class _Owing(NamedTuple):
    """An obligation, its company, and the company that the line names."""

    obligation: int
    holder: int
    named: int


class HourPlaces:
    """Recognises the place of lines; prepares what is missing, employer, contract or placement."""

    def __init__(self, connection: Connection, reconciler: Reconciler) -> None:
        self._connection = connection
        self._reconciler = reconciler
        self._buyers = Identities(entry.identities(connection, "buyer"))
        self._companies = Identities(entry.identities(connection, "company"))
        self._contracts = KnownContracts(connection)
        self._people = KnownPeople(connection)
        self._work_contracts: dict[int, list[WorkContractKey]] = {}
        self._placements: dict[tuple[int, int], int] = {}
        self._kinds: dict[int, dict[str, int]] = defaultdict(dict)

    def find(self, line: HourLine) -> Slot | Unplaced:
        """The place of a line, or why it has none; nothing is created for the latter."""
        owing = self._obligation(line)
        if isinstance(owing, Unplaced):
            return owing
        participant = self._participant(line)
        if isinstance(participant, Unplaced):
            return participant
        employers = self._companies.find(line.employer, line.employer_siret)
        if len(employers) > 1:
            return Unplaced("employeur", homonyms(len(employers), line.employer))
        named = bool(line.employer or line.employer_siret)
        employer = (employers[0] if employers else None) if named else owing.named
        if employer is None:
            return self._place(line, owing, participant, self._new_employer(line), None)
        if participant not in self._work_contracts:
            self._read(participant)
        candidates = self._candidates(line, participant, employer, named)
        if len(candidates) > 1:
            joined = [row for row in candidates if (row.id, owing.obligation) in self._placements]
            candidates = joined or candidates
        if len(candidates) > 1:
            return Unplaced(
                "contrat_debut",
                f"la personne a {len(candidates)} contrats de travail possibles{NBSP}: précisez "
                "le début, le type et le poste",
            )
        return self._place(line, owing, participant, employer, next(iter(candidates), None))

    def learn_kinds(self) -> None:
        """Give their kind to the employers of which the whole file says the same."""
        for employer, kinds in self._kinds.items():
            if len(kinds) == 1 and "" not in kinds:
                ((kind, line),) = kinds.items()
                if not self._reconciler.value("company", employer, "kind"):
                    self._reconciler.fill(line, "company", employer, {"kind": kind}, {})

    def _obligation(self, line: HourLine) -> _Owing | Unplaced:
        contract = self._contract(line)
        if isinstance(contract, Unplaced):
            return contract
        named = bool(line.company or line.company_siret)
        companies = self._companies.find(line.company, line.company_siret)
        lot = self._contracts.near_lot(contract, line.lot)
        if lot is None and (line.lot or not named):
            text = f"lot {quoted(line.lot)} inconnu" if line.lot else "lot à préciser"
            return Unplaced("lot", f"{text} pour le marché {quoted(line.contract)}")
        lots = [lot] if lot is not None else self._contracts.lots(contract)
        owing = [owed for row in lots for owed in self._contracts.obligations(row)]
        if not owing:
            return Unplaced("lot", "aucune entreprise ne doit d'heures sur ce lot")
        if not named:
            if len(owing) == 1:
                return _Owing(*owing[0], owing[0][1])
            return Unplaced("entreprise", "plusieurs entreprises doivent des heures sur ce lot")
        found = [owed for owed in owing if owed[1] in companies]
        if len(found) == 1:
            return _Owing(*found[0], found[0][1])
        if not found and len(owing) == 1:
            helper = self._contracts.subcontracts(lots[0], companies)
            if helper is not None:
                return _Owing(*owing[0], helper)
        text = quoted(line.company or line.company_siret or "")
        why = "a plusieurs obligations" if found else "n'a pas d'obligation"
        return Unplaced("entreprise", f"l'entreprise {text} {why} sur ce lot")

    def _contract(self, line: HourLine) -> int | Unplaced:
        numbered = self._contracts.numbered(line.contract)
        if line.buyer or line.buyer_siret:
            buyers = self._buyers.find(line.buyer, line.buyer_siret)
            numbered = [found for found in numbered if found[1] in buyers]
        followed = [row for row, _ in numbered if row in self._contracts.followed]
        number = quoted(line.contract)
        if len(followed) == 1:
            return followed[0]
        if followed:
            return Unplaced(
                "marche",
                f"{len(followed)} marchés ont le numéro {number}{NBSP}: précisez l'acheteur",
            )
        if numbered:
            return Unplaced(
                "marche",
                f"le marché {number} vient des données ouvertes{NBSP}: prenez-le en charge d'abord",
            )
        whose = f" chez {quoted(line.buyer)}" if line.buyer else ""
        return Unplaced("marche", f"marché {number} inconnu{whose}")

    def _participant(self, line: HourLine) -> int | Unplaced:
        found = self._people.referenced(line.participant)
        if not found:
            names = line.participant or f"{line.last} {line.first}"
            found = self._people.born(self._people.called(names), line.birth)
        if len(found) == 1:
            return found[0]
        who = quoted(line.participant or f"{line.last} {line.first}")
        column = "participant" if line.participant else "nom"
        if found:
            return Unplaced(
                column,
                f"{len(found)} personnes répondent à {who}{NBSP}: donnez une référence, ou nom, "
                "prénom et naissance",
            )
        return Unplaced(column, f"personne inconnue{NBSP}: {who}")

    def _new_employer(self, line: HourLine) -> int:
        name = line.employer or f"SIRET {line.employer_siret}"
        values: dict[str, Value] = {"name": name, "siret": line.employer_siret}
        row = self._reconciler.create(line.line, "company", values)
        self._companies.add(row, name, line.employer_siret)
        return row

    def _read(self, participant: int) -> None:
        found = matching.work_contracts(self._connection, participant)
        self._work_contracts[participant] = found
        for row in reversed(matching.placements(self._connection, participant)):
            self._placements[row.work_contract, row.obligation] = row.id

    def _candidates(
        self, line: HourLine, participant: int, employer: int, named: bool
    ) -> list[WorkContractKey]:
        """The contract of this employer, type, post and start; else those of the base, entered
        less or more completely, that do not say otherwise."""
        known = self._work_contracts[participant]
        post = fold(line.post)
        for employers in ([employer], [] if named else [None]):
            for row in known:
                same = (row.type, fold(row.post), row.start) == (line.type, post, line.start)
                if same and row.employer in employers:
                    return [row]
        return [
            row
            for row in known
            if not self._reconciler.is_new("work_contract", row.id)
            and (row.employer in (None, employer) or not named)
            and (not line.type or row.type in ("", line.type))
            and (not post or fold(row.post) in ("", post))
            and (not line.start or row.start in (None, "", line.start))
        ]

    def _place(
        self,
        line: HourLine,
        owing: _Owing,
        participant: int,
        employer: int,
        known: WorkContractKey | None,
    ) -> Slot:
        kinds = self._kinds[employer]
        kinds.setdefault(line.structure_kind, line.line)
        if known is None:
            row = self._hire(line, participant, employer)
        else:
            row = known.id
            employer = self._complete(line, participant, employer, known)
        placement = self._placements.get((row, owing.obligation))
        if placement is None:
            values = {"work_contract": row, "obligation": owing.obligation}
            placement = self._reconciler.create(line.line, "placement", values)
            self._placements[row, owing.obligation] = placement
        return Slot(owing.obligation, placement, employer)

    def _hire(self, line: HourLine, participant: int, employer: int) -> int:
        if participant not in self._work_contracts:
            self._read(participant)
        value = self._reconciler.value
        kind = line.structure_kind or value("company", employer, "kind")
        values = {
            **said(line, _WORK_CONTRACT),
            "participant": participant,
            "employer": employer,
            "structure_kind": kind,
            "education": value("participant", participant, "education"),
            "situation": value("participant", participant, "situation"),
        }
        row = self._reconciler.create(line.line, "work_contract", values)
        key = WorkContractKey(row, employer, line.type, line.post, line.start)
        self._work_contracts[participant].append(key)
        return row

    def _complete(
        self, line: HourLine, participant: int, employer: int, known: WorkContractKey
    ) -> int:
        """Fill a work contract with what the line adds; its employer."""
        values: dict[str, Any] = said(line, _WORK_CONTRACT)
        if known.employer is not None:
            employer = known.employer
        elif line.employer or line.employer_siret:
            values["employer"] = employer
        kind = self._reconciler.value("work_contract", known.id, "structure_kind")
        kind = kind or self._reconciler.value("company", employer, "kind")
        if kind != line.structure_kind:
            values["structure_kind"] = line.structure_kind
        self._reconciler.fill(line.line, "work_contract", known.id, values, _NAMES)
        contracts = self._work_contracts[participant]
        contracts[contracts.index(known)] = WorkContractKey(
            known.id,
            known.employer or values.get("employer"),
            known.type or line.type,
            known.post or line.post,
            known.start or line.start,
        )
        return employer
