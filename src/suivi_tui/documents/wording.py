"""Turns of phrase that several letters share."""

from collections.abc import Iterable, Sequence
from datetime import date

from suivi_tui.documents.letter import Recipient, Sender
from suivi_tui.vocabulary.choices import ClauseForm
from suivi_tui.vocabulary.dates import long_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, format_month
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.typography import displayed

UNKNOWN = "non renseigné"

# Only what was read in the texts is cited (domain.md 2.1); other forms are named without one.
_GROUNDS: dict[str, str] = {
    ClauseForm.CONDITION: "condition d'exécution (article L. 2112-2 du code de la commande "
    "publique)",
    ClauseForm.CRITERION: "critère d'attribution (article R. 2152-7 du code de la commande "
    "publique)",
    ClauseForm.CONDITION_CRITERION: "condition d'exécution et critère d'attribution (articles "
    "L. 2112-2 et R. 2152-7 du code de la commande publique)",
    ClauseForm.RESERVED_INSERTION: "marché réservé (article L. 2113-13 du code de la commande "
    "publique)",
    ClauseForm.RESERVED_DISABILITY: "marché réservé (article L. 2113-12 du code de la commande "
    "publique)",
    ClauseForm.PRIVATE: "engagement pris au contrat",
}


def legal_ground(clause_form: str) -> str:
    """What the clause of a contract rests on, with its article when it is a known one."""
    ground = _GROUNDS.get(clause_form)
    return (
        (ground or "clause sociale d'insertion prévue par les pièces du marché")
        .replace("L. ", f"L.{NBSP}")
        .replace("R. ", f"R.{NBSP}")
    )


def text_of(text: str) -> str:
    """A text of the base as a letter shows it: cleaned, on one line, French spaces kept."""
    return displayed(text)


def enumerated(items: Sequence[str]) -> str:
    """``a, b et c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} et {items[-1]}"


def months_text(months: Iterable[Month]) -> str:
    """``août, septembre et octobre 2026``; the year is written once where it does not change."""
    listed = sorted(set(months))
    texts = []
    for place, month in enumerate(listed):
        following = listed[place + 1] if place + 1 < len(listed) else None
        name = format_month(month)
        same_year = following is not None and following // 100 == month // 100
        texts.append(name.rpartition(" ")[0] if same_year else name)
    return enumerated(texts)


def day_text(day: date | None) -> str:
    """``31 mars 2026``, or that it is not known."""
    return long_date(day) if day is not None else UNKNOWN


def hours_text(hours: Hours | None) -> str:
    """``1 200,00 h``, or that it is not known."""
    return format_hours(hours) if hours is not None else UNKNOWN


def person_name(first: str, last: str) -> str:
    """``Camille EXEMPLE``."""
    return text_of(f"{first} {last.upper()}")


def lot_name(number: str, title: str = "") -> str:
    """``lot 2 (Plomberie)``; nothing for a contract of one lot."""
    if number in ("", "0"):
        return text_of(title)
    return text_of(f"lot {number}" + (f" ({title})" if title else ""))


def contract_name(number: str, lot: str, unnamed: str = "") -> str:
    """``VX-44, lot 2``; the object of a contract that has no number yet."""
    name = text_of(number) or text_of(unnamed) or "marché sans numéro"
    return f"{name}, lot {text_of(lot)}" if lot not in ("", "0") else name


def shared_values(sender: Sender, to: Recipient, today: date) -> dict[str, str]:
    """The values that every template takes."""
    return {
        "date": long_date(today),
        "ville": text_of(sender.town),
        "structure": text_of(sender.structure),
        "adresse": text_of(sender.address),
        "auteur": text_of(sender.author),
        "fonction": text_of(sender.role),
        "coordonnees": " · ".join(
            part for part in (text_of(sender.phone), text_of(sender.mail)) if part
        ),
        "societe": text_of(to.company),
        "commune": text_of(to.commune),
        "destinataire": text_of(to.name),
        "destinataire_fonction": text_of(to.role),
    }
