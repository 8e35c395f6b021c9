"""Bases on which the real clauses of the field can be computed (domain.md 3.6 and 6.2)."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from builders import (
    NewContract,
    new_base,
    new_contract,
    new_hours,
    new_person,
    new_placement,
    new_statement,
)
from suivi_tui.actions.penalties import set_penalty_terms
from suivi_tui.store.base import Base
from suivi_tui.store.journal import created, write

TODAY = date(2026, 6, 30)
NOTICED = "2026-06-10"

SNCF: Mapping[str, str] = {
    "penalite/heures/par_heure": "60,00 € ; dès l'échéance ; remise si tous les moyens sont "
    "prouvés",
    "penalite/releve/par_jour": "100,00 € ; jours calendaires ; après mise en demeure",
    "penalite/bilan/par_jour": "300,00 € ; jours calendaires ; après mise en demeure",
    "penalite/plafond/montant_annuel": "20 %",
}
CSF: Mapping[str, str] = {
    "penalite/reunion/forfait": "500,00 € ; dès l'échéance",
    "penalite/justificatifs/par_jour": "50,00 € ; jours ouvrés ; dès l'échéance",
    "penalite/heures/par_heure": "4 × plafond_horaire ; dès l'échéance",
}
BAM: Mapping[str, str] = {
    "penalite/heures/par_heure": "200,00 € ; après mise en demeure",
    "penalite/justificatifs/par_jour": "75,00 € ; jours calendaires ; après mise en demeure",
}


def put(base: Base, table: str, values: dict[str, Any]) -> int:
    """One row of a table that has a column named ``entity``."""
    row = base.new_id()
    write(base, [created(table, row, values)], label=f"Essai : {table}")
    return row


class Ended:
    """A contract of 1 000 h that ended on 31 May 2026, ``missing`` hundredths of hours short.

    Hours were entered in every month but April, whose statement nobody sent.
    """

    def __init__(
        self, folder: Path, terms: Mapping[str, str], *, missing: int = 100_00, **values: Any
    ) -> None:
        self.base: Base = new_base(folder)
        self.contract: NewContract = new_contract(
            self.base, end="2026-05-31", **{"amount_cents": 200_000_00, **values}
        )
        placement = new_placement(self.base, self.contract, new_person(self.base))
        done = 1_000_00 - missing
        for month, share in ((202601, 300_00), (202602, 200_00), (202603, 200_00)):
            new_hours(self.base, placement, month, share, validated=share)
            done -= share
        new_hours(self.base, placement, 202605, done, validated=done)
        set_penalty_terms(self.base, self.contract.contract, None, dict(terms))

    @property
    def obligation(self) -> int:
        return self.contract.obligation

    def notice(self, on: str = NOTICED, **values: Any) -> int:
        """A formal notice noted on the obligation."""
        known = {"entity": "obligation", "subject": self.obligation, "kind": "mise_en_demeure"}
        text = "Recommandé avec avis de réception"
        return put(self.base, "follow_up", {**known, "date": on, "text": text, **values})

    def april(self, received: str | None) -> int:
        """The statement of April, at last."""
        company = self.contract.company
        return new_statement(
            self.base, self.obligation, company, 202604, "sans_activite", received_on=received
        )
