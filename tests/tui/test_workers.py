"""The desk, without Textual: order, late answers, interruption, errors, end."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from suivi_tui.logbook import Logbook
from suivi_tui.tui.workers import Desk, Failure
from suivi_tui.vocabulary.errors import UserError


class Interrupted(Exception):
    pass


class Connection:
    """Stops a read that asks for it, as sqlite3 does."""

    def __init__(self) -> None:
        self.stopped = threading.Event()

    def interrupt(self) -> None:
        self.stopped.set()


class Base:
    read_only = False

    def __init__(self) -> None:
        self.connection = Connection()
        self.closed = False

    def close(self) -> None:
        self.closed = True


class Office:
    """A desk that delivers in the loop of the test."""

    def __init__(self, open_base: Callable[[], Base] | None = None) -> None:
        loop = asyncio.get_running_loop()
        self.base = Base()
        self.failures: list[Failure] = []
        self.desk: Desk[Base] = Desk(
            open_base or (lambda: self.base),
            lambda callback: loop.call_soon_threadsafe(callback) and None,
            self.failures.append,
        )

    async def idle(self) -> None:
        await asyncio.wait_for(self.desk.idle(), 10)


async def test_writes_go_before_waiting_reads_and_idle_work_comes_last() -> None:
    office = Office()
    order: list[str] = []
    gate = threading.Event()
    office.desk.write(lambda base: gate.wait(10))
    office.desk.when_idle(lambda base: order.append("idle"))
    office.desk.read("a", lambda base: order.append("read"), lambda _: None)
    office.desk.write(lambda base: order.append("write 1"))
    office.desk.write(lambda base: order.append("write 2"))
    gate.set()
    await office.idle()
    assert order == ["write 1", "write 2", "read", "idle"]
    office.desk.close()


async def test_a_late_answer_to_an_old_question_is_dropped() -> None:
    office = Office()
    answers: list[str] = []
    started, gate = threading.Event(), threading.Event()

    def slow(base: Base) -> str:
        started.set()
        gate.wait(10)
        return "old"

    office.desk.read("names", slow, answers.append)
    await asyncio.to_thread(started.wait, 10)
    office.desk.read("names", lambda base: "new", answers.append)
    office.desk.read("other", lambda base: "other", answers.append)
    gate.set()
    await office.idle()
    assert answers == ["new", "other"]
    office.desk.close()


async def test_an_answer_is_dropped_even_when_the_new_question_comes_after_the_work() -> None:
    office = Office()
    answers: list[str] = []
    done = threading.Event()

    def first(base: Base) -> str:
        done.set()
        return "old"

    office.desk.read("names", first, answers.append)
    done.wait(10)  # the loop is blocked: the answer cannot have been delivered yet
    office.desk.read("names", lambda base: "new", answers.append)
    await office.idle()
    assert answers == ["new"]
    office.desk.close()


async def test_cancelling_drops_the_answer() -> None:
    office = Office()
    answers: list[int] = []
    office.desk.read("names", lambda base: 1, answers.append)
    office.desk.cancel("names")
    await office.idle()
    assert answers == []
    office.desk.close()


async def test_a_write_interrupts_a_read_which_is_then_done_again() -> None:
    office = Office()
    order: list[str] = []
    started = threading.Event()
    tries: list[int] = []

    def read(base: Base) -> str:
        tries.append(1)
        started.set()
        if len(tries) == 1:
            assert base.connection.stopped.wait(10)
            raise Interrupted
        return "answer"

    office.desk.read("long", read, order.append)
    await asyncio.to_thread(started.wait, 10)
    office.desk.write(lambda base: "written", order.append)
    await office.idle()
    assert order == ["written", "answer"]
    assert office.failures == []
    office.desk.close()


async def test_a_write_is_never_interrupted() -> None:
    office = Office()
    started, gate = threading.Event(), threading.Event()

    def write(base: Base) -> bool:
        started.set()
        gate.wait(10)
        return base.connection.stopped.is_set()

    interrupted: list[bool] = []
    office.desk.write(write, interrupted.append)
    await asyncio.to_thread(started.wait, 10)
    office.desk.read("a", lambda base: 0, lambda _: None)
    office.desk.write(lambda base: 0)
    office.desk.cancel("a")
    gate.set()
    await office.idle()
    assert interrupted == [False]
    office.desk.close()


async def test_a_user_error_is_its_sentence_any_other_a_code_without_data() -> None:
    office = Office()

    def refused(base: Base) -> None:
        raise UserError("Le mois est fermé.")

    def broken(base: Base) -> None:
        name = "Jeanne CANARI"
        raise ValueError(name)

    office.desk.write(refused)
    office.desk.write(broken)
    await office.idle()
    first, second = office.failures
    assert first.message == "Le mois est fermé."
    assert "CANARI" not in second.message
    assert second.message.startswith("Une erreur est survenue")
    assert second.code in second.message
    office.desk.close()


async def test_the_caller_may_handle_the_failure_itself() -> None:
    office = Office()
    seen: list[Failure] = []
    office.desk.write(lambda base: 1 // 0, None, seen.append)
    await office.idle()
    assert len(seen) == 1
    assert office.failures == []
    office.desk.close()


async def test_a_base_that_does_not_open_is_a_failure_of_each_job() -> None:
    def refuse() -> Base:
        raise UserError("Ce fichier n'est pas une base.")

    office = Office(refuse)
    office.desk.read("a", lambda base: 1, lambda _: None)
    await office.idle()
    assert [failure.message for failure in office.failures] == ["Ce fichier n'est pas une base."]
    office.desk.close()


async def test_closing_finishes_the_writes_runs_the_last_act_and_closes_the_base() -> None:
    office = Office()
    done: list[str] = []
    gate = threading.Event()
    office.desk.write(lambda base: gate.wait(10))
    office.desk.write(lambda base: done.append("write"))
    office.desk.read("a", lambda base: done.append("read"), lambda _: None)
    gate.set()
    await asyncio.to_thread(office.desk.close, lambda base: done.append("final"))
    assert done in (["write", "final"], ["write", "read", "final"])
    assert office.base.closed
    await office.idle()


async def test_another_base_can_be_used() -> None:
    office = Office()
    other = Base()
    office.desk.read("a", lambda base: 1, lambda _: None)
    await office.idle()
    office.desk.use(lambda: other)
    seen: list[Base] = []
    office.desk.write(seen.append)
    await office.idle()
    assert office.base.closed
    assert seen == [other]
    office.desk.close()


def test_the_log_holds_neither_message_nor_local(tmp_path: pytest.TempPathFactory) -> None:
    path = tmp_path / "journal" / "suivi.log"
    book = Logbook(path)

    def fails(name: str) -> None:
        raise ValueError(f"{name} a échoué")

    try:
        fails("Jeanne CANARI")
    except ValueError as error:
        code = book.write(error)
        assert book.write(error) == code
    text = path.read_text(encoding="utf-8")
    assert "CANARI" not in text
    assert "ValueError" in text
    assert code in text
    assert path.stat().st_mode & 0o077 == 0


def test_the_log_turns(tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("suivi_tui.logbook.LIMIT", 200)
    path = tmp_path / "suivi.log"
    book = Logbook(path)
    for _ in range(20):
        book.write(ValueError())
    names = sorted(item.name for item in path.parent.iterdir())
    assert names == ["suivi.log", "suivi.log.1", "suivi.log.2"]


async def test_work_aside_leaves_the_base_free() -> None:
    office = Office()
    gate = threading.Event()
    answers: list[str] = []

    def slow() -> str:
        assert gate.wait(10)
        return threading.current_thread().name

    def broken() -> str:
        raise UserError("Le fichier est abîmé.")

    office.desk.aside(slow, answers.append)
    office.desk.aside(broken, answers.append)
    office.desk.read("a", lambda base: gate.set(), lambda _: answers.append("read"))
    assert office.desk.busy
    await office.idle()
    assert sorted(answers) == ["aside", "read"]
    assert [failure.message for failure in office.failures] == ["Le fichier est abîmé."]
    office.desk.close()
    office.desk.aside(slow, answers.append)
    assert not office.desk.busy
