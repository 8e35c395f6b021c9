"""What the commands print: JSON for scripts, plain aligned French text for people."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from suivi_tui.vocabulary.choices import Gravity, label_of
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.numbers import format_number, plural
from suivi_tui.vocabulary.text import clean
from suivi_tui.vocabulary.typography import displayed, french

if TYPE_CHECKING:
    from suivi_tui.actions.import_report import ImportReport
    from suivi_tui.actions.keeping import Verification
    from suivi_tui.readings.alerts import AlertReading
    from suivi_tui.readings.evaluation import Evaluation

_SHOWN_WARNINGS = 20
# What JSON need not escape and a terminal obeys: DEL, C1, marks of direction, zero-width.
_ACTING = re.compile(r"[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def _line(text: str = "", indent: int = 0) -> None:
    """A line for people: whatever it holds, nothing in it can act on the terminal."""
    sys.stdout.write(" " * indent + displayed(text) + "\n")


def _columns(text: str) -> None:
    """A line of a table, whose cells are harmless already: its spaces are kept."""
    sys.stdout.write(french(text) + "\n")


def _json(content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    sys.stdout.write(_ACTING.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n")


def print_reports(
    reports: Sequence["ImportReport"], *, as_json: bool, dry_run: bool = False
) -> None:
    """What came in from each file, what did not and why."""
    from suivi_tui.actions.import_report import report_json

    if as_json:
        _json([report_json(report) for report in reports])
        return
    for report in reports:
        if report.error:
            _line(f"{report.file} : refusé. {report.error}")
            continue
        counts = ", ".join(
            (
                plural(report.read, "lu", "lus"),
                plural(report.created, "créé", "créés"),
                plural(report.changed, "modifié", "modifiés"),
                plural(report.unchanged, "inchangé", "inchangés"),
                plural(report.left_out, "écarté", "écartés"),
            )
        )
        essay = " Essai : rien n'est écrit." if dry_run else ""
        _line(f"{report.file} : {counts}.{essay}")
        if report.sender:
            _line(f"Expéditeur : {report.sender}", 2)
        if report.doubtful:
            doubtful = plural(report.doubtful, "ligne douteuse", "lignes douteuses")
            _line(f"{doubtful} : ouvrez l'application pour répondre", 2)
        for question in report.questions:
            _line(f"À préciser : {question}", 2)
        for warning in report.warnings[:_SHOWN_WARNINGS]:
            place = " : ".join(clean(part) for part in (warning.record, warning.field) if part)
            _line(f"{place} : {warning.message}", 2)
        more = len(report.warnings) - _SHOWN_WARNINGS
        if more > 0:
            _line(f"… et {plural(more, 'autre remarque', 'autres remarques')} (--json)", 2)


def print_exports(exports: Mapping[str, str], *, as_json: bool) -> None:
    """The names and subjects of the tables that can be exported."""
    if as_json:
        _json([{"nom": name, "contenu": text} for name, text in exports.items()])
        return
    width = max(len(name) for name in exports)
    for name, text in exports.items():
        _columns(f"{name:<{width}}  {text}")


def print_alerts(alerts: Sequence["AlertReading"], *, as_json: bool) -> None:
    """The alerts, the gravest first, each with its next act."""
    from suivi_tui.readings.alerts import alerts_json

    if as_json:
        _json(alerts_json(alerts))
        return
    if not alerts:
        _line("Aucune alerte.")
    for reading, alert in zip(alerts, alerts_json(alerts), strict=True):
        lot = "" if alert["lot"] in (None, "", "0") else f"lot {alert['lot']}"
        who = (alert["entreprise"], alert["participant"], alert["mois"])
        names = (alert["marche"], lot, *who)
        place = " · ".join(clean(str(name)) for name in names if name) or _unnamed(reading)
        level = f", niveau {reading.level}" if reading.level else ""
        _line(f"[{label_of(Gravity, str(alert['gravite']))}{level}] {place}")
        _line(str(alert["message"]), 4)
        _line(f"→ {alert['action']}", 4)


def _unnamed(reading: "AlertReading") -> str:
    """What an alert is about when nothing may name it."""
    if reading.participant is not None:
        return "Une personne (« --nominatif » pour la nommer)"
    return "L'ensemble de la base"


def print_evaluation(figures: "Evaluation", *, as_json: bool) -> None:
    """The figures of a period."""
    from suivi_tui.readings.evaluation import as_json as evaluation_json

    content = evaluation_json(figures)
    if as_json:
        _json(content)
        return
    hours = content["heures"]
    period = f"{content['du'] or 'début'} à {content['au'] or 'fin'}"
    _line(f"Période : {period} ; un ETP = {format_number(content['base_etp'])} h")
    rows = [(label, _hours(hours[key])) for key, label in _HOUR_LABELS]
    rows += [(label, format_number(content[key])) for key, label in _COUNT_LABELS]
    rows.append(("ETP", format_number(content["etp"], 2)))
    _table(rows)
    for name, breakdown in content["repartitions"].items():
        _line()
        _line(f"Par {_BREAKDOWNS.get(name, name)}")
        _table(
            (
                clean(str(row["valeur"])),
                _hours(row["heures"]),
                plural(int(row["participants"]), "personne", "personnes"),
            )
            for row in breakdown
        )


_HOUR_LABELS = (
    ("dues", "Heures à réaliser"),
    ("attendues", "Heures attendues à ce jour"),
    ("declarees", "Heures déclarées"),
    ("validees", "Heures validées"),
    ("refusees", "Heures refusées"),
    ("a_valider", "Heures à valider"),
    ("formation", "Heures de formation"),
)
_COUNT_LABELS = (
    ("participants", "Participants"),
    ("contrats_travail", "Contrats de travail"),
    ("suites_de_contrats", "Suites de contrats"),
    ("premiers_emplois", "Premiers emplois par une clause"),
    ("marches", "Marchés"),
    ("obligations", "Obligations"),
    ("obligations_tenues", "Obligations tenues"),
    ("entreprises", "Entreprises et structures"),
    ("structures_insertion", "Structures d'insertion"),
)
_BREAKDOWNS = {
    "sexe": "sexe",
    "age": "âge à l'embauche",
    "critere": "critère d'éligibilité",
    "qpv": "lieu d'habitation",
    "niveau": "niveau de formation",
    "prescripteur": "prescripteur",
    "structure": "type de structure",
    "modalite": "modalité",
    "contrat": "type de contrat",
    "acheteur": "acheteur",
    "type_acheteur": "type d'acheteur",
    "type_clause": "type de clause",
    "programme": "programme",
    "secteur": "secteur",
    "mois": "mois",
    "longueur": "durée du contrat de travail",
    "territoire": "territoire",
    "facilitateur": "facilitateur",
    "montant": "montant du marché",
}


def _hours(value: float) -> str:
    return format_hours(Hours(round(value * 100)))


def _table(rows: Iterable[tuple[str, ...]]) -> None:
    lines = list(rows)
    if not lines:
        return
    first = max(len(line[0]) for line in lines)
    widths = [max(len(line[place]) for line in lines) for place in range(1, len(lines[0]))]
    for line in lines:
        cells = (f"{cell:>{width}}" for cell, width in zip(line[1:], widths, strict=True))
        _columns(f"  {line[0]:<{first}}  {'  '.join(cells)}")


def print_verification(result: "Verification", *, as_json: bool) -> None:
    """Whether the base is sound, and what was noticed."""
    if as_json:
        _json(
            {
                "ok": result.sound,
                "constats": [
                    {
                        "controle": finding.control,
                        "gravite": finding.gravity,
                        "message": finding.message,
                        "nombre": finding.number,
                    }
                    for finding in result.findings
                ],
            }
        )
        return
    _line("La base est saine." if result.sound else "La base n'est pas saine.")
    for finding in result.findings:
        _line(f"[{label_of(Gravity, finding.gravity)}] {finding.message}")


def print_text(text: str, destination: Path | None) -> None:
    """A text made for a file, whole or not at all; on standard output without one."""
    if destination is None:
        sys.stdout.write(text.rstrip() + "\n")
        return
    from suivi_tui.exchange.whole_file import whole_file

    with whole_file(destination) as file:
        file.write(text.encode("utf-8"))


def print_file(label: str, path: Path, *, as_json: bool) -> None:
    """Where a file was written."""
    if as_json:
        _json({"fichier": str(path)})
    else:
        _line(f"{label} : {path}")
