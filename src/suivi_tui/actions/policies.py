"""What a person does to the policies of buyers: commitments, evidence, the yearly report."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from suivi_tui import paths
from suivi_tui.actions.export_log import ExportDone, log_export
from suivi_tui.actions.export_view import AlreadyThere
from suivi_tui.actions.records import FieldErrors, RecordGone, Saved, save_record
from suivi_tui.documents.policy_report import markdown, policy_report, word
from suivi_tui.exchange.whole_file import whole_file
from suivi_tui.readings.policies import UNITS, Aim, PolicyYear, policy_year
from suivi_tui.reference.policies import policy_reference
from suivi_tui.reference.privacy import publication_threshold
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Receipt, created, write
from suivi_tui.store.queries import policies as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import PolicyIndicator, find
from suivi_tui.vocabulary.numbers import NBSP

WORD = ".docx"


def save_target(base: Base, target: int | None, values: Mapping[str, Any]) -> Saved:
    """Create or change a commitment of a year; figures in hundredths of the unit.

    The unit of an indicator that the base computes is its own. Raises FieldErrors.
    """
    indicator = find(PolicyIndicator, str(values.get("indicator") or ""))
    if indicator is not None and indicator in UNITS:
        values = {**values, "unit": UNITS[indicator]}
    elif indicator is PolicyIndicator.OTHER and not values.get("commitment"):
        raise FieldErrors({"commitment": "dites ce qui est mesuré"})
    return save_record(base, "policy_target", target, values)


def renew_targets(base: Base, buyer: int, year: int) -> Receipt:
    """The commitments of the year before taken again for ``year``, without what was achieved.

    Those that the year has already (same indicator, same words) are left alone.
    """
    had = {
        (row.indicator, row.commitment) for row in queries.targets_of(base.connection, buyer, year)
    }
    changes = []
    for row in queries.targets_of(base.connection, buyer, year - 1):
        if (row.indicator, row.commitment) not in had:
            kept = ("buyer", "policy", "indicator", "commitment", "unit", "target")
            values = {name: getattr(row, name) for name in kept}
            changes.append(created("policy_target", base.new_id(), {**values, "year": year}))
    return write(base, changes, label=f"Reprise{NBSP}: engagements de {year - 1}")


def default_report(buyer_name: str, year: int, today: date) -> Path:
    """The file proposed for a yearly report, in the user's documents."""
    from suivi_tui.actions.export_view import default_target

    return default_target(f"politique {buyer_name} {year}", today).with_suffix(WORD)


def write_report(
    base: Base, buyer: int, year: int, target: Path, today: date, *, overwrite: bool = False
) -> Path:
    """Write the yearly report: Word for ``.docx``, Markdown for any other name; where it is.

    Nobody is named, few people are masked. Raises AlreadyThere unless ``overwrite``, RecordGone
    and NotWritten; a file is written whole or not at all.
    """
    found = read_year(base.connection, buyer, year, today)
    if found is None:
        raise RecordGone
    if not target.suffix:
        target = target.with_suffix(WORD)
    if target.exists() and not overwrite:
        raise AlreadyThere(target)
    parts = policy_report(found, today, publication_threshold(paths.reference_file()))
    as_word = target.suffix.lower() == WORD
    content = word(parts) if as_word else markdown(parts).encode("utf-8")
    with whole_file(target) as file:
        file.write(content)
    done = ExportDone("bilan de politique d'achat", len(found.aims), False, f"{found.name} {year}")
    log_export(base, done)
    return target


def read_year(connection: Connection, buyer: int, year: int, today: date) -> PolicyYear | None:
    """The policy of a buyer for a year, beside the references of this office."""
    reference = policy_reference(year, paths.reference_file())
    return policy_year(connection, buyer, year, today=today, reference=reference)


def commitment_rows(
    connection: Connection, today: date, threshold: int | None
) -> Iterator[tuple[Any, ...]]:
    """The commitments of all buyers as ``politiques`` holds them; ``threshold`` None masks none."""
    for buyer, year in queries.years_with_targets(connection):
        found = read_year(connection, buyer, year, today)
        if found is not None:
            masked = found.masked(threshold) if threshold is not None else frozenset()
            for aim in found.aims:
                yield _row(found, aim, aim.indicator in masked)


def _row(found: PolicyYear, aim: Aim, masked: bool) -> tuple[Any, ...]:
    row, computed = aim.row, aim.computed
    proofs = " | ".join(
        " ".join(filter(None, [one.label, one.link, one.date])) for one in aim.evidence
    )
    achieved = (
        (None, None, None, None)
        if masked
        else (
            _units(computed.value if computed is not None else None),
            _units(row.typed),
            _units(aim.gap),
            None if aim.reached is None else int(aim.reached),
        )
    )
    return (
        found.name,
        found.year,
        row.policy_name or None,
        row.commitment or None,
        aim.indicator.value,
        aim.unit or None,
        _units(row.target),
        *achieved,
        proofs or None,
        None if masked or computed is None else computed.formula,
        int(masked),
    )


def _units(value: Fraction | int | None) -> Fraction | None:
    return None if value is None else Fraction(value) / 100
