from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import (
    NewContract,
    add,
    new_company,
    new_hours,
    new_placement,
    new_statement,
)
from import_samples import one, rows
from statement_world import (
    OCTOBER,
    Small,
    Statement,
    held,
    outcomes,
    preview,
    said,
    small_world,
    statement,
)
from store_samples import assert_sound, living
from suivi_tui.actions.statement_import.plan import (
    Answer,
    Outcome,
    PlanOutdated,
    StatementPlan,
    UnknownSender,
    write_plan,
)
from suivi_tui.exchange.statement_files.declared import Basis, Cancelled
from suivi_tui.exchange.statement_files.form_reading import FormReading, IdleMonth
from suivi_tui.exchange.statement_files.reading import LayoutQuestion
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, hour_row, write
from suivi_tui.store.queries import proofs
from suivi_tui.store.undo import undo_last

NEW, CHANGED, IDENTICAL, DOUBTFUL, LEFT_OUT = Outcome
Prepare = Callable[..., StatementPlan]


@pytest.fixture
def world(base: Base) -> Small:
    return small_world(base)


@pytest.fixture
def plan(base: Base, world: Small, monkeypatch: pytest.MonkeyPatch) -> Prepare:
    def prepared(read: Statement, sender: int | None = world.etti, **values: Any) -> StatementPlan:
        return preview(monkeypatch, base, read, sender=sender, **values)

    return prepared


def test_a_statement_comes_in_twice_and_is_taken_back(
    base: Base, world: Small, plan: Prepare, tmp_path: Path
) -> None:
    before = living(base)
    read = statement(
        said(5, "EXEMPLE Camille", 15167),
        said(6, "Alix Modèle", 7000),
        said(7, "PATRON Noa", 3500, lot="2", contract="VX 44"),
    )
    prepared = plan(read)
    assert outcomes(prepared) == [NEW] * 3
    assert living(base) == before, "a preview writes nothing"
    report = write_plan(base, prepared, path=tmp_path / "releve.xlsx")
    assert (report.read, report.created, report.left_out) == (3, 3, 0)
    assert held(base) == {
        (world.camille.placement, OCTOBER): 15167,
        (world.alix.placement, OCTOBER): 7000,
        (world.noa[1].placement, OCTOBER): 3500,
    }
    (proof,) = proofs.of_hours(base.connection, world.masonry, OCTOBER, world.camille.placement, 1)
    assert (proof.file, proof.sheet, proof.line, proof.hours) == ("releve.xlsx", "Relevé", 5, 15167)
    assert proof.imported_on
    assert rows(
        base, "SELECT obligation, sender, month, status FROM statement ORDER BY obligation"
    ) == [(row, world.etti, OCTOBER, "recu") for row in sorted((world.masonry, world.plumbing))]
    again = plan(read)
    assert outcomes(again) == [IDENTICAL] * 3
    lines = one(base, "SELECT count(*) FROM journal")
    write_plan(base, again)
    assert one(base, "SELECT count(*) FROM journal") == lines
    assert_sound(base)
    undo_last(base)
    assert living(base) == before


def test_only_the_differences_of_a_corrected_file(base: Base, world: Small, plan: Prepare) -> None:
    first = statement(said(2, "Exemple Camille", 100_00), said(3, "Modèle Alix", 50_00))
    write_plan(base, plan(first))
    second = statement(
        said(2, "Exemple Camille", 100_00), said(3, "Modèle Alix", 60_00), sha256="b" * 64
    )
    prepared = plan(second)
    assert outcomes(prepared) == [IDENTICAL, CHANGED]
    assert (prepared.lines[1].before, prepared.lines[1].after) == (50_00, 60_00)
    before = living(base)
    write_plan(base, prepared)
    assert held(base)[world.alix.placement, OCTOBER] == 60_00
    sums = rows(base, "SELECT placement, sum(hours) FROM source_line WHERE removed = 0 GROUP BY 1")
    assert dict(sums) == {world.camille.placement: 100_00, world.alix.placement: 60_00}
    undo_last(base)
    assert living(base) == before
    assert outcomes(plan(second)) == [IDENTICAL, CHANGED], "what an undo gives back is the file's"


