"""What was said of the contracts that are over, and what they cost in the end."""

from datetime import timedelta
from typing import Final

from suivi_tui.actions.demonstration.world import EXCHANGES, World, iso
from suivi_tui.store.journal import Change, changed
from suivi_tui.vocabulary.choices import ReviewAuthor

_WORDS: Final = (
    (
        (ReviewAuthor.COMPANY, "Conduite de travaux", 4,
         "Une personne gardée en CDI. Le relais du facilitateur au démarrage a tout changé."),
        (ReviewAuthor.TUTOR, "Chef d'équipe", 4,
         "Ponctuel et volontaire. Deux semaines de plus en doublon auraient aidé."),
    ),
    (
        (ReviewAuthor.PARTICIPANT, "", 5,
         "J'ai repris confiance et passé l'habilitation. Je voudrais rester dans le métier."),
        (ReviewAuthor.BUYER, "Services techniques", 4,
         "Aucun retard de chantier dû à la clause. À reconduire sur le prochain lot."),
    ),
    (
        (ReviewAuthor.COMPANY, "Direction", 2,
         "Candidats proposés trop tard, nous avons dû passer par l'intérim d'insertion."),
    ),
)  # fmt: skip


def plan_reviews(world: World) -> None:
    """A few words and a rating on the contracts that are closed; their last day and amount."""
    for rank, contract in enumerate(world.contracts):
        dues = [each for each in world.obligations if each.contract == contract]
        if not all(each.closed for each in dues):
            continue
        ended = max(each.end for each in dues)
        day = world.timeline.past(ended + timedelta(days=32))
        changes = [changed("contract", contract, "ended_on", iso(ended))]
        title = world.contracts[contract].object
        for kind, author, rating, text in _WORDS[rank % len(_WORDS)]:
            changes.append(_review(world, contract, (kind.value, author, rating, text), iso(day)))
        world.plan(day, EXCHANGES, f"Avis sur le marché\u00a0: {title}", changes)


def _review(
    world: World, contract: int, said: tuple[str, str, int, str], day: str | None
) -> Change:
    kind, author, rating, text = said
    return world.create(
        "review",
        {
            "contract": contract,
            "author_kind": kind,
            "author": author,
            "text": text,
            "rating": rating,
            "given_on": day,
        },
    )[1]
