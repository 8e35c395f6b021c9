"""The blank form sent to one sender for one month: a protected workbook, lists and input checks.

It holds the lots of the sender and its own people, and nothing else of the base (``design.md``
8): no criterion, no other company's people. Every text is a text, never a formula.
"""

from io import BytesIO
from typing import Any, Final, TypeAlias

from suivi_tui.exchange.statement_files.form_layout import (
    HOURS_A_DAY,
    IDLE,
    LISTS_SHEET,
    LOTS_CODES,
    LOTS_MARK,
    LOTS_SHEET,
    MONTH,
    OBLIGATION,
    PLACEMENT,
    SENDER,
    STATEMENT_CODES,
    STATEMENT_MARK,
    STATEMENT_SHEET,
    YES,
    BlankForm,
    Code,
    FormPerson,
    lot_labels,
    siret_words,
)
from suivi_tui.vocabulary.choices import EmploymentKind, label_of
from suivi_tui.vocabulary.months import (
    days_in,
    first_day,
    format_month,
    iso_month,
    last_day,
    of_month,
)
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean

# XlsxWriter says nothing of its types.
Workbook: TypeAlias = Any
Worksheet: TypeAlias = Any

NEW_LINES: Final = 12
_HEADER, _FIRST = 7, 8
_LOTS_HEADER, _LOTS_FIRST = 4, 5
_COLUMN: Final = {code: place for place, code in enumerate(STATEMENT_CODES)}
_LOT_COLUMN: Final = {code: place for place, code in enumerate(LOTS_CODES)}
_OLDEST = (1900, 1, 1)
_FARTHEST = (2199, 12, 31)
_SAFE: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Title, width, style where the line is known, style where a new person is typed.
_COLUMNS: Final = {
    Code.PLACEMENT: ("", 4, "locked", "locked"),
    Code.OBLIGATION: ("", 4, "locked", "locked"),
    Code.LAST: ("Nom", 22, "locked", "text"),
    Code.FIRST: ("Prénom", 18, "locked", "text"),
    Code.BIRTH: ("Né(e) le", 11, "locked", "date"),
    Code.LOT: ("Marché et lot", 40, "locked", "text"),
    Code.TYPE: ("Type de contrat", 24, "locked", "text"),
    Code.START: ("Début", 11, "locked", "date"),
    Code.END: ("Fin", 11, "locked", "date"),
    Code.WORK: ("Heures travaillées", 12, "hours", "hours"),
    Code.TRAINING: ("Heures de formation", 12, "hours", "hours"),
    Code.COMMENT: ("Commentaire", 30, "text", "text"),
}
_EXAMPLE = "151,67 pour 151 h 40"
_INSTRUCTIONS: Final = (
    "Remplissez les cases jaunes, en heures et centièmes : 151,67 veut dire 151 h 40. Une "
    "personne qui n'a pas travaillé ce mois-ci reste vide.",
    "Une personne qui manque s'ajoute dans les lignes vides, en bas. N'écrivez jamais de numéro "
    "de sécurité sociale. Une correction d'un autre mois se dit en commentaire.",
)


def form_bytes(form: BlankForm) -> bytes:
    """The workbook (.xlsx) of a blank form."""
    import xlsxwriter

    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, _SAFE)
    styles = _styles(workbook)
    statement = workbook.add_worksheet(STATEMENT_SHEET)
    lots = workbook.add_worksheet(LOTS_SHEET)
    lists = workbook.add_worksheet(LISTS_SHEET)
    _write_properties(workbook, form)
    _write_lists(lists)
    _write_lots(lots, form, styles)
    _write_head(statement, form, styles)
    _write_people(statement, form, styles)
    _check_people(statement, form)
    _lay_out(statement, form)
    workbook.close()
    return content.getvalue()


def _text(sheet: Worksheet, row: int, column: int, text: str, style: Any = None) -> None:
    """A text cell, whatever the text begins with; nothing in it can act."""
    cleaned = clean(text)
    if cleaned:
        sheet.write_string(row, column, cleaned, style)
    else:
        sheet.write_blank(row, column, None, style)


def _said(sheet: Worksheet, row: int, column: int, text: str, style: Any = None) -> None:
    """One of our own sentences, its no-break spaces kept."""
    from suivi_tui.vocabulary.typography import displayed

    sheet.write_string(row, column, displayed(text), style)


