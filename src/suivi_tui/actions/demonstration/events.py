"""What moved after notification: amendments, orders, transfers, stops, liquidation, closings."""

from datetime import date, timedelta

from suivi_tui.actions.demonstration.contracts import AMENDED, POOLED
from suivi_tui.actions.demonstration.timeline import LAST_DECLARED
from suivi_tui.actions.demonstration.world import EXCHANGES, Obligation, World, iso
from suivi_tui.store.journal import Change, Value, changed
from suivi_tui.vocabulary.choices import (
    ContractEventKind,
    FollowUpKind,
    ObligationEventKind,
    ObligationOutcome,
    Stage,
)

_AMENDED_AMOUNT = 140_500_000
"""The whole amount of the amended contract, in cents: the amendment itself is of 183 000 €."""
_STOPPED = -7
_SIX_WEEKS = timedelta(days=42)
_LIQUIDATED = -4
_NOT_CLOSED = ("penalite",)
_ORDERS = ((0, 620), (4, 480), (8, 550), (13, 450), (18, 400))
"""Orders of the framework: months after its start, hours."""


def plan_events(world: World) -> None:
    """Write what moved, and settle which obligations and contracts are closed."""
    _amendment(world)
    _orders(world)
    _transfer(world)
    _stop(world)
    _liquidation(world)
    for obligation in world.obligations:
        if obligation.plan.end < LAST_DECLARED and obligation.plan.story not in _NOT_CLOSED:
            _close(world, obligation)
    _close_contracts(world)


def _contract_event(
    world: World, obligation: Obligation, day: date, kind: ContractEventKind, **values: Value
) -> tuple[int, Change]:
    content: dict[str, Value] = {
        "contract": obligation.contract,
        "lot": obligation.lot,
        "date": iso(day),
        "kind": kind.value,
    }
    return world.create("contract_event", content | values)


def _owed_event(
    world: World, obligation: Obligation, day: date, kind: ObligationEventKind, **values: Value
) -> Change:
    content: dict[str, Value] = {
        "obligation": obligation.id,
        "date": iso(day),
        "kind": kind.value,
        "firm": 1,
    }
    return world.create("obligation_event", content | values)[1]


def _amendment(world: World) -> None:
    obligation = world.story("avenant")
    day = world.timeline.past(world.timeline.day(-6, 12))
    event, change = _contract_event(
        world,
        obligation,
        day,
        ContractEventKind.AMOUNT,
        amount_cents=_AMENDED_AMOUNT,
        reason="Avenant n°\u00a01\u00a0: reprise de purges, + 15\u00a0% du montant",
    )
    owed = _owed_event(
        world,
        obligation,
        day,
        ObligationEventKind.AMENDMENT,
        hours=AMENDED * 100,
        amount_cents=18_300_000,
        contract_event=event,
        reason="Heures revues dans la même proportion que le montant, + 15\u00a0%",
    )
    world.plan(day, EXCHANGES, "Avenant n°\u00a01, RD 27, + 15\u00a0%", [change, owed])


def _orders(world: World) -> None:
    obligation = world.story("commandes")
    start = obligation.plan.start or 0
    for rank, (months, hours) in enumerate(_ORDERS, 1):
        day = world.timeline.past(world.timeline.day(start + months, 3))
        change = _owed_event(
            world,
            obligation,
            day,
            ObligationEventKind.ORDER,
            hours=hours * 100,
            amount_cents=hours * 43_000,
            reason=f"Bon de commande n°\u00a0{rank}",
        )
        world.plan(day, EXCHANGES, f"Bon de commande n°\u00a0{rank}, maintenance", [change])


def _transfer(world: World) -> None:
    """One firm, two buyers: hours owed on one site are done on another, with both agreements."""
    giver, taker = world.story("globalisation_depart"), world.story("globalisation_arrivee")
    day = world.timeline.past(world.timeline.day(-8, 17))
    reason = "Convention de globalisation, Électricité Canoval"
    changes = [
        _owed_event(
            world,
            one,
            day,
            ObligationEventKind.TRANSFER,
            hours=sign * POOLED * 100,
            counterpart=other.id,
            reason=reason,
        )
        for one, other, sign in ((giver, taker, -1), (taker, giver, 1))
    ]
    world.plan(day, EXCHANGES, reason, changes)


