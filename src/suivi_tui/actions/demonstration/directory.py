"""Who buys, who works: the rows of buyers, operations, companies and the people to call there."""

from suivi_tui.actions.demonstration.companies import COMPANIES, STRUCTURES
from suivi_tui.actions.demonstration.frame import BUYERS, OPERATIONS
from suivi_tui.actions.demonstration.names import FACILITATORS, MEN, STRUCTURE, WOMEN, mail
from suivi_tui.actions.demonstration.timeline import FIRST_MONTH
from suivi_tui.actions.demonstration.world import FRAME, World
from suivi_tui.store.journal import Change, Value

_ROLES = ("Conduite de travaux", "Direction", "Ressources humaines", "Gérance")


def plan_directory(world: World) -> None:
    """Buyers, operations, companies and structures, with a contact for each."""
    first_day = world.timeline.day(FIRST_MONTH - 4, 6)
    world.colleague, colleague = world.create(
        "author", {"name": FACILITATORS[1], "structure": STRUCTURE}
    )
    world.plan(first_day, FRAME, "Arrivée de la deuxième facilitatrice", [colleague])
    world.plan(first_day, FRAME, "Reprise des acheteurs et des opérations", _buyers(world))
    world.plan(first_day, FRAME, "Reprise des entreprises et des structures", _companies(world))


def _buyers(world: World) -> list[Change]:
    changes = []
    for plan in BUYERS:
        buyer, change = world.create(
            "buyer",
            {
                "name": plan.name,
                "siret": world.numbers.siret(),
                "kind": plan.kind.value,
                "territory": plan.territory,
                "answer_weeks": plan.answer_weeks,
            },
        )
        world.buyers[plan.code] = buyer
        role = "Correspondant clauses sociales"
        changes += [change, _contact(world, {"buyer": buyer}, role, plan.service)]
    for key, operation in OPERATIONS.items():
        row, change = world.create(
            "operation",
            {
                "buyer": world.buyers[operation.buyer],
                "name": operation.name,
                "place": operation.place,
                "programme": operation.programme.value,
            },
        )
        world.operations[key] = row
        changes.append(change)
    return changes


def _companies(world: World) -> list[Change]:
    changes = []
    for key, plan in COMPANIES.items():
        company, change = world.create(
            "company",
            {
                "name": plan.name,
                "siret": world.numbers.siret(),
                "kind": plan.kind.value,
                "commune": plan.commune,
                "naf": plan.naf,
            },
        )
        world.companies[key] = company
        role = (
            "Accompagnement socioprofessionnel" if key in STRUCTURES else world.rng.choice(_ROLES)
        )
        changes += [change, _contact(world, {"company": company}, role, "")]
    return changes


def _contact(world: World, subject: dict[str, Value], role: str, service: str) -> Change:
    first = world.rng.choice(WOMEN + MEN)
    last = world.surnames()
    values: dict[str, Value] = {
        "service": service,
        "name": f"{first} {last}",
        "role": role,
        "mail": mail(first, last),
        "phone": world.numbers.office(),
    }
    return world.create("contact", {**subject, **values})[1]
