"""``importer marches``: contracts, lots, companies on them and what they owe, from our CSV."""

from datetime import date
from pathlib import Path
from typing import Any

from suivi_tui.actions.import_report import ImportReport, refused
from suivi_tui.actions.known_contracts import KnownContracts
from suivi_tui.actions.reconcile import (
    KEPT,
    Identities,
    Mark,
    Reconciler,
    column_names,
    homonyms,
    quoted,
    said,
)
from suivi_tui.exchange.columns_contracts import CONTRACT_COLUMNS
from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.lines import ContractLine, read_contracts
from suivi_tui.store.base import Base
from suivi_tui.store.queries import entry, matching
from suivi_tui.store.queries.owing import PLAIN_FORMULAS, owing_rows, read_owing
from suivi_tui.vocabulary.choices import LotRole, ObligationEventKind, Stage
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import fold

_COLUMNS = CONTRACT_COLUMNS.columns
_BUYER = {"name": "buyer", "siret": "buyer_siret", "kind": "buyer_kind"}
_OPERATION = {"name": "operation", "programme": "programme"}
_CONTRACT = {
    "number": "number",
    "object": "object",
    "clause_form": "clause_form",
    "category": "category",
    "nature": "nature",
    "cpv": "cpv",
    "sector": "sector",
    "amount_cents": "amount_cents",
    "place": "place",
    "notice_sent_on": "notice_sent_on",
    "notified_on": "notified_on",
    "start": "start",
    "end": "end",
    "facilitator": "facilitator",
}
_LOT = {"number": "lot", "title": "lot_title", "amount_cents": "lot_amount_cents"}
_COMPANY = {"name": "company", "siret": "company_siret"}
_ON_LOT = {"role": "role", "share_hours": "hours_owed"}
_CONTACT = {"name": "contact", "phone": "contact_phone", "mail": "contact_mail"}
_OBLIGATION = {"start": "obligation_start", "end": "obligation_end"}
_EVENT = {"hours": "hours_owed"}
_SUBCONTRACTOR = LotRole.SUBCONTRACTOR.value


def import_contracts(base: Base, path: Path, *, today: date, dry_run: bool = False) -> ImportReport:
    """Bring in a ``marches`` file, in one batch; with ``dry_run``, only say what it would do.

    A contract that comes in is followed, one known from open data becomes so. A file that cannot
    be read is told in the report; raises what ``journal.write`` does.
    """
    try:
        file = read_contracts(path, today)
    except UnreadableFile as error:
        return refused(path.name, error)
    reconciler = Reconciler(base, file)
    importing = _Importing(base, reconciler, today)
    for line in file.lines:
        importing.take(line)
    return reconciler.finish(what="marchés", dry_run=dry_run)


