"""A buyer's report as one HTML page: its styles and charts are inside, nothing is fetched.

Every text is escaped here, whoever wrote it. The page is made to be printed on A4, in black.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from suivi_tui.documents.buyer_report import MASKED, NOTHING, breakdown_groups
from suivi_tui.documents.report_charts import Bar, Progress, bars_chart, progress_chart, safe
from suivi_tui.readings.report_buyer import BuyerReport, MaskedBreakdown
from suivi_tui.vocabulary.months import first_day, short_month
from suivi_tui.vocabulary.typography import french

_STYLE: Final = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{font:15px/1.45 system-ui,"Segoe UI",Arial,sans-serif;color:#111;background:#fff;
margin:0 auto;padding:24px;max-width:820px;overflow-wrap:break-word}
h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:28px 0 8px;border-bottom:2px solid #111}
h3{font-size:15px;margin:18px 0 4px}p{margin:6px 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:10px 0}
dt{font-weight:600}dd{margin:0}
table{border-collapse:collapse;width:100%;margin:8px 0;font-size:13px}
th,td{border:1px solid #555;padding:3px 6px;text-align:left;vertical-align:top}
thead th{background:#eee}td.nombre,th.nombre{text-align:right}
td.nombre{white-space:nowrap}
caption{text-align:left;font-weight:600;padding:4px 0}
.note{font-size:13px}.constat{font-size:17px}
blockquote{margin:4px 0 4px 16px;padding-left:10px;border-left:3px solid #555;white-space:pre-line}
svg.graphique{width:100%;height:auto;margin:6px 0}
svg.trait{width:34px;height:14px;vertical-align:middle}
.legende{list-style:none;display:flex;flex-wrap:wrap;gap:4px 20px;padding:0;margin:4px 0;
font-size:13px}
@media print{@page{size:A4;margin:16mm}body{padding:0;max-width:none;font-size:10.5pt}
h2,h3,caption{break-after:avoid}tr,svg,blockquote,dl{break-inside:avoid}
thead{display:table-header-group}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
"""
_OBLIGATIONS: Final = (
    ("Marché et lot", "marche", False),
    ("Entreprise", "entreprise", False),
    ("Dues", "dues", True),
    ("Validées", "validees", True),
    ("Taux", "taux", True),
    ("Verdict", "avis", False),
    ("Motif", "motif", False),
)
_FIGURES: Final = (
    ("Chiffre", "intitule", False),
    ("Valeur", "valeur", True),
    ("Comment il est compté", "calcul", False),
)
_TARGETS: Final = (
    ("Cible", "cible", False),
    ("Nombre", "total", True),
    ("Atteintes", "atteintes", True),
    ("Manquées", "manquees", True),
    ("En cours", "en_cours", True),
    ("Impossible à dire", "indeterminees", True),
)
_ROWS: Final = (
    ("", "valeur", False),
    ("Personnes", "personnes", True),
    ("Heures déclarées", "declarees", True),
    ("Heures validées", "validees", True),
)
_OUTCOMES: Final = (
    ("Moment", "moment", False),
    ("À interroger", "interroges", True),
    ("Réponses", "reponses", True),
    ("Taux", "taux_reponse", True),
    ("Emploi durable", "durables", True),
    ("Transition", "transition", True),
    ("Positive", "positives", True),
    ("Dynamiques", "dynamiques", True),
    ("Part", "taux_dynamiques", True),
)

Column = tuple[str, str, bool]