def test_what_a_person_typed_is_kept_unless_accepted(
    base: Base, world: Small, plan: Prepare
) -> None:
    new_hours(base, world.camille, OCTOBER, 40_00, validated=40_00)
    new_hours(base, world.alix, OCTOBER, 50_00)
    read = statement(said(2, "Exemple Camille", 41_00), said(3, "Modèle Alix", 50_00))
    prepared = plan(read)
    assert outcomes(prepared) == [DOUBTFUL, IDENTICAL]
    assert "saisie gardée" in prepared.lines[0].why
    assert write_plan(base, prepared).doubtful == 1
    assert held(base)[world.camille.placement, OCTOBER] == 40_00
    assert len(rows(base, "SELECT 1 FROM source_line")) == 1, "typed hours get their proof"
    write_plan(base, plan(read), accept={("Relevé", 2)})
    assert rows(base, "SELECT declared, validated FROM hour_entry WHERE declared = 4100") == [
        (41_00, None)
    ]
    assert outcomes(plan(read)) == [IDENTICAL, IDENTICAL]


def test_hours_edited_by_hand_keep_their_proof(base: Base, world: Small, plan: Prepare) -> None:
    read = statement(said(2, "Exemple Camille", 41_00))
    write_plan(base, plan(read))
    row = hour_row(world.masonry, OCTOBER, world.camille.placement, 1)
    write(base, [changed("hour_entry", row, "declared", 39_00)], label="Saisie")
    assert outcomes(plan(read)) == [DOUBTFUL]
    lines = one(base, "SELECT count(*) FROM journal")
    write_plan(base, plan(read))
    assert one(base, "SELECT count(*) FROM journal") == lines
    assert one(base, "SELECT count(*) FROM source_line WHERE removed = 0") == 1


@pytest.mark.parametrize(
    ("said_of_the_place", "outcome", "where"),
    [
        ({"contract": "VX-44", "lot": "01"}, NEW, "masonry"),
        ({"contract": "vx44", "lot": "Lot 2 - Plomberie"}, NEW, "plumbing"),
        ({"site": "École Jules Ferry", "lot": "Plomberie"}, NEW, "plumbing"),
        ({"site": "Marché VX-44, lot n° 2"}, NEW, "plumbing"),
        ({"contract": "VX-44", "company": "beta plomberie"}, NEW, "plumbing"),
        ({"site": "pont", "company": "Alpha Bâtiment"}, DOUBTFUL, None),
        ({"site": "PONT NEUF"}, NEW, "bridge"),
        ({"contract": "VX-44"}, DOUBTFUL, None),
        ({"contract": "PT-7", "company": "Bêta Plomberie"}, DOUBTFUL, None),
        ({"site": "Stade"}, DOUBTFUL, None),
        ({}, DOUBTFUL, None),
    ],
)  # fmt: skip
def test_where_a_newcomer_works(
    plan: Prepare, world: Small, said_of_the_place: dict[str, str], outcome: Outcome, where: str
) -> None:
    prepared = plan(
        statement(said(2, "Gabarit Sacha", 10_00, birth="1990-01-01", **said_of_the_place))
    )
    assert outcomes(prepared) == [outcome], prepared.lines
    if where:
        assert "nouveau contrat de travail chez Intérim Plus" in prepared.lines[0].why
        ((obligation, *_),) = prepared.draft.cells.fed
        assert obligation == getattr(world, where)
    else:
        assert [question.key[0] for question in prepared.questions] == ["obligation"]


