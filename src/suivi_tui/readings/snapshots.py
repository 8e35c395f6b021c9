"""A frozen synthesis, looked at again: the same figures, or what changed since and which lines.

The figures are computed again with the filters, the day and the bands of the synthesis, twice: on
the base as it is, and on the base as it was, replayed from the journal. The first says whether
they moved; the second proves that those sent are those that the base gave.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from suivi_tui.readings.breakdowns import LONG, TITLES
from suivi_tui.readings.evaluation import as_json, evaluate, full_bands
from suivi_tui.readings.evaluation_cases import obligations_kept
from suivi_tui.readings.filters import Filters, filters_of
from suivi_tui.readings.record_names import shown_moment
from suivi_tui.readings.row_history import BatchChange, line_changes
from suivi_tui.readings.snapshot_differences import Difference, differences
from suivi_tui.reference.loader import fte_bases
from suivi_tui.rules.indicators import USUAL_BANDS, AgeBand, Bands
from suivi_tui.rules.version import RULES_VERSION
from suivi_tui.store.as_known import Vector, known_at, vector_now
from suivi_tui.store.queries import snapshots
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.snapshots import LaterLine, LineAuthor, SnapshotRow
from suivi_tui.store.queries.snapshots import LineKey as LineKey
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.money import Money

EVALUATION, BUYER_REPORT = "evaluation", "rapport_acheteur"
PRESETS = {EVALUATION: "Évaluation", BUYER_REPORT: "Rapport à l'acheteur"}
"""What a frozen synthesis was, by its code."""

MOST_LINES = 20_000
"""Lines that changed since are listed up to this number, the latest first; all are counted."""

KEPT = tuple(key for key in TITLES if key not in LONG)
"""The breakdowns that are kept: not those with a row for each record, which grow with the base."""

# What no figure reads: a line that holds nothing else changed no figure.
_NOT_COUNTED: dict[str, frozenset[str]] = {
    "participant": frozenset(
        {"reference", "last", "first", "postcode", "commune", "phone", "mail", "last_contact",
         "legal_hold"}
    ),
    "hour_entry": frozenset({"comment", "reference", "statement", "refusal_reason"}),
    "company": frozenset({"siret", "commune", "naf"}),
    "buyer": frozenset({"siret", "answer_weeks"}),
    "contract": frozenset({"object", "place", "cpv", "answer_due", "asked_on", "answered_on"}),
    "work_contract": frozenset({"post", "rome", "notice_sent_on", "qpv_code"}),
}  # fmt: skip


class Asked(NamedTuple):
    """What the figures of a synthesis were computed with, beside its filters.

    ``fte_base`` is in hours of a year (None: that of the reference).
    """

    day: date
    fte_base: int | None = None
    bands: Bands = USUAL_BANDS


class State(Enum):
    """What became of a frozen synthesis, as a list says it."""

    SAME = "identique"
    CHANGED = "a changé"
    OTHER_RULES = "autres règles"
    ALTERED = "altérée"


class Frozen(NamedTuple):
    """A frozen synthesis, read."""

    id: int
    preset: str
    label: str
    filters: Filters
    asked: Asked
    figures: dict[str, Any]
    rules_version: str
    fingerprint: str
    vector: Vector
    made_on: str

    @property
    def readable(self) -> bool:
        """Whether its content could be read; it is empty otherwise."""
        return bool(self.figures)

    @property
    def made(self) -> str:
        """When it was frozen, in local time."""
        return shown_moment(self.made_on)

    def again(self, connection: Connection) -> dict[str, Any]:
        """The same figures, computed on what a connection says. Raises EvaluationRefused."""
        keys = tuple(self.figures.get("repartitions") or ())
        return figures_of(connection, self.filters, self.asked, keys)


class Verification(NamedTuple):
    """A frozen synthesis against the base of today.

    ``intact``: its content still has its fingerprint. ``reproduced``: the base as it was then
    gives exactly its figures; None when the journal does not go back to it (a base restored from
    an older backup). ``now`` are the figures of today. ``lines`` are those written since in its
    scope, the latest first, ``MOST_LINES`` at most; ``changed_lines`` counts them all.
    """

    frozen: Frozen
    intact: bool
    rules_changed: bool
    reproduced: bool | None
    now: dict[str, Any]
    differences: tuple[Difference, ...]
    lines: tuple[LineKey, ...]
    changed_lines: int

    @property
    def state(self) -> State:
        """The state in one word."""
        if not self.intact:
            return State.ALTERED
        if not self.differences:
            return State.SAME
        return State.OTHER_RULES if self.rules_changed else State.CHANGED


class ChangedLine(NamedTuple):
    """A line written since: which record, what changed; when (local time) and by whom."""

    key: LineKey
    when: str
    author: str
    batch: str
    change: BatchChange


def canonical(content: object) -> str:
    """One JSON text for one content, whatever made it."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint_of(filters: str, figures_text: str, rules_version: str) -> str:
    """SHA-256 of the filters, the figures and the version of the rules of a synthesis."""
    whole = canonical([json.loads(filters or "{}"), json.loads(figures_text), rules_version])
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def figures_of(
    connection: Connection, filters: Filters, asked: Asked, keys: Collection[str] = KEPT
) -> dict[str, Any]:
    """The figures that a synthesis keeps, with some breakdowns. Raises EvaluationRefused."""
    found = evaluate(
        connection,
        filters,
        today=asked.day,
        fte_base=asked.fte_base,
        bands=asked.bands,
        keys=keys,
    )
    content: dict[str, Any] = json.loads(canonical(as_json(found)))
    return content


