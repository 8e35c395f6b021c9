"""The commands. Each is a few lines that import the room they need when they need it."""

import codecs
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace as Options
from typing import TYPE_CHECKING

from suivi_tui import __version__, paths
from suivi_tui.cli_opening import opening
from suivi_tui.vocabulary.errors import UserError

if TYPE_CHECKING:
    from suivi_tui.store.base import Base
    from suivi_tui.vocabulary.months import Month

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
_NEAREST = "suivi-tui-nearest"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code of design.md 6. No traceback ever reaches the user."""
    os.umask(0o077)
    _use_nearest_signs()
    words = sys.argv[1:] if arguments is None else arguments
    try:
        options = opening(words) or _parsed(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return _COMMANDS[options.verb](options)
    except UserError as refusal:
        _tell(str(refusal))
        return REFUSED
    except KeyboardInterrupt:
        _tell("Interrompu : ce qui était enregistré l'est toujours.")
        return REFUSED
    except BrokenPipeError:
        # The reader of our output went away: nothing to say, and nowhere to say it.
        sys.stdout = None
        return REFUSED
    except Exception as error:
        return _report(error)


def _parsed(words: list[str]) -> Options:
    from suivi_tui.cli_parser import build_parser

    return build_parser(__version__).parse_args(words, Options())


def _report(error: Exception) -> int:
    from suivi_tui.logbook import Logbook

    code = Logbook(paths.log_file()).write(error)
    _tell(
        "Une erreur inattendue est survenue : ce qui était enregistré est intact. Recommencez ; "
        f"si elle revient, transmettez le code {code} et le fichier {paths.log_file()}."
    )
    return REFUSED


def _use_nearest_signs() -> None:
    """A console that cannot show an accent shows the bare letter, never a traceback."""
    codecs.register_error(_NEAREST, _nearest_sign)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_NEAREST)


def _nearest_sign(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from suivi_tui.vocabulary.ascii_text import nearest_ascii

    return nearest_ascii(error.object[error.start : error.end]), error.end


def _tell(message: str) -> None:
    from suivi_tui.vocabulary.typography import displayed

    sys.stderr.write(displayed(message, multiline=True) + "\n")


def _base_path(options: Options) -> Path:
    return Path(options.base) if options.base else paths.default_base()


def _open(options: Options) -> "Base":
    from suivi_tui.store.base import open_base

    return open_base(_base_path(options))


def _open_or_create(options: Options) -> "Base":
    from suivi_tui.store.base import DEFAULT_AUTHOR, create_base, open_base

    path = _base_path(options)
    if path.exists():
        return open_base(path)
    settings = paths.load_settings()
    base = create_base(path, author=settings.author or DEFAULT_AUTHOR, structure=settings.structure)
    _tell(f"Nouvelle base créée : {path}")
    return base


def _day(text: str | None, *, end: bool = False) -> date:
    """The day of an option: a date, or the first or last (``end``) day of a month; else today."""
    today = date.today()
    if not text:
        return today
    from suivi_tui.vocabulary.dates import NotADate, parse_date
    from suivi_tui.vocabulary.months import first_day, last_day, parse_month

    try:
        return parse_date(text, today)
    except NotADate as not_a_date:
        try:
            month = parse_month(text, today)
        except UserError:
            raise not_a_date from None
        return last_day(month) if end else first_day(month)


def _month(text: str | None) -> "Month | None":
    from suivi_tui.vocabulary.months import parse_month

    return parse_month(text, date.today()) if text else None


def _application(options: Options) -> int:
    if not _has_terminal():
        return WRONG_USAGE
    from suivi_tui.tui.start import run

    return run(_base_path(options), date.today())


def _has_terminal() -> bool:
    """Whether a screen can be shown, not a pipe nor a file; says so when it cannot."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        return True
    _tell(
        "L'application s'ouvre dans un terminal, pas dans un tube ni un fichier : rien n'a été "
        "modifié. Pour un script, voyez les verbes de « suivi-tui --help »."
    )
    return False


def _demo(options: Options) -> int:
    if not options.sans_interface and not _has_terminal():
        return WRONG_USAGE
    path = Path(options.base) if options.base else paths.demonstration_base()
    today = _day(options.au, end=True)
    if options.sans_interface or not path.exists():
        from suivi_tui.actions.demonstration import open_or_build

        if open_or_build(path, seed=options.graine, today=today):
            _tell(f"Base de démonstration créée : {path}")
    if options.sans_interface:
        return DONE
    from suivi_tui.tui.start import run

    return run(path, today, accept=_accept_demonstration)