@pytest.mark.parametrize(
    ("who", "sure"),
    [
        ({"person": "Camille EXEMPLE"}, True),
        ({"person": "Mme Exemple Camille"}, True),
        ({"person": "exemple camile"}, False),
        ({"person": "EXEMPLE C."}, False),
        ({"person": "Exemple Camille", "birth": "1971-01-01"}, False),
        ({"person": "exemple camile", "reference": "p1"}, True),
        ({"person": "Modèle Alix", "reference": "P1"}, True),
        ({"person": "", "reference": "P1"}, True),
        ({"person": "Inconnue Totale"}, False),
    ],
)
def test_who_is_recognised(plan: Prepare, world: Small, who: dict[str, str], sure: bool) -> None:
    prepared = plan(statement(said(2, hours=10_00, **who)))
    assert outcomes(prepared) == [NEW if sure else DOUBTFUL], prepared.lines
    if sure:
        ((_, _, placement, _),) = prepared.draft.cells.fed
        expected = world.alix if who["person"] == "Modèle Alix" else world.camille
        assert placement == expected.placement


def test_likeness_proposes_and_an_answer_is_remembered(
    base: Base, world: Small, plan: Prepare
) -> None:
    read = statement(said(2, "EXEMPL Camille", 10_00), said(3, "EXEMPL Camille", 20_00, 202609))
    prepared = plan(read)
    (question,) = prepared.questions
    assert question.proposed == world.people["camille"]
    assert (question.lines, question.remembered, question.answer) == (2, False, None)
    assert write_plan(base, prepared).questions == (question.sentence,)
    assert held(base) == {}, "a proposal decides nothing"
    answers = {question.key: Answer(world.people["camille"])}
    answered = plan(read, answers=answers)
    assert outcomes(answered) == [NEW, NEW]
    before = living(base)
    write_plan(base, answered)
    assert living(base).keys() - before.keys() >= {
        ("match_memory", str(row)) for (row,) in rows(base, "SELECT id FROM match_memory")
    }
    later = plan(statement(said(2, "EXEMPL Camille", 30_00, 202611), sha256="b" * 64))
    assert outcomes(later) == [NEW]
    assert later.questions[0].remembered
    changed_mind = plan(read, answers={question.key: Answer(None)})
    assert outcomes(changed_mind) == [LEFT_OUT, LEFT_OUT]
    assert plan(read, sender=world.alpha).questions[0].answer is None, "of that sender only"
    undo_last(base)
    assert living(base) == before


def test_homonyms_are_asked_once(base: Base, world: Small, plan: Prepare) -> None:
    lines = [
        said(row, "Gabarit Sacha", row * 100, site="PONT NEUF", post=f"n{row}") for row in (2, 3)
    ]
    (question,) = plan(statement(*lines)).questions
    assert {candidate.id for candidate in question.candidates} == {
        world.people["sacha"], world.people["sacha_too"],
    }  # fmt: skip
    assert question.proposed is None
    told = plan(statement(*lines), answers={question.key: Answer(world.people["sacha"])})
    write_plan(base, told)
    assert list(held(base).values()) == [5_00]
    assert (
        one(base, "SELECT participant FROM work_contract ORDER BY id DESC LIMIT 1")
        == (world.people["sacha"])
    )


def test_someone_new_and_an_employer_that_is_new(base: Base, world: Small, plan: Prepare) -> None:
    read = statement(
        said(2, "ARRIVANT Lou", 10_00, contract="PT-7", birth="1999-09-09", employer="Nouvelle EI")
    )
    prepared = plan(read)
    keys = [question.key for question in prepared.questions]
    assert [key[0] for key in keys] == ["participant", "company"]
    assert all(question.may_be_new for question in prepared.questions)
    before = living(base)
    write_plan(base, plan(read, answers={key: Answer(None, new=True) for key in keys}))
    assert rows(
        base,
        "SELECT last, first, birth, company.name, declared FROM hour_entry "
        "JOIN placement ON placement.id = placement JOIN work_contract AS work "
        "ON work.id = work_contract JOIN participant ON participant.id = participant "
        "JOIN company ON company.id = employer",
    ) == [("ARRIVANT", "Lou", "1999-09-09", "Nouvelle EI", 10_00)]
    assert outcomes(plan(read)) == [IDENTICAL], "the answers are remembered"
    undo_last(base)
    assert living(base) == before


