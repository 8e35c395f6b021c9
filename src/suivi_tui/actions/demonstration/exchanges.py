"""The exchanges written down, and the contracts known before anyone follows them."""

from datetime import date, timedelta

from suivi_tui.actions.demonstration.events import follow_up
from suivi_tui.actions.demonstration.participants import Person
from suivi_tui.actions.demonstration.world import CONTRACTS, EXCHANGES, World, iso
from suivi_tui.store.journal import Change
from suivi_tui.vocabulary.choices import Category, ClauseForm, FollowUpKind, Sector, Stage

_HALF_YEAR = 180
_CALLS = (
    (FollowUpKind.CALL, "Point mensuel\u00a0: effectifs sur le site, relevé à venir"),
    (FollowUpKind.MAIL, "Relevé demandé pour le mois écoulé"),
    (FollowUpKind.VISIT, "Visite de chantier\u00a0: échange avec le tuteur"),
    (FollowUpKind.CALL, "Besoin de recrutement, offre transmise à France Travail et à la mission "
     "locale"),
)  # fmt: skip
_UPSTREAM = (
    ("VIL", "Rénovation énergétique du gymnase Gambrel", Sector.BUILDING, "45321000", 182),
    ("DEP", "Entretien des dépendances vertes des routes", Sector.GREEN_SPACES, "77310000", 64),
    ("VHA", "Réfection des étanchéités, résidence Les Saules", Sector.BUILDING, "45261420", 97),
    ("CHV", "Blanchisserie et distribution du linge", Sector.OTHER_SERVICES, "98310000", 120),
    ("AGG", "Réseau de chaleur, tranche Nord", Sector.PUBLIC_WORKS, "45231000", 410),
    ("REG", "Nettoyage des lycées du bassin de Valorme", Sector.CLEANING, "90910000", 138),
)
_REFUSED = ("LCO", "Remplacement de l'ascenseur de la mairie", Sector.BUILDING, "45313100", 9)


