"""Stories about hours: the decisions that a facilitator took on a few telling lines."""

from suivi_tui.actions.demonstration.posts import Post
from suivi_tui.actions.demonstration.stories_people import Cast
from suivi_tui.actions.demonstration.timeline import LAST_DECLARED
from suivi_tui.actions.demonstration.verdicts import Line
from suivi_tui.actions.demonstration.world import World
from suivi_tui.vocabulary.choices import RefusalReason
from suivi_tui.vocabulary.months import days_in

_ELIGIBLE_DAYS = 14


def tell_hours(world: World, cast: Cast, lines: list[Line]) -> None:
    """Settle the lines of the stories."""
    _leaving(world, cast, lines)
    first = _line(lines, cast.early, min(cast.early.lines))
    first.refuse(
        first.declared * 2 // 5,
        RefusalReason.BEFORE_DECISION,
        "Embauche antérieure à la validation\u00a0: heures comptées à partir de la décision",
    )
    late = _line(lines, cast.implausible, max(cast.implausible.lines))
    late.settled = True
    late.comment = "Bulletin de paie demandé"
    twin = _line(lines, cast.duplicate, max(cast.duplicate.lines))
    twin.refuse(
        twin.declared, RefusalReason.DUPLICATE, "Relevé de mission envoyé deux fois par l'ETTI"
    )
    credit = _line(lines, cast.credit, max(cast.credit.lines))
    credit.validated, credit.settled = credit.declared, True
    credit.comment = "Avoir de l'ETTI\u00a0: heures facturées à tort le mois précédent"


def _leaving(world: World, cast: Cast, lines: list[Line]) -> None:
    """The month of the end of the window is cut pro rata of its days; the next one waits."""
    month = LAST_DECLARED - 1
    line = _line(lines, cast.leaving, month)
    eligible = line.declared * _ELIGIBLE_DAYS // days_in(world.timeline.month(month))
    line.refuse(
        line.declared - eligible,
        RefusalReason.NOT_ELIGIBLE,
        "Fin des 24 mois en cours de mois\u00a0: prorata des jours",
    )
    after = _line(lines, cast.leaving, LAST_DECLARED)
    after.settled = True
    after.comment = "Nouvelle validation demandée au prescripteur"


def _line(lines: list[Line], post: Post, offset: int) -> Line:
    return next(
        line
        for line in lines
        if line.placed.post is post and line.offset == offset and line.obligation is post.obligation
    )
