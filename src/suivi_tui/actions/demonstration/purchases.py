"""Before the contract: what open data show, what buyers plan, what was calibrated or refused."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.actions.demonstration.events import follow_up
from suivi_tui.actions.demonstration.frame import BUYERS
from suivi_tui.actions.demonstration.world import CONTRACTS, EXCHANGES, World, iso
from suivi_tui.readings.calibration_texts import kept_text
from suivi_tui.rules.calibration import calibrate
from suivi_tui.rules.calibration_inputs import (
    AMOUNT,
    HOURLY_COST,
    LABOUR_SHARE,
    RATE,
    entered,
)
from suivi_tui.store.journal import Change, Value, changed
from suivi_tui.vocabulary.choices import (
    CalibrationMethod,
    Category,
    ClauseForm,
    FollowUpKind,
    RefusalGround,
    Sector,
    Stage,
)
from suivi_tui.vocabulary.dates import add_calendar_months

_UPSTREAM = (
    ("VIL", "Rénovation énergétique du gymnase Gambrel", Sector.BUILDING, "45321000", 182),
    ("DEP", "Entretien des dépendances vertes des routes", Sector.GREEN_SPACES, "77310000", 64),
    ("VHA", "Réfection des étanchéités, résidence Les Saules", Sector.BUILDING, "45261420", 97),
    ("CHV", "Blanchisserie et distribution du linge", Sector.OTHER_SERVICES, "98310000", 120),
    ("AGG", "Réseau de chaleur, tranche Nord", Sector.PUBLIC_WORKS, "45231000", 410),
    ("REG", "Nettoyage des lycées du bassin de Valorme", Sector.CLEANING, "90910000", 138),
)
_REFUSED = ("LCO", "Remplacement de l'ascenseur de la mairie", Sector.BUILDING, "45313100", 9)
_WHY_REFUSED: Final = (
    "Montant faible, moins de 40 heures d'insertion possibles, pose par une équipe spécialisée "
    "habilitée\u00a0: l'acheteur n'a pas retenu de clause"
)


class Planned(NamedTuple):
    """A purchase of a buyer's yearly programme; ``asked`` days ago, published in ``months``.

    ``share`` and ``rate`` are percentages, ``cost`` euros an hour: None, not calibrated yet.
    """

    buyer: str
    object: str
    sector: Sector
    cpv: str
    thousands: int
    duration: int
    asked: int
    months: int
    share: int = 0
    rate: int | None = None
    cost: int = 38


_PLANNED: Final = (
    Planned("AGG", "Réhabilitation du gymnase des Peupliers", Sector.BUILDING, "45212222", 2_400,
            18, 24, 5, 45, 7),
    Planned("AGG", "Entretien des espaces verts communautaires", Sector.GREEN_SPACES, "77310000",
            640, 48, 12, 4, 68, 15, 32),
    Planned("SAO", "Restauration scolaire", Sector.CATERING, "55524000", 1_150, 36, 30, 3),
    Planned("DEP", "Déménagement des archives, second site", Sector.REMOVALS, "98392000", 85, 4, 6,
            6),
)  # fmt: skip


def plan_purchases(world: World) -> None:
    """Six contracts to qualify, four planned purchases, and one whose clause was not kept."""
    day = world.timeline.day(-1, 9)
    changes = [
        _upstream(world, rank, known, Stage.TO_QUALIFY, taken_up=0)[1]
        for rank, known in enumerate(_UPSTREAM)
    ]
    world.plan(day, CONTRACTS, "Marchés repérés, à qualifier", changes)
    contract, change = _upstream(world, len(_UPSTREAM), _REFUSED, Stage.REFUSED, taken_up=1)
    day = world.timeline.past(world.timeline.day(-3, 14))
    told = follow_up(world, "contract", contract, FollowUpKind.REFUSAL, day, _WHY_REFUSED, done=day)
    _, ground = world.create(
        "refusal",
        {
            "contract": contract,
            "ground": RefusalGround.OTHER.value,
            "text": _WHY_REFUSED,
            "date": iso(day),
        },
    )
    world.plan(day, CONTRACTS, "Clause non retenue, ascenseur de la mairie", [change, told, ground])


def _upstream(
    world: World,
    rank: int,
    known: tuple[str, str, Sector, str, int],
    stage: Stage,
    *,
    taken_up: int,
) -> tuple[int, Change]:
    buyer, title, sector, cpv, thousands = known
    notified = world.timeline.past(world.timeline.day(-3 + rank % 2, 3 + 3 * rank))
    refused = stage is Stage.REFUSED
    return world.create(
        "contract",
        {
            "buyer": world.buyers[buyer],
            "number": f"{notified.year}-{buyer}-{80 + rank:03d}",
            "object": title,
            "clause_form": (ClauseForm.NONE if refused else ClauseForm.CONDITION).value,
            "category": _category(sector),
            "nature": "Marché",
            "procedure": "Procédure adaptée",
            "cpv": cpv,
            "sector": sector.value,
            "amount_cents": thousands * 1_000_00,
            "place": "Val d'Orme",
            "notified_on": None if refused else iso(notified),
            "stage": stage.value,
            "taken_up": taken_up,
        },
    )


def _category(sector: Sector) -> str:
    works = sector in (Sector.BUILDING, Sector.PUBLIC_WORKS)
    return (Category.WORKS if works else Category.SERVICES).value


def plan_programme(world: World) -> None:
    """The purchases that buyers announced; two of them are calibrated and answered."""
    weeks = {plan.code: plan.answer_weeks for plan in BUYERS}
    for plan in _PLANNED:
        today = world.timeline.today
        asked = world.timeline.past(today - timedelta(days=plan.asked))
        due = asked + timedelta(weeks=weeks[plan.buyer])
        contract, change = world.create(
            "contract",
            {
                "buyer": world.buyers[plan.buyer],
                "number": "",
                "object": plan.object,
                "clause_form": "",
                "category": _category(plan.sector),
                "nature": "Marché",
                "procedure": "",
                "cpv": plan.cpv,
                "sector": plan.sector.value,
                "amount_cents": plan.thousands * 1_000_00,
                "place": "Val d'Orme",
                "stage": Stage.PROJECT.value,
                "taken_up": 1,
                "asked_on": iso(asked),
                "answer_due": iso(due),
                "planned_on": iso(add_calendar_months(today, plan.months)),
                "duration_months": plan.duration,
                "labour_share": plan.share * 100 or None,
            },
        )
        world.plan(asked, CONTRACTS, f"Achat annoncé\u00a0: {plan.object}", [change])
        if plan.rate is not None:
            _calibrated(world, contract, plan, min(due, world.timeline.yesterday))


def _calibrated(world: World, contract: int, plan: Planned, day: date) -> None:
    """The hours proposed to the buyer, with their figures, and the answer given."""
    found = calibrate(
        CalibrationMethod.AMOUNT,
        {
            **entered(AMOUNT, plan.thousands * 1_000, "Programme de l'acheteur"),
            **entered(LABOUR_SHARE, Fraction(plan.share, 100)),
            **entered(RATE, Fraction(plan.rate or 0, 100)),
            **entered(HOURLY_COST, plan.cost, "Coût moyen de nos marchés"),
        },
    )
    values: dict[str, Value] = {
        "contract": contract,
        "method": found.method.value,
        "inputs": kept_text(found),
        "result": found.hours,
        "rounding": found.options.rounding.value,
        "made_on": iso(day),
        "comment": "Proposé à l'acheteur",
    }
    _, kept = world.create("calibration", values)
    answered = changed("contract", contract, "answered_on", iso(day))
    world.plan(day, EXCHANGES, f"Calibrage\u00a0: {plan.object}", [kept, answered])
