"""The one way to do work in a thread.

The :class:`Desk` owns the only thread that touches the base. Writes go before waiting reads,
background work last; only a read is ever interrupted. Work without the base goes aside. A read
carries a key: when the same question is asked again, the answer to the old one is dropped,
however late it comes. Results and errors are delivered in the thread of the screen. Nothing here
knows Textual.
"""

import heapq
import threading
from collections.abc import Callable, Coroutine
from enum import IntEnum
from functools import partial
from inspect import isawaitable
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

from suivi_tui.logbook import Logbook
from suivi_tui.vocabulary.errors import UserError

T = TypeVar("T")


class Interruptible(Protocol):
    """What a read may be stopped with: sqlite3's ``Connection.interrupt``."""

    def interrupt(self) -> None: ...


class BaseLike(Protocol):
    """What the desk needs of an open base; ``store.base.Base`` provides it."""

    @property
    def connection(self) -> Any: ...

    @property
    def read_only(self) -> bool: ...

    def close(self) -> None: ...


B = TypeVar("B", bound=BaseLike)

Callback = Callable[[], object]
Deliver = Callable[[Callback], object]
"""Runs a callback in the thread of the screen; an answer of False says that it is gone."""


class Failure(NamedTuple):
    """Work that did not succeed: one French sentence, and the code written in the log."""

    message: str
    code: str
    error: BaseException


class _Rank(IntEnum):
    WRITE = 0
    READ = 1
    IDLE = 2
    CLOSE = 3


_GONE: Final = object()


class _Job:
    def __init__(
        self,
        rank: _Rank,
        number: int,
        key: str,
        function: Callable[[Any], Any],
        on_result: Callable[[Any], object] | None,
        on_error: Callable[[Failure], object] | None,
    ) -> None:
        self.rank = rank
        self.number = number
        self.key = key
        self.function = function
        self.on_result = on_result
        self.on_error = on_error
        self.interrupted = False

    def __lt__(self, other: "_Job") -> bool:
        return (self.rank, self.number) < (other.rank, other.number)


