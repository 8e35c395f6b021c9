"""The rows of contracts: lots, holders, obligations, what is owed and what moved it."""

from dataclasses import dataclass
from datetime import date, timedelta

from suivi_tui.actions.demonstration.contracts_agglomeration import AGGLOMERATION
from suivi_tui.actions.demonstration.contracts_partners import PARTNERS
from suivi_tui.actions.demonstration.frame import OPERATIONS, ContractPlan, Due, LotPlan
from suivi_tui.actions.demonstration.names import FACILITATORS
from suivi_tui.actions.demonstration.timeline import LAST_DECLARED
from suivi_tui.actions.demonstration.trades import TRADES
from suivi_tui.actions.demonstration.world import CONTRACTS, Obligation, World, iso
from suivi_tui.store.journal import Change
from suivi_tui.vocabulary.choices import Category, ObligationEventKind, Stage
from suivi_tui.vocabulary.dates import add_calendar_months

_EUROS_AN_HOUR = {Category.WORKS: 940, Category.SERVICES: 430, Category.SUPPLIES: 900}
"""Amount of a contract for one insertion hour: about 8 % of the labour at 30 € an hour."""

_LATER = 3
_NOT_NEAR = timedelta(days=94)

AMENDED = 195
"""Hours that an amendment of 15 % brought."""
POOLED = 70
"""Hours of one contract that a firm does on the site of another, by agreement of both buyers."""

_AGGLOMERATION = ("AGG", "SEO", "SDV", "SOA")


@dataclass(frozen=True, slots=True)
class _Days:
    """The days that matter in the life of a contract."""

    notice: date
    notified: date
    start: date | None
    end: date


def plan_contracts(world: World) -> None:
    """Every followed contract, entered on the day of its notification."""
    drafts = [(plan, _days(world, plan)) for plan in (*AGGLOMERATION, *PARTNERS)]
    drafts.sort(key=lambda draft: (draft[1].notified, draft[0].object))
    ranks: dict[tuple[str, int], int] = {}
    for plan, days in drafts:
        key = plan.buyer, days.notified.year
        ranks[key] = ranks.get(key, 0) + world.rng.randint(2, 9)
        number = f"{days.notified.year}-{plan.buyer}-{ranks[key]:03d}"
        label = f"Prise en charge du marché {number}"
        changes = _contract(world, plan, days, number)
        world.plan(days.notified, CONTRACTS, label, changes, author=_facilitator(plan))


def _facilitator(plan: ContractPlan) -> int:
    """Each facilitator follows some buyers."""
    return 0 if plan.buyer in _AGGLOMERATION else 1


def _days(world: World, plan: ContractPlan) -> _Days:
    timeline, dues = world.timeline, [due for lot in plan.lots for due in lot.dues]
    starts = [due.start for due in dues if due.start is not None]
    first = min(starts, default=-1)
    notified = timeline.past(timeline.day(first, 4) - timedelta(days=world.rng.randint(25, 60)))
    return _Days(
        notice=notified - timedelta(days=world.rng.randint(95, 150)),
        notified=notified,
        start=timeline.day(first, 1) if starts else notified,
        end=max(_last_day(world, due) for due in dues),
    )


def _last_day(world: World, due: Due) -> date:
    today = world.timeline.today
    if due.ends_in is not None:
        return today + timedelta(days=due.ends_in)
    if due.ends_in_months is not None:
        return add_calendar_months(today, due.ends_in_months)
    end = world.timeline.day(due.end, 31)
    # On the last days of a month, three months and some are still more than 90 days.
    return max(end, today + _NOT_NEAR) if due.end >= _LATER else end


