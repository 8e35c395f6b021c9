"""The variables of the clause of a contract, from what the base knows of it.

Hours of a lot are those that its obligations owe in writing; before anybody owes them, those
entered for the text, else those of the last calibration.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.clause_penalties import UNWRITTEN, is_penalty
from suivi_tui.rules.clause_variables import (
    PUBLICS_BETWEEN,
    USUAL_PUBLICS,
    ClauseFacts,
    Facilitator,
    LotFacts,
    Tranche,
)
from suivi_tui.rules.formula_terms import formula_of, said_of
from suivi_tui.rules.terms import ContractTerms, TermLine, terms_of, values_in_force
from suivi_tui.store.queries import clauses, terms
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.obligations import (
    EventRow,
    ObligationRow,
    event_rows,
    iso_date,
    of_contracts,
)
from suivi_tui.vocabulary.choices import (
    ClauseForm,
    ClauseTerm,
    ObligationEventKind,
    OwedFormula,
    TermCode,
)
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money
from suivi_tui.vocabulary.text import fold

_WRITTEN = (
    ObligationEventKind.INITIAL.value,
    ObligationEventKind.AMENDMENT.value,
    ObligationEventKind.TRANSFER.value,
)
_OWN = {
    TermCode.CADENCE.value: "cadence",
    TermCode.DUE_DAY.value: "jour_releve",
    TermCode.POOLING.value: "globalisation",
    TermCode.WINDOW_MONTHS.value: "fenetre_mois",
}
# Nobody chooses the publics of these forms: the law or the scheme does.
_OWN_PUBLICS = (
    ClauseForm.RESERVED_INSERTION.value,
    ClauseForm.RESERVED_DISABILITY.value,
    ClauseForm.TRAINING.value,
)


def clause_facts(
    connection: Connection,
    contracts: Iterable[int],
    today: date,
    limits: Thresholds,
    writer: Facilitator | None = None,
) -> dict[int, ClauseFacts]:
    """By contract, what its clause says, in force ``today``.

    ``writer`` is whoever writes the text: named when the contract names nobody else. Without one
    the facilitator is only what the base itself says.
    """
    rows = clauses.contracts(connection, contracts)
    known = _Known(connection, rows, today)
    people = {
        fold(name): Facilitator(name, structure, mail, phone)
        for name, structure, mail, phone, _ in reversed(clauses.facilitators(connection))
    }
    return {
        contract: known.facts(row, limits, _facilitator(row.facilitator, people, writer))
        for contract, row in rows.items()
    }


def _facilitator(
    name: str, people: Mapping[str, Facilitator], writer: Facilitator | None
) -> Facilitator:
    found = people.get(fold(name)) if name else None
    if writer is None:
        return found or Facilitator(name)
    if not name or fold(name) == fold(writer.name):
        # What the directory says of the writer is shared; what it lacks is in the settings.
        own = found or people.get(fold(writer.name)) or Facilitator(name)
        return Facilitator(*(said or usual for said, usual in zip(own, writer, strict=True)))
    return found or Facilitator(name)


class _Known:
    """Everything read at once for several contracts."""

    def __init__(
        self, connection: Connection, rows: Mapping[int, clauses.ContractRow], today: date
    ) -> None:
        self.today = today
        self.lots = clauses.lots(connection, rows)
        self.calibrated = clauses.calibrated(connection, rows)
        self.formulas = clauses.formulas(connection, rows)
        self.lines = {contract: [term.line for term in stored] for contract, stored in
                      terms.of_contracts(connection, rows).items()}  # fmt: skip
        self.obligations: dict[int, list[ObligationRow]] = defaultdict(list)
        for obligation in of_contracts(connection, rows):
            self.obligations[obligation.lot].append(obligation)
        owing = [one.obligation for listed in self.obligations.values() for one in listed]
        self.events: dict[int, list[EventRow]] = defaultdict(list)
        for event in event_rows(connection, owing):
            self.events[event.obligation].append(event)

    def facts(
        self, row: clauses.ContractRow, limits: Thresholds, facilitator: Facilitator
    ) -> ClauseFacts:
        """What the clause of one contract says."""
        lines = self.lines.get(row.contract, [])
        said, own = values_in_force(lines, None, self.today), terms_of(lines, None, self.today)
        return ClauseFacts(
            form=row.form,
            number=row.number,
            object=row.object,
            buyer=row.buyer,
            operation=row.operation,
            amount=None if row.amount_cents is None else Money(row.amount_cents),
            months=row.months,
            lots=tuple(self._lot(row, lot, lines) for lot in self.lots.get(row.contract, ())),
            cadence=own.cadence.value,
            due_day=own.due_day or limits.alerts.statement_due_day,
            pooling=own.pooling,
            window_months=own.window_months or limits.eligibility.months,
            publics=_publics(row.form, said),
            weight=_whole(said.get(ClauseTerm.WEIGHT.value)),
            general=said.get(ClauseTerm.GENERAL.value, ""),
            proof_days=_whole(said.get(ClauseTerm.PROOF_DAYS.value)),
            penalties=_penalties(said),
            facilitator=facilitator,
        )

    def _lot(
        self, row: clauses.ContractRow, lot: clauses.LotRow, lines: Sequence[TermLine]
    ) -> LotFacts:
        said = said_of(lines, lot.lot)
        text = values_in_force(lines, lot.lot, self.today)
        owing = self.obligations.get(lot.lot, [])
        events = [event for one in owing for event in self.events.get(one.obligation, ())]
        code = next((found for one in owing if (found := self.formulas.get(one.obligation))), "")
        if not owing:
            code = text.get(ClauseTerm.FORMULA.value, "")
        begins = iso_date(row.start or row.notified_on)
        read = formula_of(code, said, begins, iso_date(row.end))
        own = [line for line in lines if line.lot == lot.lot]
        return LotFacts(
            number=lot.number,
            title=lot.title,
            hours=self._hours(row, lot, events, text),
            formula=None if code in ("", OwedFormula.FIXED.value) else read.formula,
            tranches=_tranches(events),
            own=_own_terms(own, terms_of(lines, lot.lot, self.today), self.today),
            missing=read.missing,
        )

    def _hours(
        self,
        row: clauses.ContractRow,
        lot: clauses.LotRow,
        events: Iterable[EventRow],
        text: Mapping[str, str],
    ) -> Hours | None:
        firm = [event for event in events if event.kind in _WRITTEN and event.firm]
        written = [event.hours for event in firm if event.hours is not None]
        if written:
            return Hours(sum(written))
        entered = _whole(text.get(ClauseTerm.HOURS.value))
        if entered is None:
            entered = self.calibrated.get((row.contract, lot.lot))
        if entered is None and len(self.lots.get(row.contract, ())) == 1:
            entered = self.calibrated.get((row.contract, None))
        return None if entered is None else Hours(entered)


def _tranches(events: Iterable[EventRow]) -> tuple[Tranche, ...]:
    """The tranches and their hours, affirmed or not: affirming one changes no text."""
    return tuple(
        Tranche(event.reason, Hours(event.hours))
        for event in events
        if event.kind == ObligationEventKind.PHASE.value and event.hours is not None
    )


def _own_terms(own: Sequence[TermLine], inforce: ContractTerms, today: date) -> dict[str, str]:
    """What a lot says otherwise than its contract."""
    said = values_in_force(own, own[0].lot, today) if own else {}
    values = {
        "cadence": inforce.cadence.value,
        "jour_releve": "" if inforce.due_day is None else str(inforce.due_day),
        "globalisation": "oui" if inforce.pooling else "non",
        "fenetre_mois": "" if inforce.window_months is None else str(inforce.window_months),
    }
    found = {name: values[name] for code, name in _OWN.items() if code in said and values[name]}
    return {**found, **_penalties(said)}


def _penalties(said: Mapping[str, str]) -> dict[str, str]:
    """The penalties and their caps, in the order of their codes."""
    return {code: said[code] for code in sorted(said) if is_penalty(code) and code not in UNWRITTEN}


def _publics(form: str, said: Mapping[str, str]) -> tuple[str, ...]:
    if form in _OWN_PUBLICS:
        return ()
    own = said.get(ClauseTerm.PUBLICS.value, "")
    return tuple(own.split(PUBLICS_BETWEEN)) if own else tuple(map(str, USUAL_PUBLICS))


def _whole(text: str | None) -> int | None:
    whole = text is not None and text.isascii() and text.isdigit() and len(text) < 18
    return int(text) if whole and text is not None else None