class _Importing:
    """The lines of one file taken one by one, with what the base and the file have shown so far."""

    def __init__(self, base: Base, reconciler: Reconciler, today: date) -> None:
        connection = base.connection
        self._connection = connection
        self._reconciler = reconciler
        self._today = today
        self._buyers = Identities(entry.identities(connection, "buyer"))
        self._companies = Identities(entry.identities(connection, "company"))
        self._known = KnownContracts(connection)
        self._contacts: dict[int, list[matching.ContactKey]] = {}
        self._events: dict[int, list[matching.EventKey]] = {}
        self._names = {
            entity: column_names(_COLUMNS, fields)
            for entity, fields in (
                ("buyer", _BUYER),
                ("operation", _OPERATION),
                ("contract", _CONTRACT),
                ("lot", _LOT),
                ("company", _COMPANY),
                ("lot_company", _ON_LOT),
                ("contact", _CONTACT),
                ("obligation", _OBLIGATION),
                ("obligation_event", _EVENT),
            )
        }

    def take(self, line: ContractLine) -> None:
        """One line, whole or not at all."""
        buyers = self._buyers.find(line.buyer, line.buyer_siret)
        companies = self._companies.find(line.company, line.company_siret)
        contracts = self._known.of_buyer(buyers[0], line.number) if len(buyers) == 1 else []
        for column, found in (("acheteur", buyers), ("entreprise", companies)):
            if len(found) > 1:
                text = line.buyer if column == "acheteur" else line.company
                self._reconciler.leave_out(line.line, column, homonyms(len(found), text))
                return
        if len(contracts) > 1:
            self._reconciler.leave_out(
                line.line,
                "marche",
                f"l'acheteur a {len(contracts)} marchés de numéro {quoted(line.number)}",
            )
            return
        buyer = self._identity(line, "buyer", self._buyers, buyers, _BUYER)
        contract = self._contract(line, buyer, contracts)
        lot = self._lot(line, contract)
        if line.company or line.company_siret:
            company = self._identity(line, "company", self._companies, companies, _COMPANY)
            self._contact(line, contract, company)
            self._on_lot(line, lot, company)
        elif line.hours_owed is not None:
            self._reconciler.warn(
                line.line,
                "heures_dues",
                f"aucune entreprise sur la ligne{NBSP}: les heures dues restent à saisir",
            )

    def _identity(
        self,
        line: ContractLine,
        entity: str,
        known: Identities,
        found: list[int],
        fields: dict[str, str],
    ) -> int:
        values = said(line, fields)
        siret = values["siret"]
        if not found:
            values["name"] = values["name"] or f"SIRET {siret}"
            row = self._reconciler.create(line.line, entity, values)
            known.add(row, str(values["name"]), str(siret) if siret else None)
            return row
        row = found[0]
        self._fill(line, entity, row, fields)
        if siret and self._reconciler.value(entity, row, "siret") == siret:
            known.learn_siret(row, str(siret))
        return row

    def _contract(self, line: ContractLine, buyer: int, found: list[int]) -> int:
        operation = self._operation(line, buyer)
        ended = line.end is not None and line.end < self._today.isoformat()
        stage = Stage.ENDED.value if ended else Stage.RUNNING.value
        if not found:
            values = said(line, _CONTRACT)
            values |= {"buyer": buyer, "operation": operation, "stage": stage, "taken_up": 1}
            row = self._reconciler.create(line.line, "contract", values)
            self._known.add_contract(row, buyer, line.number)
            self._reconciler.mark(line.line, Mark.CREATED)
            return row
        row = found[0]
        if self._reconciler.value("contract", row, "taken_up") != 1:
            self._reconciler.set(line.line, "contract", row, "taken_up", 1)
            if self._reconciler.value("contract", row, "stage") in ("", Stage.TO_QUALIFY.value):
                self._reconciler.set(line.line, "contract", row, "stage", stage)
        values = said(line, _CONTRACT)
        # A contract is recognised by its number, in whatever case it is written.
        del values["number"]
        values["operation"] = operation
        names = {**self._names["contract"], "operation": "operation"}
        self._reconciler.fill(line.line, "contract", row, values, names)
        return row

    def _operation(self, line: ContractLine, buyer: int) -> int | None:
        if not line.operation:
            if line.programme:
                self._reconciler.warn(
                    line.line,
                    "programme",
                    f"un programme finance une opération{NBSP}: indiquez laquelle",
                )
            return None
        row = self._known.operation(buyer, line.operation)
        if row is None:
            values = {**said(line, _OPERATION), "buyer": buyer}
            row = self._reconciler.create(line.line, "operation", values)
            self._known.add_operation(row, buyer, line.operation)
            self._reconciler.mark(line.line, Mark.CHANGED)
        else:
            self._fill(line, "operation", row, _OPERATION)
        return row

    def _lot(self, line: ContractLine, contract: int) -> int:
        row = self._known.lot(contract, line.lot)
        if row is None:
            values = {**said(line, _LOT), "contract": contract, "number": line.lot or "0"}
            row = self._reconciler.create(line.line, "lot", values)
            self._known.add_lot(row, contract, line.lot or "0")
            self._reconciler.mark(line.line, Mark.CREATED)
            return row
        values = said(line, _LOT)
        del values["number"]
        self._reconciler.fill(line.line, "lot", row, values, self._names["lot"])
        return row

    def _on_lot(self, line: ContractLine, lot: int, company: int) -> None:
        on_lot = self._known.on_lot(lot, company, line.role)
        role = line.role or (on_lot.role if on_lot else "") or LotRole.HOLDER.value
        entrusted = line.hours_owed if role == _SUBCONTRACTOR else None
        values: dict[str, Any] = {"role": role, "share_hours": entrusted}
        if on_lot is None:
            values |= {"lot": lot, "company": company}
            row = self._reconciler.create(line.line, "lot_company", values)
            self._known.add_on_lot(row, lot, company, role)
            self._reconciler.mark(line.line, Mark.CREATED)
        else:
            names = self._names["lot_company"]
            self._reconciler.fill(line.line, "lot_company", on_lot.id, values, names)
        if role != _SUBCONTRACTOR:
            self._obligation(line, lot, company)

    def _obligation(self, line: ContractLine, lot: int, company: int) -> None:
        row = self._known.obligation(lot, company)
        if row is None:
            values = {
                **said(line, _OBLIGATION),
                "lot": lot,
                "company": company,
                "formula": "fixe",
                "schedule": "lineaire",
            }
            row = self._reconciler.create(line.line, "obligation", values)
            self._known.add_obligation(row, lot, company)
            self._reconciler.mark(line.line, Mark.CHANGED)
        else:
            self._fill(line, "obligation", row, _OBLIGATION)
        if line.hours_owed is not None:
            self._owe(line, row)

    def _owe(self, line: ContractLine, obligation: int) -> None:
        """Bring the hours owed: an objective that a person made evolve is left as it stands."""
        if obligation not in self._events:
            new = self._reconciler.is_new("obligation", obligation)
            self._events[obligation] = [] if new else matching.events(self._connection, obligation)
        if self._follows_a_formula(line, obligation):
            return
        firm = [event for event in self._events[obligation] if event.firm]
        counted = [event for event in firm if event.hours is not None]
        if len(counted) > 1:
            if sum(event.hours or 0 for event in counted) != line.hours_owed:
                self._reconciler.warn(
                    line.line,
                    "heures_dues",
                    f"l'objectif a évolué dans la base{NBSP}: valeur {KEPT}",
                )
        elif firm:
            event = (counted or firm)[0]
            self._fill(line, "obligation_event", event.id, _EVENT)
        else:
            known = (line.notified_on, line.start, line.obligation_start)
            values = {
                **said(line, _EVENT),
                "obligation": obligation,
                "date": min(day for day in (*known, self._today.isoformat()) if day),
                "kind": ObligationEventKind.INITIAL.value,
                "firm": 1,
            }
            row = self._reconciler.create(line.line, "obligation_event", values)
            self._events[obligation] = [matching.EventKey(row, line.hours_owed, 1)]
            self._reconciler.mark(line.line, Mark.CHANGED)

    def _follows_a_formula(self, line: ContractLine, obligation: int) -> bool:
        """Whether the contract has a formula of its own: what a file says is then left aside."""
        if self._reconciler.is_new("obligation", obligation):
            return False
        (about,) = owing_rows(self._connection, [obligation])
        if about.formula in PLAIN_FORMULAS:
            return False
        if read_owing(self._connection, [obligation])[obligation].due() != line.hours_owed:
            self._reconciler.warn(
                line.line,
                "heures_dues",
                f"les heures suivent la formule du marché{NBSP}: valeur {KEPT}",
            )
        return True

    def _contact(self, line: ContractLine, contract: int, company: int) -> None:
        if not (line.contact or line.contact_phone or line.contact_mail):
            return
        if company not in self._contacts:
            new = self._reconciler.is_new("company", company)
            self._contacts[company] = [] if new else matching.contacts(self._connection, company)
        contacts = self._contacts[company]
        for contact in contacts:
            if contact.contract in (None, contract) and fold(contact.name) == fold(line.contact):
                self._fill(line, "contact", contact.id, _CONTACT)
                return
        values = {**said(line, _CONTACT), "company": company}
        if contacts:
            values["contract"] = contract
        row = self._reconciler.create(line.line, "contact", values)
        contacts.append(
            matching.ContactKey(row, contract if contacts else None, None, line.contact)
        )
        self._reconciler.mark(line.line, Mark.CHANGED)

    def _fill(self, line: ContractLine, entity: str, row: int, fields: dict[str, str]) -> None:
        self._reconciler.fill(line.line, entity, row, said(line, fields), self._names[entity])
