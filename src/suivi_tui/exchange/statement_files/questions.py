"""What only a person can tell about a table, each with a proposed answer."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from suivi_tui.exchange.statement_files.layout import Unit
from suivi_tui.exchange.statement_files.roles import Role
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, add_months, format_month, iso_month, month_of
from suivi_tui.vocabulary.numbers import NBSP

YES, NO = "oui", "non"
ALL_ADDED = "+"
MONTHLY, CUMULATED = "mois", "cumul"
PERSON, SITE = "personne", "chantier"

_MONTHS_OFFERED = 12
_DAY_HOURS = (Hours(700), Hours(740), Hours(750), Hours(780), Hours(800))


class LayoutQuestion(NamedTuple):
    """What a person must decide about a table: ``options`` are (code, French label).

    Until it is answered, lines of the table are read with ``proposed``, and nobody writes them.
    """

    key: str
    sentence: str
    options: tuple[tuple[str, str], ...]
    proposed: str


def quoted(text: str) -> str:
    """A heading quoted in a sentence."""
    return f"«{NBSP}{text[:60]}{NBSP}»"


def month_question(sheet: str, today: date, proposed: Month | None) -> LayoutQuestion:
    """Which month a sheet is about, when it does not say."""
    offered = [add_months(month_of(today), -step) for step in range(_MONTHS_OFFERED)]
    if proposed is not None and proposed not in offered:
        offered.insert(0, proposed)
    return LayoutQuestion(
        f"month/{sheet}",
        f"De quel mois sont les heures de la feuille {quoted(sheet)}{NBSP}?",
        tuple((iso_month(month), format_month(month)) for month in offered),
        iso_month(proposed or offered[1]),
    )


def year_question(sheet: str, today: date, proposed: int) -> LayoutQuestion:
    """Which year the months of a sheet belong to."""
    years = [today.year + 1, today.year, today.year - 1, today.year - 2]
    return LayoutQuestion(
        f"year/{sheet}",
        f"De quelle année sont les mois de la feuille {quoted(sheet)}{NBSP}?",
        tuple((str(year), str(year)) for year in years),
        str(proposed),
    )


def person_question(columns: Sequence[tuple[str, str]], proposed: str) -> LayoutQuestion:
    """Which column names the people."""
    return LayoutQuestion(
        "person", f"Quelle colonne donne le nom des personnes{NBSP}?", tuple(columns), proposed
    )


def hours_question(columns: Sequence[tuple[str, str]], proposed: str) -> LayoutQuestion:
    """Which of several columns of figures are the declared hours."""
    added = ((ALL_ADDED, "Toutes, additionnées"),) if len(columns) > 1 else ()
    return LayoutQuestion(
        "hours",
        f"Quelle colonne donne les heures déclarées{NBSP}?",
        (*columns, *added),
        proposed,
    )


def unit_question(proposed: Unit) -> LayoutQuestion:
    """Whether figures are hours or days."""
    options = [(Unit.HOURS.value, "Des heures"), (Unit.DAYS.value, "Des jours")]
    if proposed is Unit.DAY_FRACTIONS:
        options.append(
            (proposed.value, "Des durées que le tableur compte en jours (6,32 = 151h40)")
        )
    return LayoutQuestion(
        "unit", f"Que comptent les nombres de ce tableau{NBSP}?", tuple(options), proposed.value
    )


def day_hours_question(proposed: Hours) -> LayoutQuestion:
    """How many hours a day is worth."""
    return LayoutQuestion(
        "day_hours",
        f"Le relevé compte des jours{NBSP}: combien d'heures vaut une journée{NBSP}?",
        tuple((str(int(hours)), format_hours(hours)) for hours in _DAY_HOURS),
        str(int(proposed)),
    )


def basis_question(proposed: str) -> LayoutQuestion:
    """Whether figures are those of the month or a total since the start."""
    return LayoutQuestion(
        "basis",
        f"Ces heures sont-elles celles du mois, ou le total depuis le début{NBSP}?",
        ((MONTHLY, "Les heures du mois"), (CUMULATED, "Le total depuis le début")),
        proposed,
    )


def carry_question(columns: Sequence[str]) -> LayoutQuestion:
    """Whether empty cells repeat the ones above them."""
    named = ", ".join(quoted(column) for column in columns)
    return LayoutQuestion(
        "carry",
        f"Des cellules sont vides dans {named}{NBSP}: reprennent-elles la ligne du dessus{NBSP}?",
        ((YES, "Oui, comme la ligne du dessus"), (NO, "Non, laisser ces lignes de côté")),
        YES,
    )


def lone_question(texts: Sequence[str], proposed: str) -> LayoutQuestion:
    """Whether texts alone on their line are sites or people without hours."""
    named = ", ".join(quoted(text) for text in texts[:3])
    return LayoutQuestion(
        "lone",
        f"{named}{NBSP}: seul sur sa ligne, est-ce un chantier ou une personne sans heures{NBSP}?",
        ((SITE, "Un chantier, pour les lignes du dessous"), (PERSON, "Une personne sans heures")),
        proposed,
    )


def contract_question(heading: str, token: str) -> LayoutQuestion:
    """Whether a column called « contrat » holds the numbers of public contracts."""
    return LayoutQuestion(
        f"role/{token}",
        f"La colonne {quoted(heading)} donne-t-elle le numéro de marché{NBSP}?",
        (
            (Role.CONTRACT.value, "Oui, le numéro de marché"),
            (Role.IGNORE.value, "Non, un numéro de contrat de travail"),
        ),
        Role.IGNORE.value,
    )
