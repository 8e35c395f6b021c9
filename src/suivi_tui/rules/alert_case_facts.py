"""What the alerts know of the case of one obligation: what can still be done, what was written."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from suivi_tui.rules.catch_up import Situation
from suivi_tui.rules.reminders import ReminderSent
from suivi_tui.rules.targets import TargetReading
from suivi_tui.vocabulary.hours import Hours

_NO_REMINDERS: Mapping[int, tuple[ReminderSent, ...]] = MappingProxyType({})


class TargetFacts(NamedTuple):
    """A target of the obligation and how far it is."""

    target: int
    reading: TargetReading


class ContractChange(NamedTuple):
    """A change of the amount or of the duration of the contract.

    ``answered`` when a movement of the objective says that it comes from this change.
    """

    event: int
    date: datetime.date
    kind: str
    answered: bool = False


class NoticeFacts(NamedTuple):
    """A formal notice that was sent, and the last day it left.

    ``answered`` when it is marked done, or when a penalty or a waiver was proposed since.
    """

    follow_up: int
    date: datetime.date
    due: datetime.date | None = None
    answered: bool = False


class CaseFacts(NamedTuple):
    """The case of an obligation.

    ``situation`` is what is left to do and who is there (None without end or objective),
    ``owed`` all that is firm; ``written`` when the objective is a written volume, that somebody
    has to change. ``certified`` when an attestation or report was filed. ``reminders`` are by the
    company they were sent to; ``unreachable`` the companies awaited that have neither phone nor
    mail, the holder first.
    """

    situation: Situation | None = None
    owed: Hours | None = None
    written: bool = True
    targets: tuple[TargetFacts, ...] = ()
    changes: tuple[ContractChange, ...] = ()
    certified: bool = False
    notices: tuple[NoticeFacts, ...] = ()
    reminders: Mapping[int, tuple[ReminderSent, ...]] = _NO_REMINDERS
    unreachable: tuple[int, ...] = ()


NO_CASE = CaseFacts()
