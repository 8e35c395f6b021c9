"""What one line of text would write: who, where, which month, how many hours.

Never a guess: when several placements fit, they are options, and nothing is the target until
one of them is chosen or the words leave only one.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from suivi_tui.readings.entry_facts import entry_facts
from suivi_tui.readings.quick_line import MonthWord, QuickLine, read_line
from suivi_tui.readings.record_names import shown_date
from suivi_tui.reference.loader import Thresholds
from suivi_tui.rules.checks import Finding
from suivi_tui.rules.locks import closes
from suivi_tui.rules.possible_hours import impossible_hours
from suivi_tui.store.queries import entry
from suivi_tui.store.queries import quick_entry as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.entry import HourKey, StoredHours
from suivi_tui.store.queries.quick_entry import PlaceRow
from suivi_tui.vocabulary.choices import EmploymentKind, label_of
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import (
    Month,
    add_months,
    first_day,
    last_day,
    month_of,
    of_month,
    previous_month,
)
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import fold

OPTIONS_LIMIT: Final = 50
# Months around the one typed: whoever worked in them may be meant.
LATELY: Final = 12
PERSON, OBLIGATION, PLACEMENT = "participant", "obligation", "placement"


class Chosen(NamedTuple):
    """What was picked in the list; 0 where nothing was."""

    participant: int = 0
    obligation: int = 0
    placement: int = 0

    def of(self, stage: str, row: int) -> "Chosen":
        """With the choice of one more stage."""
        return self._replace(**{stage: row})


NOTHING_CHOSEN: Final = Chosen()


class Option(NamedTuple):
    """Something to choose at this stage: its id, what it is called, what tells it from others.

    ``name`` completes the text of the line with the whole name of a person.
    """

    row: int
    label: str
    hint: str
    name: str = ""


class QuickReading(NamedTuple):
    """What a line would do.

    ``target`` is where, None while it is not certain; then ``options`` (of kind ``stage``) are
    what is possible. ``hours`` is None while no number was typed, ``before`` what the line of the
    base holds. ``refused`` says why nothing can be written; ``findings`` deserve a look.
    """

    line: QuickLine
    month: Month
    target: PlaceRow | None = None
    stage: str = ""
    options: tuple[Option, ...] = ()
    before: StoredHours | None = None
    refused: str = ""
    findings: tuple[Finding, ...] = ()
    note: str = ""

    @property
    def hours(self) -> Hours | None:
        """The hours that would be written."""
        return self.line.hours

    @property
    def ready(self) -> bool:
        """Whether the line can be written as it stands."""
        return self.target is not None and self.hours is not None and not self.refused


def read_quick_entry(
    connection: Connection,
    text: str,
    today: date,
    limits: Thresholds,
    chosen: Chosen = NOTHING_CHOSEN,
) -> QuickReading:
    """What ``text`` would write; without a month in it, that of last month."""
    usual = previous_month(month_of(today))
    line = read_line(text, usual)
    if not line.words and len(line.months) == 1 and not line.months[0].text:
        return QuickReading(line, line.months[0].month, refused=line.fault or _asked(line))
    meant = _meant(_Search(connection, line, chosen), line, usual)
    month, rows = meant.month.month, meant.rows
    if not rows:
        return QuickReading(line, month, refused=_unknown(line, meant))
    possible = _possible(rows, meant.words, month)
    stage, options = _options(rows, possible)
    if options:
        return QuickReading(line, month, None, stage, options, refused=line.fault)
    target = possible[0]
    if not target.placement:
        refused = (
            f"{called(target)} n'a aucune affectation{NBSP}: ajoutez-la dans la grille (Saisie)."
        )
        return QuickReading(line, month, refused=refused)
    return _judged(connection, line, month, target, today, limits)._replace(note=meant.note)


def completed(text: str, reading: QuickReading, option: Option) -> str:
    """``text`` with the whole name of a person in place of what was typed of it.

    Unchanged when the name would be read as something else (a month), or for other options.
    """
    if not option.name:
        return text
    names = _parts(option.name)
    tokens: list[str] = []
    named = False
    for token in text.split():
        folded = fold(token).strip(",;")
        if folded in reading.line.words and _begins(folded, names):
            tokens += [] if named else [option.name]
            named = True
        else:
            tokens.append(token)
    made = " ".join(tokens)
    line = read_line(made, reading.line.usual)
    same = (line.months, line.hours, line.kind) == (
        reading.line.months, reading.line.hours, reading.line.kind,
    )  # fmt: skip
    return made if named and same else text


def called(row: PlaceRow) -> str:
    """The name of a person, the last name first."""
    return f"{row.last} {row.first}".strip() or row.reference or "Sans nom"


def contract_and_lot(row: PlaceRow) -> str:
    """``2025-12 lot 2``."""
    number = row.contract_number or "sans numéro"
    return number if row.lot_number in ("", "0") else f"{number} lot {row.lot_number}"


def _asked(line: QuickLine) -> str:
    return "" if line.hours is None else "Indiquez la personne : les premières lettres suffisent."


def _unknown(line: QuickLine, meant: "_Meaning") -> str:
    if not meant.words:
        return line.fault or _asked(line)
    if len(line.months) > 1:
        said = ", ".join(word.text for word in line.months)
        return f"Plusieurs mois ({said}){NBSP}: gardez-en un seul."
    words = " ".join(meant.words)
    place = f" sur le lot {line.lot}" if line.lot else ""
    return f"Personne ne correspond à «{NBSP}{words}{NBSP}»{place}."


class _Meaning(NamedTuple):
    """One way to understand a line: its month, its words, the placements that fit."""

    month: MonthWord
    words: tuple[str, ...]
    rows: tuple[PlaceRow, ...]
    note: str = ""


def _meant(known: "_Search", line: QuickLine, usual: Month) -> _Meaning:
    """The only way to understand the line that finds someone.

    Of several months, the others may be the number of a contract or a name. When that does not
    settle it, nothing is found.
    """
    ways = []
    for place, word in enumerate(line.months):
        others = (*line.months[:place], *line.months[place + 1 :])
        words = (*line.words, *(part for other in others for part in other.text.split()))
        ways.append(_Meaning(word, words, known.rows(words)))
    if not any(way.rows for way in ways):
        # « Mai », « Avril » are names as well.
        named = [part for word in line.months for part in word.text.split() if part.isalpha()]
        words = (*line.words, *named)
        ways.append(_Meaning(MonthWord("", usual), words, known.rows(words) if named else ()))
    found = [way for way in ways if way.rows]
    if len(found) != 1:
        return ways[0]._replace(rows=())
    return found[0]._replace(note=_month_or_contract(found[0]))


def _month_or_contract(way: _Meaning) -> str:
    """A month that is also the number of a contract of that person is said."""
    text = way.month.text
    if text and any(fold(row.contract_number) == text for row in way.rows):
        return (
            f"«{NBSP}{text}{NBSP}» est lu comme le mois{NBSP}; pour le marché de ce numéro, "
            "écrivez aussi le mois."
        )
    return ""


class _Search:
    """The placements that fit some words, each person read once."""

    def __init__(self, connection: Connection, line: QuickLine, chosen: Chosen) -> None:
        self._connection, self._lot, self._chosen = connection, line.lot, chosen
        self._words = (*line.words, *(word.text for word in line.months))
        self._read: list[PlaceRow] | None = None

    def rows(self, words: Sequence[str]) -> tuple[PlaceRow, ...]:
        """Every word says something of the person or of the place, one of them of the person."""
        if self._read is None:
            self._read = self._everyone()
        return tuple(row for row in self._read if words and self._fits(row, words))

    def _everyone(self) -> list[PlaceRow]:
        if self._chosen.participant:
            people = [self._chosen.participant]
        else:
            parts = [part for word in self._words for part in _parts(word)]
            people = queries.people_named(self._connection, parts)
        return queries.places_of(self._connection, people)

    def _fits(self, row: PlaceRow, words: Sequence[str]) -> bool:
        chosen = self._chosen
        if (chosen.obligation or row.obligation) != row.obligation or (
            chosen.placement or row.placement
        ) != row.placement:
            return False
        if self._lot and not _same_lot(row.lot_number, self._lot):
            return False
        person, place = _names(row), _place_words(row)
        of_person = [word for word in words if _begins(word, person)]
        if not of_person and not chosen.participant:
            return False
        return all(word in of_person or _begins(word, place) for word in words)


def _parts(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in fold(text)).split()


def _names(row: PlaceRow) -> list[str]:
    return [*_parts(row.last), *_parts(row.first), *_parts(row.reference)]


def _place_words(row: PlaceRow) -> list[str]:
    texts = (row.employer_name, row.holder_name, row.contract_number, row.lot_number,
             row.lot_title, row.site, label_of(EmploymentKind, row.type))  # fmt: skip
    return [part for text in texts for part in (*_parts(text), fold(text)) if part]


def _begins(word: str, known: Iterable[str]) -> bool:
    listed = list(known)
    return any(item.startswith(word) for item in listed) or (
        bool(parts := _parts(word))
        and all(any(item.startswith(part) for item in listed) for part in parts)
    )


def _same_lot(number: str, typed: str) -> bool:
    """Lot ``02`` is lot ``2``."""
    return fold(number).lstrip("0") == typed.lstrip("0")


def _possible(rows: Sequence[PlaceRow], words: Sequence[str], month: Month) -> list[PlaceRow]:
    """Those that may be meant: a name typed whole before longer ones; people who worked lately
    before those long gone; of one person, the placements of that month before the others."""
    whole = {word for word in words for row in rows if word in _names(row)}

    def longer(row: PlaceRow) -> bool:
        names = _names(row)
        return any(word not in names and _begins(word, names) for word in whole)

    exact = [row for row in rows if not longer(row)] or list(rows)
    since, until = add_months(month, -LATELY), add_months(month, LATELY)
    lately = [row for row in exact if works_in(row, since, until)] or exact
    if len({row.participant for row in lately}) > 1:
        return lately
    of_one = [row for row in exact if row.participant == lately[0].participant]
    return [row for row in of_one if works_in(row, month, month)] or of_one


def works_in(row: PlaceRow, first: Month, last: Month) -> bool:
    """Whether a placement reaches some months; unknown bounds are open."""
    opening, closing = first_day(first).isoformat(), last_day(last).isoformat()
    placed = bool(row.placement)
    return placed and (row.start or "") <= closing and (row.end or "9999") >= opening


def _options(
    rows: Sequence[PlaceRow], possible: Sequence[PlaceRow]
) -> tuple[str, tuple[Option, ...]]:
    """What is to be chosen, the first thing that the possible placements differ by."""
    stages: tuple[tuple[str, Callable[[PlaceRow], int], Callable[[PlaceRow], Option]], ...] = (
        (PERSON, lambda row: row.participant, _person_option(rows)),
        (OBLIGATION, lambda row: row.obligation, _obligation_option),
        (PLACEMENT, lambda row: row.placement, _placement_option),
    )
    around = list(rows)
    for stage, key, option in stages:
        first = {key(row) for row in possible}
        if len(first) > 1:
            found = {key(row): row for row in reversed([*possible, *around])}
            options = sorted(
                (option(row) for row in found.values()),
                key=lambda item: (item.row not in first, fold(item.label), item.row),
            )
            return stage, tuple(options[:OPTIONS_LIMIT])
        around = [row for row in around if key(row) in first]
    return "", ()


def _person_option(rows: Sequence[PlaceRow]) -> Callable[[PlaceRow], Option]:
    people: dict[str, set[int]] = {}
    for row in rows:
        people.setdefault(fold(called(row)), set()).add(row.participant)

    def option(row: PlaceRow) -> Option:
        alike = len(people[fold(called(row))]) > 1
        born = f"né(e) le {shown_date(row.birth)}" if alike and row.birth else ""
        place = contract_and_lot(row) if row.placement else "sans affectation"
        hint = [born or (row.reference if alike else ""), row.employer_name, place]
        return Option(row.participant, called(row), " · ".join(filter(None, hint)), called(row))

    return option


def _obligation_option(row: PlaceRow) -> Option:
    return Option(row.obligation, contract_and_lot(row),
                  " · ".join(filter(None, (row.site, row.holder_name))))  # fmt: skip


def _placement_option(row: PlaceRow) -> Option:
    kind = label_of(EmploymentKind, row.type)
    who = " · ".join(filter(None, (row.employer_name or "employeur inconnu", kind)))
    return Option(row.placement, who, period(row))


def period(row: PlaceRow) -> str:
    """``du 05/01/2026 au 30/06/2026``; empty when nothing is known."""
    since = f"du {shown_date(row.start)}" if row.start else ""
    until = f"au {shown_date(row.end)}" if row.end else ""
    return f"{since} {until}".strip()


def _judged(
    connection: Connection,
    line: QuickLine,
    month: Month,
    target: PlaceRow,
    today: date,
    limits: Thresholds,
) -> QuickReading:
    """The line written at ``target``: what is there, what forbids it, what deserves a look."""
    before = entry.hour_line(
        connection, HourKey(target.obligation, month, target.placement, line.kind)
    )
    hours = line.hours
    refused = line.fault or _closed(connection, target, month)
    findings: tuple[Finding, ...] = ()
    if hours is not None and not refused:
        refused = impossible_hours(hours, month)
        facts = entry_facts(connection, [target.placement], today, limits)
        findings = facts.findings(target.obligation, target.placement, line.kind, month, hours)
    return QuickReading(line, month, target, before=before, refused=refused, findings=findings)


def _closed(connection: Connection, target: PlaceRow, month: Month) -> str:
    if target.closed_on:
        return (
            f"Cette obligation est close depuis le {shown_date(target.closed_on)}{NBSP}: rien ne "
            "peut y être saisi. Rouvrez-la dans la fiche du marché (touche d)."
        )
    sent = entry.statements(connection, target.obligation, month)
    if closes(((row, one.status) for row, one in sent.items()), target.holder, target.employer):
        return (
            f"Le relevé {of_month(month)} est verrouillé{NBSP}: rouvrez-le dans l'écran "
            "Saisie (touche k)."
        )
    return ""