def _styles(workbook: Workbook) -> dict[str, Any]:
    body = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter"}
    filled = {**body, "border": 1, "border_color": "#A6A6A6", "locked": False,
              "bg_color": "#FFF8DC"}  # fmt: skip
    known = {**body, "border": 1, "border_color": "#A6A6A6", "bg_color": "#F2F2F2"}
    return {
        name: workbook.add_format(style)
        for name, style in {
            "title": {**body, "bold": True, "font_size": 15},
            "said": {**body, "font_color": "#404040"},
            "strong": {**body, "bold": True},
            "total": {**body, "bold": True, "num_format": "0.00", "align": "right"},
            "header": {**known, "bold": True, "text_wrap": True, "align": "center",
                       "bg_color": "#D9E2F3"},
            "locked": known,
            "locked_date": {**known, "num_format": "dd/mm/yyyy", "align": "center"},
            "text": {**filled, "num_format": "@"},
            "choice": {**filled, "num_format": "@", "align": "center"},
            "date": {**filled, "num_format": "dd/mm/yyyy", "align": "center"},
            "hours": {**filled, "num_format": "0.00", "align": "right"},
        }.items()
    }  # fmt: skip


def _write_properties(workbook: Workbook, form: BlankForm) -> None:
    """What the form is, for whoever opens its properties; nobody is named."""
    title = f"Relevé d'heures d'insertion, {format_month(form.month)}"
    workbook.set_properties({"title": title, "subject": "suivi-tui", "keywords": STATEMENT_MARK})
    workbook.set_custom_property("suivi-tui", STATEMENT_MARK)


def _write_head(sheet: Worksheet, form: BlankForm, styles: dict[str, Any]) -> None:
    """The hidden marks, the title, what to do, the choice « sans activité », the totals."""
    left, month = _COLUMN[Code.LAST], format_month(form.month)
    for row, mark in enumerate((STATEMENT_MARK, f"{SENDER}{form.sender}",
                                f"{MONTH}{iso_month(form.month)}")):  # fmt: skip
        sheet.write_string(row, 0, mark)
    _said(sheet, 0, left, f"Relevé d'heures d'insertion : {month}", styles["title"])
    who = " - ".join(part for part in (form.name, siret_words(form.siret)) if part)
    _text(sheet, 1, left, f"Expéditeur{NBSP}: {who}", styles["strong"])
    for row, sentence in enumerate(_INSTRUCTIONS, 2):
        _said(sheet, row, left, sentence, styles["said"])
    _said(sheet, 4, left, f"Aucune activité en {month}, sur aucun lot : écrivez « {YES} » dans la "
          "case jaune. Pour un seul lot : feuille « Lots ».", styles["said"])  # fmt: skip
    choice = _COLUMN[Code.END]
    sheet.write_string(4, 0, f"{IDLE}{choice}")
    sheet.write_blank(4, choice, None, styles["choice"])
    _yes_only(sheet, 4, choice, 4)
    last = _FIRST + len(form.people) + NEW_LINES
    _said(sheet, 5, _COLUMN[Code.END], "Total", styles["total"])
    for code in (Code.WORK, Code.TRAINING):
        letter = _letter(_COLUMN[code])
        total = f"=SUM({letter}{_FIRST + 1}:{letter}{last})"
        sheet.write_formula(5, _COLUMN[code], total, styles["total"], 0)
    for code, place in _COLUMN.items():
        sheet.write_string(_HEADER - 1, place, code.value)
        title, _, _, _ = _COLUMNS[code]
        sheet.write_string(_HEADER, place, title, styles["header"])


def _write_people(sheet: Worksheet, form: BlankForm, styles: dict[str, Any]) -> None:
    """A line for each person known, then lines for new ones."""
    labels = dict(
        zip((lot.obligation for lot in form.lots), lot_labels(form.lots, form.name), strict=True)
    )
    for row, person in enumerate(form.people, _FIRST):
        _write_person(sheet, row, person, labels.get(person.obligation, ""), styles)
    start = _FIRST + len(form.people)
    for row in range(start, start + NEW_LINES):
        for code, place in _COLUMN.items():
            _, _, _, style = _COLUMNS[code]
            sheet.write_blank(row, place, None, styles[style])