def test_two_possible_obligations_are_a_question(base: Base, world: Small, plan: Prepare) -> None:
    read = statement(said(2, "Patron Noa", 10_00))
    (question,) = plan(read).questions
    assert {candidate.id for candidate in question.candidates} == {world.masonry, world.plumbing}
    write_plan(base, plan(read, answers={question.key: Answer(world.plumbing)}))
    assert held(base) == {(world.noa[1].placement, OCTOBER): 10_00}


def test_weeks_and_sites_add_up(base: Base, world: Small, plan: Prepare) -> None:
    lines = [said(row, "Exemple Camille", 35_00) for row in (2, 3, 4, 5)]
    prepared = plan(statement(*lines, weekly=True))
    assert outcomes(prepared) == [NEW] * 4
    assert {line.after for line in prepared.lines} == {140_00}
    write_plan(base, prepared)
    assert held(base) == {(world.camille.placement, OCTOBER): 140_00}
    assert rows(base, "SELECT line, hours FROM source_line ORDER BY line") == [
        (2, 35_00), (3, 35_00), (4, 35_00), (5, 35_00),
    ]  # fmt: skip
    assert outcomes(plan(statement(*lines, weekly=True))) == [IDENTICAL] * 4


def test_files_of_some_weeks_add_to_each_other(base: Base, world: Small, plan: Prepare) -> None:
    def week(name: str, hours: int, sha: str) -> Statement:
        line = said(2, "Exemple Camille", hours, partial=True)
        return statement(line, name=name, sha256=sha * 64, weekly=True)

    write_plan(base, plan(week("S40.xlsx", 35_00, "a")))
    second = plan(week("S41.xlsx", 20_00, "b"))
    assert outcomes(second) == [CHANGED]
    assert (second.lines[0].before, second.lines[0].after) == (35_00, 55_00)
    write_plan(base, second)
    assert outcomes(plan(week("S41.xlsx", 20_00, "b"))) == [IDENTICAL]
    assert outcomes(plan(week("S40.xlsx", 35_00, "a"))) == [IDENTICAL]
    write_plan(base, plan(week("S40 corrigé (1).xlsx", 30_00, "c")))
    assert held(base) == {(world.camille.placement, OCTOBER): 50_00}
    assert outcomes(plan(week("autre.xlsx", 5_00, "d"))) == [DOUBTFUL]


def test_the_same_line_twice_and_a_recapitulative_sheet(
    base: Base, world: Small, plan: Prepare
) -> None:
    read = statement(
        said(2, "Exemple Camille", 35_00),
        said(3, "Exemple Camille", 35_00),
        said(2, "Modèle Alix", 10_00, sheet="Chantier"),
        said(9, "Modèle Alix", 10_00, sheet="Récapitulatif"),
    )
    prepared = plan(read)
    assert outcomes(prepared) == [NEW, DOUBTFUL, NEW, DOUBTFUL]
    assert (prepared.lines[1].after, prepared.lines[1].acceptable) == (70_00, True)
    write_plan(base, prepared, accept={("Relevé", 3)})
    assert held(base)[world.camille.placement, OCTOBER] == 70_00
    assert outcomes(plan(read)) == [IDENTICAL, IDENTICAL, IDENTICAL, DOUBTFUL]


def test_totals_since_the_start(base: Base, world: Small, plan: Prepare) -> None:
    new_hours(base, world.camille, 202608, 100_00)
    total = {"basis": Basis.CUMULATED}
    read = statement(
        said(2, "Exemple Camille", 250_00, 202610, **total),
        said(3, "Exemple Camille", 180_00, 202609, **total),
        said(4, "Modèle Alix", 400_00, 202610, **total),
    )
    prepared = plan(read)
    assert outcomes(prepared) == [NEW, NEW, DOUBTFUL]
    assert [line.after for line in prepared.lines[:2]] == [70_00, 80_00]
    write_plan(base, prepared)
    assert outcomes(plan(read))[:2] == [IDENTICAL, IDENTICAL]
    less = statement(said(2, "Exemple Camille", 90_00, 202611, **total), sha256="c" * 64)
    assert outcomes(plan(less)) == [DOUBTFUL]
    assert "moins que les" in plan(less).lines[0].why


