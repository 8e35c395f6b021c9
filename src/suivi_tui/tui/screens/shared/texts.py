"""Values of the base as the detail screens write them."""

from collections.abc import Iterable
from datetime import date

from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, format_month
from suivi_tui.vocabulary.numbers import NBSP


def as_date(text: str | None) -> date | None:
    """A date of the base; None when it is unknown or cannot be read."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def day(text: str | None) -> str:
    """A date of the base as people read it; empty when unknown, as it is when it is no date."""
    found = as_date(text)
    return format_date(found) if found else text or ""


def month(number: int) -> str:
    """A month of the base as people read it; what is no month as it is."""
    return format_month(Month(number)) if 1 <= number % 100 <= 12 else str(number)


def period(start: str | None, end: str | None) -> str:
    """``du 01/01/2026 au 31/12/2026``; empty when nothing is known."""
    if start and end:
        return f"du {day(start)} au {day(end)}"
    if start:
        return f"depuis le {day(start)}"
    return f"jusqu'au {day(end)}" if end else ""


def hours(value: int | None) -> str:
    """Hours as people read them; empty when unknown."""
    return "" if value is None else format_hours(Hours(value))


def worked(value: int) -> str:
    """Hours as people read them; empty when there are none."""
    return format_hours(Hours(value)) if value else ""


def said(label: str, text: str) -> str:
    """``label : text``; empty when there is nothing to say."""
    return f"{label}{NBSP}: {text}" if text else ""


def joined(parts: Iterable[str], mark: str = " · ") -> str:
    """The parts that hold something, one after the other."""
    return mark.join(part for part in parts if part)
