"""The papers of a hire: what the employer sends, what is sent to the employer."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol


class Paper(StrEnum):
    """A paper; its value is the column of the work contract that holds its day."""

    CONTRACT = "contract_received_on"
    PROOF = "proof_received_on"
    NOTICE = "notice_sent_on"

    @property
    def label(self) -> str:
        """As a line of a sheet says it."""
        return _LABELS[self][0]

    @property
    def short(self) -> str:
        """As the title of a narrow column."""
        return _LABELS[self][1]

    @property
    def here(self) -> str:
        """What is said of one that is there."""
        return "envoyé" if self is Paper.NOTICE else "reçu"

    @property
    def missing(self) -> str:
        """What is said of one that is not."""
        return "à envoyer" if self is Paper.NOTICE else "manque"


_LABELS: Mapping[Paper, tuple[str, str]] = {
    Paper.CONTRACT: ("Contrat de travail", "Contrat"),
    Paper.PROOF: ("Justificatif d'éligibilité", "Justif."),
    Paper.NOTICE: ("Avis d'éligibilité", "Avis"),
}


class Hire(Protocol):
    """What holds the days of the papers, as ISO text."""

    @property
    def contract_received_on(self) -> str | None:
        """When the work contract came."""

    @property
    def proof_received_on(self) -> str | None:
        """When the proof of eligibility came."""

    @property
    def notice_sent_on(self) -> str | None:
        """When the eligibility notice was sent to the employer."""


def paper_days(hire: Hire) -> dict[Paper, str | None]:
    """The day of each paper, None for one that is missing."""
    return {
        Paper.CONTRACT: hire.contract_received_on,
        Paper.PROOF: hire.proof_received_on,
        Paper.NOTICE: hire.notice_sent_on,
    }


def missing_papers(hire: Hire) -> list[Paper]:
    """The papers that are not there."""
    return [paper for paper, day in paper_days(hire).items() if not day]
