"""Alerts of a person and of their hours: at, before and after every limit."""

from datetime import date, timedelta

import pytest

from suivi_tui.reference.loader import thresholds
from suivi_tui.rules.alert_facts import (
    ContractFacts,
    MonthFacts,
    ObligationFacts,
    PersonFacts,
    PlacementFacts,
    WorkContractFacts,
)
from suivi_tui.rules.alerts import Alert, person_alerts
from suivi_tui.rules.eligibility import EligibilityFacts
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

ALERT, CRITICAL, INFO = Gravity.ALERT, Gravity.CRITICAL, Gravity.INFO
LIMITS = thresholds()
TODAY = date(2026, 4, 20)
HIRED = date(2025, 1, 6)
WINDOW_END = date(2027, 1, 5)
MARCH = Month(202603)
CONTRACT = ContractFacts(1, start=date(2025, 1, 1), end=date(2026, 12, 31))
OBLIGATION = ObligationFacts(CONTRACT, 2, 3, 4)
OTHER = ObligationFacts(CONTRACT._replace(contract=11), 12, 13, 14)
WORK = WorkContractFacts(5, HIRED, None, Hours(3500))
PLACED = PlacementFacts(6, OBLIGATION, WORK)
PROVEN = EligibilityFacts(
    "validee", date(2024, 12, 20), proof="attestation_ft", proof_on=date(2024, 12, 1)
)
PERSON = PersonFacts(7, first_contract_start=HIRED, eligibilities=(PROVEN,), placements=(PLACED,))


def found(person: PersonFacts, code: str, today: date = TODAY) -> list[Alert]:
    return [alert for alert in person_alerts(person, LIMITS, today) if alert.code == code]


def gravities(person: PersonFacts, code: str, today: date = TODAY) -> list[Gravity]:
    return [alert.gravity for alert in found(person, code, today)]


def line(
    hours: int, placement: PlacementFacts = PLACED, month: int = MARCH, refused: int = 0
) -> MonthFacts:
    return MonthFacts(placement, Month(month), Hours(hours), Hours(refused))


def month(*lines: MonthFacts) -> PersonFacts:
    return PERSON._replace(months=lines)


def test_an_ordinary_person_raises_nothing() -> None:
    assert person_alerts(month(line(15167)), LIMITS, TODAY) == []


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (0, []),
        (-500, []),
        (15167, []),
        (19067, []),
        (19068, [ALERT]),
        (21257, [ALERT]),
        (21258, [CRITICAL]),
    ],
)
def test_legal_maxima_of_a_month(hours: int, expected: list[Gravity]) -> None:
    # 40 h a week, so that the time of the work contract is not what is tested.
    full = PLACED._replace(work_contract=WORK._replace(weekly_hours=Hours(4000)))
    assert gravities(month(line(hours, full)), "heures_invraisemblables") == expected


def test_hours_of_all_placements_are_added_up() -> None:
    second = PlacementFacts(16, OTHER, WORK._replace(work_contract=15))
    person = month(line(11000, PLACED), line(11000, second))
    (alert,) = found(person, "heures_invraisemblables")
    assert alert.gravity is CRITICAL
    # Two obligations: the alert is about the person, not about one of them.
    ids = (alert.contract, alert.obligation, alert.participant, alert.month)
    assert ids == (None, None, 7, MARCH)
    assert alert.message == (
        "220,00\u00a0h en mars 2026 pour une personne, tous contrats réunis\u00a0: plus de "
        "212,57\u00a0h."
    )


def test_one_work_contract_over_three_sites_gives_its_time_once() -> None:
    sites = [PlacementFacts(20 + site, OBLIGATION, WORK) for site in range(3)]
    person = month(*(line(7000, site, 202602) for site in sites))
    (alert,) = found(person, "heures_invraisemblables")
    assert (alert.gravity, alert.contract, alert.obligation) == (ALERT, 1, 3)
    # 28 days at 35 h allow 140 h, 175 h with the tolerance.
    person = month(*(line(6000, site, 202602) for site in sites))
    assert gravities(person, "heures_invraisemblables") == [ALERT]


