"""``formulaire``: blank statements to send to companies and structures."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace as Options
from typing import TYPE_CHECKING, Any

from suivi_tui import paths

if TYPE_CHECKING:
    from suivi_tui.actions.statement_forms import WrittenForm
    from suivi_tui.store.base import Base
    from suivi_tui.vocabulary.months import Month

DONE, WRONG_USAGE = 0, 2


def add_verb(verbs: Any) -> argparse.ArgumentParser:
    """The grammar of the verb."""
    from suivi_tui.cli_parser import a_month

    text = "écrit le relevé vierge d'un expéditeur pour un mois (.xlsx), à lui envoyer"
    verb: argparse.ArgumentParser = verbs.add_parser("formulaire", help=text, description=text)
    verb.add_argument("--expediteur", metavar="E", help="nom ou SIRET de qui déclare")
    verb.add_argument(
        "--mois", type=a_month, metavar="MOIS", required=True, help="mois à déclarer (2026-10)"
    )
    verb.add_argument("--tous", action="store_true", help="un formulaire par expéditeur attendu")
    verb.add_argument("--vers", metavar="FICHIER", help="fichier ou dossier, au lieu de Documents")
    return verb


def run(options: Options) -> int:
    """Write one form, or one for each sender awaited in the month."""
    from suivi_tui.actions.statement_forms import WrittenForm, find_sender, write_form
    from suivi_tui.store.base import open_base
    from suivi_tui.vocabulary.months import parse_month

    if bool(options.expediteur) == options.tous:
        _tell("Indiquez l'expéditeur (« --expediteur NOM ») ou « --tous » : rien n'a été écrit.")
        return WRONG_USAGE
    month = parse_month(options.mois, date.today())
    with open_base(Path(options.base) if options.base else paths.default_base()) as base:
        if options.tous:
            return _write_all(base, month, options)
        sender = find_sender(base.connection, options.expediteur)
        target = Path(options.vers) if options.vers else None
        path = write_form(base, sender.company, month, target)
    _print([WrittenForm(sender.company, sender.name, path)], month, options)
    return DONE


def _write_all(base: "Base", month: "Month", options: Options) -> int:
    from suivi_tui.actions.statement_forms import awaited, default_folder, write_forms
    from suivi_tui.reference.loader import thresholds
    from suivi_tui.vocabulary.months import format_month, iso_month

    due_day = thresholds(paths.reference_file()).alerts.statement_due_day
    senders = awaited(base, month, due_day)
    if not senders:
        _tell(f"Aucun relevé n'est attendu pour {format_month(month)} : rien n'a été écrit.")
    folder = (
        Path(options.vers) if options.vers else default_folder() / f"releves-{iso_month(month)}"
    )
    _print(write_forms(base, senders, month, folder) if senders else [], month, options)
    return DONE


def _print(forms: "list[WrittenForm]", month: "Month", options: Options) -> None:
    from suivi_tui.cli_output import print_file
    from suivi_tui.vocabulary.months import iso_month

    if not options.json:
        for form in forms:
            print_file(form.name, form.path, as_json=False)
        return
    listed = [
        {"expediteur": form.name, "mois": iso_month(month), "fichier": str(form.path)}
        for form in forms
    ]
    # Names come from the base: in ASCII nothing in them can act on the terminal.
    sys.stdout.write(json.dumps(listed if options.tous else listed[0], indent=2) + "\n")


def _tell(message: str) -> None:
    from suivi_tui.vocabulary.typography import displayed

    sys.stderr.write(displayed(message, multiline=True) + "\n")
