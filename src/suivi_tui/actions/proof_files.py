"""The files that hours came from, looked at again: is each still the one that was imported?

Where a file was read from is known on this installation only, and may be forgotten.
"""

import hashlib
import stat
from pathlib import Path

from suivi_tui.actions.reconcile import quoted
from suivi_tui.exchange.csv_file import BLOCK, MAX_BYTES
from suivi_tui.store.base import Base
from suivi_tui.store.integrity import REMARK, Finding
from suivi_tui.store.queries import proofs
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.numbers import NBSP, plural

CONTROL = "pieces"
_SETTING = "piece/"


def remember_path(base: Base, source_file: int, path: Path) -> None:
    """Remember, on this installation, where an imported file was read from."""
    base.set_setting(f"{_SETTING}{source_file}", str(path.absolute()))


def altered_proofs(base: Base) -> list[Finding]:
    """One finding for each file whose content changed since its import, and how many are gone.

    A file that cannot be read is as one that is gone: nothing is known of it.
    """
    found: list[Finding] = []
    missing = 0
    for proof in proofs.files(base.connection):
        path = base.setting(f"{_SETTING}{proof.id}")
        if not path or not proof.lines:
            continue
        fingerprint = _fingerprint(Path(path))
        if fingerprint is None:
            missing += 1
        elif fingerprint != proof.sha256:
            lines = plural(proof.lines, "ligne d'heures en vient", "lignes d'heures en viennent")
            message = (
                f"Le fichier {quoted(proof.name)} a été modifié depuis son import{NBSP}: {lines}, "
                "que l'on ne peut plus comparer à lui."
            )
            found.append(Finding(CONTROL, Gravity.ALERT.value, message, proof.lines))
    if missing:
        gone = plural(
            missing,
            "fichier importé n'est plus à sa place",
            "fichiers importés ne sont plus à leur place",
        )
        message = f"{gone}{NBSP}: les heures restent, leur pièce ne peut pas être relue."
        found.append(Finding(CONTROL, REMARK, message, missing))
    return found


def _fingerprint(path: Path) -> str | None:
    """The SHA-256 of a regular file; None when it cannot be read. More bytes than an import reads
    are not those that were imported: they are not read to the end."""
    digest, size = hashlib.sha256(), 0
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            while size <= MAX_BYTES and (block := file.read(BLOCK)):
                digest.update(block)
                size += len(block)
    except (OSError, ValueError):
        return None
    return digest.hexdigest()