def _write_person(
    sheet: Worksheet, row: int, person: FormPerson, lot: str, styles: dict[str, Any]
) -> None:
    texts = {
        Code.PLACEMENT: f"{PLACEMENT}{person.placement}",
        Code.OBLIGATION: f"{OBLIGATION}{person.obligation}",
        Code.LAST: person.last,
        Code.FIRST: person.first,
        Code.LOT: lot,
        Code.TYPE: label_of(EmploymentKind, person.type),
        Code.COMMENT: "",
    }
    dates = {Code.BIRTH: person.birth, Code.START: person.start, Code.END: person.end}
    for code, place in _COLUMN.items():
        _, _, style, _ = _COLUMNS[code]
        if code in texts:
            _text(sheet, row, place, texts[code], styles[style])
        elif dates.get(code):
            _write_day(sheet, row, place, str(dates[code]), styles)
        else:
            sheet.write_blank(row, place, None, styles[style])


def _write_day(sheet: Worksheet, row: int, column: int, iso: str, styles: dict[str, Any]) -> None:
    from datetime import date

    try:
        sheet.write_datetime(row, column, date.fromisoformat(iso), styles["locked_date"])
    except (ValueError, TypeError):
        _text(sheet, row, column, iso, styles["locked"])


def _write_lots(sheet: Worksheet, form: BlankForm, styles: dict[str, Any]) -> None:
    """The lots of the sender: the source of the drop-down list, and where one says « sans
    activité » for one of them."""
    sheet.write_string(0, 0, LOTS_MARK)
    left = _LOT_COLUMN[Code.CONTRACT]
    _said(sheet, 0, left, f"Lots du relevé {of_month(form.month)}", styles["title"])
    _said(sheet, 1, left, f"Écrivez « {YES} » en face d'un lot sans activité ce mois-ci.",
          styles["said"])  # fmt: skip
    titles = ("", "", "Marché", "Lot", "Opération ou objet", "Titulaire", "Sans activité")
    for place, (code, title) in enumerate(zip(LOTS_CODES, titles, strict=True)):
        sheet.write_string(_LOTS_HEADER - 1, place, code.value)
        sheet.write_string(_LOTS_HEADER, place, title, styles["header"])
    for row, (lot, label) in enumerate(
        zip(form.lots, lot_labels(form.lots, form.name), strict=True), _LOTS_FIRST
    ):
        texts = (f"{OBLIGATION}{lot.obligation}", label, lot.contract, lot.lot, lot.site,
                 lot.holder)  # fmt: skip
        for place, text in enumerate(texts):
            _text(sheet, row, place, text, styles["locked"])
        sheet.write_blank(row, _LOT_COLUMN[Code.IDLE], None, styles["choice"])
    last = _LOTS_FIRST + max(len(form.lots), 1) - 1
    _yes_only(sheet, _LOTS_FIRST, _LOT_COLUMN[Code.IDLE], last)
    sheet.set_column(0, _LOT_COLUMN[Code.LOT], 4, None, {"hidden": True})
    for code, width in ((Code.CONTRACT, 18), (Code.LOT_NUMBER, 8), (Code.SITE, 46),
                        (Code.HOLDER, 30), (Code.IDLE, 14)):  # fmt: skip
        sheet.set_column(_LOT_COLUMN[code], _LOT_COLUMN[code], width)
    sheet.set_row(_LOTS_HEADER - 1, None, None, {"hidden": True})
    sheet.freeze_panes(_LOTS_FIRST, 0)
    _print_on_a4(sheet, _LOTS_HEADER, last, left, _LOT_COLUMN[Code.IDLE])
    sheet.protect()


def _write_lists(sheet: Worksheet) -> None:
    """The closed lists that the drop-down lists show."""
    for row, kind in enumerate(EmploymentKind):
        sheet.write_string(row, 0, kind.label)
    sheet.protect()
    sheet.hide()


def _yes_only(sheet: Worksheet, first: int, column: int, last: int) -> None:
    sheet.data_validation(first, column, last, column, {
        "validate": "list", "source": [YES], "error_title": "Sans activité",
        "error_message": f"Écrivez «{NBSP}{YES}{NBSP}», ou laissez vide.",
    })  # fmt: skip