def test_a_share_of_a_quarter_is_marked(base: Base, world: Small, plan: Prepare) -> None:
    read = statement(
        *(said(2, "Exemple Camille", 50_00, 202607 + n, basis=Basis.SPREAD) for n in range(3))
    )
    write_plan(base, plan(read))
    assert rows(base, "SELECT month, declared, spread FROM hour_entry ORDER BY month") == [
        (202607, 50_00, 1), (202608, 50_00, 1), (202609, 50_00, 1),
    ]  # fmt: skip


def test_a_locked_month_is_left_out(base: Base, world: Small, plan: Prepare) -> None:
    new_statement(base, world.masonry, world.etti, OCTOBER, "verrouille")
    new_statement(base, world.plumbing, world.etti, OCTOBER, "sans_activite")
    prepared = plan(statement(said(2, "Exemple Camille", 5_00), said(3, "Modèle Alix", 6_00)))
    assert outcomes(prepared) == [LEFT_OUT, NEW]
    assert "verrouillé" in prepared.lines[0].why
    write_plan(base, prepared)
    assert list(held(base).values()) == [6_00]
    status = "SELECT status FROM statement WHERE obligation = ?"
    assert one(base, status, world.plumbing) == "recu"


def test_more_than_a_day_holds_is_left_out(plan: Prepare) -> None:
    assert outcomes(plan(statement(said(2, "Exemple Camille", 745_00)))) == [LEFT_OUT]


def test_lines_of_a_sheet_with_a_question_wait(base: Base, plan: Prepare) -> None:
    asked = (LayoutQuestion("unit", "Des heures ou des jours ?", (), "heures"),)
    prepared = plan(statement(said(2, "Exemple Camille", 5_00), questions=asked))
    assert outcomes(prepared) == [DOUBTFUL]
    assert not prepared.lines[0].acceptable
    write_plan(base, prepared, accept={("Relevé", 2)})
    assert held(base) == {}


def test_the_checks_of_entered_hours_are_said(base: Base, world: Small, plan: Prepare) -> None:
    (line,) = plan(statement(said(2, "Exemple Camille", 240_00))).lines
    assert line.outcome is NEW
    assert "212,57" in line.why, line.why


def test_a_social_security_number_is_never_kept(base: Base, world: Small, plan: Prepare) -> None:
    nir = "2 85 02 75 123 456 78"
    read = statement(
        said(
            2, f"Exemple Camille {nir}", 5_00, reference=nir.replace(" ", ""), comment=f"ss {nir}"
        ),
        name=f"releve {nir}.xlsx",
    )
    prepared = plan(read)
    assert outcomes(prepared) == [NEW]
    write_plan(base, prepared)
    dump = "\n".join(base.connection.iterdump())
    assert "12345678" not in dump.replace(" ", "")


def test_a_plan_is_written_on_the_base_that_it_saw(base: Base, world: Small, plan: Prepare) -> None:
    prepared = plan(statement(said(2, "Exemple Camille", 5_00)))
    add(base, "company", name="Entre-temps")
    with pytest.raises(PlanOutdated, match="Relancez"):
        write_plan(base, prepared)
    assert held(base) == {}


