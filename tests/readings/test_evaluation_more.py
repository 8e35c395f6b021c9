"""Figures of an evaluation beyond hours: how obligations stand, targets, classes, names of filters;
and figures that never outlive what they were read from."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from builders import (
    NewContract,
    NewPlacement,
    add,
    new_base,
    new_buyer,
    new_company,
    new_contract,
    new_eligibility,
    new_event,
    new_hours,
    new_lot,
    new_operation,
    new_person,
    new_placement,
    new_work_contract,
)
from evaluation_world import TODAY, World
from suivi_tui.readings.evaluation import EvaluationRefused, as_json, evaluate, filters_for
from suivi_tui.readings.evaluation_detail import (
    NoSuchFigure,
    lines_of,
    obligations_of,
    people_of,
    proofs_of,
)
from suivi_tui.readings.evaluation_months import heat, months
from suivi_tui.readings.evaluation_obligations import obligation_figures
from suivi_tui.readings.evaluation_scope import Named
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.indicators import OBSERVATORY_AGE_BANDS, Bands
from suivi_tui.store.base import Base, open_base
from suivi_tui.store.journal import changed, created, removed, write
from suivi_tui.store.repair import rebuild_tables
from suivi_tui.store.undo import undo_last
from suivi_tui.vocabulary.months import Month

YEAR = Filters(Month(202601), Month(202612))


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as opened:
        yield opened


def worked(base: Base, contract: NewContract, declared: int, validated: int | None) -> NewPlacement:
    placement = new_placement(base, contract, new_person(base))
    new_hours(base, placement, 202603, declared, validated)
    return placement


@pytest.mark.parametrize(
    ("owed", "validated", "outcome", "end", "standing"),
    [
        (100_00, 100_00, None, "2026-12-31", "going_on"),
        (100_00, 100_00, None, "2026-03-19", "kept"),
        (100_00, 99_99, None, "2026-03-19", "partly"),
        (100_00, 99_99, None, "2026-03-20", "going_on"),
        (100_00, 0, None, "2026-03-19", "not_kept"),
        (100_00, 0, "neutralisee", "2026-03-19", "excused"),
        # What the hours say wins over what was ticked.
        (100_00, 10_00, "realisee", "2026-03-19", "partly"),
        (100_00, 100_00, "non_realisee", "2026-03-19", "kept"),
        (None, 10_00, None, "2026-03-19", "unknown"),
    ],
)
def test_how_an_obligation_stands(
    base: Base, owed: int | None, validated: int, outcome: str | None, end: str, standing: str
) -> None:
    contract = new_contract(base, owed=owed, end=end)
    worked(base, contract, 100_00, validated)
    write(base, [changed("obligation", contract.obligation, "outcome", outcome)], label="Essai")
    today = date(2026, 3, 20)
    found = evaluate(base.connection, today=today, keys=())
    # The view that says why counts the same.
    told = obligation_figures(base.connection, today=today).counts
    assert (told.kept, told.partly, told.not_kept) == (found.kept, found.partly, found.not_kept)
    assert {name: count for name, count in found.standing._asdict().items() if count} == {
        standing: 1
    }


def test_the_hours_of_a_year_are_divided_by_what_is_due_in_it(base: Base) -> None:
    contract = new_contract(base, owed=1_000_00, start="2025-01-01", end="2026-12-31")
    worked(base, contract, 300_00, 250_00)
    year, whole = evaluate(base.connection, YEAR), evaluate(base.connection)
    assert (year.due, year.rate) == (500_00, Fraction(1, 2))
    assert (whole.due, whole.rate) == (1_000_00, Fraction(1, 4))
    # Hours that nothing known is owed for do not make the rate better.
    worked(base, new_contract(base, number="2026-09", owed=None), 90_00, 90_00)
    worked(base, new_contract(base, number="2026-10", start=None), 90_00, 90_00)
    assert evaluate(base.connection, YEAR).rate == Fraction(1, 2)


def test_a_company_has_what_it_owes_and_what_its_people_worked_elsewhere(base: Base) -> None:
    structure = new_company(base, "Passerelle", kind="ETTI")
    theirs = new_contract(base)
    own = new_contract(base, number="2026-02", owed=200_00, company=structure)
    lent = new_placement(base, theirs, new_person(base), employer=structure, structure_kind="")
    new_hours(base, lent, 202601, 30_00, 30_00)
    at_home = new_placement(base, own, new_person(base), employer=structure, structure_kind="")
    new_hours(base, at_home, 202602, 50_00, 50_00)
    worked(base, theirs, 9_00, 9_00)
    found = evaluate(base.connection, Filters(company=structure))
    assert (found.hours.declared, found.due, found.obligations) == (80_00, 200_00, 1)
    assert found.rate == Fraction(50, 200)
    assert (found.contracts, found.insertion_hours, found.structures) == (2, 80_00, 1)
    behind = obligations_of(base.connection, Filters(company=structure))
    assert [item.row.number for item in behind] == ["2026-02"]
    other = Filters(company=theirs.company)
    assert evaluate(base.connection, other).hours.declared == 39_00


def test_follow_on_missions_are_one_chain_and_first_jobs_are_counted_once(base: Base) -> None:
    contract, person = new_contract(base), new_person(base)
    dates = [("2026-01-01", "2026-01-31"), ("2026-03-03", "2026-03-31"), ("2026-05-02", None)]
    for rank, (start, end) in enumerate(dates):
        work = new_work_contract(base, person, contract.company, start=start, end=end)
        placement = new_placement(base, contract, person, work_contract=work)
        new_hours(base, placement, 202601 + 2 * rank, 10_00)
    found = evaluate(base.connection)
    # 31 days after 31 January is 3 March; 2 May comes 32 days after 31 March.
    assert (found.work_contracts, found.chains, found.first_jobs) == (3, 2, 1)
    assert evaluate(base.connection, bands=Bands(chain_days=32)).chains == 1
    assert evaluate(base.connection, Filters(first=Month(202602))).first_jobs == 0
    write(base, [changed("participant", person, "entered_scheme_on", "2025-06-01")], label="E")
    assert evaluate(base.connection).first_jobs == 0


def test_targets_are_those_of_the_obligations_of_the_scope(base: Base) -> None:
    contract = new_contract(base)
    worked(base, contract, 10_00, 10_00)
    for kind, value in (("femmes", 1), ("femmes", 2)):
        add(base, "target", obligation=contract.obligation, kind=kind, value=value)
    found = evaluate(base.connection)
    assert (found.targets, found.targets_met) == (2, 1)


def test_classes_chosen_by_the_user(base: Base) -> None:
    contract = new_contract(base, amount_cents=90_000_00)
    person = new_person(base, birth="1980-01-01", education="bac_2")
    new_hours(base, new_placement(base, contract, person, education=""), 202601, 10_00)
    bands = Bands(OBSERVATORY_AGE_BANDS, grouped_levels=True, amounts=(100_000_00,))
    found = evaluate(base.connection, bands=bands, keys=("age", "niveau", "montant"))
    assert {key: rows[0].value for key, rows in found.breakdowns.items()} == {
        "age": "41 à 50 ans",
        "niveau": "Au-delà du bac",
        "montant": "Moins de 100\u00a0000\u00a0€",
    }


def test_only_the_breakdowns_asked_are_there(base: Base) -> None:
    assert list(evaluate(base.connection, keys=("mois", "sexe")).breakdowns) == ["sexe", "mois"]
    assert as_json(evaluate(base.connection, keys=()))["repartitions"] == {}


def test_months_say_what_was_owed_and_expected(base: Base) -> None:
    contract = new_contract(base, owed=365_00)
    worked(base, contract, 40_00, 30_00)
    found = months(base.connection, YEAR, date(2026, 3, 10))
    assert [item.owed_in_month for item in found[:3]] == [31_00, 28_00, 31_00]
    assert [item.expected for item in found[:4]] == [31_00, 59_00, 69_00, None]
    assert [item.declared for item in found[:3]] == [0, 0, 40_00]
    assert found[-1].validated == 30_00
    assert sum(item.owed_in_month for item in found) == 365_00


def test_heat_is_by_employer_and_month(base: Base) -> None:
    contract = new_contract(base)
    placement = worked(base, contract, 40_00, None)
    new_hours(base, placement, 202601, 10_00)
    found = heat(base.connection)
    assert found.names == ("Bâtisseurs du Val",)
    assert found.months == (202601, 202602, 202603)
    assert found.hours == ((10_00, 0, 40_00),)
    assert heat(base.connection, most_months=1).months == (202603,)
    assert heat(base.connection, Filters(last=Month(202512))).names == ()


def test_names_are_shown_only_when_asked(base: Base) -> None:
    contract = new_contract(base)
    for last in ("Zéro", "Exemple", "Modèle"):
        placement = new_placement(base, contract, new_person(base, last=last))
        new_hours(base, placement, 202603, 5_00, 3_00, comment="Vu avec Zéro")
    people = people_of(base.connection, Filters(), names=True)
    assert [person.last for person in people] == ["Exemple", "Modèle", "Zéro"]
    second = people_of(base.connection, Filters(), after=people[0].after, limit=1, names=True)
    assert [person.last for person in second] == ["Modèle"]
    assert {person.last for person in people_of(base.connection, Filters())} == {""}
    (line, *_) = lines_of(base.connection, Filters(), "refusees")
    assert (line.row.last, line.row.comment, line.row.declared) == ("", "", 5_00)
    (line, *_) = lines_of(base.connection, Filters(), "refusees", names=True)
    assert line.row.comment == "Vu avec Zéro"
    with pytest.raises(NoSuchFigure):
        people_of(base.connection, Filters(), "bonheur")
    with pytest.raises(NoSuchFigure):
        lines_of(base.connection, Filters(), key="taille")
    with pytest.raises(NoSuchFigure):
        obligations_of(base.connection, Filters(), "bonheur")


def test_a_line_leads_to_its_proof(base: Base) -> None:
    placement = worked(base, new_contract(base), 40_00, None)
    file = add(base, "source_file", name="mars.xlsx", sha256="0" * 64)
    values: dict[str, Any] = {"file": file, "sheet": "Mars", "line": 12, "hours": 40_00, "kind": 1}
    values |= {"obligation": placement.obligation, "placement": placement.placement}
    add(base, "source_line", **values, month=202603)
    (line,) = lines_of(base.connection, Filters())
    assert line.row.sources == 1
    (proof,) = proofs_of(base.connection, line.row)
    assert (proof.file, proof.sheet, proof.line) == ("mars.xlsx", "Mars", 12)


def test_filters_are_named_as_people_write_them(base: Base) -> None:
    buyer = new_buyer(base, territory="Pays d'Orme")
    operation = new_operation(base, buyer, programme="npnru")
    contract = new_contract(base, buyer=buyer, operation=operation, facilitator="Alix Essai")
    lot = new_lot(base, contract.contract, contract.company, number="2A")
    named = Named(
        "PAYS D’ORME", "NPNRU", "quartier nord", "2026-01", "2a", "batisseurs du val", "alix essai"
    )
    assert filters_for(base.connection, None, Month(202612), None, named) == Filters(
        last=Month(202612),
        territory="Pays d'Orme",
        programme="npnru",
        operation=operation,
        contract=contract.contract,
        lot=lot.lot,
        company=contract.company,
        facilitator="Alix Essai",
    )


@pytest.mark.parametrize(
    ("named", "refusal"),
    [
        (Named(territory="Nulle part"), "territoire «\u00a0Nulle part"),
        (Named(programme="Mars"), "Les programmes sont"),
        (Named(operation="Nulle part"), "Aucune opération"),
        (Named(contract="2030"), "Aucun marché"),
        (Named(lot="0"), "2 fiches répondent à"),
        (Named(company="Personne"), "Aucune entreprise"),
        (Named(facilitator="Personne"), "suivi par"),
    ],
)
def test_a_name_that_says_nothing_is_refused(base: Base, named: Named, refusal: str) -> None:
    new_contract(base)
    new_contract(base, number="2026-02")
    with pytest.raises(EvaluationRefused, match=refusal):
        filters_for(base.connection, named=named)


def edits(world: World) -> list[Callable[[], object]]:
    """Everything that may change a figure, done through the journal."""
    base = world.base
    one = base.connection.execute

    def first(table: str) -> int:
        return int(one(f"SELECT max(id) FROM {table} WHERE removed = 0").fetchone()[0])

    def change(table: str, field: str, value: object) -> Callable[[], object]:
        return lambda: write(base, [changed(table, first(table), field, value)], label="E")

    def line() -> str:
        key = one(
            "SELECT obligation, month, placement, kind FROM hour_entry "
            "WHERE removed = 0 AND obligation IN (SELECT obligation.id FROM obligation) LIMIT 1"
        ).fetchone()
        return "/".join(map(str, key))

    contract = world.contracts[0]
    return [
        change("participant", "sex", "H"),
        change("participant", "birth", "1950-01-01"),
        change("work_contract", "employer", world.companies[0]),
        change("work_contract", "start", "2024-01-01"),
        change("company", "kind", "EI"),
        change("company", "name", "Autre nom"),
        change("buyer", "name", "Autre acheteur"),
        change("buyer", "territory", "Ailleurs"),
        lambda: write(base, [changed("hour_entry", line(), "declared", 77_77)], label="E"),
        lambda: write(base, [changed("hour_entry", line(), "validated", 1_00)], label="E"),
        lambda: write(base, [removed("hour_entry", line())], label="E"),
        lambda: undo_last(base),
        lambda: new_event(base, contract.obligation, 12_00),
        lambda: new_eligibility(base, first("participant"), rank=0),
        lambda: write(
            base, [changed("contract", contract.contract, "taken_up", 0)], label="E"
        ),
        lambda: write(base, [removed("obligation", world.obligations[1])], label="E"),
        lambda: write(
            base,
            [created("target", base.new_id(), {"obligation": contract.obligation,
                                               "kind": "femmes", "value": 1})],
            label="E",
        ),
    ]  # fmt: skip


def test_figures_never_outlive_what_they_were_read_from(base: Base) -> None:
    world = World(base, 7)
    scopes = [Filters(), YEAR, Filters(company=world.companies[1]), Filters(territory="Ailleurs")]

    def read() -> list[object]:
        connection = base.connection
        return [
            (as_json(evaluate(connection, scope, today=TODAY)), months(connection, scope, TODAY),
             heat(connection, scope), people_of(connection, scope, names=True))
            for scope in scopes
        ]  # fmt: skip

    seen, moved = read(), 0
    for edit in edits(world):
        edit()
        kept = read()
        base.connection.remembered.clear()
        assert kept == read()
        moved += kept != seen
        seen = kept
    # An edit may be of someone who did not work; most are not.
    assert moved > 10


def test_tables_made_again_are_read_again(base: Base) -> None:
    worked(base, new_contract(base), 40_00, None)
    before = evaluate(base.connection)
    with base.door.transaction():
        base.connection.execute("UPDATE hour_entry SET declared = 1")
    base.connection.remembered.clear()
    assert evaluate(base.connection).hours.declared == 1
    assert rebuild_tables(base) == 1
    assert evaluate(base.connection) == before


def test_a_base_opened_for_reading_has_the_same_figures(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        World(base, 5)
        expected = evaluate(base.connection, today=TODAY)
        path = base.path
    content = path.read_bytes()
    with open_base(path, read_only=True) as reading:
        assert evaluate(reading.connection, today=TODAY) == expected
        assert heat(reading.connection).names
    assert path.read_bytes() == content
