"""``exporter``: a table as CSV, its schema, its dictionary; everything as a folder."""

import argparse
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace as Options
from typing import TYPE_CHECKING, Any

from suivi_tui import paths
from suivi_tui.vocabulary.text import fold

if TYPE_CHECKING:
    from suivi_tui.actions.export import SynthesisScope
    from suivi_tui.exchange.csv_out import Dialect
    from suivi_tui.store.base import Base

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
_SCOPE = (
    ("--acheteur", "A", "nom ou SIRET d'un acheteur"),
    ("--territoire", "T", "territoire des acheteurs"),
    ("--programme", "P", "programme des opérations (NPNRU, FSE+…)"),
    ("--operation", "O", "nom d'une opération"),
    ("--marche", "N", "numéro d'un marché"),
    ("--lot", "L", "numéro d'un lot"),
    ("--structure", "S", "nom ou SIRET d'une entreprise ou d'une structure"),
    ("--facilitateur", "F", "nom du facilitateur des marchés"),
)


def add_verb(verbs: Any) -> argparse.ArgumentParser:
    """The grammar of the verb."""
    from suivi_tui.cli_parser import a_month, some_hours

    text = "écrit un tableau (CSV) ; « --liste » dit lesquels"
    verb: argparse.ArgumentParser = verbs.add_parser("exporter", help=text, description=text)
    # « synthèse » is « synthese » for whoever types it.
    verb.add_argument("name", metavar="NOM", nargs="?", type=_a_name)
    verb.add_argument("--liste", action="store_true", help="les tableaux possibles")
    verb.add_argument(
        "--vers", metavar="FICHIER", help="au lieu de la sortie standard ; dossier pour donnees"
    )
    verb.add_argument("--nominatif", action="store_true", help="avec les noms des personnes")
    verb.add_argument("--format", choices=("excel", "rfc4180"), default="excel")
    verb.add_argument("--schema", action="store_true", help="le schéma du tableau (Table Schema)")
    verb.add_argument(
        "--dictionnaire", action="store_true", help="ce que contient chaque colonne (Markdown)"
    )
    verb.add_argument(
        "--sans-masque",
        action="store_true",
        help="garde les groupes de moins de 5 personnes, pour un usage interne",
    )
    verb.add_argument(
        "--meme-si-sensible",
        action="store_true",
        help="écrit même si des textes libres parlent de santé ou de justice",
    )
    verb.add_argument("--du", type=a_month, metavar="MOIS", help="synthèses : premier mois")
    verb.add_argument("--au", type=a_month, metavar="MOIS", help="synthèses : dernier mois")
    for option, letter, what in _SCOPE:
        verb.add_argument(option, metavar=letter, help=f"synthèses : {what}")
    verb.add_argument("--base-etp", type=some_hours, metavar="H", help="synthèses : heures par ETP")
    return verb


def _a_name(text: str) -> str:
    return fold(text).replace("-", "_")


def run(options: Options) -> int:
    """Write one table, or what describes it."""
    from suivi_tui.cli_output import print_exports
    from suivi_tui.exchange.csv_out import Dialect
    from suivi_tui.exchange.syntheses.catalogue import FOLDER, LISTED, NO_CLAIM

    if options.liste:
        print_exports(LISTED, as_json=options.json)
        if not options.json:
            _tell(NO_CLAIM)
        return DONE
    if options.name not in LISTED:
        unknown = f"« {options.name} » n'est pas un tableau. " if options.name else ""
        _tell(
            f"{unknown}Indiquez un tableau à exporter : {', '.join(LISTED)}. « exporter --liste » "
            "les décrit."
        )
        return WRONG_USAGE
    dialect = Dialect[options.format.upper()]
    if options.name == FOLDER:
        return _everything(options, dialect)
    if options.schema or options.dictionnaire:
        return _describe(options, dialect)
    return _table(options, dialect)


