"""The yearly report of a buyer's purchasing policy, as Markdown or as a Word file.

Nobody is named in it; figures that tell of a few people only are masked.
"""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from suivi_tui.documents.default_templates import blank_document, repeat_heading, same_dates
from suivi_tui.documents.wording import text_of
from suivi_tui.readings.policies import UNITS, Aim, PolicyYear
from suivi_tui.readings.policy_formulas import gap_text, value_text
from suivi_tui.rules.version import RULES_VERSION
from suivi_tui.vocabulary.choices import PolicyIndicator, PolicyKind, RefusalGround, label_of
from suivi_tui.vocabulary.dates import format_date, long_date
from suivi_tui.vocabulary.money import format_money
from suivi_tui.vocabulary.numbers import format_number, format_percent, plural
from suivi_tui.vocabulary.typography import displayed, french

MASKED: Final = "masqué"
NOTHING: Final = "–"
UNKNOWN: Final = "Considération non renseignée"
_MARKDOWN: Final = str.maketrans({char: "\\" + char for char in "\\`*_[]<>#|"})


class Part(NamedTuple):
    """A part of the report: title, paragraphs, then a table (headings, rows) when it has rows."""

    title: str
    lines: Sequence[str] = ()
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def policy_report(found: PolicyYear, today: date, threshold: int) -> list[Part]:
    """The parts of the report; groups under ``threshold`` people are masked."""
    masked = found.masked(threshold)
    parts = [
        Part(
            f"Bilan {found.year} de la politique d'achat",
            [
                f"Acheteur : {text_of(found.name)}.",
                f"Établi le {long_date(today)}, règles {RULES_VERSION}. Marchés notifiés en "
                f"{found.year}, heures de janvier à décembre {found.year}.",
            ],
        ),
        _policies(found),
        _aims(found, masked),
        _figures(found, masked),
        _considerations(found),
        _refusals(found),
        _formulas(found, masked),
    ]
    return [_shown(part) for part in parts]


def _shown(part: Part) -> Part:
    """A part whose every text, codes of the base among them, can stand in a document."""
    return part._replace(
        lines=[displayed(line) for line in part.lines],
        rows=[tuple(displayed(cell) for cell in row) for row in part.rows],
    )


def markdown(parts: Sequence[Part]) -> str:
    """The report as Markdown; what the base holds is text, never markup."""
    lines: list[str] = []
    for place, part in enumerate(parts):
        lines += [f"{'#' if place == 0 else '##'} {_escaped(part.title)}", ""]
        for line in part.lines:
            lines += [_escaped(line), ""]
        if part.rows:
            lines.append("| " + " | ".join(map(_escaped, part.headings)) + " |")
            lines.append("|" + " --- |" * len(part.headings))
            lines += ["| " + " | ".join(map(_escaped, row)) + " |" for row in part.rows]
            lines.append("")
    return "\n".join(lines)


def word(parts: Sequence[Part]) -> bytes:
    """The report as a Word file."""
    document = blank_document(parts[0].title)
    for place, part in enumerate(parts):
        document.add_heading(part.title, 0 if place == 0 else 1)
        for line in part.lines:
            document.add_paragraph(line)
        if part.rows:
            _table(document, part)
    packed = io.BytesIO()
    document.save(packed)
    return same_dates(packed.getvalue())


def _table(document: Any, part: Part) -> None:
    table = document.add_table(rows=1, cols=len(part.headings))
    table.style = "Table Grid"
    for place, heading in enumerate(part.headings):
        table.cell(0, place).paragraphs[0].add_run(heading).bold = True
    repeat_heading(table.rows[0])
    for row in part.rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def _policies(found: PolicyYear) -> Part:
    lines = []
    for one in found.policies:
        dates = " ".join(
            [f"du {_day(one.start)}" if one.start else "", f"au {_day(one.end)}" if one.end else ""]
        ).strip()
        kind = label_of(PolicyKind, one.kind, "Engagement")
        head = f"{kind} : {text_of(one.name)}{f' ({dates})' if dates else ''}."
        lines.append(" ".join([head, displayed(one.text)]).strip())
    return Part("Chartes, conventions et SPASER", [french(line) for line in lines]
                or ["Aucun texte n'est enregistré pour cet acheteur."])  # fmt: skip


