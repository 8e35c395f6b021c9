"""One person: their sheet, until when they count, their paths, what they were proposed for."""

from datetime import date
from typing import NamedTuple

from suivi_tui.readings.eligibility_clock import EligibilityClock, eligibility_clocks
from suivi_tui.readings.needs import ProposedFor, proposed_for
from suivi_tui.readings.outcomes import PathReading, read_outcomes
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.people import ParticipantSheet, participant_sheet


class Person(NamedTuple):
    """Everything the sheet of a person shows; paths and proposals the latest first."""

    sheet: ParticipantSheet
    clock: EligibilityClock | None
    paths: tuple[PathReading, ...]
    proposed: tuple[ProposedFor, ...]


def read_person(
    connection: Connection, participant: int, today: date, months: int
) -> Person | None:
    """One person; ``months`` is the usual length of an eligibility window. None when unknown or
    removed."""
    sheet = participant_sheet(connection, participant)
    if sheet is None:
        return None
    return Person(
        sheet,
        eligibility_clocks(connection, [participant], today, months).get(participant),
        read_outcomes(connection, [participant], today).get(participant, ()),
        tuple(proposed_for(connection, participant)),
    )
