"""The sheet of one obligation: its case, its movements, its group of holders, its years."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.readings.obligation_case import ObligationCase, obligation_cases
from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.joint_obligation import (
    HoursFor,
    JointAccount,
    Transfer,
    TransferRefused,
    joint_account,
    proposed_transfers,
)
from suivi_tui.rules.owed_formula import PerYear, YearAccount, year_accounts
from suivi_tui.store.queries import obligation_cases as queries
from suivi_tui.store.queries import orders, terms
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.names import record_names
from suivi_tui.store.queries.obligations import (
    EventRow,
    ObligationRow,
    event_rows,
    of_contracts,
    sums,
)
from suivi_tui.store.queries.owing import OwingRow, owing_rows, read_owing
from suivi_tui.store.queries.terms import TermRow
from suivi_tui.vocabulary.choices import ObligationEventKind
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import month_of

_TRANSFER = ObligationEventKind.TRANSFER.value


class Group(NamedTuple):
    """The holders of a lot who owe jointly.

    ``account`` is None when the transfers that were written do not hold together, ``fault`` then
    says why. ``work`` tells who worked for whom; names are those of the companies.
    """

    members: tuple[ObligationRow, ...]
    account: JointAccount | None
    work: tuple[HoursFor, ...]
    proposed: tuple[Transfer, ...]
    names: dict[int, str]
    lead: int | None
    fault: str = ""


class ObligationSheet(NamedTuple):
    """Everything the screen of an obligation shows; ``group`` is None for one holder alone."""

    case: ObligationCase
    about: OwingRow
    history: tuple[EventRow, ...]
    orders: tuple[orders.OrderRow, ...]
    terms: tuple[TermRow, ...]
    years: tuple[YearAccount, ...]
    group: Group | None
    others: tuple[ObligationRow, ...]


def obligation_sheet(
    connection: Connection, obligation: int, today: date, limits: Thresholds
) -> ObligationSheet | None:
    """The sheet of an obligation on a day; None when it does not exist or was removed."""
    cases = obligation_cases(connection, today, limits, [obligation])
    if not cases:
        return None
    case = cases[0]
    row = case.row
    mates = of_contracts(connection, [row.contract])
    given = orders.of_contracts(connection, [row.contract]).get(row.contract, [])
    said = terms.of_contracts(connection, [row.contract]).get(row.contract, [])
    return ObligationSheet(
        case=case,
        about=owing_rows(connection, [obligation])[0],
        history=tuple(event_rows(connection, [obligation])),
        orders=tuple(order for order in given if order.lot in (None, row.lot)),
        terms=tuple(term for term in said if term.lot in (None, row.lot)),
        years=_years(connection, case),
        group=_group(connection, [mate for mate in mates if mate.lot == row.lot], today),
        others=tuple(mate for mate in mates if mate.obligation != obligation),
    )


def _years(connection: Connection, case: ObligationCase) -> tuple[YearAccount, ...]:
    """The years of a framework agreement, hours counted in the year in which their month begins."""
    formula = case.owing.formula
    if not isinstance(formula, PerYear):
        return ()
    formula = formula._replace(end=case.end or formula.end)
    done = []
    for account in year_accounts(formula):
        first, last = month_of(account.first), month_of(account.last)
        found = sums(connection, [case.obligation], first, last).get(case.obligation)
        done.append(Hours(found.declared - found.refused) if found else Hours(0))
    return year_accounts(formula, done)


def _group(connection: Connection, members: Sequence[ObligationRow], today: date) -> Group | None:
    """The accounts of the holders of a lot, between themselves."""
    if len(members) < 2:
        return None
    companies = {member.obligation: member.company for member in members}
    owing = read_owing(connection, companies)
    history = event_rows(connection, companies)
    # Both sides of a transfer are written: the giver's tells it once.
    transfers = [
        Transfer(companies[row.obligation], companies[row.counterpart], Hours(-row.hours))
        for row in history
        if row.kind == _TRANSFER
        and row.counterpart in companies
        and row.hours is not None
        and row.hours < 0
    ]
    shares: dict[int, Hours] = {}
    for row, company in companies.items():
        owed = shares.get(company, Hours(0)) + (owing[row].due(today) or 0)
        shares[company] = Hours(owed)
    for move in transfers:
        shares[move.giver] = Hours(shares[move.giver] + move.hours)
        shares[move.receiver] = Hours(shares[move.receiver] - move.hours)
    work = _work(connection, companies)
    lead = queries.lead_company(connection, members[0].lot)
    named = {line.worked_by for line in work} | set(shares)
    names = {key[1]: name.title for key, name in record_names(
        connection, [("company", each) for each in named]).items()}  # fmt: skip
    try:
        account = joint_account(shares, transfers, work)
    except TransferRefused as error:
        return Group(tuple(members), None, work, (), names, lead, str(error))
    return Group(tuple(members), account, work, proposed_transfers(account), names, lead)


def _work(connection: Connection, companies: dict[int, int]) -> tuple[HoursFor, ...]:
    """Hours that count, by employer (the holder itself when none is known) and by holder."""
    done: dict[tuple[int, int], int] = {}
    for line in queries.work_done(connection, companies):
        holder = companies[line.obligation]
        key = (line.employer or holder, holder)
        done[key] = done.get(key, 0) + line.hours
    return tuple(HoursFor(worker, holder, Hours(hours)) for (worker, holder), hours in done.items())
