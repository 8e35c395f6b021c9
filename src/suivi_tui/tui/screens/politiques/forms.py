"""The forms of a buyer's policy: the text, a commitment of a year, what proves it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.screens.shared.texts import as_date
from suivi_tui.tui.widgets.fields import ChoiceField, DateField, Field, TextField, Wrong
from suivi_tui.vocabulary.choices import PolicyIndicator, PolicyKind, options
from suivi_tui.vocabulary.numbers import NBSP, format_number, scaled
from suivi_tui.vocabulary.text import NOTES_LIMIT

if TYPE_CHECKING:
    from suivi_tui.readings.policies import Aim
    from suivi_tui.store.queries.policies import EvidenceRow, PolicyRow

_HUNDREDTHS = 100
_MOST_WORDS = 1_000


class FigureField(Field[int]):
    """A figure in the unit of the indicator, kept in hundredths: ``30``, ``12,5``, ``30 %``."""

    def parse(self, text: str) -> int:
        """Hundredths of the unit, not below zero."""
        bare = text.strip().rstrip("%€hH").strip()
        value = scaled(bare)
        if value is None or value < 0:
            raise Wrong(f"«{NBSP}{text.strip()}{NBSP}» n'est pas un nombre.")
        return value

    def written(self, value: int) -> str:
        """As a person would type it."""
        whole = value % _HUNDREDTHS == 0
        return format_number(value // _HUNDREDTHS) if whole else format_number(value / 100, 2)


def policy_fields(today: date, known: "PolicyRow | None" = None) -> list[Field[Any]]:
    """A charter, a convention, a SPASER."""

    def was(name: str) -> Any:
        return getattr(known, name) or None if known is not None else None

    return [
        ChoiceField("kind", "Nature", options=options(PolicyKind), required=True,
                    initial=was("kind")),
        TextField("name", "Nom", required=True, initial=was("name")),
        DateField("start", "Début", today=today, initial=as_date(was("start"))),
        DateField("end", "Fin", today=today, initial=as_date(was("end"))),
        TextField("text", "Engagements", limit=NOTES_LIMIT, initial=was("text"),
                  hint="ce qui est promis, en quelques phrases"),
    ]  # fmt: skip


def target_fields(
    policies: "tuple[PolicyRow, ...]", known: "Aim | None" = None
) -> list[Field[Any]]:
    """A commitment of the year: what is measured, its target, what is known otherwise."""
    row = known.row if known is not None else None

    def was(name: str) -> Any:
        return getattr(row, name) or None if row is not None else None

    named = [(str(one.policy), one.name) for one in policies]
    policy = str(row.policy) if row is not None and row.policy else None
    if row is None and len(policies) == 1:
        policy = named[0][0]
    return [
        ChoiceField("indicator", "Indicateur", options=options(PolicyIndicator), required=True,
                    initial=was("indicator"), hint="part, heures, montant…"),
        TextField("commitment", "Engagement", limit=_MOST_WORDS, initial=was("commitment"),
                  hint="les mots de l'acheteur"),
        FigureField("target", "Cible de l'année", initial=row.target if row else None,
                    hint="30, 1 200, 50 000"),
        FigureField("typed", "Réalisé, saisi", initial=row.typed if row else None,
                    hint="si la base ne le sait pas"),
        TextField("unit", "Unité", initial=was("unit"), hint="d'un autre indicateur"),
        ChoiceField("policy", "Texte", options=named, initial=policy),
    ]  # fmt: skip


def evidence_fields(today: date, known: "EvidenceRow | None" = None) -> list[Field[Any]]:
    """What proves that a commitment was kept."""
    return [
        TextField("label", "Preuve", required=True, initial=known.label if known else None,
                  hint="délibération, rapport, tableau…"),
        TextField("link", "Où la trouver", initial=known.link or None if known else None,
                  hint="adresse, dossier, cote"),
        DateField("date", "Date", today=today, initial=as_date(known.date) if known else None),
    ]  # fmt: skip