def _accept_demonstration(base: "Base") -> None:
    from suivi_tui.store.demonstration_mark import require_demonstration

    require_demonstration(base)


def _importer(options: Options) -> int:
    from suivi_tui.actions.importing import OpenDataFilters, StatementContext, import_files
    from suivi_tui.cli_output import print_reports

    since = _day(options.depuis) if options.depuis else None
    filters = OpenDataFilters(options.tous, options.acheteur, options.departement, since)
    with _open_or_create(options) as base:
        reports = import_files(
            base,
            options.kind,
            [Path(name) for name in options.files],
            today=date.today(),
            dry_run=options.essai,
            filters=filters,
            statement=StatementContext(options.expediteur, _month(options.mois)),
        )
    print_reports(reports, as_json=options.json, dry_run=options.essai)
    return REFUSED if any(report.error for report in reports) else DONE


def _exporter(options: Options) -> int:
    from suivi_tui.cli_export import run

    return run(options)


def _alertes(options: Options) -> int:
    from suivi_tui.cli_output import print_alerts
    from suivi_tui.readings.alerts import read_alerts
    from suivi_tui.reference.loader import thresholds

    with _open(options) as base:
        alerts = read_alerts(
            base.connection,
            _day(options.au, end=True),
            thresholds(paths.reference_file()),
            names=options.nominatif,
        )
    print_alerts(alerts, as_json=options.json)
    return DONE


def _evaluer(options: Options) -> int:
    from suivi_tui.cli_evaluation import as_asked, filters_asked, freeze_figures, list_frozen
    from suivi_tui.cli_output import print_evaluation
    from suivi_tui.readings.breakdowns import LONG, TITLES
    from suivi_tui.readings.evaluation import evaluate, full_bands

    if options.figees:
        return list_frozen(options)
    with _open(options) as base, as_asked(base, options) as (connection, today):
        figures = evaluate(
            connection,
            filters_asked(connection, options),
            today=today,
            fte_base=options.base_etp,
            bands=full_bands(user_file=paths.reference_file()),
            # One row by contract or company is for a script to read.
            keys=None if options.json else TITLES.keys() - LONG,
        )
        if options.figer:
            freeze_figures(base, options.figer, figures, today)
    print_evaluation(figures, as_json=options.json)
    return DONE


def _verifier(options: Options) -> int:
    from suivi_tui.actions import keeping
    from suivi_tui.cli_output import print_verification
    from suivi_tui.vocabulary.numbers import plural

    with _open(options) as base:
        if options.retablir:
            number = keeping.rebuild_tables(base)
            _tell(f"{plural(number, 'fiche rétablie', 'fiches rétablies')} d'après l'historique.")
        elif options.reprendre:
            number = keeping.adopt_outside_changes(base)
            _tell(f"{plural(number, 'fiche reprise', 'fiches reprises')} dans l'historique.")
        result = keeping.verify(base)
    print_verification(result, as_json=options.json)
    return DONE if result.sound else REFUSED


def _sauvegarder(options: Options) -> int:
    from suivi_tui.actions.keeping import save_copy
    from suivi_tui.cli_output import print_file

    with _open(options) as base:
        path = save_copy(base, Path(options.vers) if options.vers else None)
    print_file("Sauvegarde vérifiée", path, as_json=options.json)
    return DONE


def _restaurer(options: Options) -> int:
    from suivi_tui.actions.keeping import restore_copy
    from suivi_tui.cli_output import print_file

    target = _base_path(options)
    aside = restore_copy(Path(options.file), target)
    if aside is not None:
        _tell(f"La base remplacée est gardée ici : {aside}")
    print_file("Base restaurée", target, as_json=options.json)
    return DONE


def _formulaire(options: Options) -> int:
    from suivi_tui.cli_forms import run

    return run(options)


def _calibrer(options: Options) -> int:
    from suivi_tui.cli_calibration import run

    return run(options)


_COMMANDS: dict[str | None, Callable[[Options], int]] = {
    None: _application,
    "demo": _demo,
    "importer": _importer,
    "exporter": _exporter,
    "alertes": _alertes,
    "evaluer": _evaluer,
    "calibrer": _calibrer,
    "formulaire": _formulaire,
    "verifier": _verifier,
    "sauvegarder": _sauvegarder,
    "restaurer": _restaurer,
}
