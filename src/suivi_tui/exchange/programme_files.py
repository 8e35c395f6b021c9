"""A buyer's yearly programme of purchases, ``.xlsx`` or ``.csv``, under whatever headings.

Nothing here knows the base: the lines come as they are understood, with what is doubtful and
every line that was left aside, each with its reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.programme_headings import Header, find_header, likely_headings
from suivi_tui.exchange.programme_values import (
    Read,
    ReadDay,
    amount_of,
    duration_of,
    lots_of,
    planned_day,
    said_nothing,
)
from suivi_tui.exchange.statement_files.cell_values import text_of
from suivi_tui.exchange.statement_files.workbook import (
    CellValue,
    Sheet,
    Workbook,
    open_statement_file,
)
from suivi_tui.vocabulary.choices import Category, find
from suivi_tui.vocabulary.identifiers import (
    clean_siret,
    cpv_fault,
    looks_like_nir,
    normal_cpv,
    siret_fault,
)
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

OBJECT_LIMIT: Final = 1000
MOST_LINES: Final = 20_000
OBJECT_COLUMN: Final = "colonne/objet"
_TOTAL: Final = ("total", "sous-total", "sous total", "totaux", "somme")

# How buyers write a procedure, and the words of open data for it.
_PROCEDURES: Final = {
    "mapa": "Procédure adaptée",
    "procedure adaptee": "Procédure adaptée",
    "ao": "Appel d'offres ouvert",
    "aoo": "Appel d'offres ouvert",
    "appel d'offres": "Appel d'offres ouvert",
    "appel d'offres ouvert": "Appel d'offres ouvert",
    "aor": "Appel d'offres restreint",
    "appel d'offres restreint": "Appel d'offres restreint",
    "pn": "Procédure avec négociation",
    "pcn": "Procédure avec négociation",
    "dialogue competitif": "Dialogue compétitif",
    "gre a gre": "Marché passé sans publicité ni mise en concurrence préalable",
    "mpsc": "Marché passé sans publicité ni mise en concurrence préalable",
}
# The short names of categories that no list of ours has.
_CATEGORIES: Final = {
    "t": Category.WORKS, "tx": Category.WORKS, "trx": Category.WORKS, "tvx": Category.WORKS,
    "f": Category.SUPPLIES, "fcs": Category.SERVICES, "fourniture": Category.SUPPLIES,
    "s": Category.SERVICES, "pi": Category.SERVICES, "prestation": Category.SERVICES,
    "prestations intellectuelles": Category.SERVICES, "moe": Category.SERVICES,
    "maitrise d'oeuvre": Category.SERVICES, "prestations de services": Category.SERVICES,
    "marches de travaux": Category.WORKS, "marches de services": Category.SERVICES,
    "marches de fournitures": Category.SUPPLIES,
}  # fmt: skip


class ProgrammeLine(NamedTuple):
    """One line of a programme; amounts before tax in cents, dates ISO.

    ``ident`` tells lines of several sheets apart, ``row`` is the line as a spreadsheet shows it.
    ``category_text`` is what was written when no category is known by that name.
    """

    ident: int
    sheet: str
    row: int
    buyer: str = ""
    buyer_siret: str | None = None
    number: str = ""
    object: str = ""
    category: str = ""
    category_text: str = ""
    amount_cents: int | None = None
    planned_on: str | None = None
    duration_months: int | None = None
    procedure: str = ""
    cpv: str = ""
    place: str = ""
    service: str = ""
    referent: str = ""
    lot: str = ""
    lot_title: str = ""
    lots: int | None = None


class Remark(NamedTuple):
    """A remark about a line (``ident``) or about a column; ``column`` is its heading."""

    ident: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """What a programme holds. ``shape`` names its headings; ``headings`` are those proposed when
    no column names the object, and then no line is read."""

    name: str
    sha256: str
    shape: str = ""
    sheets: tuple[str, ...] = ()
    lines: tuple[ProgrammeLine, ...] = ()
    left_out: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    headings: tuple[str, ...] = field(default=())


def read_programme(path: Path, answers: Mapping[str, str] | None = None) -> ProgrammeFile:
    """Read a programme. ``answers`` hold what people said before (``OBJECT_COLUMN``).

    Raises :class:`~suivi_tui.exchange.csv_file.UnreadableFile`.
    """
    return programme_of(open_statement_file(path), answers or {})


def programme_of(workbook: Workbook, answers: Mapping[str, str]) -> ProgrammeFile:
    """The programme of a workbook whose cells were read."""
    wanted = answers.get(OBJECT_COLUMN, "")
    lines: list[ProgrammeLine] = []
    left_out: list[Remark] = []
    warnings: list[Remark] = []
    sheets: list[str] = []
    shape = ""
    for rank, sheet in enumerate(workbook.sheets):
        header = find_header(sheet.rows, wanted)
        if header is None:
            continue
        shape = shape or "|".join(header.names)[:300]
        sheets.append(sheet.name)
        reading = _SheetReading(sheet, rank, header)
        reading.read()
        lines += reading.lines
        left_out += reading.left_out
        warnings += reading.warnings
    if len(lines) > MOST_LINES:
        raise UnreadableFile(
            workbook.name, "il a trop de lignes pour un programme d'achats", "partagez-le"
        )
    headings: tuple[str, ...] = ()
    if not sheets:
        headings = next(
            (found for sheet in workbook.sheets if (found := likely_headings(sheet.rows))), ()
        )
        if not headings:
            raise UnreadableFile(
                workbook.name,
                "aucune colonne ne dit l'objet des achats",
                "vérifiez que c'est bien un programme d'achats",
            )
    warnings += [
        Remark(0, "", f"la feuille masquée «{NBSP}{name}{NBSP}» n'a pas été lue")
        for name in workbook.hidden
    ]
    return ProgrammeFile(
        workbook.name, workbook.sha256, shape, tuple(sheets), tuple(lines), tuple(left_out),
        tuple(warnings), headings,
    )  # fmt: skip


class _SheetReading:
    """The lines of one sheet, taken one by one."""

    def __init__(self, sheet: Sheet, rank: int, header: Header) -> None:
        self._sheet = sheet
        self._rank = rank
        self._header = header
        self._category = _category(sheet.name)[0]
        self.lines: list[ProgrammeLine] = []
        self.left_out: list[Remark] = []
        self.warnings = [
            Remark(self._ident(header.row), heading, "colonne non lue") for heading in header.unread
        ]

    def _ident(self, row: int) -> int:
        # Lines of the first sheet are known by their number alone.
        return (self._rank << 20) + row + 1

    def read(self) -> None:
        """Take every row under the heading."""
        for number in range(self._header.row + 1, len(self._sheet.rows)):
            row = self._sheet.rows[number]
            filled = [text_of(cell) for cell in row if text_of(cell)]
            if filled:
                self._take(number, row, filled)

    def _take(self, number: int, row: Sequence[CellValue], filled: Sequence[str]) -> None:
        ident = self._ident(number)
        category = _category(filled[0])[0] if len(filled) == 1 else ""
        if category:
            # « TRAVAUX » alone on its line is the title of those under it.
            self._category = category
            self.left_out.append(Remark(ident, "", "titre d'une rubrique, ce n'est pas un achat"))
            return
        object_ = self._text(row, "object", OBJECT_LIMIT)
        if not object_ or said_nothing(object_):
            self.left_out.append(Remark(ident, "objet", "aucun objet d'achat sur cette ligne"))
        elif any(fold(text).startswith(_TOTAL) for text in filled[:2]):
            self.left_out.append(Remark(ident, "", "ligne de total, ce n'est pas un achat"))
        elif looks_like_nir(object_):
            told = "ce texte ressemble à un numéro de sécurité sociale, il n'a pas été lu"
            self.left_out.append(Remark(ident, "objet", told))
        else:
            self.lines.append(self._line(ident, number + 1, row, object_))

    def _line(
        self, ident: int, number: int, row: Sequence[CellValue], object_: str
    ) -> ProgrammeLine:
        category, unknown = _category(self._text(row, "category"))
        amount = self._value(ident, row, "amount", amount_of(self._cell(row, "amount"),
                                                             self._header.unit))  # fmt: skip
        planned = self._day(ident, row)
        months = self._value(ident, row, "duration", duration_of(self._cell(row, "duration")))
        lots = self._value(ident, row, "lots", lots_of(self._cell(row, "lots")))
        return ProgrammeLine(
            ident=ident,
            sheet=self._sheet.name,
            row=number,
            buyer=self._text(row, "buyer"),
            buyer_siret=self._siret(ident, row),
            number=self._text(row, "number"),
            object=object_,
            category=category or ("" if unknown else self._category),
            category_text=unknown,
            amount_cents=amount,
            planned_on=planned,
            duration_months=months,
            procedure=_procedure(self._text(row, "procedure")),
            cpv=self._cpv(ident, row),
            place=self._text(row, "place"),
            service=self._text(row, "service"),
            referent=self._text(row, "referent"),
            lot=_lot_number(self._text(row, "lot")),
            lot_title=self._text(row, "lot_title"),
            lots=lots,
        )

    def _cell(self, row: Sequence[CellValue], role: str) -> CellValue:
        place = self._header.places.get(role)
        return row[place] if place is not None and place < len(row) else ""

    def _text(self, row: Sequence[CellValue], role: str, limit: int = 200) -> str:
        text = clean(text_of(self._cell(row, role), limit), limit)
        return "" if said_nothing(text) or looks_like_nir(text) else text

    def _value(self, ident: int, row: Sequence[CellValue], role: str, read: Read) -> int | None:
        value, remark = read
        if remark:
            self.warnings.append(Remark(ident, _NAMES[role], remark))
        return value

    def _day(self, ident: int, row: Sequence[CellValue]) -> str | None:
        found: ReadDay = planned_day(self._cell(row, "planned"))
        value, remark = found
        if remark:
            self.warnings.append(Remark(ident, _NAMES["planned"], remark))
        return value

    def _cpv(self, ident: int, row: Sequence[CellValue]) -> str:
        text = self._text(row, "cpv")
        if not text:
            return ""
        code = normal_cpv(text.split()[0])
        if code is None:
            fault = cpv_fault(text) or "code CPV non compris"
            self.warnings.append(Remark(ident, "CPV", fault))
        return code or ""

    def _siret(self, ident: int, row: Sequence[CellValue]) -> str | None:
        text = self._text(row, "siret")
        if not text:
            return None
        if fault := siret_fault(text):
            self.warnings.append(Remark(ident, "SIRET", f"SIRET non lu{NBSP}: {fault}"))
            return None
        return clean_siret(text)


_NAMES: Final = {
    "amount": "montant", "planned": "date prévue", "duration": "durée", "lots": "lots",
}  # fmt: skip


def _category(text: str) -> tuple[str, str]:
    """The code of a category, and the text itself when no category is known by that name."""
    if not text or said_nothing(text):
        return "", ""
    known = find(Category, text) or _CATEGORIES.get(fold(text))
    return (str(known.value), "") if known is not None else ("", clean(text, 60))


def _procedure(text: str) -> str:
    return _PROCEDURES.get(fold(text).rstrip("."), text)


def _lot_number(text: str) -> str:
    bare = text.casefold().removeprefix("lot").strip(" n°:.-")
    return clean(bare, 20).upper()