class Desk(Generic[B]):
    """The thread of the base and its queue.

    ``open_base`` is called once, in the thread, before the first job. ``deliver`` runs a callback
    in the thread of the screen. ``on_failure`` receives the failures that no caller handles.
    """

    def __init__(
        self,
        open_base: Callable[[], B],
        deliver: Deliver,
        on_failure: Callable[[Failure], object],
        logbook: Logbook | None = None,
    ) -> None:
        self._open = open_base
        self._deliver = deliver
        self._on_failure = on_failure
        self._logbook = logbook or Logbook(None)
        self._base: B | None = None
        self._lock = threading.Condition()
        self._queue: list[_Job] = []
        self._running: _Job | None = None
        self._latest: dict[str, int] = {}
        self._number = 0
        self._outstanding = 0
        self._closing = False
        self._waiters: list[Callable[[], None]] = []
        self._thread = threading.Thread(target=self._work, name="base", daemon=True)
        self.writes_done = 0

    def read(
        self,
        key: str,
        function: Callable[[B], T],
        on_result: Callable[[T], object],
        on_error: Callable[[Failure], object] | None = None,
    ) -> int:
        """Ask a question of the base; the answer to an older question of the same key is lost.

        ``function`` runs in the thread of the base and touches no widget. Returns the number of
        the question.
        """
        with self._lock:
            number = self._add(_Rank.READ, key, function, on_result, on_error)
            self._latest[key] = number
            self._interrupt_if(lambda job: job.key == key)
        return number

    def write(
        self,
        function: Callable[[B], T],
        on_result: Callable[[T], object] | None = None,
        on_error: Callable[[Failure], object] | None = None,
    ) -> int:
        """Change the base: before any waiting read, never interrupted, never dropped."""
        with self._lock:
            number = self._add(_Rank.WRITE, "", function, on_result, on_error)
            self._interrupt_if(lambda job: True)
        return number

    def when_idle(self, function: Callable[[B], object]) -> int:
        """Background work (warming, checkpoint), done when nobody waits."""
        with self._lock:
            return self._add(_Rank.IDLE, "", function, None, None)

    def aside(
        self,
        function: Callable[[], T],
        on_result: Callable[[T], object],
        on_error: Callable[[Failure], object] | None = None,
    ) -> None:
        """Long work that needs no base (a workbook to open), in a thread of its own.

        The base stays free meanwhile. Nothing interrupts ``function``, and the end of the
        application does not wait for it: it writes nothing.
        """
        with self._lock:
            if self._closing:
                return
            self._number += 1
            self._outstanding += 1
            job = _Job(_Rank.IDLE, self._number, "", lambda _: function(), on_result, on_error)
        threading.Thread(target=self._work_aside, args=(job,), name="aside", daemon=True).start()

    def cancel(self, key: str) -> None:
        """Nobody waits any more for the answer to ``key``."""
        with self._lock:
            self._latest.pop(key, None)
            self._interrupt_if(lambda job: job.key == key)

    def use(
        self,
        open_base: Callable[[], B],
        on_result: Callable[[B], object] | None = None,
        on_error: Callable[[Failure], object] | None = None,
    ) -> int:
        """Close the base in use and open another one; opening errors reach ``on_error``."""

        def swap(_: B) -> B:
            self._close_base()
            self._open = open_base
            return self._ready_base()

        with self._lock:
            return self._add(_Rank.WRITE, "*", swap, on_result, on_error)

    @property
    def busy(self) -> bool:
        """Whether some work waits, runs, or has not been delivered."""
        return self._outstanding > 0

    async def idle(self) -> None:
        """Wait until every job asked so far is done and delivered."""
        import asyncio

        loop = asyncio.get_running_loop()
        while True:
            done = asyncio.Event()
            with self._lock:
                if not self._outstanding:
                    return
                self._waiters.append(partial(_wake, loop, done))
            await done.wait()

    def close(self, final: Callable[[B], object] | None = None) -> None:
        """Finish the writes, run ``final`` if the base was opened, close the base. Blocks."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
            started = self._thread.is_alive()
            if started:
                kept = [job for job in self._queue if job.rank is _Rank.WRITE]
                dropped = len(self._queue) - len(kept)
                self._queue = kept
                heapq.heapify(self._queue)
                self._outstanding -= dropped
                self._number += 1
                heapq.heappush(
                    self._queue,
                    _Job(_Rank.CLOSE, self._number, "", final or (lambda _: None), None, None),
                )
                self._outstanding += 1
                self._interrupt_if(lambda job: True)
                self._lock.notify_all()
        if started:
            self._thread.join()

    def _add(
        self,
        rank: _Rank,
        key: str,
        function: Callable[[B], Any],
        on_result: Callable[[Any], object] | None,
        on_error: Callable[[Failure], object] | None,
    ) -> int:
        self._number += 1
        if self._closing:
            return self._number
        self._outstanding += 1
        heapq.heappush(self._queue, _Job(rank, self._number, key, function, on_result, on_error))
        if not self._thread.is_alive():
            self._thread.start()
        self._lock.notify_all()
        return self._number

    def _interrupt_if(self, concerned: Callable[[_Job], bool]) -> None:
        """Stop the running read; under the lock, so that no write can be hit instead."""
        job = self._running
        if job is None or job.rank is not _Rank.READ or not concerned(job):
            return
        job.interrupted = True
        interrupt = getattr(getattr(self._base, "connection", None), "interrupt", None)
        if interrupt is not None:
            interrupt()

    def _stale(self, job: _Job) -> bool:
        return job.rank is _Rank.READ and self._latest.get(job.key) != job.number

    def _work(self) -> None:
        while True:
            with self._lock:
                while not self._queue:
                    self._lock.wait()
                job = heapq.heappop(self._queue)
                job.interrupted = False
                stale = self._stale(job)
                self._running = job
            if stale:
                self._finish(job)
                continue
            try:
                outcome: object = self._run(job)
            except BaseException as error:
                with self._lock:
                    self._running = None
                    again = job.interrupted and not self._stale(job) and not self._closing
                    if again:
                        heapq.heappush(self._queue, job)
                if again:
                    continue
                outcome = _GONE if job.interrupted else self._failure(error)
            if job.rank is _Rank.CLOSE:
                self._close_base()
                self._finish(job)
                return
            with self._lock:
                self._running = None
            self._hand_over(job, outcome)

    def _work_aside(self, job: _Job) -> None:
        try:
            outcome: object = job.function(None)
        except BaseException as error:
            outcome = self._failure(error)
        self._hand_over(job, outcome)

    def _run(self, job: _Job) -> object:
        if job.rank is _Rank.CLOSE and self._base is None:
            return None
        base = self._base if job.key == "*" else self._ready_base()
        result: object = job.function(base)
        if job.rank is _Rank.WRITE:
            self.writes_done += 1
        return result

    def _ready_base(self) -> B:
        if self._base is None:
            self._base = self._open()
        return self._base

    def _close_base(self) -> None:
        base, self._base = self._base, None
        if base is None:
            return
        try:
            base.close()
        except Exception as error:
            self._logbook.write(error)

    def _failure(self, error: BaseException) -> Failure:
        if isinstance(error, UserError):
            return Failure(str(error), "", error)
        code = self._logbook.write(error)
        return Failure(unexpected(code), code, error)

    def _hand_over(self, job: _Job, outcome: object) -> None:
        def callback() -> Coroutine[Any, Any, None] | None:
            """Give the outcome to its owner; a late answer is dropped here, on the screen side."""
            waiting: object = None
            try:
                if outcome is not _GONE and not self._stale(job):
                    if isinstance(outcome, Failure):
                        waiting = (job.on_error or self._on_failure)(outcome)
                    elif job.on_result is not None:
                        waiting = job.on_result(outcome)
            finally:
                if not isawaitable(waiting):
                    self._finish(job)
            return self._finish_after(job, waiting) if isawaitable(waiting) else None

        try:
            gone = self._deliver(callback) is False
        except Exception:
            gone = True
        if gone:
            self._finish(job)

    async def _finish_after(self, job: _Job, waiting: Any) -> None:
        try:
            await waiting
        finally:
            self._finish(job)

    def _finish(self, job: _Job) -> None:
        with self._lock:
            if self._running is job:
                self._running = None
            self._outstanding -= 1
            waiters = self._waiters if not self._outstanding else []
            if waiters:
                self._waiters = []
        for wake in waiters:
            wake()


def _wake(loop: Any, done: Any) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(done.set)


def unexpected(code: str) -> str:
    """The sentence of an error that nobody foresaw; ``code`` is found again in the log."""
    return f"Une erreur est survenue. Votre saisie est gardée. Code\u00a0: {code}"
