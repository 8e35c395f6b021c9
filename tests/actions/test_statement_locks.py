"""Months locked, reopened with a reason, and what a lock forbids: marks, undo."""

from datetime import date
from pathlib import Path

import pytest

from builders import (
    NewContract,
    add,
    new_base,
    new_contract,
    new_hours,
    new_person,
    new_placement,
)
from suivi_tui.actions.statement_locks import lock_statements, reopen_statements
from suivi_tui.actions.statements import (
    StatementPlace,
    StatementRefused,
    mark_statements,
    toggle_statement,
)
from suivi_tui.actions.undoing import LockedSince, undo_batch, undo_last
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, hour_row, write
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 6, 20)
APRIL, MAY = Month(202604), Month(202605)
RECEIVED, CHECKED = StatementStatus.RECEIVED, StatementStatus.CHECKED


class Site:
    """A contract on which an agency has hours in May, the holder none."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.contract: NewContract = new_contract(base)
        self.agency = add(base, "company", name="Agence du Val", kind="ETTI")
        self.hired = new_placement(base, self.contract, new_person(base), employer=self.agency)
        self.line = new_hours(base, self.hired, MAY, 10_00)
        self.entry = self.last_batch()

    def place(self, sender: int | None = None, month: Month = MAY) -> StatementPlace:
        return StatementPlace(self.contract.obligation, sender or self.agency, month)

    def holder(self, month: Month = MAY) -> StatementPlace:
        return self.place(self.contract.company, month)

    def mark(self, place: StatementPlace, status: StatementStatus = RECEIVED) -> None:
        mark_statements(self.base, [place], status, TODAY)

    def lock(self, *places: StatementPlace) -> int:
        return lock_statements(self.base, places, TODAY)

    def last_batch(self) -> int:
        return int(self.base.connection.execute("SELECT max(id) FROM batch").fetchone()[0])

    def statements(self) -> list[tuple[int, int, str, str]]:
        return self.base.connection.execute(
            "SELECT sender, month, status, reopened_reason FROM statement WHERE removed = 0 "
            "ORDER BY id"
        ).fetchall()

    def hours(self) -> list[int]:
        rows = self.base.connection.execute("SELECT declared FROM hour_entry WHERE removed = 0")
        return [row[0] for row in rows]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(new_base(tmp_path))


def test_a_month_locked_then_reopened_leaves_its_reason(site: Site) -> None:
    with pytest.raises(StatementRefused, match=r"pas de relevé pour avril 2026"):
        site.lock(site.place(month=APRIL))
    site.mark(site.place())
    assert site.lock(site.place()) == 1
    with pytest.raises(StatementRefused, match="verrouillé"):
        site.mark(site.place(), CHECKED)
    with pytest.raises(StatementRefused, match="verrouillé"):
        toggle_statement(site.base, site.contract.obligation, MAY, CHECKED, TODAY)
    with pytest.raises(StatementRefused, match="motif"):
        reopen_statements(site.base, [site.place()], " \u200b ")
    assert site.statements() == [(site.agency, MAY, "verrouille", "")]
    assert reopen_statements(site.base, [site.place()], "Erreur de saisie") == 1
    assert site.statements() == [(site.agency, MAY, "verifie", "Erreur de saisie")]
    with pytest.raises(StatementRefused, match="n'est pas verrouillé"):
        reopen_statements(site.base, [site.place()], "Encore")
    reason = site.base.connection.execute(
        "SELECT value FROM journal WHERE field = 'reopened_reason'"
    ).fetchone()
    assert reason == ('"Erreur de saisie"',)


def test_hours_without_a_statement_are_locked_too(site: Site) -> None:
    assert site.lock(site.place(), site.place(month=APRIL), site.holder()) == 1
    assert site.statements() == [(site.agency, MAY, "verrouille", "")]
    undo_last(site.base)
    assert site.statements() == []


def test_the_lock_of_the_holder_closes_the_month_of_all_and_is_what_reopens(site: Site) -> None:
    site.mark(site.holder())
    site.lock(site.holder())
    with pytest.raises(StatementRefused, match="verrouillé"):
        site.mark(site.place())
    with pytest.raises(StatementRefused, match="pas de relevé"):
        site.lock(site.place())
    reopen_statements(site.base, [site.place()], "Heures en retard")
    assert site.statements() == [(site.contract.company, MAY, "verifie", "Heures en retard")]
    site.mark(site.place())


def test_what_lies_in_a_month_locked_since_is_not_taken_back(site: Site) -> None:
    site.mark(site.place())
    marked = site.last_batch()
    site.lock(site.place())
    before = site.base.connection.execute("SELECT count(*) FROM journal").fetchone()
    for batch in (site.entry, marked):
        for keep_later in (False, True):
            with pytest.raises(LockedSince) as refusal:
                undo_batch(site.base, batch, keep_later=keep_later)
            assert str(refusal.value) == (
                "Le relevé de mai 2026 est verrouillé\u00a0: rien n'est annulé, rien n'a été "
                "modifié. Rouvrez-le dans l'écran Saisie (touche k), puis annulez."
            )
    assert site.base.connection.execute("SELECT count(*) FROM journal").fetchone() == before
    assert site.hours() == [10_00]


def test_the_lock_itself_is_taken_back_then_the_rest(site: Site) -> None:
    site.lock(site.place())
    assert undo_last(site.base).startswith("Annulé : Relevé de mai 2026")
    undo_last(site.base)
    assert site.hours() == []


def test_reopening_is_taken_back_and_locks_again(site: Site) -> None:
    site.lock(site.place())
    reopen_statements(site.base, [site.place()], "Oubli")
    undo_last(site.base)
    assert site.statements() == [(site.agency, MAY, "verrouille", "")]
    with pytest.raises(LockedSince):
        undo_batch(site.base, site.entry)


def test_a_lock_of_another_sender_or_month_forbids_nothing(site: Site) -> None:
    other = add(site.base, "company", name="Autre agence", kind="ETTI")
    for sender, month in ((other, MAY), (site.agency, APRIL)):
        add(site.base, "statement", obligation=site.contract.obligation, month=month,
            sender=sender, status="verrouille")  # fmt: skip
    undo_batch(site.base, site.entry)
    assert site.hours() == []


def test_an_import_over_several_months_names_the_first_locked(site: Site) -> None:
    changes = [
        changed("hour_entry", site.line, "declared", 12_00),
    ]
    for month in (202602, 202603):
        new_hours(site.base, site.hired, month, 1_00)
        row = hour_row(site.contract.obligation, month, site.hired.placement, 1)
        changes.append(changed("hour_entry", row, "declared", 2_00))
    write(site.base, changes, label="Relevés corrigés")
    corrected = site.last_batch()
    site.lock(site.place(month=Month(202603)), site.place())
    with pytest.raises(LockedSince, match=r"de mars 2026 \(et 1\u00a0autre mois\) est"):
        undo_batch(site.base, corrected)
    reopen_statements(site.base, [site.place(month=Month(202603)), site.place()], "Reprise")
    undo_batch(site.base, corrected)
    assert sorted(site.hours()) == [1_00, 1_00, 10_00]