def plan_upstream(world: World) -> None:
    """Six contracts to qualify, that nobody follows yet, and one whose clause was not kept."""
    day = world.timeline.day(-1, 9)
    changes = [
        _upstream(world, rank, known, Stage.TO_QUALIFY, taken_up=0)[1]
        for rank, known in enumerate(_UPSTREAM)
    ]
    world.plan(day, CONTRACTS, "Marchés repérés, à qualifier", changes)
    contract, change = _upstream(world, len(_UPSTREAM), _REFUSED, Stage.REFUSED, taken_up=1)
    day = world.timeline.past(world.timeline.day(-3, 14))
    ground = follow_up(
        world,
        "contract",
        contract,
        FollowUpKind.REFUSAL,
        day,
        "Montant faible, moins de 40 heures d'insertion possibles, pose par une équipe "
        "spécialisée habilitée\u00a0: l'acheteur n'a pas retenu de clause",
        done=day,
    )
    world.plan(day, CONTRACTS, "Clause non retenue, ascenseur de la mairie", [change, ground])


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
    works = sector in (Sector.BUILDING, Sector.PUBLIC_WORKS)
    refused = stage is Stage.REFUSED
    return world.create(
        "contract",
        {
            "buyer": world.buyers[buyer],
            "number": f"{notified.year}-{buyer}-{80 + rank:03d}",
            "object": title,
            "clause_form": (ClauseForm.NONE if refused else ClauseForm.CONDITION).value,
            "category": (Category.WORKS if works else Category.SERVICES).value,
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


def plan_exchanges(world: World, people: list[Person]) -> None:
    """Calls and visits of the last months, and what is due today and soon."""
    _usual(world)
    _roofer(world)
    _late_lot(world)
    _penalty(world)
    _waiver(world)
    _due(world, people)


def _note(world: World, story: str, kind: FollowUpKind, day: date, text: str,
          due: date | None = None) -> None:  # fmt: skip
    obligation = world.story(story)
    when = world.timeline.past(day)
    done = None if due else when
    change = follow_up(world, "obligation", obligation.id, kind, when, text, due=due, done=done)
    world.plan(day, EXCHANGES, f"{kind.label}\u00a0: {obligation.lot_plan.title}", [change])


def _usual(world: World) -> None:
    open_ones = [each for each in world.obligations if not each.closed and each.site]
    for rank in range(24):
        obligation = world.rng.choice(open_ones)
        kind, text = _CALLS[rank % len(_CALLS)]
        offset = world.rng.randint(max(obligation.site[0], -12), -1)
        day = world.timeline.past(world.timeline.day(offset, world.rng.randint(4, 26)))
        change = follow_up(world, "obligation", obligation.id, kind, day, text, done=day)
        title = obligation.lot_plan.title
        world.plan(day, EXCHANGES, f"{kind.label}\u00a0: {title}", [change])


def _roofer(world: World) -> None:
    day, today = world.timeline.day, world.timeline.today
    _note(world, "couvreur", FollowUpKind.REMINDER, day(-2, 18), "Premier rappel, sans réponse")
    _note(
        world,
        "couvreur",
        FollowUpKind.REMINDER,
        day(-1, 18),
        "Deuxième rappel, message laissé au conducteur de travaux\u00a0; à rappeler",
        due=today + timedelta(days=2),
    )


def _late_lot(world: World) -> None:
    day, today = world.timeline.day, world.timeline.today
    _note(
        world,
        "retard",
        FollowUpKind.PROMISE,
        day(-2, 11),
        "L'entreprise s'engage sur deux embauches avec le GEIQ avant la pose des fenêtres",
    )
    _note(
        world,
        "retard",
        FollowUpKind.MEETING,
        day(-1, 16),
        "Réunion à trois avec l'acheteur à fixer\u00a0: 12\u00a0% des heures, quatre mois restants",
        due=today + timedelta(days=8),
    )


def _penalty(world: World) -> None:
    missing = world.story("penalite")
    hours = missing.plan.owed - missing.plan.planned
    _note(
        world,
        "penalite",
        FollowUpKind.FORMAL_NOTICE,
        world.timeline.day(-2, 6),
        "Mise en demeure adressée par l'acheteur, délai de quinze jours",
    )
    _note(
        world,
        "penalite",
        FollowUpKind.PENALTY,
        world.timeline.day(-1, 12),
        f"Proposition de pénalité\u00a0: {hours}\u00a0h x 60\u00a0€ = 6\u00a0000\u00a0€, "
        "décision de l'acheteur attendue",
        due=world.timeline.today + timedelta(days=5),
    )


def _waiver(world: World) -> None:
    _note(
        world,
        "remise",
        FollowUpKind.WAIVER,
        world.timeline.day(-1, 20),
        "Dossier de remise\u00a0: 82\u00a0% des heures réalisées, trois recherches de candidats "
        "restées sans suite, pièces à joindre",
        due=world.timeline.today + timedelta(days=12),
    )


def _due(world: World, people: list[Person]) -> None:
    today = world.timeline.today
    # The person whose path ended nearest to six months ago.
    called = min(
        people,
        key=lambda person: abs((today - person.profile.path.posts[-1].last_day).days - _HALF_YEAR),
    )
    ended = called.profile.path.posts[-1].last_day
    call = follow_up(
        world,
        "participant",
        called.row,
        FollowUpKind.OUTCOME,
        world.timeline.past(ended),
        "Appel à six mois\u00a0: emploi, formation ou recherche\u00a0?",
        due=today,
    )
    world.plan(ended, EXCHANGES, "Point de parcours à prévoir", [call])
    site = world.story("tramway")
    meeting = follow_up(
        world,
        "contract",
        site.contract,
        FollowUpKind.MEETING,
        world.timeline.yesterday,
        "Réunion de chantier, ligne B\u00a0: besoins du trimestre, deux postes de canalisateur",
        due=today + timedelta(days=1),
    )
    world.plan(today, EXCHANGES, "Réunion de chantier à venir", [meeting])
