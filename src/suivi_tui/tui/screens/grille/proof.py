"""Where the hours of a cell come from: file, sheet, line; and all that the checks say of them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from suivi_tui.store.queries.hours import GridRow
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.grille import content, words
from suivi_tui.tui.widgets.status_line import joined
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, format_month
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.rules.checks import Finding
    from suivi_tui.store.queries.proofs import ProofRow
    from suivi_tui.tui.screens.grille.acts import GridActs

TYPED = "Aucun fichier : ces heures ont été saisies à la main (touche h : par qui, quand)."
NOTHING = "Cette case est vide."


def show_proof(screen: "GridActs", row: GridRow, month: Month) -> None:
    """Read the proofs of a cell and show them under what is known of it."""
    stored = screen.grid.stored(content.key_of(row), month)
    findings = screen.grid.findings_here()
    title = f"Justificatif{NBSP}: {joined([content.person_name(row), format_month(month)])}"

    def ask(base: Any) -> "list[ProofRow]":
        from suivi_tui.store.queries.proofs import of_hours

        return of_hours(base.connection, row.obligation, month, row.placement, row.kind)

    def show(proofs: "list[ProofRow]") -> None:
        lines = [words.stored_words(stored) if stored else NOTHING]
        lines += [finding_words(finding) for finding in words.by_gravity(findings)]
        lines += ["", *(proof_words(proof) for proof in proofs)] if proofs else []
        if stored is not None and not proofs:
            lines += ["", TYPED]
        screen.suivi.push_screen(Message(title, "\n".join(lines)))

    screen.read("proof", ask, show)


def finding_words(finding: "Finding") -> str:
    """One finding: sign, word, sentence."""
    sign, word, _ = words.GRAVITIES[finding.gravity]
    return f"{sign} {word}{NBSP}: {finding.message}"


def proof_words(proof: "ProofRow") -> str:
    """File, sheet, line, hours read, day of the import, first digits of the fingerprint."""
    sheet = f"feuille {proof.sheet}" if proof.sheet else ""
    where = joined([proof.file, sheet, f"ligne {proof.line}" if proof.line else ""])
    day = _day(proof.imported_on)
    what = [format_hours(Hours(proof.hours)), f"importé le {day}" if day else ""]
    return joined([where, *what, f"empreinte {proof.sha256[:12]}" if proof.sha256 else ""])


def _day(moment: str) -> str:
    try:
        return format_date(datetime.fromisoformat(moment).astimezone().date())
    except ValueError:
        return ""