def settled(asked: Asked, user_file: Path | None = None) -> Asked:
    """The same with the values in force today where nothing was chosen: those that a later change
    of the reference must not move."""
    base = fte_bases(user_file).default if asked.fte_base is None else asked.fte_base
    return Asked(asked.day, base, full_bands(asked.bands, user_file))


def figures_text(content: dict[str, Any], asked: Asked) -> str:
    """Figures with what they were computed with, as they are kept."""
    return canonical(
        {
            "jour": asked.day.isoformat(),
            "classes": {
                "ages": [list(band) for band in asked.bands.ages],
                "niveaux_regroupes": asked.bands.grouped_levels,
                "montants": list(asked.bands.amounts),
                "suite_jours": asked.bands.chain_days,
            },
            "base_etp": asked.fte_base,
            "chiffres": content,
        }
    )


def read_frozen(row: SnapshotRow) -> Frozen:
    """A frozen synthesis from its record, which another tool may have written."""
    try:
        return _read(row)
    except (ValueError, TypeError, KeyError, AttributeError, UserError):
        return _frozen(row, Filters(), Asked(date.min), {}, {})


def _read(row: SnapshotRow) -> Frozen:
    kept = json.loads(row.figures)
    classes = kept["classes"]
    bands = Bands(
        tuple(AgeBand(*band) for band in classes["ages"]),
        bool(classes["niveaux_regroupes"]),
        tuple(Money(int(cents)) for cents in classes["montants"]),
        int(classes["suite_jours"]),
    )
    asked = Asked(date.fromisoformat(kept["jour"]), int(kept["base_etp"]), bands)
    vector = {int(base): int(last) for base, last in json.loads(row.vector).items()}
    return _frozen(row, filters_of(row.filters), asked, dict(kept["chiffres"]), vector)


def _frozen(
    row: SnapshotRow, filters: Filters, asked: Asked, figures: dict[str, Any], vector: Vector
) -> Frozen:
    return Frozen(
        id=row.id,
        preset=row.preset,
        label=row.label,
        filters=filters,
        asked=asked,
        figures=figures,
        rules_version=row.rules_version,
        fingerprint=row.fingerprint,
        vector=vector,
        made_on=row.made_on,
    )


def frozen_syntheses(connection: Connection) -> list[Frozen]:
    """The frozen syntheses, the latest first."""
    return [read_frozen(row) for row in snapshots.snapshots(connection)]


