"""The lines of the sheet of a planned purchase."""

from datetime import date
from typing import TYPE_CHECKING, Final

from suivi_tui.tui.screens.amont.words import answer_words, form_words, money
from suivi_tui.tui.screens.shared.follow_up_lines import follow_up_section
from suivi_tui.tui.screens.shared.sheet import Section, SheetLine
from suivi_tui.tui.screens.shared.texts import day, hours, joined, said
from suivi_tui.tui.widgets.paged_list import Column
from suivi_tui.vocabulary.choices import (
    Category,
    ClauseForm,
    Recommendation,
    RefusalGround,
    Stage,
    label_of,
)
from suivi_tui.vocabulary.numbers import NBSP, format_percent, plural

if TYPE_CHECKING:
    from suivi_tui.readings.planned_purchases import PlannedPurchase
    from suivi_tui.store.queries.follow_ups import FollowUpRow

ADVICE: Final = ("conseil", 0)
"""What a line of advice is about: Enter explains it."""


def sections_of(
    one: "PlannedPurchase", exchanges: "tuple[FollowUpRow, ...]", today: date
) -> list[Section]:
    """The parts of the sheet."""
    return [
        Section("Conseil", _advice(one)),
        Section("Réponse", _answer(one)),
        Section("Achat", _purchase(one)),
        Section("Lots", _lots(one), "Lot unique. Touche l pour ajouter un lot."),
        Section("Structures", _offer(one)),
        Section("Motif écrit", _refusals(one)),
        follow_up_section(exchanges, today.isoformat()),
    ]


def _fact(name: str, value: str, one: "PlannedPurchase", figure: str = "") -> SheetLine:
    text = said(name, value or "à renseigner")
    tone = "" if value else "muted"
    return SheetLine(text, figure, "contract", one.row.contract, tone)


def _purchase(one: "PlannedPurchase") -> list[SheetLine]:
    row, facts = one.row, one.facts
    family = one.family.label if one.family is not None else ""
    share = "" if facts.labour_share is None else format_percent(facts.labour_share)
    about = joined([row.buyer_name, row.operation_name, row.number])
    lines = [
        SheetLine(about, label_of(Stage, row.stage), "contract", row.contract),
        _fact("Nature", joined([label_of(Category, row.category), family, row.cpv]), one),
        _fact("Montant HT", money(facts.amount), one),
        _fact("Durée", "" if row.duration_months is None else f"{row.duration_months}{NBSP}mois",
              one),
        _fact("Part de main-d'œuvre", joined([share, facts.share_source]), one),
        _fact("Heures", joined([hours(facts.hours), facts.hours_source]), one),
        _fact("Lieu", row.place or row.operation_place or row.buyer_territory, one),
        _fact("Procédure", joined([row.procedure, f"publication vers le {day(row.planned_on)}"
                                   if row.planned_on else ""]), one),
    ]  # fmt: skip
    if row.clause_form:
        lines.append(_fact("Clause", label_of(ClauseForm, row.clause_form), one))
    if row.renews is not None:
        renewed = row.renewed_number or row.renewed_object or "marché précédent"
        lines.append(SheetLine(said("Renouvelle", renewed), about=("contract", row.renews)))
    return lines


def _answer(one: "PlannedPurchase") -> list[SheetLine]:
    row = one.row
    weeks = row.answer_weeks
    term = f"délai de {plural(weeks, 'semaine', 'semaines')}" if weeks else "délai inconnu"
    asked = joined(
        [
            f"demandé le {day(row.asked_on)}" if row.asked_on else "date de demande inconnue",
            term if not row.answer_due else "jour convenu",
            said("qui répond", row.facilitator),
        ]
    )
    answered = f"répondu le {day(row.answered_on)}" if row.answered_on else answer_words(one)
    tone = "alerte" if one.late else ""
    told = "en retard" if one.late else ""
    return [
        SheetLine(joined([told, asked]), answered, "contract", row.contract, tone),
    ]


def _advice(one: "PlannedPurchase") -> list[SheetLine]:
    advice = one.advice
    tone = "alerte" if advice.compulsory or advice.form is None else "total"
    compulsory = "obligatoire" if advice.compulsory else ""
    lines = [SheetLine(form_words(advice.form), compulsory, tone=tone, about=ADVICE)]
    lines += [SheetLine(reason, about=ADVICE) for reason in advice.reasons]
    if advice.articles:
        lines.append(SheetLine(said("Textes", ", ".join(advice.articles)), about=ADVICE))
    fitting = [
        each.form.label
        for each in advice.alternatives
        if each.fits and each.form is not Recommendation.SOCIAL_CONDITION
    ]
    if fitting:
        lines.append(SheetLine(said("Possible aussi", ", ".join(fitting)), about=ADVICE))
    return lines


def _lots(one: "PlannedPurchase") -> list[SheetLine]:
    advised = {lot.number: lot.form for lot in one.advice.lots}
    lines = []
    for lot in one.lots:
        form: Recommendation | None = advised.get(lot.number)
        told = form_words(form) if lot.number in advised else ""
        name = "Lot unique" if lot.number == "0" else f"Lot {lot.number}"
        text = joined([name, lot.title, told])
        lines.append(SheetLine(text, money(lot.amount_cents), "lot", lot.lot))
    return lines


def _offer(one: "PlannedPurchase") -> list[SheetLine]:
    offer = one.facts.offer
    counted = joined(
        [
            plural(offer.insertion, "structure d'insertion", "structures d'insertion"),
            plural(offer.disability, "structure du handicap", "structures du handicap"),
            f"mise à disposition{NBSP}: {offer.staffing}",
            offer.place,
        ]
    )
    lines = [SheetLine(counted)]
    if offer.unknown:
        others = plural(offer.unknown, "autre structure", "autres structures")
        text = f"{others} sans territoire ni métier dans l'annuaire, non comptées"
        lines.append(SheetLine(text, tone="muted"))
    return lines


def _refusals(one: "PlannedPurchase") -> list[SheetLine]:
    return [
        SheetLine(
            joined([label_of(RefusalGround, row.ground), row.text]),
            day(row.date),
            "refusal",
            row.refusal,
        )
        for row in one.refusals
    ]


def exported(one: "PlannedPurchase") -> tuple[tuple[Column, ...], list[tuple[str, ...]]]:
    """The sheet without its exchanges, one line for each fact and each reason."""
    columns: tuple[Column, ...] = (Column("Rubrique"), Column("Détail"), Column("Valeur"))
    rows: list[tuple[str, ...]] = [
        (section.title, line.text, line.figure)
        for section in sections_of(one, (), date.min)
        for line in section.lines
        if section.title != "Échanges"
    ]
    return columns, rows
