"""Every sample file of the project is read, and never wrongly."""

from dataclasses import replace
from pathlib import Path

import pytest

from statement_samples import SAMPLES, TODAY, Sample
from suivi_tui.exchange.statement_files.layout import Layout, answered, from_json
from suivi_tui.exchange.statement_files.reading import StatementReading, read_statement
from suivi_tui.exchange.statement_files.workbook import Workbook, open_statement_file

ONE_FILE = ("month/", "year/")


def read(
    sample: Sample, folder: Path, layouts: dict[str, Layout] | None = None
) -> tuple[Workbook, StatementReading]:
    workbook = open_statement_file(sample.write(folder))
    return workbook, read_statement(workbook, layouts or {}, TODAY)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_sample_is_read_without_help(sample: Sample, tmp_path: Path) -> None:
    _, reading = read(sample, tmp_path)
    lines = list(reading.lines)
    for expected in sample.expected:
        match = next((line for line in lines if expected.agrees(line)), None)
        assert match is not None, (expected, lines)
        lines.remove(match)
    assert not lines, "lines that the file does not declare"
    questions = [question for sheet in reading.sheets for question in sheet.questions]
    assert len(questions) == sample.doubtful, questions
    assert len(reading.left_out) == sample.left_out, reading.left_out
    assert len(reading.warnings) == sample.warnings, reading.warnings


def test_the_project_has_24_different_files() -> None:
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES) == 24


@pytest.mark.parametrize(
    "sample", [s for s in SAMPLES if s.doubtful], ids=lambda sample: sample.name
)
def test_answers_are_remembered_and_not_asked_again(sample: Sample, tmp_path: Path) -> None:
    workbook, reading = read(sample, tmp_path)
    layouts: dict[str, Layout] = {}
    for sheet in reading.sheets:
        layout = sheet.layout
        for question in sheet.questions:
            assert question.proposed in [code for code, _ in question.options]
            layout = answered(layout, question.key, question.proposed)
        layouts[sheet.shape] = layout
    again = read_statement(workbook, layouts, TODAY)
    assert not any(sheet.questions for sheet in again.sheets)
    assert again.lines == reading.lines
    kept = {shape: from_json(layout.as_json()) for shape, layout in layouts.items()}
    next_month = read_statement(workbook, kept, TODAY)
    asked = [question.key for sheet in next_month.sheets for question in sheet.questions]
    assert all(key.startswith(ONE_FILE) for key in asked), "what holds for other files is kept"


def test_personal_numbers_are_nowhere_in_what_was_read(tmp_path: Path) -> None:
    sample = next(sample for sample in SAMPLES if sample.name == "personal numbers")
    _, reading = read(sample, tmp_path)
    told = repr(reading).replace(" ", "")
    for number in ("299097505600123", "2010475056002", "0123456"):
        assert number not in told


def test_a_corrected_file_has_the_shape_of_the_first(tmp_path: Path) -> None:
    sample = next(sample for sample in SAMPLES if sample.name == "week columns")
    workbook, reading = read(sample, tmp_path)
    sheet = workbook.sheets[0]
    later = [
        tuple(
            value.replace("S40", "S44") if isinstance(value, str) else value for value in row[:-2]
        )
        for row in sheet.rows
    ]
    moved = replace(workbook, sheets=(replace(sheet, rows=tuple(later)),))
    shapes = [found.shape.split("|")[:3] for found in read_statement(moved, {}, TODAY).sheets]
    assert shapes == [found.shape.split("|")[:3] for found in reading.sheets]
