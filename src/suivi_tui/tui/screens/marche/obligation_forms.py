"""The forms about one obligation: formula, schedule, movements, orders, transfers, targets."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.rules.formula_terms import YES, Said, said_of, steps_of, steps_text
from suivi_tui.rules.site_calendar import (
    default_idle_spans,
    idle_spans_text,
    parse_idle_spans,
)
from suivi_tui.tui.screens.marche.forms import FIRM, WholeField
from suivi_tui.tui.screens.shared.texts import as_date
from suivi_tui.tui.widgets.fields import (
    ChoiceField,
    DateField,
    Field,
    HoursField,
    MoneyField,
    TextField,
    Wrong,
)
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import FormulaTerm, OwedFormula, ScheduleKind, options
from suivi_tui.vocabulary.hours import Hours, format_hours, parse_hours
from suivi_tui.vocabulary.money import Money
from suivi_tui.vocabulary.numbers import format_percent, scaled
from suivi_tui.vocabulary.text import NOTES_LIMIT

if TYPE_CHECKING:
    from suivi_tui.readings.obligation_sheet import ObligationSheet
    from suivi_tui.store.queries.obligation_cases import TargetRow
    from suivi_tui.store.queries.orders import OrderRow

YEARS: Final = "years"
YES_NO: Final = (("oui", "Oui"), ("non", "Non"))
PLACES: Final = (("lot", "Ce lot seulement"), ("marche", "Tout le marché"))
ORDERS: Final = ("prolongation", "arret", "reprise")
UNITS: Final = (("nombre", "Un nombre"), ("part", "Une part, en %"))


class PercentField(Field[int]):
    """A percentage, in hundredths of a per cent: ``5``, ``2,5 %``."""

    def parse(self, text: str) -> int:
        """The hundredths of a per cent."""
        found = scaled(text.replace("%", "").strip())
        if found is None:
            raise Wrong("Un pourcentage est attendu, par exemple 5 ou 2,5 %.")
        return found

    def reading(self, value: int) -> str:
        """`2,5 %`."""
        return format_percent(value / 10_000, 2)

    def written(self, value: int) -> str:
        """`2,5 %`."""
        return self.reading(value)


class YearsField(Field[str]):
    """Years whose volume differs: ``2 : 600 ; 3 : 500``."""

    def parse(self, text: str) -> str:
        """The text, once every part could be read."""
        volumes(text)
        return text


def volumes(text: str) -> dict[int, Hours]:
    """The volume of each year that ``text`` names; raises Wrong."""
    found = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        year, _, hours = part.partition(":")
        number = year.strip().lower().removeprefix("année").strip()
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= 99):
            raise Wrong("Écrivez par exemple 2 : 600 ; 3 : 500.")
        found[int(number)] = parse_hours(hours.strip())
    return found


def motive_fields(today: date, label: str = "Décidé le") -> list[Field[Any]]:
    """When and why."""
    return [
        DateField("date", label, today=today, required=True, initial=today),
        TextField("reason", "Motif", limit=NOTES_LIMIT, required=True,
                  hint="article, avenant, ordre de service"),
    ]  # fmt: skip


def formula_fields(today: date, sheet: "ObligationSheet", code: OwedFormula) -> list[Field[Any]]:
    """The figures of one formula, then when and why it was so decided."""
    return [*figure_fields(_said(sheet), code), *motive_fields(today)]


def figure_fields(said: Said, code: OwedFormula) -> list[Field[Any]]:
    """The figures of one formula; ``said`` are those already known."""
    if code is OwedFormula.PER_AMOUNT:
        return _amount_fields(said)
    if code is OwedFormula.PERCENT_OF_HOURS:
        return [
            PercentField(FormulaTerm.RATE.value, "Part des heures", required=True,
                         initial=said.whole(FormulaTerm.RATE.value)),
            HoursField(FormulaTerm.TAKEN_OVER.value, "Personnel repris", hint="rien n'en est dû",
                       initial=said.hours(FormulaTerm.TAKEN_OVER)),
            HoursField(FormulaTerm.PLANNED.value, "Heures prévues", hint="en tout, sur le marché",
                       initial=said.planned_work),
        ]  # fmt: skip
    if code is OwedFormula.PER_YEAR:
        prefix = FormulaTerm.VOLUME.value + "/"
        other = sorted(
            (int(key.removeprefix(prefix)), format_hours(Hours(said.whole(key) or 0)))
            for key in said.values
            if key.startswith(prefix) and key.removeprefix(prefix).isdecimal()
        )
        years = " ; ".join(f"{number} : {hours}" for number, hours in other)
        return [
            HoursField(FormulaTerm.VOLUME.value, "Heures par année", required=True,
                       initial=said.hours(FormulaTerm.VOLUME)),
            YearsField(YEARS, "Années différentes", hint="2 : 600 ; 3 : 500",
                       initial=years or None),
            ChoiceField(FormulaTerm.CARRIED.value, "Manque reporté", options=list(YES_NO),
                        initial=said.values.get(FormulaTerm.CARRIED.value, "non")),
        ]  # fmt: skip
    return []


def _amount_fields(said: Said) -> list[Field[Any]]:
    def money(term: FormulaTerm) -> Money | None:
        number = said.whole(term.value)
        return None if number is None else Money(number)

    def code(term: FormulaTerm, usual: str) -> str:
        return said.values.get(term.value) or usual

    return [
        HoursField(FormulaTerm.HOURS.value, "Heures", required=True,
                   initial=said.hours(FormulaTerm.HOURS) or Hours(1_00)),
        MoneyField(FormulaTerm.STEP.value, "Par montant de", required=True, hint="2 000",
                   initial=money(FormulaTerm.STEP)),
        MoneyField(FormulaTerm.THRESHOLD.value, "Au-delà de", hint="vide : dès le premier euro",
                   initial=money(FormulaTerm.THRESHOLD)),
        ChoiceField(FormulaTerm.BASIS.value, "Ce qui compte", required=True,
                    options=options(choices.AmountBasis),
                    initial=code(FormulaTerm.BASIS, choices.AmountBasis.INVOICED.value)),
        ChoiceField(FormulaTerm.READING.value, "Lecture du seuil", required=True,
                    options=options(choices.ThresholdReading),
                    initial=code(FormulaTerm.READING, choices.ThresholdReading.BEYOND.value)),
        ChoiceField(FormulaTerm.ROUNDING.value, "Pas incomplet", required=True,
                    options=options(choices.StepReading),
                    initial=code(FormulaTerm.ROUNDING, choices.StepReading.WHOLE_STEPS.value)),
    ]  # fmt: skip


def formula_values(code: OwedFormula, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the form gives, as ``actions.formulas.set_formula`` takes it."""
    given: dict[str, Any] = {"formula": code.value}
    for key, value in values.items():
        if key == YEARS:
            for number, hours in volumes(value or "").items():
                given[f"{FormulaTerm.VOLUME.value}/{number}"] = hours
        elif key == FormulaTerm.CARRIED.value:
            given[key] = value == YES
        elif key not in ("date", "reason"):
            given[key] = value
    return given