@pytest.mark.parametrize(
    ("weekly", "start", "end", "hours", "expected"),
    [
        # 28 days of February at 20 h: 80 h, 100 h with the tolerance.
        (2000, HIRED, None, 10000, []),
        (2000, HIRED, None, 10001, [ALERT]),
        # Pro rata of the days under contract: 14 days at 35 h, 87,50 h with the tolerance.
        (3500, date(2026, 2, 15), None, 8750, []),
        (3500, date(2026, 2, 15), None, 8751, [ALERT]),
        # A mission from Monday to Friday is worth its whole week.
        (3500, date(2026, 2, 2), date(2026, 2, 6), 3500, []),
        (3500, date(2026, 2, 2), date(2026, 2, 6), 4376, [ALERT]),
        # Without a weekly time, the legal one.
        (None, HIRED, None, 17500, []),
        (None, HIRED, None, 17501, [ALERT]),
        # Hours of a month without a day under contract.
        (3500, date(2026, 3, 2), None, 700, [ALERT]),
    ],
)
def test_time_of_the_work_contract(
    weekly: int | None, start: date, end: date | None, hours: int, expected: list[Gravity]
) -> None:
    time = None if weekly is None else Hours(weekly)
    placed = PLACED._replace(work_contract=WorkContractFacts(5, start, end, time))
    person = month(line(hours, placed, 202602))
    assert gravities(person, "heures_invraisemblables") == expected


def test_refused_hours_and_closed_contracts_are_not_questioned_again() -> None:
    assert gravities(month(line(25000, refused=10000)), "heures_invraisemblables") == []
    closed = PLACED._replace(obligation=OBLIGATION._replace(closed_on=TODAY))
    assert person_alerts(month(line(25000, closed)), LIMITS, TODAY) == []
    # But they weigh on the month of someone who also works on a running one.
    person = month(line(15000, closed), line(15000))
    assert gravities(person, "heures_invraisemblables") == [CRITICAL]


@pytest.mark.parametrize(
    ("eligibilities", "hours", "month_number", "expected"),
    [
        ((PROVEN,), 15167, 202603, []),
        ((), 700, 202603, [ALERT]),
        ((PROVEN._replace(decision="refusee"),), 700, 202603, [ALERT]),
        ((PROVEN._replace(decision="en_attente"),), 700, 202603, [ALERT]),
        # The window ends on 5 January 2027.
        ((PROVEN,), 15167, 202612, []),
        ((PROVEN,), 15167, 202701, [INFO]),
        ((PROVEN,), 4375, 202701, []),  # five days at 35 h, with the tolerance
        ((PROVEN,), 4376, 202701, [INFO]),
        ((PROVEN,), 100, 202702, [ALERT]),
        ((PROVEN,), -100, 202702, []),
        # Hired before the decision of 20 February 2026.
        ((PROVEN._replace(decided_on=date(2026, 2, 20)),), 700, 202601, [ALERT]),
        ((PROVEN._replace(decided_on=date(2026, 2, 20)),), 14000, 202602, [INFO]),
        ((PROVEN._replace(decided_on=date(2026, 2, 20)),), 15167, 202603, []),
    ],
)
def test_hours_not_eligible(
    eligibilities: tuple[EligibilityFacts, ...],
    hours: int,
    month_number: int,
    expected: list[Gravity],
) -> None:
    person = month(line(hours, month=month_number))._replace(eligibilities=eligibilities)
    assert gravities(person, "heures_hors_eligibilite") == expected


def test_refused_hours_have_been_dealt_with() -> None:
    person = month(line(700, refused=700))._replace(eligibilities=())
    assert found(person, "heures_hors_eligibilite") == []


def test_days_are_those_of_the_work_contract() -> None:
    # Decided on the 20th, the contract ended on the 15th: no day of it counts.
    placed = PLACED._replace(work_contract=WORK._replace(end=date(2026, 2, 15)))
    person = month(line(7000, placed, 202602))._replace(
        eligibilities=(PROVEN._replace(decided_on=date(2026, 2, 20)),),
    )
    (alert,) = found(person, "heures_hors_eligibilite")
    assert alert.gravity is ALERT
    assert alert.message == "70,00\u00a0h en février 2026, mois sans aucun jour éligible."


