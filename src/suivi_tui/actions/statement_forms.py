"""Blank forms of hours: written for one sender and month, or for all who are awaited.

A form names the sender's own people only (``design.md`` 8); its file is named after ids and
dates, never after a person or a company.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from suivi_tui.exchange.statement_files.form_layout import BlankForm, FormLot, FormPerson
from suivi_tui.exchange.statement_files.form_writing import form_bytes
from suivi_tui.exchange.whole_file import NotWritten, whole_file
from suivi_tui.readings.sender_obligations import awaited_companies, sender_obligations
from suivi_tui.store.base import Base
from suivi_tui.store.queries import statement_forms as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.statement_forms import EmployedRow, SenderRow
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.identifiers import clean_siret, siret_fault
from suivi_tui.vocabulary.months import Month, format_month, iso_month
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

SUFFIX = ".xlsx"
_MOST_COPIES = 1_000
_SHOWN = 5


class FormRefused(UserError):
    """There is nothing to ask, nobody to ask, or a file in the way; nothing was written."""


class FormAlreadyThere(FormRefused):
    """A file of that name stands there; it was not touched."""

    def __init__(self, target: Path) -> None:
        self.target = target
        super().__init__(
            f"Le fichier «{NBSP}{clean(target.name)}{NBSP}» existe déjà{NBSP}: il n'a pas été "
            "modifié. Choisissez un autre nom, ou remplacez-le."
        )


class WrittenForm(NamedTuple):
    """A form and where it is."""

    sender: int
    name: str
    path: Path


def find_sender(connection: Connection, text: str) -> SenderRow:
    """The company that ``text`` names, by SIRET or name; raises FormRefused when it is not one."""
    wanted, digits = fold(text), clean_siret(text)
    known = queries.companies(connection)
    tests = (
        lambda row: bool(row.siret) and len(digits) == 14 and row.siret == digits,
        lambda row: fold(row.name) == wanted,
        lambda row: fold(row.name).startswith(wanted),
        lambda row: wanted in fold(row.name),
    )
    found: list[SenderRow] = []
    for test in tests if wanted else ():
        found = [row for row in known if test(row)]
        if found:
            break
    if len(found) == 1:
        return found[0]
    shown = f"«{NBSP}{clean(text, 60)}{NBSP}»"
    if not found:
        raise FormRefused(
            f"Aucune entreprise ni structure ne s'appelle {shown}{NBSP}: rien n'a été écrit. "
            "Indiquez son nom ou son SIRET."
        )
    names = ", ".join(
        f"{clean(row.name, 60)}{f' ({row.siret})' if row.siret else ''}" for row in found[:_SHOWN]
    )
    more = "…" if len(found) > _SHOWN else ""
    raise FormRefused(
        f"{shown} désigne {len(found)} entreprises{NBSP}: {names}{more}. Rien n'a été écrit{NBSP}: "
        "indiquez le SIRET."
    )


def form_of(connection: Connection, sender: int, month: Month) -> BlankForm:
    """What a form asks of ``sender`` for ``month``; raises FormRefused when it has no lot then."""
    company = queries.company(connection, sender)
    if company is None:
        raise FormRefused("Cette entreprise n'existe plus : aucun formulaire n'a été écrit.")
    people = queries.employed(connection, sender, month)
    rows = sender_obligations(connection, sender, month, (row.obligation for row in people))
    if not rows:
        raise FormRefused(
            f"{clean(company.name)} n'a ni lot ni salarié en {format_month(month)}{NBSP}: aucun "
            "formulaire n'a été écrit. Vérifiez le mois."
        )
    lots = tuple(
        FormLot(row.obligation, row.number, row.lot_number, row.operation_name or row.object,
                row.company_name)
        for row in rows
    )  # fmt: skip
    asked = {row.obligation for row in rows}
    return BlankForm(
        sender,
        company.name,
        company.siret if company.siret and siret_fault(company.siret) is None else None,
        month,
        lots,
        tuple(_people([row for row in people if row.obligation in asked])),
    )


def _people(rows: list[EmployedRow]) -> Iterable[FormPerson]:
    """The people of a form; a birth date only where a name does not tell two of them apart."""
    named: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        named.setdefault((fold(row.last), fold(row.first)), set()).add(row.participant)
    for row in rows:
        alike = len(named[fold(row.last), fold(row.first)]) > 1
        yield FormPerson(
            row.placement,
            row.obligation,
            row.last,
            row.first,
            row.birth if alike else None,
            row.type,
            row.start,
            row.end,
        )


def default_name(form: BlankForm) -> str:
    """``releve-2026-10-`` and the SIRET of the sender, or its number in the base."""
    about = re.sub(r"[^0-9]", "", form.siret or "") or str(form.sender)
    return f"releve-{iso_month(form.month)}-{about}{SUFFIX}"


def default_folder() -> Path:
    """Where forms go when nobody says: the user's documents, else the home folder."""
    home = Path.home()
    return home / "Documents" if (home / "Documents").is_dir() else home


def proposed_target(base: Base, sender: int, month: Month) -> Path:
    """A file that does not exist yet, for a form that can be written (see ``form_of``)."""
    return _free(default_folder() / default_name(form_of(base.connection, sender, month)))


def write_form(
    base: Base, sender: int, month: Month, target: Path | None = None, *, overwrite: bool = False
) -> Path:
    """Write the form of ``sender`` (a company) for ``month``; where it was written.

    ``target`` is a file, or a folder where a name that is free is taken; without one, the user's
    documents. The file is written whole or not at all. Raises FormRefused, FormAlreadyThere
    unless ``overwrite``, NotWritten.
    """
    form = form_of(base.connection, sender, month)
    return _written(form, target or default_folder(), overwrite=overwrite)


def write_forms(
    base: Base, senders: Iterable[int], month: Month, folder: Path
) -> list[WrittenForm]:
    """Write the forms of several senders into a folder, made when it is missing."""
    forms = [form_of(base.connection, sender, month) for sender in senders]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(folder.name, "ce dossier ne peut pas être créé",
                         "choisissez un autre dossier") from error  # fmt: skip
    return [
        WrittenForm(form.sender, form.name, _written(form, folder, overwrite=False))
        for form in forms
    ]


def awaited(base: Base, month: Month, due_day: int) -> list[int]:
    """The senders of which a statement is awaited for ``month`` and that have something to fill."""
    found = []
    for sender in awaited_companies(base.connection, month, due_day):
        try:
            form_of(base.connection, sender, month)
        except FormRefused:
            continue
        found.append(sender)
    return found


def _written(form: BlankForm, target: Path, *, overwrite: bool) -> Path:
    if target.is_dir():
        target, overwrite = _free(target / default_name(form)), False
    elif not target.suffix:
        target = target.with_name(target.name + SUFFIX)
    elif target.suffix.lower() != SUFFIX:
        raise FormRefused(
            f"Un formulaire est un classeur {SUFFIX}{NBSP}: rien n'a été écrit. Donnez-lui un nom "
            f"en {SUFFIX}."
        )
    if target.exists() and not overwrite:
        raise FormAlreadyThere(target)
    content = form_bytes(form)
    with whole_file(target) as file:
        file.write(content)
    return target


def _free(target: Path) -> Path:
    """``target``, or the same name followed by the first number that is free."""
    if not target.exists():
        return target
    for number in range(2, _MOST_COPIES):
        other = target.with_name(f"{target.stem}-{number}{target.suffix}")
        if not other.exists():
            return other
    raise FormAlreadyThere(target)
