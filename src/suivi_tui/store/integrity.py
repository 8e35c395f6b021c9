"""Is the base sound? SQLite's own checks, foreign keys, tables equal to the journal, sums."""

import sqlite3
from typing import NamedTuple

from suivi_tui.store import projection
from suivi_tui.store.faults import error_code
from suivi_tui.store.schema import columns
from suivi_tui.store.tables import HOUR_KEY, JOURNALLED_NAMES
from suivi_tui.vocabulary.numbers import plural

UNSOUND = "critique"
REMARK = "info"


class Finding(NamedTuple):
    """One thing found: the control that found it, how grave it is, a sentence, how many."""

    control: str
    gravity: str
    message: str
    number: int


class Difference(NamedTuple):
    """A row of a table that is not what the journal says."""

    entity: str
    row: str
    in_table: dict[str, str | int | None] | None
    in_journal: dict[str, str | int | None] | None


def quick_check(connection: sqlite3.Connection) -> bool:
    """SQLite's fast structural check; True when nothing is wrong."""
    return _pragma_is_ok(connection, "quick_check")


def findings(connection: sqlite3.Connection, *, complete: bool = True) -> list[Finding]:
    """What a verification finds; empty when the base is sound.

    ``complete`` also compares every table with a rebuild from the journal, which costs about as
    much as rebuilding it.
    """
    damaged = Finding(
        "fichier",
        UNSOUND,
        "Le fichier de la base est endommagé : restaurez la dernière sauvegarde vérifiée.",
        1,
    )
    if not _pragma_is_ok(connection, "integrity_check"):
        return [damaged]
    try:
        return [
            *_link_findings(connection),
            *_journal_findings(connection, complete),
            *_sum_findings(connection),
        ]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        # Bytes can rot without the structure showing it: a text or a JSON value cannot be read.
        _raise_unless_damage(error)
        return [damaged]


def _link_findings(connection: sqlite3.Connection) -> list[Finding]:
    orphans = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if not orphans:
        return []
    return [
        Finding(
            "liens",
            UNSOUND,
            f"{plural(orphans, 'fiche renvoie', 'fiches renvoient')} à une fiche absente.",
            orphans,
        )
    ]


def _pragma_is_ok(connection: sqlite3.Connection, pragma: str) -> bool:
    try:
        return connection.execute(f"PRAGMA {pragma}").fetchall() == [("ok",)]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        _raise_unless_damage(error)
        return False


def _raise_unless_damage(error: Exception) -> None:
    """A check that was interrupted, or had no room to run, says nothing of the file."""
    if error_code(error) in (
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_BUSY,
    ) or isinstance(error, sqlite3.ProgrammingError):
        raise error


def _journal_findings(connection: sqlite3.Connection, complete: bool) -> list[Finding]:
    found = []
    count = len(differences(connection)) if complete else 0
    if count:
        found.append(
            Finding(
                "historique",
                UNSOUND,
                f"{plural(count, 'fiche ne correspond', 'fiches ne correspondent')} pas à "
                "l'historique : elles ont été modifiées hors de suivi-tui. « suivi-tui verifier "
                "--retablir » remet ce que dit l'historique, « --reprendre » y ajoute ces "
                "modifications.",
                count,
            )
        )
    gaps = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM journal GROUP BY base "
        "HAVING min(number) <> 1 OR max(number) <> count(*))"
    ).fetchone()[0]
    if gaps:
        found.append(
            Finding("numeros", UNSOUND, "Des lignes manquent dans l'historique.", int(gaps))
        )
    return found


def _sum_findings(connection: sqlite3.Connection) -> list[Finding]:
    wrong = connection.execute(
        "SELECT count(*) FROM hour_entry WHERE removed = 0 AND validated IS NOT NULL AND NOT "
        "(validated BETWEEN min(0, declared) AND max(0, declared))"
    ).fetchone()[0]
    if not wrong:
        return []
    return [
        Finding(
            "sommes",
            UNSOUND,
            f"{plural(wrong, 'ligne compte', 'lignes comptent')} plus d'heures validées que "
            "d'heures déclarées.",
            int(wrong),
        )
    ]


def differences(connection: sqlite3.Connection) -> list[Difference]:
    """Rows changed by another tool than this one."""
    found: list[Difference] = []
    for entity in JOURNALLED_NAMES:
        names = list(columns(connection, entity))
        if not names:  # a backup of an older format does not have this table yet
            continue
        expected, actual = projection.expected_rows(connection, entity)
        listed = ", ".join(f'"{name}"' for name in names)
        # A row that both sides hold appears twice; what remains alone differs.
        alone = connection.execute(
            f"SELECT max(side), {listed} FROM (SELECT 0 AS side, {listed} FROM ({actual}) "
            f"UNION ALL SELECT 1, * FROM ({expected})) GROUP BY {listed} HAVING count(*) = 1",
            {"entity": entity},
        )
        rows: dict[str, list[dict[str, str | int | None] | None]] = {}
        for side, *values in alone:
            content = dict(zip(names, values, strict=True))
            rows.setdefault(_row_name(entity, content), [None, None])[side] = content
        found += [Difference(entity, row, *sides) for row, sides in rows.items()]
    return found


def _row_name(entity: str, content: dict[str, str | int | None]) -> str:
    if entity == "hour_entry":
        return "/".join(str(content[name]) for name in HOUR_KEY)
    return str(content["id"])