def schedule_fields(today: date, sheet: "ObligationSheet") -> list[Field[Any]]:
    """How hours are expected: kind, idle spans, dated steps; when and why."""
    said = _said(sheet)
    usual = idle_spans_text(default_idle_spans(sheet.about.category))
    steps = steps_text(steps_of(said))
    return [
        ChoiceField("schedule", "Calendrier", options=options(ScheduleKind), required=True,
                    initial=sheet.about.schedule or ScheduleKind.LINEAR.value),
        SpansField(FormulaTerm.IDLE.value, "Sans activité", hint=f"vide : {usual}",
                   initial=said.values.get(FormulaTerm.IDLE.value)),
        TextField(FormulaTerm.STEPS.value, "Étapes", limit=NOTES_LIMIT, initial=steps or None,
                  hint="30/06/2026 25 % ; 31/12/2026 1 200 h"),
        *motive_fields(today),
    ]  # fmt: skip


class SpansField(Field[str]):
    """Days of every year without work: ``août, 24/12-01/01``."""

    def parse(self, text: str) -> str:
        """The spans, once they could be read."""
        return idle_spans_text(parse_idle_spans(text))


def movement_fields(today: date, sheet: "ObligationSheet") -> list[Field[Any]]:
    """An order, an invoice, a tranche, an amendment, the first objective."""
    first = not sheet.history
    kind = choices.ObligationEventKind.INITIAL if first else choices.ObligationEventKind.ORDER
    listed = [item for item in options(choices.ObligationEventKind)
              if item[0] != choices.ObligationEventKind.TRANSFER.value]  # fmt: skip
    return [
        ChoiceField("kind", "Nature", options=listed, required=True, initial=kind.value),
        DateField("date", "Date", today=today, required=True,
                  initial=(sheet.case.start if first else None) or today),
        HoursField("hours", "Heures", hint="négatif : une baisse ; vide : selon la formule"),
        MoneyField("amount_cents", "Montant HT"),
        ChoiceField("firm", "Engagement", options=list(FIRM), required=True, initial="1"),
        WholeField("months", "Mois en plus", hint="si la fin recule aussi"),
        TextField("reason", "Motif", limit=NOTES_LIMIT, required=True),
    ]  # fmt: skip


