"""``evaluer``, beside the figures of today: as known on a date, frozen, and frozen ones checked."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace as Options
from typing import TYPE_CHECKING, Any

from suivi_tui import paths

if TYPE_CHECKING:
    from suivi_tui.readings.evaluation import Evaluation
    from suivi_tui.readings.filters import Filters
    from suivi_tui.readings.snapshots import Verification
    from suivi_tui.store.base import Base
    from suivi_tui.store.queries.connection import Connection

DONE, REFUSED = 0, 1
REPORT = "rapport_acheteur"


def filters_asked(connection: "Connection", options: Options) -> "Filters":
    """The period and the scope of a command line, its names looked up. Raises EvaluationRefused."""
    from suivi_tui.readings.evaluation import filters_for
    from suivi_tui.readings.evaluation_scope import Named
    from suivi_tui.vocabulary.months import parse_month

    today = date.today()
    first, last = (parse_month(text, today) if text else None for text in (options.du, options.au))
    named = Named(
        options.territoire,
        options.programme,
        options.operation,
        options.marche,
        options.lot,
        options.structure,
        options.facilitateur,
    )
    return filters_for(connection, first, last, options.acheteur, named)


def add_options(verb: argparse.ArgumentParser) -> None:
    """The options of the verb that this file answers."""
    from suivi_tui.cli_parser import a_day

    choice = verb.add_mutually_exclusive_group()
    choice.add_argument(
        "--tel-que-connu-le",
        type=a_day,
        metavar="DATE",
        help="les chiffres que la base donnait à la fin de ce jour",
    )
    choice.add_argument(
        "--figer", metavar="NOM", help="garde ces chiffres sous ce nom, pour les prouver plus tard"
    )
    choice.add_argument(
        "--figees",
        action="store_true",
        help="les synthèses figées, et si leurs chiffres ont changé depuis",
    )


@contextmanager
def as_asked(base: "Base", options: Options) -> Iterator[tuple["Connection", date]]:
    """The base to evaluate and its day: as it is today, or as it was known on the day asked.

    Raises DayRefused, TooLarge.
    """
    today = date.today()
    if not options.tel_que_connu_le:
        yield base.connection, today
        return
    from suivi_tui.readings.past import known_on_day

    day = _last_day(options.tel_que_connu_le, today)
    with known_on_day(base.connection, day, today) as past:
        _tell(f"Chiffres tels que la base les donnait le {_written(day)} au soir.")
        yield past, day


def freeze_figures(base: "Base", name: str, figures: "Evaluation", day: date) -> None:
    """Keep under a name the figures that were just computed. Raises NotFrozen."""
    from suivi_tui.actions.snapshots import freeze
    from suivi_tui.readings.snapshots import EVALUATION, Asked

    asked = Asked(day, figures.fte_base, figures.bands)
    freeze(base, EVALUATION, name, figures.filters, asked)
    _tell(f"Synthèse figée : {name}. « evaluer --figees » dira si ses chiffres ont changé.")


def write_report(base: "Base", options: Options, filters: "Filters | None") -> bool:
    """Write the buyer's report when ``exporter`` asks for it as a page or a Word document.

    False for any other table or file. Raises what ``actions.buyer_reports`` does.
    """
    target = Path(options.vers or "")
    if options.name != REPORT or target.suffix.lower() not in (".docx", ".html"):
        return False
    from suivi_tui.actions.buyer_reports import write_report as write
    from suivi_tui.readings.filters import Filters

    if options.sans_masque or options.nominatif:
        _tell("Ce rapport est toujours sans nom et masqué : l'option demandée n'y change rien.")
    write(base, filters or Filters(), target, today=date.today(), fte_base=options.base_etp)
    _tell(f"Rapport écrit : {target}")
    return True


def list_frozen(options: Options) -> int:
    """Each frozen synthesis, computed again; REFUSED when one was altered or not reproduced."""
    from suivi_tui.readings.snapshots import frozen_syntheses, verify
    from suivi_tui.store.base import open_base

    with open_base(Path(options.base) if options.base else paths.default_base()) as base:
        found = [
            checked
            for one in frozen_syntheses(base.connection)
            if (checked := verify(base.connection, one.id)) is not None
        ]
    if options.json:
        # Names come from the base: in ASCII nothing in them can act on the terminal.
        sys.stdout.write(json.dumps([_as_json(one) for one in found], indent=2) + "\n")
    else:
        _print(found)
    sound = all(one.intact and one.reproduced is not False for one in found)
    return DONE if sound else REFUSED


def _as_json(checked: "Verification") -> dict[str, Any]:
    frozen = checked.frozen
    return {
        "nom": frozen.label,
        "synthese": frozen.preset,
        "figee_le": frozen.made_on,
        "etat": checked.state.value,
        "regles": frozen.rules_version,
        "regles_changees": checked.rules_changed,
        "empreinte": frozen.fingerprint,
        "empreinte_exacte": checked.intact,
        "reproduite": checked.reproduced,
        "lignes_changees": checked.changed_lines,
        "ecarts": [
            {"partie": one.part, "chiffre": one.label, "fige": one.then, "actuel": one.now}
            for one in checked.differences
        ],
    }


def _print(found: "list[Verification]") -> None:
    from suivi_tui.readings.snapshot_words import verdict_of

    if not found:
        _line("Aucune synthèse figée. « evaluer --figer NOM » en garde une.")
    for checked in found:
        frozen = checked.frozen
        _line(f"[{checked.state.value}] {frozen.label}, figée le {frozen.made}")
        for sentence in verdict_of(checked):
            _line(sentence, 4)
        for one in checked.differences:
            if one.part == "Ensemble":
                _line(f"{one.label} : {one.then}, aujourd'hui {one.now}", 4)


def _last_day(text: str, today: date) -> date:
    """A date, or the last day of a month."""
    from suivi_tui.vocabulary.dates import NotADate, parse_date
    from suivi_tui.vocabulary.months import last_day, parse_month

    try:
        return parse_date(text, today)
    except NotADate:
        return last_day(parse_month(text, today))


def _written(day: date) -> str:
    from suivi_tui.vocabulary.dates import long_date

    return long_date(day)


def _line(text: str, indent: int = 0) -> None:
    from suivi_tui.vocabulary.typography import displayed

    sys.stdout.write(" " * indent + displayed(text) + "\n")


def _tell(message: str) -> None:
    from suivi_tui.vocabulary.typography import displayed

    sys.stderr.write(displayed(message, multiline=True) + "\n")