def report_page(report: BuyerReport, values: Mapping[str, Any]) -> str:
    """The page, from the report (its charts) and its words (``buyer_report.report_values``)."""
    title = f"{values['titre']}, {values['acheteur']}"
    body = [
        f"<h1>{safe(values['titre'])}</h1>",
        _identity(values),
        f'<p class="constat">{safe(values["constat"])}</p>',
        _section("Avancement", _progress(report)),
        _section("Chiffres clés", _table(_FIGURES, values["chiffres"])),
        _section("Obligations", _obligations(values)),
        _section("Répartitions", "".join(_breakdowns(report, values))),
        _section("Parcours et sorties", _outcomes(values)),
        _section("Paroles recueillies", _reviews(values["avis"])) if values["avis"] else "",
        _section("À savoir pour lire ces chiffres", _items(values["remarques"])),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{safe(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _identity(values: Mapping[str, Any]) -> str:
    lines = (
        ("Acheteur", values["acheteur"]),
        ("Périmètre", values["perimetre"]),
        ("Période", values["periode"]),
        ("Établi le", values["date"]),
        ("Par", ", ".join(part for part in (values["auteur"], values["structure"]) if part)),
        ("Contact", values["coordonnees"]),
        ("Règles de calcul", french(f"version {values['version']}")),
    )
    pairs = (f"<dt>{safe(label)}</dt><dd>{safe(text)}</dd>" for label, text in lines if text)
    return f"<dl>{''.join(pairs)}</dl>"


def _section(title: str, content: str) -> str:
    return f"<section><h2>{safe(title)}</h2>{content}</section>"


def _progress(report: BuyerReport) -> str:
    if not report.months:
        return "<p>Aucune heure dans cette période.</p>"
    points = [
        Progress(
            short_month(month.month),
            month.expected,
            None if first_day(month.month) > report.today else month.declared,
            None if first_day(month.month) > report.today else month.validated,
        )
        for month in report.months
    ]
    note = "Heures cumulées depuis le début de la période ; la ligne pointillée est l'objectif."
    chart = progress_chart("avancement", points, report.evaluation.due)
    return f'{chart}<p class="note">{safe(french(note))}</p>'


def _obligations(values: Mapping[str, Any]) -> str:
    if not values["obligations"]:
        return "<p>Aucune obligation dans cette période.</p>"
    parts = [f"<p>{safe(values['bilan'])}</p>", _table(_OBLIGATIONS, values["obligations"])]
    if values["autres_obligations"]:
        parts.append(f'<p class="note">{safe(values["autres_obligations"])}</p>')
    if values["cibles"]:
        parts.append(f"<h3>Cibles autres que les heures</h3>{_table(_TARGETS, values['cibles'])}")
    return "".join(parts)


def _breakdowns(report: BuyerReport, values: Mapping[str, Any]) -> Iterable[str]:
    """Each breakdown as a chart, with its table for who counts and who cannot see it."""
    groups = breakdown_groups(values["repartitions"])
    if not groups:
        yield "<p>Aucune heure déclarée dans cette période.</p>"
    for breakdown in report.breakdowns:
        lines = groups.get(breakdown.title)
        if not lines:
            continue
        yield f"<h3>{safe(breakdown.title)}</h3>"
        if breakdown.rows is None:
            yield f"<p>Répartition {MASKED}e.</p>"
            continue
        if any(row.declared is not None for row in breakdown.rows):
            yield _bars(breakdown)
        yield _table(_ROWS, lines)


def _bars(breakdown: MaskedBreakdown) -> str:
    rows = [Bar(line.value, line.declared, line.validated) for line in breakdown.rows or ()]
    title = f"{breakdown.title} : heures déclarées, dont validées hachurées"
    return bars_chart(f"barres-{breakdown.key}", french(title), rows)


def _outcomes(values: Mapping[str, Any]) -> str:
    if all(line["interroges"] == NOTHING for line in values["parcours"]):
        return "<p>Aucun parcours à interroger dans cette période.</p>"
    return f'<p class="note">{safe(values["origine"])}</p>{_table(_OUTCOMES, values["parcours"])}'


def _reviews(reviews: Sequence[Mapping[str, str]]) -> str:
    parts = []
    for review in reviews:
        note = "" if review["note"] == NOTHING else f" ({review['note']})"
        parts.append(f"<h3>{safe(review['marche'])}</h3><p>{safe(review['qui'] + note)}</p>")
        if review["texte"] != NOTHING:
            parts.append(f"<blockquote>{safe(review['texte'])}</blockquote>")
    return "".join(parts)


def _items(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{safe(text)}</li>' for text in texts)}</ul>"


def _table(columns: Sequence[Column], lines: Iterable[Mapping[str, str]]) -> str:
    """A table whose first column heads its rows; figures on the right."""
    heads = "".join(
        f'<th scope="col"{_side(number)}>{safe(title) or "&nbsp;"}</th>'
        for title, _, number in columns
    )
    rows = []
    for line in lines:
        first, *others = columns
        cells = [f'<th scope="row">{safe(line[first[1]])}</th>']
        cells += [f"<td{_side(number)}>{safe(line[field])}</td>" for _, field, number in others]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _side(number: bool) -> str:
    return ' class="nombre"' if number else ""