def _check_people(sheet: Worksheet, form: BlankForm) -> None:
    """What may be typed in each column: hours, dates, lots and types of the lists."""
    start = _FIRST + len(form.people)
    end = start + NEW_LINES - 1
    most = days_in(form.month) * HOURS_A_DAY
    for code in (Code.WORK, Code.TRAINING):
        cell = f"{_letter(_COLUMN[code])}{_FIRST + 1}"
        # Two decimals at most: a time such as 151:40, which a spreadsheet keeps as a part of a
        # day (6,319…), would otherwise pass for a number of hours.
        whole = f"ABS(ROUND({cell},2)-{cell})<0.000001"
        sheet.data_validation(_FIRST, _COLUMN[code], end, _COLUMN[code], {
            "validate": "custom",
            "value": f"=AND(ISNUMBER({cell}),{cell}>=0,{cell}<={most},{whole})",
            "input_title": f"{_COLUMNS[code][0]}",
            "input_message": f"Heures et centièmes{NBSP}: {_EXAMPLE}.",
            "error_title": "Nombre d'heures",
            "error_message": f"Écrivez un nombre entre 0 et {most}, avec deux décimales au plus"
            f"{NBSP}: {_EXAMPLE}.",
        })  # fmt: skip
    _check_dates(sheet, form, start, end)
    lots = max(len(form.lots), 1)
    label = _letter(_LOT_COLUMN[Code.LOT])
    sources = {
        Code.LOT: f"={LOTS_SHEET}!${label}${_LOTS_FIRST + 1}:${label}${_LOTS_FIRST + lots}",
        Code.TYPE: f"={LISTS_SHEET}!$A$1:$A${len(EmploymentKind)}",
    }
    for code, source in sources.items():
        sheet.data_validation(start, _COLUMN[code], end, _COLUMN[code], {
            "validate": "list", "source": source, "error_title": _COLUMNS[code][0],
            "error_message": "Choisissez dans la liste (flèche à droite de la case).",
        })  # fmt: skip


def _check_dates(sheet: Worksheet, form: BlankForm, start: int, end: int) -> None:
    from datetime import date

    first, last = first_day(form.month), last_day(form.month)
    limits = {
        Code.BIRTH: (date(*_OLDEST), first, "Date de naissance, par exemple 31/01/1990."),
        Code.START: (date(*_OLDEST), last, "Début du contrat, au plus tard à la fin du mois."),
        Code.END: (first, date(*_FARTHEST), "Fin du contrat, au plus tôt au début du mois."),
    }
    for code, (low, high, sentence) in limits.items():
        sheet.data_validation(start, _COLUMN[code], end, _COLUMN[code], {
            "validate": "date", "criteria": "between", "minimum": low, "maximum": high,
            "error_title": _COLUMNS[code][0], "error_message": sentence,
        })  # fmt: skip


def _lay_out(sheet: Worksheet, form: BlankForm) -> None:
    """Widths, what is hidden, frozen panes, paper, protection without a password."""
    for code, place in _COLUMN.items():
        hidden = {"hidden": True} if code in (Code.PLACEMENT, Code.OBLIGATION) else {}
        sheet.set_column(place, place, _COLUMNS[code][1], None, hidden)
    sheet.set_row(0, 22)
    sheet.set_row(_HEADER - 1, None, None, {"hidden": True})
    sheet.set_row(_HEADER, 32)
    sheet.freeze_panes(_FIRST, _COLUMN[Code.BIRTH])
    last = _FIRST + len(form.people) + NEW_LINES - 1
    _print_on_a4(sheet, _HEADER, last, _COLUMN[Code.LAST], _COLUMN[Code.COMMENT])
    sheet.protect()
    sheet.set_selection(_FIRST, _COLUMN[Code.WORK], _FIRST, _COLUMN[Code.WORK])
    sheet.activate()


def _print_on_a4(sheet: Worksheet, header: int, last: int, left: int, right: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.repeat_rows(header)
    sheet.print_area(0, left, last, right)
    sheet.set_footer("&RPage &P/&N")


def _letter(column: int) -> str:
    return chr(ord("A") + column)