def _contract(world: World, plan: ContractPlan, days: _Days, number: str) -> list[Change]:
    owed = sum(due.owed for lot in plan.lots for due in lot.dues)
    contract, change = world.create(
        "contract",
        {
            "buyer": world.buyers[plan.buyer],
            "operation": world.operations[plan.operation],
            "number": number,
            "object": plan.object,
            "clause_form": plan.form.value,
            "category": plan.category.value,
            "nature": plan.nature,
            "procedure": plan.procedure,
            "cpv": TRADES[plan.lots[0].trade].cpv,
            "sector": plan.sector.value,
            "amount_cents": _amount(plan, owed),
            "place": OPERATIONS[plan.operation].place,
            "notice_sent_on": iso(days.notice),
            "notified_on": iso(days.notified),
            "start": iso(days.start),
            "end": iso(days.end),
            "stage": Stage.RUNNING.value,
            "taken_up": 1,
            "facilitator": FACILITATORS[_facilitator(plan)],
            "duration_months": _months(days),
        },
    )
    world.contracts[contract] = plan
    changes = [change]
    for lot in plan.lots:
        changes += _lot(world, plan, lot, contract, days)
    return changes


def _months(days: _Days) -> int | None:
    """Months planned at notification, one at least."""
    if days.start is None:
        return None
    first, last = days.start, days.end
    return max(1, (last.year - first.year) * 12 + last.month - first.month + 1)


def _amount(plan: ContractPlan, hours: int) -> int:
    return hours * _EUROS_AN_HOUR[plan.category] // 500 * 500 * 100


def _lot(
    world: World, plan: ContractPlan, lot: LotPlan, contract: int, days: _Days
) -> list[Change]:
    row, change = world.create(
        "lot",
        {
            "contract": contract,
            "number": lot.number,
            "title": lot.title,
            "cpv": TRADES[lot.trade].cpv,
            "amount_cents": _amount(plan, sum(due.owed for due in lot.dues)),
            "trade": lot.trade,
        },
    )
    changes = [change]
    for due in lot.dues:
        company = world.companies[due.holder]
        _, change = world.create(
            "lot_company", {"lot": row, "company": company, "role": due.role.value}
        )
        changes += [change, *_obligation(world, plan, lot, due, (contract, row, company), days)]
    return changes


def _obligation(
    world: World,
    plan: ContractPlan,
    lot: LotPlan,
    due: Due,
    keys: tuple[int, int, int],
    days: _Days,
) -> list[Change]:
    contract, lot_row, company = keys
    timeline = world.timeline
    start = None if due.start is None else timeline.day(due.start, world.rng.choice((2, 4, 5, 8)))
    end = _last_day(world, due)
    row, change = world.create(
        "obligation",
        {
            "lot": lot_row,
            "company": company,
            "start": iso(start),
            "end": iso(end),
            "formula": "fixe",
            "schedule": "lineaire",
        },
    )
    last = min(due.end, LAST_DECLARED)
    site = () if due.start is None else tuple(range(due.start, last + 1))
    world.obligations.append(
        Obligation(plan, lot, due, row, lot_row, contract, company, start, end, site)
    )
    return [change, *_initial(world, due, row, days)]


def initial_hours(due: Due) -> int:
    """Whole hours owed at first: what amendments, orders and transfers bring comes later."""
    later = {
        "avenant": AMENDED,
        "commandes": due.owed,
        "globalisation_depart": -POOLED,
        "globalisation_arrivee": POOLED,
    }
    return due.owed - later.get(due.story, 0)


def _initial(world: World, due: Due, obligation: int, days: _Days) -> list[Change]:
    hours = initial_hours(due)
    reasons = {
        "reprise": "Calculé hors personnel repris\u00a0: 15\u00a0% de 26\u00a0000\u00a0h moins "
        "14\u00a0733\u00a0h",
        "commandes": "Estimation du cahier des charges, affermie par les bons de commande",
    }
    firm = due.story != "commandes"
    values: dict[str, str | int | None] = {
        "obligation": obligation,
        "date": iso(days.notified),
        "kind": ObligationEventKind.INITIAL.value,
        "hours": (hours if firm else due.owed) * 100,
        "firm": int(firm),
        "reason": reasons.get(due.story, "Cahier des clauses administratives"),
    }
    return [world.create("obligation_event", values)[1]]
