"""The statements that never came: a third of the last two months, and a roofer who went silent."""

from suivi_tui.actions.demonstration.timeline import LAST_DECLARED
from suivi_tui.actions.demonstration.world import World

_LAST_TWO = (LAST_DECLARED, LAST_DECLARED - 1)
_SHARE = 3
_HELD = 4000
"""Obligations from this size on always declare: their holders are followed every week."""
_MID_MONTH = 15


def plan_silences(world: World) -> None:
    """Settle which months are missing, before any hour is spread."""
    roofer = world.story("couvreur")
    months = 3 if world.timeline.today.day > _MID_MONTH else 4
    roofer.missing = frozenset(range(-months, 0))
    expected = [
        (obligation, offset)
        for obligation in world.obligations
        for offset in _LAST_TWO
        if offset in obligation.site and not obligation.closed
    ]
    free = [
        pair
        for pair in expected
        if not pair[0].plan.exact and pair[0].plan.owed < _HELD and pair[0] is not roofer
    ]
    count = round(len(expected) / _SHARE) - len(_LAST_TWO)
    for obligation, offset in world.rng.sample(free, count):
        obligation.missing |= {offset}
