"""Freezing a synthesis: what was sent is kept with what it takes to prove it later.

A frozen synthesis is never edited. Removing it leaves its trace in the history, as any removal.
"""

import json

from suivi_tui import paths
from suivi_tui.readings.filters import Filters, filters_text
from suivi_tui.readings.snapshots import (
    Asked,
    figures_of,
    figures_text,
    fingerprint_of,
    settled,
)
from suivi_tui.rules.version import RULES_VERSION
from suivi_tui.store.as_known import vector_now
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Receipt, created, removed, write
from suivi_tui.store.queries import snapshots
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean


class NotFrozen(UserError):
    """A synthesis cannot be frozen, or is gone; nothing was written."""


def freeze(base: Base, preset: str, label: str, filters: Filters, asked: Asked) -> int:
    """Keep the figures of an evaluation as they are now; the id of the frozen synthesis.

    Raises NotFrozen without a name, EvaluationRefused when the filters make no sense.
    """
    base.require_writable()
    name = clean(label)
    if not name:
        raise NotFrozen(
            "Une synthèse figée porte un nom : rien n'a été figé. Donnez-lui celui de l'envoi, "
            "par exemple « Bilan 2026, Ville de Valmont »."
        )
    connection, asked = base.connection, settled(asked, paths.reference_file())
    kept_filters = filters_text(filters)
    kept_figures = figures_text(figures_of(connection, filters, asked), asked)
    vector = {str(row): last for row, last in vector_now(connection).items()}
    row = base.new_id()
    values = {
        "preset": preset,
        "label": name,
        "filters": kept_filters,
        "figures": kept_figures,
        "rules_version": RULES_VERSION,
        "fingerprint": fingerprint_of(kept_filters, kept_figures, RULES_VERSION),
        "vector": json.dumps(vector, sort_keys=True),
        "made_on": base.now().isoformat(timespec="seconds"),
    }
    write(base, [created("snapshot", row, values)], label=f"Synthèse figée{NBSP}: {name}")
    return row


def remove_snapshot(base: Base, row: int) -> Receipt:
    """Remove a frozen synthesis from the list. Raises NotFrozen when it is gone already."""
    known = snapshots.snapshot(base.connection, row)
    if known is None:
        raise NotFrozen(
            "Cette synthèse figée n'est plus dans la base : rien n'a été modifié. L'historique "
            "(touche 0) dit qui l'a retirée."
        )
    label = f"Suppression{NBSP}: synthèse figée {known.label}"
    return write(base, [removed("snapshot", row)], label=label)