def test_the_sender_is_known_by_its_layout_next_time(
    base: Base, world: Small, plan: Prepare
) -> None:
    read = statement(said(2, "Exemple Camille", 5_00))
    unknown = plan(read, sender=None)
    assert unknown.sender is None
    assert outcomes(unknown) == [DOUBTFUL]
    assert world.etti in {candidate.id for candidate in unknown.senders}
    write_plan(base, plan(read))
    assert rows(base, "SELECT sender, shape FROM import_profile") == [(world.etti, read.shape)]
    again = plan(statement(said(2, "Exemple Camille", 6_00, 202611), sha256="b" * 64), sender=None)
    assert (again.sender, again.sender_proposed, again.sender_name) == (
        world.etti, True, "Intérim Plus",
    )  # fmt: skip
    assert outcomes(again) == [NEW]
    # A person may say that it is none of those the file tells.
    nobody = plan(statement(said(2, "Exemple Camille", 6_00, 202611)), sender=None, propose=False)
    assert (nobody.sender, nobody.sender_proposed) == (None, False)


def test_our_form_comes_back_by_its_ids(base: Base, world: Small, plan: Prepare) -> None:
    placement = world.noa[1].placement
    ours = {"obligation": world.plumbing, "placement": placement}
    form = FormReading(
        world.etti, OCTOBER, (), idle=(IdleMonth("Lots", 9, world.masonry, OCTOBER),)
    )
    read = statement(
        said(2, "PATRON Noa", 12_00, **ours),
        said(3, "Modèle Alix", 13_00, **ours),
        said(4, "Exemple Camille", 14_00, obligation=world.bridge),
        form=form,
    )
    prepared = plan(read, sender=None)
    assert (prepared.sender, prepared.questions) == (world.etti, ())
    assert outcomes(prepared) == [NEW] * 4
    write_plan(base, prepared)
    assert held(base)[placement, OCTOBER] == 12_00
    assert held(base)[world.alix.placement, OCTOBER] == 13_00, "the name wins over a stale id"
    assert rows(base, "SELECT obligation, status FROM statement ORDER BY status, obligation") == [
        *sorted((row, "recu") for row in (world.plumbing, world.bridge)),
        (world.masonry, "sans_activite"),
    ]
    assert outcomes(plan(read, sender=None)) == [IDENTICAL] * 4


def test_a_sender_that_is_gone_and_a_reading_that_is_stopped(world: Small, plan: Prepare) -> None:
    read = statement(said(2, "Exemple Camille", 5_00))
    with pytest.raises(UnknownSender, match="Choisissez"):
        plan(read, sender=12)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        plan(read, progress=stop)


def test_a_name_alone_is_not_enough_for_a_second_employer(
    base: Base, world: Small, plan: Prepare
) -> None:
    other = new_company(base, "Chantiers Solidaires", kind="EI")
    place = {"contract": "VX-44", "lot": "1"}
    read = statement(
        said(2, "Exemple Camille", 5_00, **place),
        said(3, "Modèle Alix", 6_00, birth="1985-02-03", **place),
        said(4, "Gabarit Sacha", 7_00, birth="1990-01-01", **place),
    )
    prepared = plan(read, sender=other)
    assert outcomes(prepared) == [DOUBTFUL, NEW, NEW]
    assert "est-ce bien cette personne" in prepared.lines[0].why
    write_plan(base, prepared, accept={("Relevé", 2)})
    assert rows(base, "SELECT DISTINCT employer FROM work_contract WHERE employer = ?", other)
    assert sorted(held(base).values()) == [5_00, 6_00, 7_00]
    assert outcomes(plan(read, sender=other)) == [IDENTICAL] * 3


def test_homonyms_are_told_apart_by_where_they_work(
    base: Base, world: Small, plan: Prepare
) -> None:
    place = NewContract(0, 0, 0, world.alpha, world.bridge)
    new_placement(base, place, world.people["sacha"], employer=world.etti)
    lines = (
        said(2, "Gabarit Sacha", 5_00, contract="PT-7"),
        said(3, "Gabarit Sacha", 6_00, 202505),
    )
    prepared = plan(statement(*lines))
    assert outcomes(prepared) == [NEW, DOUBTFUL]
    assert "homonyme reconnu par son placement" in prepared.lines[0].why
    assert outcomes(plan(statement(*lines), sender=world.alpha)) == [DOUBTFUL, DOUBTFUL]
