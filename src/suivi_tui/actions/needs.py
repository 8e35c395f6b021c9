"""Needs of companies: people proposed, answers, and the hiring that a proposal leads to."""

from datetime import date
from typing import Final

from suivi_tui.actions.records import FieldErrors, RecordGone, Saved, Values, save_record
from suivi_tui.model.inputs import checked
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, changed
from suivi_tui.store.queries import entry, needs
from suivi_tui.vocabulary.choices import ProposalAnswer, find
from suivi_tui.vocabulary.text import clean

_OPEN: Final = (ProposalAnswer.WAITING, ProposalAnswer.INTERVIEW)
_WITHOUT_REASON: Final = (*_OPEN, ProposalAnswer.HIRED)
_REASONED: Final = (ProposalAnswer.REFUSED, ProposalAnswer.DECLINED)


def propose(base: Base, need: int, values: Values, today: date) -> Saved:
    """Propose someone for a need: ``participant``, or ``initials`` of someone not in the base.

    A participant comes with the prescriber of their sheet unless another is given; without a day
    it is ``today``. Raises FieldErrors: nobody named, or someone already proposed.
    """
    _living(base, "need", need)
    given = {name: value for name, value in values.items() if value is not None}
    participant = given.get("participant")
    if participant is None and not clean(str(given.get("initials", ""))):
        raise FieldErrors({"initials": "indiquez les initiales, ou choisissez un participant"})
    if participant is not None:
        person = _living(base, "participant", int(participant))
        given["initials"] = ""
        given.setdefault("prescriber", person["prescriber"])
        if any(one.participant == participant for one in needs.proposals(base.connection, [need])):
            raise FieldErrors({"participant": "cette personne est déjà proposée pour ce besoin"})
    given.setdefault("proposed_on", today)
    return save_record(base, "proposal", None, {**given, "need": need})


def answer(base: Base, proposal: int, values: Values, today: date) -> Saved:
    """Write what became of a proposal, and why it led to nothing when it did not.

    What is still open has no day of answer, a refusal needs its reason, the rest has none.
    Raises FieldErrors or RecordGone.
    """
    said = find(ProposalAnswer, values.get("answer")) or ProposalAnswer.WAITING
    given = {**values, "answer": said.value}
    if said in _OPEN:
        given["answered_on"] = None
    elif "answered_on" in given or "answer" in values:
        given["answered_on"] = given.get("answered_on") or today
    if said in _WITHOUT_REASON:
        given["reason"] = ""
    elif said in _REASONED and not given.get("reason"):
        raise FieldErrors({"reason": "choisissez pourquoi : c'est ce qui prouvera les recherches"})
    return save_record(base, "proposal", proposal, given)


def hired_changes(base: Base, proposal: int, participant: int, today: date) -> list[Change]:
    """What makes a proposal lead to a hiring, to write in the batch of the work contract."""
    known = _living(base, "proposal", proposal)
    wanted = checked(
        "proposal",
        {
            "participant": participant,
            "initials": "",
            "answer": ProposalAnswer.HIRED.value,
            "answered_on": known["answered_on"] or today,
            "reason": "",
        },
        edit=True,
    )
    return [
        changed("proposal", proposal, name, value)
        for name, value in wanted.items()
        if value != known[name]
    ]


def close_need(base: Base, need: int, day: date | None) -> Saved:
    """Nobody is looked for any more from that day on; None: people are looked for again."""
    return save_record(base, "need", need, {"closed_on": day})


def _living(base: Base, entity: str, row: int) -> dict[str, str | int | None]:
    known = entry.record(base.connection, entity, row)
    if known is None:
        raise RecordGone
    return known