@pytest.mark.parametrize(
    ("contract", "obligation", "month_number", "outside"),
    [
        ((date(2026, 2, 15), date(2026, 3, 15)), (None, None), 202601, True),
        ((date(2026, 2, 15), date(2026, 3, 15)), (None, None), 202602, False),
        ((date(2026, 2, 15), date(2026, 3, 15)), (None, None), 202603, False),
        ((date(2026, 2, 15), date(2026, 3, 15)), (None, None), 202604, True),
        # The contract's own dates win over those of the obligation.
        ((date(2026, 1, 1), date(2026, 12, 31)), (date(2026, 3, 1), None), 202602, False),
        ((None, None), (date(2026, 3, 1), date(2026, 5, 31)), 202602, True),
        ((None, None), (date(2026, 3, 1), date(2026, 5, 31)), 202606, True),
        ((None, None), (date(2026, 3, 1), date(2026, 5, 31)), 202605, False),
        ((None, None), (None, None), 202602, False),
    ],
)
def test_hours_outside(
    contract: tuple[date | None, date | None],
    obligation: tuple[date | None, date | None],
    month_number: int,
    outside: bool,
) -> None:
    facts = OBLIGATION._replace(
        contract=CONTRACT._replace(start=contract[0], end=contract[1]),
        start=obligation[0],
        end=obligation[1],
    )
    person = month(line(700, PLACED._replace(obligation=facts), month_number))
    assert gravities(person, "heures_hors_marche") == ([ALERT] if outside else [])


@pytest.mark.parametrize(("days_left", "alerts"), [(61, 0), (60, 1), (1, 1), (0, 1), (-1, 0)])
def test_eligibility_end(days_left: int, alerts: int) -> None:
    today = WINDOW_END - timedelta(days=days_left)
    assert len(found(PERSON, "eligibilite_fin", today)) == alerts


@pytest.mark.parametrize(("days_left", "alerts"), [(91, 0), (90, 1), (61, 1), (60, 1)])
def test_a_contract_may_ask_to_be_told_sooner(days_left: int, alerts: int) -> None:
    sooner = OBLIGATION._replace(said={"alerte/eligibilite_fin/jours": "90"})
    placed = (PLACED, PLACED._replace(obligation=sooner))
    today = WINDOW_END - timedelta(days=days_left)
    assert len(found(PERSON._replace(placements=placed), "eligibilite_fin", today)) == alerts


@pytest.mark.parametrize(
    "placement",
    [
        PLACED._replace(end=date(2026, 6, 30)),
        PLACED._replace(work_contract=WORK._replace(end=date(2026, 6, 30))),
        PLACED._replace(work_contract=WORK._replace(start=None)),
        PLACED._replace(obligation=OBLIGATION._replace(closed_on=TODAY)),
        PLACED._replace(obligation=OBLIGATION._replace(contract=CONTRACT._replace(stage="clos"))),
    ],
)
def test_eligibility_end_concerns_people_at_work(placement: PlacementFacts) -> None:
    person = PERSON._replace(placements=(placement,))
    assert found(person, "eligibilite_fin", WINDOW_END) == []


def test_eligibility_already_renewed_raises_nothing() -> None:
    renewed = PROVEN._replace(decided_on=WINDOW_END + timedelta(days=1))
    person = PERSON._replace(eligibilities=(PROVEN, renewed))
    assert found(person, "eligibilite_fin", WINDOW_END) == []


@pytest.mark.parametrize(
    ("eligibilities", "alerts"),
    [
        ((), 0),
        ((PROVEN,), 0),
        ((PROVEN._replace(decision="en_attente", proof=""),), 0),
        ((PROVEN._replace(proof=""),), 1),
        ((PROVEN._replace(proof_on=None),), 1),
        ((PROVEN._replace(proof_on=date(2024, 10, 5)),), 1),  # over three months at hiring
        ((PROVEN._replace(proof_on=date(2024, 10, 6)),), 0),
        ((PROVEN._replace(proof_on=date(2025, 3, 1)),), 0),  # later, but not too old
        # One proven criterion is enough.
        ((PROVEN._replace(proof=""), PROVEN._replace(rank=2)), 0),
    ],
)
def test_proof_missing(eligibilities: tuple[EligibilityFacts, ...], alerts: int) -> None:
    person = PERSON._replace(eligibilities=eligibilities)
    assert len(found(person, "justificatif_manquant")) == alerts


