"""The grammar of the command line, in French: verbs, options, and argparse's own messages."""

import argparse
import re
from datetime import date
from typing import Any, NoReturn

from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.typography import NBSP, french

_TRANSLATIONS = (
    (r"the following arguments are required: (.+)", r"il manque : \1"),
    (r"unrecognized arguments: (.+)", r"mots en trop : \1"),
    (
        r"argument ([^:]+): invalid choice: (.+) \(choose from (.+)\)",
        r"\1 : \2 n'existe pas ; choisissez parmi \3",
    ),
    (r"argument ([^:]+): invalid (?:.+) value: (.+)", r"\1 : la valeur \2 n'est pas comprise"),
    (r"argument ([^:]+): expected (?:one|at least one) argument.*", r"\1 : il manque une valeur"),
    (r"argument ([^:]+): not allowed with argument (.+)", r"\1 ne va pas avec \2"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 est ambigu : \2"),
    (r"argument ([^:]+): (.+)", r"\1 : \2"),
)

KINDS = ("decp", "marches", "participants", "heures", "structures", "annuaire", "programme",
         "parcours")  # fmt: skip
_COMMON = {
    "--base": "la base à utiliser, au lieu de celle de cet ordinateur",
    "--json": "répond en JSON, pour les scripts",
}


def in_french(message: str) -> str:
    """What argparse says, in French."""
    for pattern, replacement in _TRANSLATIONS:
        if re.fullmatch(pattern, message, flags=re.DOTALL):
            return re.sub(pattern, replacement, message, flags=re.DOTALL)
    return message


class _FrenchFormatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(french(text), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return super()._fill_text(french(text), width, indent)


class FrenchParser(argparse.ArgumentParser):
    """An argparse parser whose every word is French."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _FrenchFormatter)
        super().__init__(**options, add_help=False, allow_abbrev=False)
        self._positionals.title = f"arguments{NBSP}"
        self._optionals.title = f"options{NBSP}"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{self.prog} : {in_french(message)}\n")

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(french(message), file)


def build_parser(version: str) -> argparse.ArgumentParser:
    """The whole grammar (design.md 6)."""
    parser = FrenchParser(
        prog="suivi-tui",
        description="Le carnet de travail du facilitateur des clauses sociales d'insertion. "
        "Sans verbe, ouvre l'application.",
        epilog="Sortie 0 : fait ; 1 : refusé, ou base non saine ; 2 : commande mal écrite.",
    )
    parser.add_argument(
        "--version", action="version", version=f"suivi-tui {version}", help="affiche la version"
    )
    common = _COMMON
    parser.add_argument("--base", metavar="FICHIER", default=None, help=common["--base"])
    parser.add_argument("--json", action="store_true", default=False, help=common["--json"])
    title = f"verbes{NBSP}"
    verbs = parser.add_subparsers(dest="verb", metavar="VERBE", title=title, required=False)
    for add in (
        _demo,
        _importer,
        _exporter,
        _alertes,
        _evaluer,
        _calibrer,
        _formulaire,
        _verifier,
        _sauvegarder,
        _restaurer,
    ):
        verb = add(verbs)
        # After the verb too; SUPPRESS, so that what stood before it is not forgotten.
        verb.add_argument(
            "--base", metavar="FICHIER", default=argparse.SUPPRESS, help=common["--base"]
        )
        verb.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help=common["--json"]
        )
    return parser


def a_month(text: str) -> str:
    """The text of an option when it is a month; badly written otherwise."""
    from suivi_tui.vocabulary.months import parse_month

    try:
        parse_month(text, date.today())
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def a_day(text: str) -> str:
    """The text of an option when it is a date or a month; badly written otherwise."""
    from suivi_tui.vocabulary.dates import NotADate, parse_date

    try:
        parse_date(text, date.today())
    except NotADate as error:
        try:
            return a_month(text)
        except argparse.ArgumentTypeError:
            raise argparse.ArgumentTypeError(str(error)) from None
    return text


def some_hours(text: str) -> int:
    """A number of hours above zero."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ValueError(text)
    return int(text)


def _verb(verbs: Any, name: str, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text)
    return parser


def _demo(verbs: Any) -> argparse.ArgumentParser:
    verb = _verb(verbs, "demo", "ouvre la base de démonstration (noms inventés)")
    verb.add_argument(
        "--sans-interface", action="store_true", help="crée la base sans ouvrir l'application"
    )
    verb.add_argument("--graine", type=int, default=1, metavar="N", help="autre tirage")
    verb.add_argument(
        "--au", type=a_day, metavar="DATE", help="jour de la démonstration (aujourd'hui)"
    )
    return verb


def _importer(verbs: Any) -> argparse.ArgumentParser:
    verb = _verb(verbs, "importer", "fait entrer des fichiers ; crée la base si elle manque")
    verb.add_argument("kind", metavar="NATURE", choices=KINDS, help=", ".join(KINDS))
    verb.add_argument("files", metavar="FICHIER", nargs="+")
    verb.add_argument("--essai", action="store_true", help="montre sans rien écrire")
    verb.add_argument(
        "--tous", action="store_true", help="decp : aussi les marchés sans considération sociale"
    )
    verb.add_argument(
        "--acheteur", metavar="A", help="decp, programme : nom ou SIRET de l'acheteur"
    )
    verb.add_argument("--departement", metavar="D", help="decp : code du département")
    verb.add_argument(
        "--depuis", type=a_day, metavar="DATE", help="decp : notifiés depuis cette date"
    )
    verb.add_argument("--expediteur", metavar="E", help="heures : nom ou SIRET de qui l'envoie")
    verb.add_argument(
        "--mois", type=a_month, metavar="MOIS", help="heures : mois d'un relevé qui ne le dit pas"
    )
    return verb


def _exporter(verbs: Any) -> argparse.ArgumentParser:
    from suivi_tui.cli_export import add_verb

    return add_verb(verbs)


def _alertes(verbs: Any) -> argparse.ArgumentParser:
    verb = _verb(verbs, "alertes", "ce qui demande un geste, le plus grave d'abord")
    verb.add_argument(
        "--au", type=a_day, metavar="DATE", help="à cette date, au lieu d'aujourd'hui"
    )
    verb.add_argument("--nominatif", action="store_true", help="avec les noms des personnes")
    return verb


def _evaluer(verbs: Any) -> argparse.ArgumentParser:
    verb = _verb(verbs, "evaluer", "les chiffres d'une période")
    verb.add_argument("--du", type=a_month, metavar="MOIS", help="premier mois")
    verb.add_argument("--au", type=a_month, metavar="MOIS", help="dernier mois")
    verb.add_argument("--acheteur", metavar="A", help="nom ou SIRET d'un acheteur")
    verb.add_argument("--territoire", metavar="T", help="territoire des acheteurs")
    verb.add_argument("--programme", metavar="P", help="programme des opérations (NPNRU, FSE+…)")
    verb.add_argument("--operation", metavar="O", help="nom d'une opération")
    verb.add_argument("--marche", metavar="N", help="numéro d'un marché")
    verb.add_argument("--lot", metavar="L", help="numéro d'un lot")
    verb.add_argument(
        "--structure", metavar="S", help="nom ou SIRET d'une entreprise ou d'une structure"
    )
    verb.add_argument("--facilitateur", metavar="F", help="nom du facilitateur des marchés")
    verb.add_argument(
        "--base-etp", type=some_hours, metavar="H", help="heures d'un équivalent temps plein"
    )
    from suivi_tui.cli_evaluation import add_options

    add_options(verb)
    return verb


def _calibrer(verbs: Any) -> argparse.ArgumentParser:
    from suivi_tui.cli_calibration import add_verb

    return add_verb(verbs)


def _formulaire(verbs: Any) -> argparse.ArgumentParser:
    from suivi_tui.cli_forms import add_verb

    return add_verb(verbs)


def _verifier(verbs: Any) -> argparse.ArgumentParser:
    verb = _verb(verbs, "verifier", "vérifie que la base est saine")
    choice = verb.add_mutually_exclusive_group()
    choice.add_argument(
        "--retablir", action="store_true", help="refait les tables d'après l'historique"
    )
    choice.add_argument(
        "--reprendre",
        action="store_true",
        help="ajoute à l'historique ce qu'un autre outil a modifié",
    )
    return verb


def _sauvegarder(verbs: Any) -> argparse.ArgumentParser:
    verb = _verb(verbs, "sauvegarder", "fait une copie vérifiée de la base")
    verb.add_argument("--vers", metavar="FICHIER", help="au lieu du dossier des sauvegardes")
    return verb


def _restaurer(verbs: Any) -> argparse.ArgumentParser:
    verb = _verb(verbs, "restaurer", "remet une sauvegarde en place ; l'actuelle est gardée à côté")
    verb.add_argument("file", metavar="FICHIER")
    return verb
