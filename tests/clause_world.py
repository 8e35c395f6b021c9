"""Contracts whose clause is written, and the texts read back."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from builders import NewContract, add, new_base, new_contract, new_lot
from suivi_tui.actions.clauses import set_clause_terms, set_facilitator
from suivi_tui.actions.penalties import set_penalty_terms
from suivi_tui.actions.terms import set_terms
from suivi_tui.rules.clause_variables import (
    USUAL_PUBLICS,
    ClauseFacts,
    Facilitator,
    LotFacts,
    Tranche,
)
from suivi_tui.rules.owed_formula import PerAmount, PercentOfHours, PerTranche, PerYear
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money

TODAY = date(2026, 11, 22)
PENALTIES = {
    "penalite/heures/par_heure": "50,00 € ; après mise en demeure ; remise si tous les moyens sont "
    "prouvés",
    "penalite/releve/par_jour": "100,00 € ; jours calendaires ; après mise en demeure",
    "penalite/plafond/montant_annuel": "20 %",
}
FACILITATOR = Facilitator("Alix Essai", "Maison de l'emploi", "alix@mde.example", "01 02 03 04 05")


def facts(form: str = "condition", **changed: Any) -> ClauseFacts:
    """A contract of two lots whose clause has everything, or as it is changed."""
    known = ClauseFacts(
        form=form,
        number="2026-014",
        object="Réhabilitation d'une école",
        buyer="Ville de Valmont",
        lots=(LotFacts("1", "Gros œuvre", Hours(1_200_00)), LotFacts("2", "Peinture")),
        cadence="mensuelle",
        due_day=10,
        window_months=24,
        publics=tuple(map(str, USUAL_PUBLICS)),
        weight=10_00,
        general="fcs",
        proof_days=10,
        penalties=PENALTIES,
        facilitator=FACILITATOR,
    )
    return known._replace(**changed)


SHAPES: dict[str, dict[str, Any]] = {
    "fixed hours": {},
    "one lot": {"lots": (LotFacts("0", "", Hours(500_00)),)},
    "per amount": {"lots": (LotFacts("1", "Voirie", formula=PerAmount(
        Hours(1_00), Money(2_000_00), Money(2_700_000_00))),)},
    "share of hours": {"lots": (LotFacts("1", "Propreté", formula=PercentOfHours(
        Fraction(1, 10), Hours(15_000_00))),)},
    "per year": {"lots": (LotFacts("1", "Entretien", formula=PerYear(
        date(2026, 1, 1), date(2028, 12, 31), Hours(400_00), {2: Hours(600_00)}, True)),)},
    "tranches": {"lots": (LotFacts("1", "Gymnase", Hours(300_00), PerTranche(),
                                   (Tranche("Tranche optionnelle 1", Hours(150_00)),)),)},
    "own terms": {"lots": (LotFacts("1", "Gros œuvre", Hours(100_00)),
                           LotFacts("2", "Peinture", Hours(50_00), own={
                               "cadence": "trimestrielle",
                               "penalite/heures/par_heure": "30,00 € ; dès l'échéance"}))},
    "pooled by quarter": {"pooling": True, "cadence": "trimestrielle"},
    "index": {"penalties": {"penalite/heures/par_heure": "4 × plafond_horaire ; dès l'échéance"}},
    "nothing optional": {"penalties": {}, "general": "", "proof_days": None, "number": "",
                         "facilitator": FACILITATOR._replace(name="", phone="")},
}  # fmt: skip
"""Everything that changes what a text says besides its legal form."""


class Purchase:
    """A contract of two lots with all that its clause needs, in a base."""

    def __init__(self, folder: Path) -> None:
        self.base: Base = new_base(folder)
        self.made: NewContract = new_contract(
            self.base, number="2026-014", lot="1", owed=1_200_00, stage="consultation"
        )
        self.contract = self.made.contract
        self.painting = new_lot(
            self.base, self.contract, self.made.company, number="2", title="Peinture", owed=80_00
        )
        self.penalties(PENALTIES)
        set_terms(self.base, self.contract, None, {"cadence": "mensuelle", "jour_releve": "10"})
        set_clause_terms(self.base, self.contract, None, {"clause/ccag": "fcs"})
        set_facilitator(self.base, self.contract, FACILITATOR)

    def penalties(self, values: dict[str, str]) -> None:
        """What the contract says of penalties."""
        set_penalty_terms(self.base, self.contract, None, dict(values))

    def amend(self, hours: int) -> None:
        """More hours on the first lot, by an amendment."""
        add(self.base, "obligation_event", obligation=self.made.obligation, date="2026-11-20",
            kind="avenant", hours=hours, firm=1, reason="Avenant 1")  # fmt: skip