def test_proof_of_someone_without_a_placement_is_not_asked() -> None:
    person = PERSON._replace(eligibilities=(PROVEN._replace(proof=""),), placements=())
    assert person_alerts(person, LIMITS, TODAY) == []


def test_contracts_not_taken_up_are_silent() -> None:
    waiting = OBLIGATION._replace(contract=CONTRACT._replace(taken_up=False))
    placed = PLACED._replace(obligation=waiting)
    person = PERSON._replace(
        eligibilities=(), placements=(placed,), months=(line(25000, placed, 202401),)
    )
    assert person_alerts(person, LIMITS, TODAY) == []


def received(
    placement: PlacementFacts, *parts: int, month: int = MARCH, pooled: bool = False
) -> MonthFacts:
    """Hours of a month, by kind."""
    hours = tuple(Hours(part) for part in parts)
    return MonthFacts(placement, Month(month), Hours(sum(parts)), parts=hours, pooled=pooled)


ELSEWHERE = PlacementFacts(8, OTHER, WorkContractFacts(9, HIRED, None, Hours(3500), employer=20))
AT_20 = PLACED._replace(work_contract=WORK._replace(employer=20))
AT_21 = PLACED._replace(work_contract=WORK._replace(employer=21))


@pytest.mark.parametrize(
    ("one", "other", "measures"),
    [
        (received(AT_20, 7000), received(ELSEWHERE, 7000), [70]),
        (received(AT_20, 7000), received(ELSEWHERE, 6999), []),
        (received(AT_20, 7000), received(ELSEWHERE, 7001), []),
        (received(AT_21, 7000), received(ELSEWHERE, 7000), []),  # another employer
        (received(AT_20, 7000), received(ELSEWHERE, 7000, month=202602), []),
        (received(AT_20, 7000, month=202512), received(ELSEWHERE, 7000, month=202601), []),
        # Another kind of hours on the other one: the line is there all the same.
        (received(AT_20, 7000), received(ELSEWHERE, 7000, 1400), [70]),
        (received(AT_20, 5600, 1400), received(ELSEWHERE, 7000), []),
        # Refused on one side: it has been dealt with.
        (received(AT_20, 7000), line(7000, ELSEWHERE, refused=7000), []),
        # Shared between contracts that both let them.
        (received(AT_20, 7000, pooled=True), received(ELSEWHERE, 7000, pooled=True), []),
        (received(AT_20, 7000, pooled=True), received(ELSEWHERE, 7000), [70]),
    ],
)
def test_the_same_hours_on_two_obligations(
    one: MonthFacts, other: MonthFacts, measures: list[int]
) -> None:
    alerts = found(month(one, other), "heures_en_double")
    assert [alert.measure for alert in alerts] == measures
    assert all((alert.contract, alert.month) == (None, MARCH) for alert in alerts)


def test_the_same_hours_name_both_places_and_one_must_be_followed() -> None:
    names = [placed._replace(obligation=placed.obligation._replace(name=name))
             for placed, name in ((AT_20, "2026-01 lot 2"), (ELSEWHERE, "2026-07"))]  # fmt: skip
    (alert,) = found(month(*(received(placed, 7000) for placed in names)), "heures_en_double")
    assert "2026-01 lot 2 et 2026-07" in alert.message
    closed = [
        placed._replace(obligation=placed.obligation._replace(closed_on=TODAY)) for placed in names
    ]
    half = month(received(names[0], 7000), received(closed[1], 7000))
    assert len(found(half, "heures_en_double")) == 1
    neither = month(*(received(placed, 7000) for placed in closed))
    assert found(neither, "heures_en_double") == []