def order_fields(today: date) -> list[Field[Any]]:
    """An extension, a stop or a restart order."""
    listed = [item for item in options(choices.ContractEventKind) if item[0] in ORDERS]
    return [
        ChoiceField("kind", "Ordre", options=listed, required=True),
        DateField("date", "Date", today=today, required=True, initial=today),
        WholeField("months", "Mois en plus", hint="d'une prolongation"),
        ChoiceField("place", "Concerne", options=list(PLACES), required=True, initial="marche"),
        TextField("reason", "Motif", limit=NOTES_LIMIT, required=True,
                  hint="ordre de service n° 4"),
    ]  # fmt: skip


def transfer_fields(
    today: date, others: Sequence[tuple[str, str]], hours: Hours | None = None
) -> list[Field[Any]]:
    """Hours owed that pass to another holder; ``others`` are (id, name)."""
    return [
        ChoiceField("receiver", "À", options=list(others), required=True,
                    initial=others[0][0] if len(others) == 1 else None),
        HoursField("hours", "Heures cédées", required=True, initial=hours),
        *motive_fields(today, "Date"),
    ]  # fmt: skip


def worked_fields(today: date) -> list[Field[Any]]:
    """Hours worked on the contract by anybody, since its beginning."""
    return [
        HoursField("hours", "Heures travaillées", required=True, hint="par tous, depuis le début"),
        *motive_fields(today, "Arrêtées au"),
    ]


def share_fields(today: date, sheet: "ObligationSheet") -> list[Field[Any]]:
    """What the group owes and the weight of each holder."""
    members = sheet.group.members if sheet.group is not None else ()
    total = sheet.group.account.owed if sheet.group and sheet.group.account else None
    weights: list[Field[Any]] = [
        WholeField(f"weight/{member.obligation}", member.company_name[:20], required=True,
                   initial=1)
        for member in members
    ]  # fmt: skip
    return [
        HoursField("total", "Heures du groupement", required=True, initial=total),
        *weights,
        *motive_fields(today),
    ]


def target_fields(known: "TargetRow | None" = None) -> list[Field[Any]]:
    """What the contract asks for beside hours."""
    share = known is not None and bool(known.as_share)
    return [
        ChoiceField("kind", "Cible", options=options(choices.TargetKind), required=True,
                    initial=known.kind if known else None),
        ChoiceField("unit", "Exprimée par", options=list(UNITS), required=True,
                    initial="part" if share else "nombre"),
        TextField("value", "Valeur", required=True, hint="personnes, heures ou %",
                  initial=_target_text(known) if known else None),
    ]  # fmt: skip


def _target_text(known: "TargetRow") -> str:
    if known.as_share or known.rule.in_hours:
        return format_hours(Hours(known.value), unit=False)
    return str(known.value)


def _said(sheet: "ObligationSheet") -> Said:
    return said_of([term.line for term in sheet.terms], sheet.about.lot)


def known_order_fields(today: date, known: "OrderRow") -> list[Field[Any]]:
    """An order that was given: its date, its months, its reason."""
    return [
        DateField("date", "Date", today=today, required=True, initial=as_date(known.date)),
        WholeField("months", "Mois en plus", initial=known.months, hint="d'une prolongation"),
        TextField("reason", "Motif", limit=NOTES_LIMIT, initial=known.reason or None),
    ]