def _stop(world: World) -> None:
    """A site stopped six weeks: no activity on any lot for a month."""
    lots = [each for each in world.obligations if each.contract_plan.story == "arret"]
    day = world.timeline.day(_STOPPED, 1)
    for kind, when, reason in (
        (ContractEventKind.STOP, day, "Ordre de service d'arrêt\u00a0: amiante découverte"),
        (ContractEventKind.RESTART, day + _SIX_WEEKS, "Ordre de service de reprise"),
    ):
        _, change = _contract_event(world, lots[0], when, kind, lot=None, reason=reason)
        world.plan(when, EXCHANGES, f"{reason}, Les Tilleuls", [change])
    for each in lots:
        each.idle = frozenset({_STOPPED})


def _liquidation(world: World) -> None:
    obligation = world.story("liquidation")
    day = world.timeline.past(world.timeline.day(_LIQUIDATED, 9))
    obligation.site = tuple(month for month in obligation.site if month < _LIQUIDATED)
    obligation.closed = True
    _, event = _contract_event(
        world,
        obligation,
        day,
        ContractEventKind.HOLDER,
        reason="Liquidation judiciaire du titulaire, marché résilié",
    )
    changes = [
        event,
        *_outcome(obligation, day, ObligationOutcome.NEUTRALISED),
        follow_up(
            world,
            "obligation",
            obligation.id,
            FollowUpKind.MEETING,
            day,
            "Liquidation judiciaire\u00a0: heures restantes neutralisées avec l'accord de "
            "l'acheteur, personne réorientée vers le GEIQ",
            done=day,
        ),
    ]
    world.plan(day, EXCHANGES, "Liquidation du titulaire, obligation neutralisée", changes)


def _close(world: World, obligation: Obligation) -> None:
    obligation.closed = True
    day = world.timeline.past(obligation.end + timedelta(days=18))
    title = obligation.lot_plan.title
    attestation = follow_up(
        world,
        "obligation",
        obligation.id,
        FollowUpKind.CERTIFICATE,
        day,
        f"Attestation de bonne exécution remise à l'entreprise\u00a0: {title}",
        done=day,
    )
    changes = [*_outcome(obligation, day, ObligationOutcome.MET), attestation]
    world.plan(day, EXCHANGES, f"Clôture de l'obligation\u00a0: {title}", changes)


def _outcome(obligation: Obligation, day: date, outcome: ObligationOutcome) -> list[Change]:
    return [
        changed("obligation", obligation.id, "closed_on", iso(day)),
        changed("obligation", obligation.id, "outcome", outcome.value),
    ]


def _close_contracts(world: World) -> None:
    for contract in world.contracts:
        dues = [each for each in world.obligations if each.contract == contract]
        if not all(each.closed for each in dues):
            continue
        day = world.timeline.past(max(each.end for each in dues) + timedelta(days=25))
        changes = [
            changed("contract", contract, "stage", Stage.CLOSED.value),
            changed("contract", contract, "closed_on", iso(day)),
        ]
        title = world.contracts[contract].object
        world.plan(day, EXCHANGES, f"Clôture du marché\u00a0: {title}", changes)


def follow_up(
    world: World,
    entity: str,
    subject: int,
    kind: FollowUpKind,
    day: date,
    text: str,
    *,
    due: date | None = None,
    done: date | None = None,
) -> Change:
    """An exchange written down, or something still to do on ``due``."""
    return world.create(
        "follow_up",
        {
            "entity": entity,
            "subject": subject,
            "kind": kind.value,
            "date": iso(day),
            "due": iso(due),
            "done": iso(done),
            "text": text,
        },
    )[1]