def _describe(options: Options, dialect: "Dialect") -> int:
    from suivi_tui.actions.export import export_dictionary, export_schema
    from suivi_tui.cli_output import print_text

    text = (
        export_schema(options.name, dialect, options.nominatif)
        if options.schema
        else export_dictionary(options.name)
    )
    print_text(text, _destination(options))
    return DONE


def _table(options: Options, dialect: "Dialect") -> int:
    from suivi_tui.actions.export import export_table
    from suivi_tui.cli_evaluation import write_report
    from suivi_tui.exchange.syntheses.catalogue import CATALOGUE
    from suivi_tui.store.base import open_base

    destination = _destination(options)
    if not CATALOGUE[options.name].scoped and _narrowed(options):
        _tell(
            f"« {options.name} » contient toute la base : la période et le périmètre demandés n'y "
            "changent rien."
        )
    with open_base(_base_path(options)) as base:
        if _stopped(base, options):
            return REFUSED
        scope = _scope(base, options)
        if write_report(base, options, scope.filters):
            return DONE
        number = export_table(base, options.name, destination, dialect, options.nominatif, scope)
    _say_written(number, destination)
    return DONE


def _everything(options: Options, dialect: "Dialect") -> int:
    from suivi_tui.actions.export_everything import describe_everything, export_everything
    from suivi_tui.cli_output import print_text
    from suivi_tui.store.base import open_base

    destination = _destination(options)
    if options.schema or options.dictionnaire:
        with open_base(_base_path(options)) as base:
            described = describe_everything(base, dialect, options.nominatif)
        print_text(described.package if options.schema else described.relations, destination)
        return DONE
    if destination is None:
        _tell("Indiquez le dossier à créer (« --vers DOSSIER ») : rien n'a été écrit.")
        return WRONG_USAGE
    with open_base(_base_path(options)) as base:
        if _stopped(base, options):
            return REFUSED
        number = export_everything(base, destination, dialect, options.nominatif)
    _say_written(number, destination)
    return DONE


def _stopped(base: "Base", options: Options) -> bool:
    """Whether sensitive free texts stop the export; they are told by their number only."""
    from suivi_tui.actions.export_scan import sensitive_texts
    from suivi_tui.rules.privacy_scan import scan_sentence

    found = sensitive_texts(base.connection, options.name, options.nominatif)
    if not found:
        return False
    if options.meme_si_sensible:
        _tell(scan_sentence(found))
        return False
    _tell(
        f"{scan_sentence(found)} Rien n'a été écrit : corrigez-les, ou ajoutez "
        "« --meme-si-sensible » pour écrire quand même."
    )
    return True


def _scope(base: "Base", options: Options) -> "SynthesisScope":
    from suivi_tui.actions.export import SynthesisScope
    from suivi_tui.cli_evaluation import filters_asked
    from suivi_tui.exchange.syntheses.catalogue import CATALOGUE
    from suivi_tui.readings.filters import Filters

    today = date.today()
    if not CATALOGUE[options.name].scoped:
        return SynthesisScope(today=today, filters=Filters(), masked=not options.sans_masque)
    return SynthesisScope(
        fte_base=options.base_etp,
        today=today,
        filters=filters_asked(base.connection, options),
        masked=not options.sans_masque,
    )


def _narrowed(options: Options) -> bool:
    asked = (options.du, options.au, *(getattr(options, option[2:]) for option, _, _ in _SCOPE))
    return any(asked)


def _base_path(options: Options) -> Path:
    return Path(options.base) if options.base else paths.default_base()


def _destination(options: Options) -> Path | None:
    return Path(options.vers) if options.vers else None


def _say_written(number: int, destination: Path | None) -> None:
    from suivi_tui.vocabulary.numbers import plural

    if destination is not None:
        _tell(f"{plural(number, 'ligne écrite', 'lignes écrites')} dans {destination}")


def _tell(message: str) -> None:
    from suivi_tui.vocabulary.typography import displayed

    sys.stderr.write(displayed(message, multiline=True) + "\n")
