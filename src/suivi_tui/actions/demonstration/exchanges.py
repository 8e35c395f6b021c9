"""The exchanges written down, and what is due today and soon."""

from datetime import date, timedelta

from suivi_tui.actions.demonstration.events import follow_up
from suivi_tui.actions.demonstration.participants import Person
from suivi_tui.actions.demonstration.world import EXCHANGES, World
from suivi_tui.vocabulary.choices import FollowUpKind

_HALF_YEAR = 180
_CALLS = (
    (FollowUpKind.CALL, "Point mensuel\u00a0: effectifs sur le site, relevé à venir"),
    (FollowUpKind.MAIL, "Relevé demandé pour le mois écoulé"),
    (FollowUpKind.VISIT, "Visite de chantier\u00a0: échange avec le tuteur"),
    (FollowUpKind.CALL, "Besoin de recrutement, offre transmise à France Travail et à la mission "
     "locale"),
)  # fmt: skip


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