def state_of(connection: Connection, row: int) -> State | None:
    """The state of a frozen synthesis, without replaying anything; None when it is gone.

    When no line that counts was written since under the same rules, nothing is computed again.
    """
    kept = snapshots.snapshot(connection, row)
    if kept is None:
        return None
    frozen = read_frozen(kept)
    if not _intact(kept) or not frozen.readable:
        return State.ALTERED
    other_rules = frozen.rules_version != RULES_VERSION
    if not other_rules and next(snapshots.later_lines(connection, frozen.vector), None) is None:
        return State.SAME
    now = frozen.again(connection)
    if not differences(frozen.figures, now):
        return State.SAME
    return State.OTHER_RULES if other_rules else State.CHANGED


def verify(connection: Connection, row: int) -> Verification | None:
    """A frozen synthesis computed again, now and as known then; None when it is gone.

    Raises EvaluationRefused, TooLarge.
    """
    kept = snapshots.snapshot(connection, row)
    if kept is None:
        return None
    frozen = read_frozen(kept)
    rules_changed = frozen.rules_version != RULES_VERSION
    if not frozen.readable:
        return Verification(frozen, False, rules_changed, None, {}, (), (), 0)
    now = frozen.again(connection)
    here = vector_now(connection)
    reproduced, scope = None, _scope(connection, frozen.filters)
    if all(here.get(base, 0) >= last for base, last in frozen.vector.items()):
        with known_at(connection, frozen.vector) as past:
            reproduced = not differences(frozen.figures, frozen.again(past))
            scope = _union(scope, _scope(past, frozen.filters))
    lines = [
        line
        for line in snapshots.later_lines(connection, frozen.vector)
        if _counts(line, frozen.filters, scope)
    ]
    lines.sort(key=lambda line: line.hlc, reverse=True)
    return Verification(
        frozen=frozen,
        intact=_intact(kept),
        rules_changed=rules_changed,
        reproduced=reproduced,
        now=now,
        differences=differences(frozen.figures, now),
        lines=tuple(line.key for line in lines[:MOST_LINES]),
        changed_lines=len(lines),
    )


def changed_lines(connection: Connection, keys: Sequence[LineKey]) -> list[ChangedLine]:
    """What some lines of the journal changed, in the order asked."""
    found: list[tuple[Any, LineAuthor]] = snapshots.lines_of(connection, keys)
    changes = line_changes(connection, [line for line, _ in found])
    return [
        ChangedLine(
            LineKey(line.base, line.number),
            shown_moment(author.made_on),
            author.author,
            author.label,
            change,
        )
        for (line, author), change in zip(found, changes, strict=True)
    ]


def _intact(row: SnapshotRow) -> bool:
    try:
        return row.fingerprint == fingerprint_of(row.filters, row.figures, row.rules_version)
    except ValueError:
        return False


_Scope = dict[str, set[str]] | None


def _scope(connection: Connection, filters: Filters) -> _Scope:
    """The records that the filters keep, by table; None: all of them.

    What a company employs counts wherever it works: the company narrows nothing here.
    """
    everywhere = filters._replace(company=None)
    if not everywhere.narrowed:
        return None
    kept = obligations_kept(connection, everywhere)
    return snapshots.related(connection, [row.obligation for row in kept])


def _union(first: _Scope, second: _Scope) -> _Scope:
    if first is None or second is None:
        return None
    return {entity: first[entity] | second[entity] for entity in first}


def _counts(line: LaterLine, filters: Filters, scope: _Scope) -> bool:
    """Whether a line may have moved a figure of the scope."""
    if line.field in _NOT_COUNTED.get(line.entity, ()):
        return False
    if line.entity == "hour_entry":
        obligation, month, *_ = line.row.split("/")
        # Earlier months count too: an obligation is kept or not over its whole life.
        if filters.last is not None and int(month) > filters.last:
            return False
        return scope is None or obligation in scope["obligation"]
    return scope is None or line.row in scope[line.entity]
