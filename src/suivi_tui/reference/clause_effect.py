"""How many contracts a comparison needs before anything is said of it."""

from pathlib import Path
from typing import Final

from suivi_tui.reference.values import Value, reference_values

_MINIMUM: Final = "effet_clause.minimum"


def comparison_minimum(user_file: Path | None = None) -> Value:
    """Contracts needed on each side, with the source. Raises ReferenceRefused."""
    return reference_values(user_file, ("effet_clause",))[_MINIMUM]
