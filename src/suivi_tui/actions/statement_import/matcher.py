"""The lines of a statement against the base: who, where, under which placement.

A line is recognised by what it says and by where its person works for its sender; what two
records could be is asked, never guessed (``design.md`` 8).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from suivi_tui.actions.statement_import.asking import Asking
from suivi_tui.actions.statement_import.births import BirthName, Births
from suivi_tui.actions.statement_import.likeness import resemble
from suivi_tui.actions.statement_import.matched import Match, Unmatched
from suivi_tui.actions.statement_import.planned import QuestionKey
from suivi_tui.actions.statement_import.texts import name_key
from suivi_tui.actions.statement_import.where import Where, place_text
from suivi_tui.actions.statement_import.who import Told, Who
from suivi_tui.actions.statement_import.world import World, active
from suivi_tui.exchange.statement_files.declared import DeclaredLine
from suivi_tui.store.journal import Value
from suivi_tui.store.queries import entry, statement_places
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.statement_places import PlacedRow, WorkRow
from suivi_tui.vocabulary.numbers import NBSP

HasHours = Callable[[int, int], bool]
_IDENTITY = (
    "person", "birth", "reference", "employer", "employer_siret", "company", "company_siret",
    "contract", "lot", "site", "start", "end", "type", "post", "weekly_hours", "obligation",
    "placement", "month",
)  # fmt: skip


class _Hired(NamedTuple):
    """A placement, who employs, why it is doubtful, what has to be made for it."""

    placement: int
    employer: int | None
    doubt: str = ""
    note: str = ""


class Matcher:
    """Recognises each distinct line once."""

    def __init__(
        self,
        connection: Connection,
        world: World,
        asking: Asking,
        births: Births,
        sender: int | None,
    ) -> None:
        self._connection = connection
        self._world, self._births, self._sender, self._asking = world, births, sender, asking
        self._who = Who(world, asking, births, sender)
        self._where = Where(world, asking, sender)
        self._found: dict[tuple[object, ...], Match | Unmatched] = {}

    def match(self, line: DeclaredLine) -> Match | Unmatched:
        """What a line is, or why it is not known."""
        identity = tuple(getattr(line, name) for name in _IDENTITY)
        found = self._found.get(identity)
        if found is None:
            found = self._found[identity] = self._match(line)
        return found

    def _match(self, line: DeclaredLine) -> Match | Unmatched:
        ours = self._of_our_form(line)
        if ours is not None:
            return ours
        asked: list[QuestionKey] = []
        shown, place = line.person or line.reference, place_text(line).shown
        employer = self._who.employer(line)
        told_apart = self._told_apart(line, employer)
        person = Told(told_apart) if told_apart is not None else self._who.person(line)
        for told in (person, employer):
            if told.asked is not None:
                asked.append(told.asked)
        for told in (person, employer):
            if told.question is not None or told.left_out:
                why = self._asking.sentence(told.question) if told.question else told.left_out
                return Unmatched(why, shown, place, told.question, tuple(asked))
        assert person.row is not None
        where = self._where.obligation(line, person.row, employer.row)
        if where.asked is not None:
            asked.append(where.asked)
        who = self._who.name(person.row)
        if where.row is None:
            why = self._asking.sentence(where.question) if where.question else where.left_out
            return Unmatched(why, who, place, where.question, tuple(asked))
        hired = self._hired(line, person.row, where.row, employer.row)
        notes = [
            "homonyme reconnu par son placement" if told_apart is not None else "",
            "nouvelle personne" if self._births.values("participant", person.row) else "",
        ]
        hired = hired._replace(note=" ; ".join(filter(None, (*notes, hired.note))))
        return self._made(person.row, where.row, hired, tuple(asked))

    def _told_apart(self, line: DeclaredLine, employer: Told) -> int | None:
        """The only one of several homonyms who works there, that month, for that employer."""
        if employer.question is not None or employer.left_out:
            return None
        here = [
            row
            for row in self._who.homonyms(line)
            if self._where.placed_here(line, row, employer.row)
        ]
        return here[0] if len(here) == 1 else None

    def _made(
        self, person: int, obligation: int, hired: _Hired, asked: tuple[QuestionKey, ...]
    ) -> Match:
        needs: tuple[BirthName, ...] = ()
        if self._births.values("placement", hired.placement) is not None:
            needs = (("placement", hired.placement),)
        return Match(
            person,
            obligation,
            hired.placement,
            hired.employer,
            self._who.name(person),
            self._world.places.label(obligation),
            hired.doubt,
            hired.note,
            needs,
            asked,
        )

    def _of_our_form(self, line: DeclaredLine) -> Match | None:
        """A line that holds ids of ours, unless its name is now somebody else's."""
        row = self._world.placements.get(line.placement or 0)
        if row is None or (line.obligation or row.obligation) != row.obligation:
            return None
        known = name_key(self._world.people.name(row.participant))
        if line.person and not resemble(name_key(line.person), known):
            return None
        hired = _Hired(row.placement, row.employer)
        return self._made(row.participant, row.obligation, hired, ())

    def _hired(
        self, line: DeclaredLine, person: int, obligation: int, employer: int | None
    ) -> _Hired:
        """The placement of a person on an obligation: the one there is, else one to make."""
        placed = [row for row in self._world.placed.get(person, ()) if row.obligation == obligation]
        if employer is not None:
            placed = [row for row in placed if row.employer in (employer, None)]
        elif self._sender is not None:
            own = [row for row in placed if row.employer == self._sender]
            holds = self._world.places.rows[obligation].company == self._sender
            # A holder tells of everyone on its lot, a structure of its own people alone.
            placed = own or [row for row in placed if holds or row.employer is None]
        placed = self._narrowed(line, placed)
        if not placed:
            return self._placed_anew(line, person, obligation, employer)
        latest = max(placed, key=lambda row: (row.first or "", row.placement))
        doubt = ""
        if len(placed) > 1:
            doubt = f"{len(placed)} contrats de travail possibles{NBSP}: le plus récent est proposé"
        return _Hired(latest.placement, latest.employer or employer or self._sender, doubt)

    def _narrowed(self, line: DeclaredLine, placed: list[PlacedRow]) -> list[PlacedRow]:
        """The placements that fit best: of that month, of that contract, with hours already."""
        fits: Sequence[Callable[[PlacedRow], bool]] = (
            lambda row: active(row.first, row.last, line.month),
            lambda row: line.start is not None and line.start in (row.start, row.first),
            lambda row: bool(line.type) and row.type == line.type,
            lambda row: self._has_hours(row.placement, line.month),
        )
        for fit in fits:
            if len(placed) > 1:
                placed = [row for row in placed if fit(row)] or placed
        return placed

    def _has_hours(self, placement: int, month: int) -> bool:
        return statement_places.has_hours(self._connection, placement, month)

    def _placed_anew(
        self, line: DeclaredLine, person: int, obligation: int, employer: int | None
    ) -> _Hired:
        row = self._world.places.rows[obligation]
        company = employer or self._sender or row.company
        name = self._company_name(company)
        doubt = (
            "" if employer or self._sender else f"l'employeur n'est pas dit{NBSP}: {name}{NBSP}?"
        )
        works = self._works(line, person, company)
        if len(works) > 1:
            doubt = f"{len(works)} contrats de travail possibles chez {name}"
        if works:
            contract = max(works, key=lambda work: (work.start or "", work.id)).id
            note = f"nouveau placement, contrat de travail chez {name}"
        else:
            key = ("work", person, company, line.start)
            contract = self._births.once(
                key, "work_contract", lambda: self._contract(line, person, company)
            )
            note = f"nouveau contrat de travail chez {name}"
            doubt = doubt or self._elsewhere(line, person)
        placement = self._births.once(
            ("placed", contract, obligation),
            "placement",
            lambda: {"work_contract": contract, "obligation": obligation},
        )
        return _Hired(placement, company, doubt, note)

    def _elsewhere(self, line: DeclaredLine, person: int) -> str:
        """Why someone known by their name alone may be somebody else: another employs them."""
        others = [
            work.employer
            for work in self._world.work.get(person, ())
            if work.employer is not None and active(work.start, work.end, line.month)
        ]
        if not others or not self._who.by_name_alone(line):
            return ""
        known = self._company_name(others[-1])
        return (
            f"connu par son nom seul, et employé par {known}{NBSP}: est-ce bien cette "
            f"personne{NBSP}?"
        )

    def _works(self, line: DeclaredLine, person: int, employer: int) -> list[WorkRow]:
        """The work contracts of a person that may serve one more obligation."""
        return [
            work
            for work in self._world.work.get(person, ())
            if work.employer == employer
            and active(work.start, work.end, line.month)
            and (line.start is None or work.start in (None, line.start))
        ]

    def _contract(self, line: DeclaredLine, person: int, employer: int) -> dict[str, Value]:
        about = entry.record(self._connection, "participant", person) or {}
        company = entry.record(self._connection, "company", employer) or {}
        return {
            "participant": person,
            "employer": employer,
            "structure_kind": company.get("kind"),
            "type": line.type,
            "post": line.post,
            "start": line.start,
            "end": line.end,
            "weekly_hours": line.weekly_hours,
            "education": about.get("education"),
            "situation": about.get("situation"),
        }

    def _company_name(self, row: int) -> str:
        known = self._world.companies.names.get(row)
        return known or str((self._births.values("company", row) or {}).get("name", ""))
