"""Layouts met in the field, one by one: what is read, what is asked, what is left out."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from suivi_tui.exchange.statement_files.declared import Basis, Cancelled
from suivi_tui.exchange.statement_files.layout import Layout, answered, from_json, with_role
from suivi_tui.exchange.statement_files.reading import StatementReading, read_statement
from suivi_tui.exchange.statement_files.roles import Role
from suivi_tui.exchange.statement_files.workbook import Merged, Sheet, Workbook
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 10, 15)
SEPT = ["Septembre 2026"]


def book(*sheets: Sheet, name: str = "releve.xlsx", hidden: tuple[str, ...] = ()) -> Workbook:
    return Workbook(name, "0" * 64, "xlsx", sheets, hidden)


def sheet(
    rows: Sequence[Sequence[Any]], name: str = "Feuil1", merged: Sequence[tuple[int, ...]] = ()
) -> Sheet:
    return Sheet(name, tuple(map(tuple, rows)), tuple(Merged(*block) for block in merged))


def read(*rows: Sequence[Any], **options: Any) -> StatementReading:
    merged = options.pop("merged", ())
    layouts = options.pop("layouts", {})
    return read_statement(book(sheet(rows, merged=merged)), layouts, TODAY, **options)


def told(reading: StatementReading) -> list[tuple[str, int, float]]:
    return [(line.person, line.month, line.hours / 100) for line in reading.lines]


def asked(reading: StatementReading) -> list[str]:
    return [question.key for found in reading.sheets for question in found.questions]


def test_two_tables_side_by_side() -> None:
    reading = read(SEPT, ["Nom", "Heures", "", "Nom", "Heures"], ["A Un", 7, "", "B Deux", 8])
    assert told(reading) == [("A Un", 202609, 7.0), ("B Deux", 202609, 8.0)]


def test_months_as_lines_between_people() -> None:
    reading = read(["Nom", "Heures"], ["JUILLET 2026"], ["A Un", 70], ["AOÛT 2026"], ["A Un", 71])
    assert told(reading) == [("A Un", 202607, 70.0), ("A Un", 202608, 71.0)]
    assert not asked(reading)


def test_the_same_header_on_every_page() -> None:
    head = ["Nom", "Heures"]
    reading = read(SEPT, head, ["A Un", 7], ["Report", 7], head, ["B Deux", 8], ["Total", 15])
    assert told(reading) == [("A Un", 202609, 7.0), ("B Deux", 202609, 8.0)]
    assert len(reading.sheets) == 1
    assert [remark.message[:18] for remark in reading.warnings] == ["1\u00a0ligne de rappel,"]


def test_one_column_per_lot() -> None:
    reading = read(
        ["Septembre 2026 - marché 2026-01"],
        ["Salarié", "Lot 1", "Lot 2", "Total"],
        ["A Un", 20, 10.25, 30.25],
        ["B Deux", 15, "", 16],
    )
    assert [(line.person, line.contract, line.lot, line.hours) for line in reading.lines] == [
        ("A Un", "2026-01", "1", 2000),
        ("A Un", "2026-01", "2", 1025),
        ("B Deux", "2026-01", "1", 1500),
    ]
    (warning,) = reading.warnings
    assert (warning.line, warning.column) == (4, "Total")


def test_one_column_per_site_proved_by_its_total() -> None:
    rows = [SEPT, ["Nom", "École", "Gymnase", "Total"], ["A Un", 20, 10.25, 30.25]]
    reading = read(*rows)
    assert [(line.site, line.hours) for line in reading.lines] == [
        ("École", 2000),
        ("Gymnase", 1025),
    ]
    reading = read(*rows[:2], ["A Un", 20, 10.25, 31])
    assert told(reading) == [("A Un", 202609, 31.0)]
    assert len(reading.warnings) == 2, "the columns that were not read"


def test_weeks_under_their_months() -> None:
    reading = read(
        ["Nom", "Septembre 2026", "", "Octobre 2026"],
        ["", "S38", "S39", "S41"],
        ["A Un", 35, 34, 33.5],
        merged=[(0, 1, 0, 2)],
    )
    assert told(reading) == [("A Un", 202609, 69.0), ("A Un", 202610, 33.5)]
    assert all(line.partial for line in reading.lines)
    assert not asked(reading)


def test_days_of_the_month_as_columns() -> None:
    reading = read(SEPT, ["Nom", "1", "2", "3", "4", "5"], ["A Un", 7, 7, "", 7.5, 0.25])
    assert told(reading) == [("A Un", 202609, 21.75)]
    assert asked(reading) == ["hours"]


def test_normal_and_extra_hours_and_their_sum() -> None:
    rows = [SEPT, ["Nom", "Heures normales", "Heures sup", "Total heures"]]
    rows += [["A Un", 100, 5, 105], ["B Deux", 70, 0, 70]]
    assert told(read(*rows)) == [("A Un", 202609, 105.0), ("B Deux", 202609, 70.0)]
    assert not asked(read(*rows))
    without = [row[:3] for row in rows]
    reading = read(*without)
    assert asked(reading) == ["hours"]
    layout = answered(reading.sheets[0].layout, "hours", "+")
    added = read(*without, layouts={reading.sheets[0].shape: layout})
    assert told(added) == told(read(*rows))


def test_days_and_fractions_of_days() -> None:
    days = read(SEPT, ["Nom", "Présence"], ["A Un", 20], ["B Deux", 15.5])
    assert asked(days) == ["hours", "unit"]
    fractions = read(SEPT, ["Nom", "Heures"], ["A Un", 6.319444444], ["B Deux", 0.3125])
    assert asked(fractions) == ["unit"]
    assert told(fractions) == [("A Un", 202609, 151.67), ("B Deux", 202609, 7.5)]


def test_an_answer_about_days_is_kept_for_the_sender() -> None:
    rows = [SEPT, ["Nom", "Nb jours"], ["A Un", 20]]
    first = read(*rows)
    assert [line.hours for line in first.lines] == [14000]
    layout = answered(first.sheets[0].layout, "day_hours", "780")
    kept = {first.sheets[0].shape: from_json(layout.as_json())}
    again = read(["Octobre 2026"], *rows[1:], layouts=kept)
    assert (told(again), asked(again)) == ([("A Un", 202610, 156.0)], [])


def test_more_than_a_month_holds_is_a_question() -> None:
    reading = read(SEPT, ["Nom", "Heures"], ["A Un", 600], ["B Deux", 455], ["C Trois", 35])
    assert asked(reading) == ["basis"]
    assert {line.basis for line in reading.lines} == {Basis.CUMULATED}
    layout = answered(reading.sheets[0].layout, "basis", "mois")
    monthly = read(
        SEPT, ["Nom", "Heures"], ["A Un", 600], ["B Deux", 455], ["C Trois", 35],
        layouts={reading.sheets[0].shape: layout},
    )  # fmt: skip
    assert {line.basis for line in monthly.lines} == {Basis.MONTH}
    assert reading.doubtful_sheets == {"Feuil1"}


def test_month_is_asked_when_nothing_tells_it() -> None:
    rows = [["Nom", "Heures"], ["A Un", 7]]
    assert asked(read(*rows)) == ["month/Feuil1"]
    assert asked(read(*rows, month=Month(202605))) == []
    assert told(read(*rows, month=Month(202605))) == [("A Un", 202605, 7.0)]
    assert told(read(SEPT, *rows, month=Month(202605))) == [("A Un", 202609, 7.0)]


def test_a_copied_sheet_that_kept_its_old_title_is_asked() -> None:
    rows = [["Relevé août 2026"], ["Nom", "Heures"], ["A Un", 7]]
    reading = read_statement(book(sheet(rows, "Septembre 2026")), {}, TODAY)
    assert asked(reading) == ["month/Septembre 2026"]


@pytest.mark.parametrize(
    ("header", "question"),
    [
        (["Nom", "Septembre", "Octobre"], False),  # the last months: no doubt
        (["Nom", "Janvier", "Février"], True),  # this year or the last one?
        (["Nom", "Janvier 2025", "Février"], False),
    ],
)
def test_year_is_asked_when_months_are_far(header: list[str], question: bool) -> None:
    reading = read(header, ["A Un", 7, 150.25])
    assert (asked(reading) == ["year/Feuil1"]) is question


def test_months_that_cross_a_year() -> None:
    reading = read(["Nom", "Nov. 2025", "Déc.", "Janv.", "Févr."], ["A Un", 1, 2, 3, 4.25])
    assert [line.month for line in reading.lines] == [202511, 202512, 202601, 202602]


def test_names_alone_on_their_line() -> None:
    rows = [SEPT, ["Nom", "Heures"], ["Jean Moulin"], ["A Un", 7], [], ["Louis Blanc"], ["B Un", 8]]
    reading = read(*rows)
    assert asked(reading) == ["lone"]
    assert [line.site for line in reading.lines] == ["Jean Moulin", "Louis Blanc"]
    layout = answered(reading.sheets[0].layout, "lone", "personne")
    people = read(*rows, layouts={reading.sheets[0].shape: layout})
    assert [line.site for line in people.lines] == ["", ""]
    assert "sans heures" in people.warnings[0].message


def test_merged_cells_repeat_their_text_but_never_their_hours() -> None:
    reading = read(
        SEPT,
        ["Lot", "Nom", "Heures"],
        ["1", "A Un", 7],
        ["", "B Deux", 8],
        ["2", "C Trois", 35],
        ["", "D Quatre", ""],
        merged=[(2, 0, 3, 0), (4, 0, 5, 0), (4, 2, 5, 2)],
    )
    assert [(line.person, line.lot) for line in reading.lines] == [("A Un", "1"), ("B Deux", "1")]
    assert [(remark.line, "fusionnée" in remark.message) for remark in reading.left_out] == [
        (5, True)
    ]
    assert not asked(reading)


def test_a_name_written_once_is_asked() -> None:
    rows = [["Nom", "Mois", "Heures"], ["A Un", "09/2026", 7], ["", "08/2026", 8]]
    reading = read(*rows)
    assert asked(reading) == ["carry"]
    assert told(reading) == [("A Un", 202609, 7.0), ("A Un", 202608, 8.0)]
    layout = answered(reading.sheets[0].layout, "carry", "non")
    refused = read(*rows, layouts={reading.sheets[0].shape: layout})
    assert (len(refused.lines), len(refused.left_out)) == (1, 1)


def test_notes_between_lines_are_never_people() -> None:
    reading = read(
        SEPT,
        ["Nom", "Heures"],
        ["Chantier", "École"],
        ["A Un", 7],
        ["Lot", 2],
        ["B Deux", 8],
        ["Objectif", 500],
        ["", "à vérifier"],
    )
    assert [(line.person, line.site, line.lot) for line in reading.lines] == [
        ("A Un", "École", ""),
        ("B Deux", "", "2"),
    ]


def test_totals_are_checked() -> None:
    head = [SEPT, ["Nom", "Heures"], ["A Un", 7], ["B Deux", 8]]
    assert not read(*head, ["Total", 15]).warnings
    assert not read(*head, ["", 15]).left_out
    assert "15,00\u00a0h" in read(*head, ["Total", 16]).warnings[0].message
    assert len(read(*head, ["", 16]).left_out) == 1
    assert len(read(*head[:3], ["", 7]).left_out) == 1, "perhaps somebody else, not a total"


def test_a_column_of_names_without_a_title_is_asked() -> None:
    reading = read(["", "août 2026", "sept. 2026"], ["A Un", 70.25, 71])
    assert asked(reading) == ["person", "unit"][: len(asked(reading))]
    assert told(reading) == [("A Un", 202608, 70.25), ("A Un", 202609, 71.0)]


def test_a_role_may_be_given_by_hand() -> None:
    rows = [SEPT, ["Nom", "Contrat", "Heures"], ["A Un", "2026-01", 7]]
    reading = read(*rows)
    assert asked(reading) == ["role/contrat"]
    found = reading.sheets[0]
    layout = with_role(found.layout, found.layout.columns[1], Role.CONTRACT)
    again = read(*rows, layouts={found.shape: layout})
    assert ([line.contract for line in again.lines], asked(again)) == (["2026-01"], [])
    # What must never be read cannot be given another role.
    number = [SEPT, ["Nom", "NIR", "Heures"], ["A Un", "1 90 05 75 056 001 23", 7]]
    first = read(*number).sheets[0]
    forced = with_role(first.layout, first.layout.columns[1], Role.REFERENCE)
    assert [line.reference for line in read(*number, layouts={first.shape: forced}).lines] == [""]


def test_progress_is_told_and_may_stop() -> None:
    rows = [SEPT, ["Nom", "Heures"], *(["A Un", 7] for _ in range(2000))]
    calls: list[tuple[int, int]] = []
    read(*rows, progress=lambda done, total: calls.append((done, total)))
    assert len(calls) >= 4
    assert {total for _, total in calls} == {2002}
    assert calls == sorted(calls)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read(*rows, progress=stop)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"answers": 3, "columns": 4}', '{"answers": {"a": 1}}', "[" * 99_999,
     '{"columns": [{"role": "inconnu"}, 3, {"role": null}]}'],
)  # fmt: skip
def test_a_damaged_profile_is_an_empty_one(text: str) -> None:
    assert from_json(text) == Layout()


CELLS = (
    st.sampled_from(
        ["", "Nom", "Prénom", "Heures", "Total", "Mois", "mars 2026", "S40", "DUPONT Jean", "Lot",
         "2", "151,67", "#REF!", "=1+1", "T1 2026", "Cumul", "Jours", "Du", "Au", "01/03/2026",
         "1 90 05 75 056 001 23", "Chantier : École", "\x1b[2J", "N° marché", "Salarié", "NIR"]
    )
    | st.floats(allow_nan=True)
    | st.integers(-100, 50_000)
    | st.dates(date(1899, 12, 31), date(2030, 1, 1))
    | st.booleans()
    | st.timedeltas(timedelta(-9), timedelta(99))
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=7), max_size=9))
@example([["", "", "DUPONT Jean"], *[["", "", "Nom"]] * 5, ["", "", "1 90 05 75 056 001 23"]])
@settings(max_examples=40)
def test_any_table_is_read_or_skipped(rows: list[list[Any]]) -> None:
    reading = read(["Nom", "Heures", "Mois"], *rows)
    for line in reading.lines:
        assert line.person or line.reference
        assert 200001 <= line.month <= 202710
        assert "\x1b" not in repr(line)
    assert "190057505600123" not in repr(reading).replace(" ", "")


ROW = st.tuples(
    st.sampled_from(["HIBOU Max", "Paul MOINEAU", "CANARI Jeanne", "MAI Léa", "AVRIL Juin"]),
    st.sampled_from(["2026-01", "M-2026", "2026", "12"]),
    st.sampled_from(["juin 2026", "mai 2026", "05/2026", "2026-04"]),
    st.sampled_from([20, 7, 35.5, "151,67", "12", 2026 / 20, "35h", "24:00"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=8))
@example([("HIBOU Max", "2026-01", "juin 2026", 20)])
def test_no_line_under_a_header_disappears(rows: list[tuple[Any, ...]]) -> None:
    """However much its months and whole numbers look like headings, a named line is accounted
    for: read, or left out with a reason."""
    reading = read(["Salarié", "N° marché", "Mois", "Heures"], *rows)
    places = {line.line for line in reading.lines} | {remark.line for remark in reading.left_out}
    assert set(range(2, len(rows) + 2)) <= places
