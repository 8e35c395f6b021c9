"""What a buyer committed to for a year, what was achieved, and how each figure is counted."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.readings.evaluation import evaluate
from suivi_tui.readings.filters import Filters
from suivi_tui.readings.policy_formulas import (
    Computed,
    hours_computed,
    people_computed,
    share_computed,
    spend_computed,
)
from suivi_tui.reference.policies import PolicyReference
from suivi_tui.rules import policy_indicators as rules
from suivi_tui.store.queries import policies as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.policies import EvidenceRow, PolicyRow, RefusalRow, TargetRow
from suivi_tui.vocabulary.choices import PolicyIndicator, RefusalGround, find
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.numbers import plural
from suivi_tui.vocabulary.text import fold

UNITS: Final[Mapping[PolicyIndicator, str]] = {
    PolicyIndicator.SOCIAL_SHARE: "%",
    PolicyIndicator.SOCIAL_AMOUNT_SHARE: "%",
    PolicyIndicator.CLAUSE_CONTRACTS: "marchés",
    PolicyIndicator.RESERVED_CONTRACTS: "marchés",
    PolicyIndicator.HOURS_OWED: "h",
    PolicyIndicator.HOURS_DONE: "h",
    PolicyIndicator.PARTICIPANTS: "personnes",
    PolicyIndicator.INSERTION_SPEND: "€",
    PolicyIndicator.DISABILITY_SPEND: "€",
}
"""The unit of each indicator that the base computes."""

_OF_PEOPLE: Final = (PolicyIndicator.PARTICIPANTS, PolicyIndicator.HOURS_DONE)


class Aim(NamedTuple):
    """One commitment of the year: its target, what the base computes, what was typed.

    Figures are hundredths of ``unit``, exact. ``achieved`` is what the base computes, else what
    was typed; ``gap`` is achieved less target, ``reached`` None when one of them is unknown.
    """

    row: TargetRow
    indicator: PolicyIndicator
    unit: str
    computed: Computed | None
    achieved: Fraction | None
    gap: Fraction | None
    reached: bool | None
    evidence: tuple[EvidenceRow, ...]

    @property
    def typed_only(self) -> bool:
        """Whether the achieved figure is only what somebody typed."""
        counted = self.computed is not None and self.computed.value is not None
        return not counted and self.row.typed is not None


class GroundCount(NamedTuple):
    """How many contracts were let without a social condition on one ground."""

    ground: str
    refusals: tuple[RefusalRow, ...]


class PolicyYear(NamedTuple):
    """A buyer and a year: policies, commitments, considerations, spend, refusals.

    ``figures`` holds every indicator that the base computes, with or without a commitment.
    ``undated`` contracts have no known notification: they are in no year.
    """

    buyer: int
    name: str
    year: int
    policies: tuple[PolicyRow, ...]
    aims: tuple[Aim, ...]
    share: rules.SocialShare
    open_data: int
    undated: int
    figures: Mapping[PolicyIndicator, Computed]
    refusals: tuple[GroundCount, ...]
    reference: PolicyReference

    def masked(self, threshold: int) -> frozenset[PolicyIndicator]:
        """The indicators that tell of too few people to be published (domain.md 9)."""
        people = self.figures[PolicyIndicator.PARTICIPANTS].value
        known = [people, *(aim.row.typed for aim in self.aims
                           if aim.indicator is PolicyIndicator.PARTICIPANTS)]  # fmt: skip
        few = any(value is not None and 0 < value < threshold * 100 for value in known)
        return frozenset(_OF_PEOPLE) if few else frozenset()


def buyers_listed(connection: Connection) -> list[queries.BuyerRow]:
    """The buyers, those with policies or commitments first, then by name."""
    return sorted(
        queries.buyers(connection),
        key=lambda row: (not (row.policies or row.targets), fold(row.name), row.buyer),
    )


def policy_year(
    connection: Connection,
    buyer: int,
    year: int,
    *,
    today: date,
    reference: PolicyReference,
) -> PolicyYear | None:
    """The policy of a buyer for a year; None when the buyer is no longer there.

    Hours and people are those of the months of the year, owed ones the part of each objective
    that falls in it: a year is never held against an objective of several.
    """
    known = next((row for row in queries.buyers(connection) if row.buyer == buyer), None)
    if known is None:
        return None
    notified = queries.notified(connection, buyer, year)
    purchases = [
        rules.Purchase(row.clause_form, bool(row.refused), row.amount_cents) for row in notified
    ]
    share = rules.social_share(purchases)
    open_data = sum(not row.taken_up for row in notified)
    figures = _figures(connection, buyer, year, today, purchases, share, open_data)
    rows = queries.targets_of(connection, buyer, year)
    evidence = queries.evidence_of(connection, [row.policy_target for row in rows])
    return PolicyYear(
        buyer=buyer,
        name=known.name,
        year=year,
        policies=tuple(queries.policies_of(connection, buyer)),
        aims=tuple(_aim(row, figures, evidence) for row in rows),
        share=share,
        open_data=open_data,
        undated=queries.undated(connection, buyer),
        figures=figures,
        refusals=tuple(_grounds(queries.refusals(connection, buyer, year))),
        reference=reference,
    )


def _figures(
    connection: Connection,
    buyer: int,
    year: int,
    today: date,
    purchases: list[rules.Purchase],
    share: rules.SocialShare,
    open_data: int,
) -> dict[PolicyIndicator, Computed]:
    period = Filters(Month(year * 100 + 1), Month(year * 100 + 12), buyers=(buyer,))
    evaluation = evaluate(connection, period, today=today, keys=())
    lots = [
        rules.HeldLot(row.amount_cents, tuple(row.kinds.split("\n")))
        for row in queries.held_lots(connection, buyer, year)
    ]
    insertion = rules.spend_with(lots, rules.INSERTION_KINDS)
    disability = rules.spend_with(lots, rules.DISABILITY_KINDS)
    shares = share_computed(share, year, open_data)
    clauses = sum(map(rules.has_clause, purchases))
    reserved = sum(map(rules.is_reserved, purchases))
    whole = f"{plural(share.contracts, 'marché notifié', 'marchés notifiés')} en {year}"
    return {
        **shares,
        PolicyIndicator.CLAUSE_CONTRACTS: Computed(
            Fraction(clauses * 100),
            f"{plural(clauses, 'marché', 'marchés')} avec une clause sociale parmi {whole}.",
            "Condition d'exécution, condition et critère, clause de formation, marché "
            "d'insertion, clause privée.",
        ),
        PolicyIndicator.RESERVED_CONTRACTS: Computed(
            Fraction(reserved * 100),
            f"{plural(reserved, 'marché réservé', 'marchés réservés')} parmi {whole}.",
            "Marchés réservés à l'insertion, au handicap, ou aux deux.",
        ),
        PolicyIndicator.HOURS_OWED: hours_computed(evaluation.due, year, owed=True),
        PolicyIndicator.HOURS_DONE: hours_computed(evaluation.hours.validated, year, owed=False),
        PolicyIndicator.PARTICIPANTS: people_computed(evaluation.participants, year),
        PolicyIndicator.INSERTION_SPEND: spend_computed(insertion, year, rules.INSERTION_KINDS),
        PolicyIndicator.DISABILITY_SPEND: spend_computed(disability, year, rules.DISABILITY_KINDS),
    }


def _aim(
    row: TargetRow,
    figures: Mapping[PolicyIndicator, Computed],
    evidence: Iterable[EvidenceRow],
) -> Aim:
    indicator = find(PolicyIndicator, row.indicator) or PolicyIndicator.OTHER
    computed = figures.get(indicator)
    typed = None if row.typed is None else Fraction(row.typed)
    achieved = typed if computed is None or computed.value is None else computed.value
    return Aim(
        row=row,
        indicator=indicator,
        unit=UNITS.get(indicator, row.unit),
        computed=computed,
        achieved=achieved,
        gap=rules.gap(achieved, row.target),
        reached=rules.reached(achieved, row.target),
        evidence=tuple(one for one in evidence if one.policy_target == row.policy_target),
    )


def _grounds(rows: Iterable[RefusalRow]) -> list[GroundCount]:
    found: dict[str, list[RefusalRow]] = {}
    for row in rows:
        found.setdefault(row.ground, []).append(row)
    order = {str(member.value): place for place, member in enumerate(RefusalGround)}
    return [
        GroundCount(ground, tuple(listed))
        for ground, listed in sorted(found.items(), key=lambda item: order.get(item[0], len(order)))
    ]
