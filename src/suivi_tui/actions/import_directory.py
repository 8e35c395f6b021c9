"""``importer structures`` and ``importer annuaire``: who can be called, and where."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from suivi_tui.actions.import_report import ImportReport, refused
from suivi_tui.actions.known_structures import KnownStructures
from suivi_tui.actions.reconcile import (
    Identities,
    Mark,
    Reconciler,
    column_names,
    homonyms,
    quoted,
    said,
)
from suivi_tui.exchange.columns_directory import (
    DIRECTORY_COLUMNS,
    DirectoryLine,
    read_directory,
)
from suivi_tui.exchange.columns_structures import (
    STRUCTURE_COLUMNS,
    StructureLine,
    read_structures,
)
from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.line_report import LinesFile
from suivi_tui.reference import territories
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Value
from suivi_tui.store.queries import directory, entry, matching
from suivi_tui.store.queries.directory import COMPANY, ENTRY, StructureKey
from suivi_tui.vocabulary.choices import CompanyKind, DirectoryKind
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import fold

_COMPANY: Final = {"siret": "siret", "kind": "kind", "naf": "naf", "commune": "commune"}
_CONTACT: Final = {"name": "contact", "phone": "phone", "mail": "mail"}
_PERSON: Final = {
    name: name
    for name in ("kind", "structure", "service", "role", "commune", "mail", "phone", "comment")
}
_BUYER: Final = {"name": "buyer", "siret": "buyer_siret"}
_SEVERAL: Final = re.compile(r"[,;|]")


def import_structures(
    base: Base, path: Path, *, today: date, dry_run: bool = False
) -> ImportReport:
    """Bring in a list of insertion structures, in one batch; with ``dry_run``, only say so.

    A file that cannot be read is told in the report; raises what ``journal.write`` does.
    """
    return _bring(base, path, read_structures, _Structures, "structures", dry_run)


def import_entries(base: Base, path: Path, *, today: date, dry_run: bool = False) -> ImportReport:
    """Bring in facilitators and référents, in one batch; with ``dry_run``, only say so.

    A file that cannot be read is told in the report; raises what ``journal.write`` does.
    """
    return _bring(base, path, read_directory, _Entries, "contacts de l'annuaire", dry_run)


def _bring(
    base: Base,
    path: Path,
    read: Callable[[Path], LinesFile[Any]],
    importing: "type[_Structures] | type[_Entries]",
    what: str,
    dry_run: bool,
) -> ImportReport:
    """Take the lines of a list one by one, in one batch."""
    try:
        file = read(path)
    except UnreadableFile as error:
        return refused(path.name, error)
    reconciler = Reconciler(base, file)
    lines = importing(base, reconciler)
    for line in file.lines:
        lines.take(line)
    return reconciler.finish(what=what, dry_run=dry_run)


class _Coverages:
    """What people or structures cover, as the base and the file have shown so far."""

    def __init__(self, base: Base, reconciler: Reconciler, entity: str) -> None:
        self._reconciler = reconciler
        self._owner = "entry" if entity == ENTRY else "company"
        self._known: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for row, territory, trade in directory.coverage_keys(base.connection, entity):
            self._known[row].add((territory, trade))

    def any(self, row: int) -> bool:
        """Whether something was ever said of where they can be called."""
        return bool(self._known.get(row))

    def bring(self, line: int, row: int, codes: list[str], trade: str) -> None:
        """What a line adds; what was known, or was taken away by a person, stays so."""
        for code in codes or [""]:
            if (code or trade) and (code, trade) not in self._known[row]:
                self._known[row].add((code, trade))
                values: dict[str, Value] = {self._owner: row, "territory": code, "trade": trade}
                self._reconciler.create(line, "coverage", values)
                self._reconciler.mark(line, Mark.CHANGED)

    def read(self, line: int, text: str) -> list[str]:
        """The codes of the territories that a cell names; one that is in doubt is told."""
        codes = []
        for part in _SEVERAL.split(text):
            found = territories.territories_called(part)
            if len(found) == 1:
                codes.append(found[0].code)
            elif part.strip():
                why = (
                    f"plusieurs territoires s'appellent {quoted(part)}{NBSP}: donnez son code"
                    if found
                    else f"territoire inconnu {quoted(part)}{NBSP}: il n'a pas été lu"
                )
                self._reconciler.warn(line, "territoire", why)
        return codes


class _Structures:
    """The lines of one list taken one by one."""

    def __init__(self, base: Base, reconciler: Reconciler) -> None:
        self._connection = base.connection
        self._reconciler = reconciler
        self._known = KnownStructures(directory.structure_keys(base.connection))
        self._coverages = _Coverages(base, reconciler, COMPANY)
        self._contacts: dict[int, list[matching.ContactKey]] = {}
        columns = STRUCTURE_COLUMNS.columns
        self._names = column_names(columns, _COMPANY)
        self._contact_names = column_names(columns, _CONTACT)

    def take(self, line: StructureLine) -> None:
        """One structure, its place and its trade."""
        found = self._known.find(line)
        if len(found) > 1:
            self._reconciler.leave_out(
                line.line,
                "nom",
                f"{len(found)} fiches peuvent être {quoted(line.sign or line.name)}{NBSP}: "
                "ajoutez son SIRET et son type",
            )
            return
        if line.kind == CompanyKind.ORDINARY.value:
            self._reconciler.leave_out(
                line.line, "type", "une entreprise ordinaire n'est pas une structure d'insertion"
            )
            return
        if found:
            row = found[0]
            self._reconciler.fill(line.line, "company", row, said(line, _COMPANY), self._names)
        else:
            row = self._new(line)
        self._place(line, row)
        self._contact(line, row)

    def _new(self, line: StructureLine) -> int:
        others = self._known.other_kinds(line)
        if others:
            self._reconciler.warn(
                line.line,
                "siret",
                f"ce SIRET est aussi celui d'une structure de type {', '.join(others)}{NBSP}: "
                "les deux sont gardées",
            )
        values = said(line, _COMPANY)
        values["name"] = line.sign or line.name or f"SIRET {line.siret}"
        if not line.kind:
            values["kind"] = CompanyKind.OTHER.value
            self._reconciler.warn(line.line, "type", "type inconnu, à compléter")
        row = self._reconciler.create(line.line, "company", values)
        self._known.add(
            StructureKey(row, str(values["name"]), line.siret, str(values["kind"]), line.commune)
        )
        self._reconciler.mark(line.line, Mark.CREATED)
        return row

    def _place(self, line: StructureLine, row: int) -> None:
        """Where it can be called: what the line says, else where its seat is."""
        codes = self._coverages.read(line.line, line.territory) if line.territory else []
        if not line.territory and (line.trade or not self._coverages.any(row)):
            codes = self._seat(line)
        self._coverages.bring(line.line, row, codes, line.trade)

    def _seat(self, line: StructureLine) -> list[str]:
        found = territories.locate(line.commune, line.postcode, line.departement)
        if found is not None:
            return [found.code]
        area = territories.departement(line.departement or line.postcode[:2])
        if line.commune:
            kept = f"{NBSP}: son département est gardé" if area else ""
            self._reconciler.warn(
                line.line,
                "commune",
                f"commune {quoted(line.commune)} inconnue, ou qui ne va pas avec son code "
                f"postal{kept}",
            )
        return [area.code] if area is not None else []

    def _contact(self, line: StructureLine, row: int) -> None:
        if not (line.contact or line.phone or line.mail):
            return
        if row not in self._contacts:
            new = self._reconciler.is_new("company", row)
            self._contacts[row] = [] if new else matching.contacts(self._connection, row)
        for contact in self._contacts[row]:
            if contact.contract is None and fold(contact.name) == fold(line.contact):
                values = said(line, _CONTACT)
                self._reconciler.fill(line.line, "contact", contact.id, values, self._contact_names)
                return
        values = {**said(line, _CONTACT), "company": row}
        made = self._reconciler.create(line.line, "contact", values)
        self._contacts[row].append(matching.ContactKey(made, None, None, line.contact))
        self._reconciler.mark(line.line, Mark.CHANGED)


class _Entries:
    """The lines of one file of people taken one by one."""

    def __init__(self, base: Base, reconciler: Reconciler) -> None:
        connection = base.connection
        self._reconciler = reconciler
        self._buyers = Identities(entry.identities(connection, "buyer"))
        self._coverages = _Coverages(base, reconciler, ENTRY)
        self._people: dict[str, list[tuple[int, str, int | None]]] = defaultdict(list)
        for row in directory.entries(connection):
            known = (row.directory_entry, fold(row.structure), row.buyer)
            self._people[fold(row.name)].append(known)
        columns = DIRECTORY_COLUMNS.columns
        self._names = {**column_names(columns, _PERSON), "buyer": "acheteur"}
        self._buyer_names = column_names(columns, _BUYER)

    def take(self, line: DirectoryLine) -> None:
        """One person, a territory and a trade."""
        buyers = self._buyers.find(line.buyer, line.buyer_siret)
        if len(buyers) > 1:
            told = homonyms(len(buyers), line.buyer)
            self._reconciler.leave_out(line.line, "acheteur", told)
            return
        same = self._same_people(line, buyers[0] if buyers else None)
        if len(same) > 1:
            self._reconciler.leave_out(
                line.line,
                "nom",
                f"{len(same)} personnes portent ce nom{NBSP}: ajoutez leur structure",
            )
            return
        row = self._person(line, same, self._buyer(line, buyers))
        codes = self._coverages.read(line.line, line.territory) if line.territory else []
        self._coverages.bring(line.line, row, codes, line.trade)

    def _same_people(self, line: DirectoryLine, buyer: int | None) -> list[int]:
        """Who this may be: the same name, in the same structure and for the same buyer."""
        structure = fold(line.structure)
        named = [
            known
            for known in self._people[fold(line.name)]
            if (not structure or not known[1] or known[1] == structure)
            and (buyer is None or known[2] in (None, buyer))
            and not ((line.buyer or line.buyer_siret) and buyer is None and known[2])
        ]
        exact = [known for known in named if known[1] == structure and known[2] == buyer]
        return [row for row, _, _ in (exact if len(exact) == 1 else named)]

    def _buyer(self, line: DirectoryLine, found: list[int]) -> int | None:
        if not (line.buyer or line.buyer_siret):
            return None
        values = said(line, _BUYER)
        if found:
            self._reconciler.fill(line.line, "buyer", found[0], values, self._buyer_names)
            return found[0]
        values["name"] = values["name"] or f"SIRET {line.buyer_siret}"
        row = self._reconciler.create(line.line, "buyer", values)
        self._buyers.add(row, str(values["name"]), line.buyer_siret)
        return row

    def _person(self, line: DirectoryLine, same: list[int], buyer: int | None) -> int:
        values = {**said(line, _PERSON), "buyer": buyer}
        if same:
            self._reconciler.fill(line.line, ENTRY, same[0], values, self._names)
            return same[0]
        values["kind"] = line.kind or DirectoryKind.OTHER.value
        row = self._reconciler.create(line.line, ENTRY, {**values, "name": line.name})
        self._people[fold(line.name)].append((row, fold(line.structure), buyer))
        self._reconciler.mark(line.line, Mark.CREATED)
        return row