def _aims(found: PolicyYear, masked: frozenset[PolicyIndicator]) -> Part:
    headings = ("Engagement", "Indicateur", "Cible", "Calculé", "Saisi", "Écart", "Preuves")
    rows = [_aim(aim, aim.indicator in masked) for aim in found.aims]
    kept = sum(aim.reached is True for aim in found.aims if aim.indicator not in masked)
    judged = sum(aim.reached is not None for aim in found.aims if aim.indicator not in masked)
    lines = (
        [f"{plural(kept, 'cible atteinte', 'cibles atteintes')} sur {format_number(judged)}. "
         "Un chiffre saisi à la main n'est pas recalculé par l'application."]
        if rows
        else [f"Aucun engagement n'est enregistré pour {found.year}."]
    )  # fmt: skip
    return Part(f"Engagements de {found.year}", lines, headings, rows)


def _aim(aim: Aim, masked: bool) -> tuple[str, ...]:
    row, unit = aim.row, aim.unit
    computed = value_text(aim.computed.value, unit) if aim.computed is not None else ""
    proofs = "; ".join(
        " ".join(filter(None, [text_of(one.label), text_of(one.link), _day(one.date)]))
        for one in aim.evidence
    )
    return (
        text_of(row.commitment or row.policy_name) or NOTHING,
        aim.indicator.label,
        value_text(row.target, unit) or NOTHING,
        MASKED if masked else computed or NOTHING,
        MASKED if masked else value_text(row.typed, unit) or NOTHING,
        MASKED if masked else gap_text(aim.gap, unit) or NOTHING,
        proofs or NOTHING,
    )


def _figures(found: PolicyYear, masked: frozenset[PolicyIndicator]) -> Part:
    rows = [
        (indicator.label,
         MASKED if indicator in masked else value_text(one.value, UNITS[indicator]) or NOTHING)
        for indicator, one in found.figures.items()
    ]  # fmt: skip
    target = found.reference.social_share
    lines = []
    if target is not None:
        lines.append(
            f"Repère national : {format_percent(target.share)} des marchés avec une considération "
            f"sociale, plan {target.first_year}-{target.last_year} ({target.source})."
        )
    return Part("Ce que la base calcule", [french(line) for line in lines], ("Indicateur",
                str(found.year)), rows)  # fmt: skip


def _considerations(found: PolicyYear) -> Part:
    rows = [
        (
            line.consideration.label if line.consideration is not None else UNKNOWN,
            format_number(line.contracts),
            format_money(line.amount),
        )
        for line in found.share.lines
    ]
    lines = [
        f"{plural(found.share.contracts, 'marché notifié', 'marchés notifiés')}, dont "
        f"{format_number(found.open_data)} connus des seules données ouvertes. Un marché avec une "
        "clause et un critère est sur deux lignes : elles ne s'additionnent pas."
    ]
    if found.undated:
        lines.append(
            f"{plural(found.undated, 'marché', 'marchés')} sans date de notification, comptés "
            "dans aucune année."
        )
    return Part("Considérations sociales", [french(line) for line in lines],
                ("Considération", "Marchés", "Montant connu"), rows)  # fmt: skip


def _refusals(found: PolicyYear) -> Part:
    rows = [
        (label_of(RefusalGround, one.ground, "Motif à préciser"), format_number(len(one.refusals)))
        for one in found.refusals
    ]
    lines = [] if rows else ["Aucun motif n'est enregistré pour l'année."]
    return Part("Marchés sans condition sociale, par motif", lines, ("Motif", "Marchés"), rows)


def _formulas(found: PolicyYear, masked: frozenset[PolicyIndicator]) -> Part:
    rows = [
        (indicator.label, MASKED if indicator in masked else one.formula, one.rule)
        for indicator, one in found.figures.items()
    ]
    return Part("Comment ces chiffres sont comptés", (), ("Indicateur", "Formule", "Règle"), rows)


def _day(text: str | None) -> str:
    try:
        return format_date(date.fromisoformat(text)) if text else ""
    except ValueError:
        return text or ""


def _escaped(text: str) -> str:
    return " ".join(text.translate(_MARKDOWN).split("\n"))
