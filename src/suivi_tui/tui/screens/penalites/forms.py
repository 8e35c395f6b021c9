"""The forms of the penalty desk, and what their values mean."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from suivi_tui.rules.penalties import BreachFacts, Cap, format_decimal
from suivi_tui.rules.penalty_terms import (
    CONTRACT_AMOUNT,
    DAYS,
    HOLIDAYS,
    PLACES,
    STARTS,
    YEARLY_AMOUNT,
    WrittenIndex,
    WrittenPenalty,
    cap_code,
    cap_value,
    read_coefficient,
)
from suivi_tui.tui.dialogs.form import Values
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
from suivi_tui.vocabulary.choices import PenaltyDecision, options
from suivi_tui.vocabulary.choices.penalties import (
    Breach,
    CapBasis,
    CountFrom,
    DayCount,
    PenaltyIndex,
    PenaltyKind,
)
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.money import Money, format_money, money_csv
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import NOTES_LIMIT

if TYPE_CHECKING:
    from suivi_tui.readings.penalties import PenaltyFile
    from suivi_tui.readings.penalty_basis import Case, TypedFacts

YES_NO: Final = (("oui", "Oui"), ("non", "Non"))
LEVELS: Final = (("marche", "Tout le marché"), ("lot", "Ce lot seulement"))
COVERS: Final = (
    ("", "Toutes les pénalités"),
    *((kind.value, f"Seulement : {kind.label.lower()}") for kind in PenaltyKind),
)
_BY_DAY: Final = (Breach.STATEMENT, Breach.PROOFS, Breach.FINAL_REPORT, Breach.OTHER)
_MOST_TIMES: Final = 1_000


class Incomplete(UserError):
    """What is missing in a form, by field."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("Il manque quelque chose dans ce formulaire.")
        self.fields = dict(fields)


class CoefficientField(Field[Fraction]):
    """``4``, ``1,5`` or ``1/3``."""

    def parse(self, text: str) -> Fraction:
        """The exact number."""
        value = read_coefficient(text)
        if value is None:
            raise Wrong("Un nombre positif est attendu, par exemple 4 ou 1,5.")
        return value

    def written(self, value: Fraction) -> str:
        """As a person would type it."""
        return format_decimal(value)


class PercentField(Field[Fraction]):
    """A percentage: ``20`` or ``20 %``."""

    def parse(self, text: str) -> Fraction:
        """The share."""
        value = read_coefficient(text.strip().removesuffix("%"))
        if value is None or value > 100:
            raise Wrong("Un pourcentage entre 0 et 100 est attendu, par exemple 20.")
        return value / 100

    def written(self, value: Fraction) -> str:
        """As a person would type it."""
        return format_decimal(value * 100)


class TimesField(Field[int]):
    """How many times something happened."""

    def parse(self, text: str) -> int:
        """The number."""
        digits = text.strip()
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 9):
            raise Wrong("Un nombre entier est attendu, par exemple 2.")
        if int(digits) > _MOST_TIMES:
            raise Wrong(f"Au plus {_MOST_TIMES} fois.")
        return int(digits)


# facts


def fact_fields(file: "PenaltyFile", facts: BreachFacts, today: date) -> list[Field[Any]]:
    """What happened for one breach, as the penalties of the contract ask it."""
    written = [item for item in file.clauses.penalties if item.breach is facts.breach]
    kinds = {item.kind for item in written}
    fields: list[Field[Any]] = []
    if PenaltyKind.PER_HOUR in kinds:
        fields.append(HoursField("missing", "Heures manquantes", initial=facts.missing,
                                 required=True))  # fmt: skip
    if PenaltyKind.FLAT in kinds:
        fields.append(TimesField("occurrences", "Nombre de fois", initial=facts.occurrences,
                                 required=True))  # fmt: skip
    label = "Fin de l'obligation" if facts.breach is Breach.HOURS else "Attendu le"
    fields.append(DateField("due_on", label, today=today, initial=facts.due_on))
    if PenaltyKind.PER_DAY in kinds:
        fields.append(DateField("received_on", "Reçu le", today=today, initial=facts.received_on,
                                hint="vide : pas encore"))  # fmt: skip
    if any(item.count_from.needs_notice for item in written):
        fields += [
            DateField("notice_on", "Mise en demeure reçue", today=today, initial=facts.notice_on,
                      hint="vide : aucune"),
            DateField("notice_deadline", "Délai laissé jusqu'au", today=today,
                      initial=facts.notice_deadline),
        ]  # fmt: skip
    return fields


def typed_breach(facts: BreachFacts, values: Values) -> BreachFacts:
    """The facts of a form; what it did not ask stays."""
    return facts._replace(**{name: value for name, value in values.items()
                             if name in BreachFacts._fields})  # fmt: skip


def means_fields(typed: "TypedFacts") -> list[Field[Any]]:
    """Whether the company proves that it used all means, and how."""
    return [
        ChoiceField("proven", "Tous les moyens", options=list(YES_NO), required=True,
                    initial="oui" if typed.means_proven else "non"),
        TextField("efforts", "Moyens mis en œuvre", limit=NOTES_LIMIT // 2,
                  initial=typed.efforts or None),
    ]  # fmt: skip


# clauses


def penalty_fields(
    kind: PenaltyKind, file: "PenaltyFile", known: WrittenPenalty | None, level: str
) -> list[Field[Any]]:
    """A penalty of the contract; usual figures are beside the fields, and nowhere else."""
    start = known.count_from if known else CountFrom.NOTICE
    proven = known is not None and known.waived_if_means_proven
    fields: list[Field[Any]] = []
    if kind is not PenaltyKind.PER_HOUR:
        breaches = _BY_DAY if kind is PenaltyKind.PER_DAY else tuple(Breach)
        first = Breach.STATEMENT if kind is PenaltyKind.PER_DAY else Breach.MEETING
        fields.append(ChoiceField(
            "breach", "Manquement", options=[(item.value, item.label) for item in breaches],
            initial=known.breach.value if known else first.value, required=True))  # fmt: skip
    fields += _rate_fields(kind, file, known)
    if kind is PenaltyKind.PER_DAY:
        counting = known.counting if known else DayCount.CALENDAR
        fields.append(ChoiceField("counting", "Jours comptés", required=True,
                                  options=[(day.value, text) for day, text in DAYS.items()],
                                  initial=counting.value))  # fmt: skip
    fields += [
        ChoiceField("count_from", "Point de départ", required=True, initial=start.value,
                    options=[(item.value, text) for item, text in STARTS.items()]),
        ChoiceField("means", "Remise si moyens", options=list(YES_NO), required=True,
                    initial="oui" if proven else "non"),
        *level_fields(file, level),
    ]  # fmt: skip
    return fields


def _rate_fields(
    kind: PenaltyKind, file: "PenaltyFile", known: WrittenPenalty | None
) -> list[Field[Any]]:
    rate = known.rate if known else None
    flat = None if isinstance(rate, WrittenIndex) else rate
    low, high = file.reference.hour if kind is PenaltyKind.PER_HOUR else file.reference.day
    usual = f"usage {low // 100} à {format_money(high)}, à confirmer"
    hint = "" if kind is PenaltyKind.FLAT else usual
    label = {PenaltyKind.PER_HOUR: "Montant par heure", PenaltyKind.PER_DAY: "Montant par jour"}
    amount = MoneyField("rate", label.get(kind, "Montant"), initial=flat, hint=hint,
                        required=kind is not PenaltyKind.PER_HOUR)  # fmt: skip
    if kind is not PenaltyKind.PER_HOUR:
        return [amount]
    index = rate if isinstance(rate, WrittenIndex) else None
    name = index.name if index else PenaltyIndex.HOURLY_CEILING
    value = file.reference.value_of(name)
    told = "" if value is None else (
        f"proposé : {format_money(value.amount)}, {value.confidence.label}"
    )  # fmt: skip
    return [
        amount,
        CoefficientField("coefficient", "ou coefficient", hint=f"{file.reference.coefficient} : "
                         "clause de formation", initial=index.coefficient if index else None),
        ChoiceField("index", "de l'indice", options=options(PenaltyIndex),
                    initial=index.name.value if index else None),
        MoneyField("index_value", "Valeur de l'indice", hint=told,
                   initial=index.value if index else None),
    ]  # fmt: skip


def level_fields(file: "PenaltyFile", level: str) -> list[Field[Any]]:
    """For the whole contract or this lot; not asked when there is one lot."""
    if file.amounts.lots < 2:
        return []
    return [ChoiceField("level", "Pour", options=list(LEVELS), initial=level, required=True)]


def check_penalty(values: Values) -> None:
    """An amount, or a coefficient of an index; raises Incomplete."""
    if "coefficient" not in values:
        return
    given = [name for name in ("coefficient", "index") if values[name] is not None]
    if values["rate"] is None and len(given) < 2:
        missing = "rate" if not given else "index" if "index" not in given else "coefficient"
        raise Incomplete({missing: "Un montant, ou un coefficient et son indice."})
    if values["rate"] is not None and given:
        raise Incomplete({"rate": "Un montant ou un coefficient, pas les deux."})
    if values["rate"] is not None and values["index_value"] is not None:
        raise Incomplete({"index_value": "Cette valeur ne sert qu'avec un coefficient."})


def written_penalty(kind: PenaltyKind, values: Values) -> WrittenPenalty:
    """The penalty of a form that was checked."""
    rate: Money | WrittenIndex = values["rate"]
    if values["rate"] is None:
        rate = WrittenIndex(
            PenaltyIndex(values["index"]), values["coefficient"], values["index_value"]
        )
    return WrittenPenalty(
        Breach(values.get("breach", Breach.HOURS.value)),
        kind,
        rate,
        DayCount(values.get("counting", DayCount.CALENDAR.value)),
        CountFrom(values["count_from"]),
        values["means"] == "oui",
    )


def cap_fields(file: "PenaltyFile", known: Cap | None, level: str) -> list[Field[Any]]:
    """A cap: a percentage of an amount, or an amount."""
    absolute = known is not None and known.basis is CapBasis.ABSOLUTE
    covers = known.covers[0].value if known and known.covers else ""
    return [
        ChoiceField("basis", "Plafond", options=options(CapBasis), required=True,
                    initial=known.basis.value if known else None),
        PercentField("share", "Pourcentage", hint=f"CCAG-Travaux, retards : "
                     f"{file.reference.delay_cap}",
                     initial=known.share if known and not absolute else None),
        MoneyField("amount", "ou montant maximal",
                   initial=known.amount if known and absolute else None),
        ChoiceField("covers", "Porte sur", options=list(COVERS), initial=covers,
                    required=True),
        *level_fields(file, level),
    ]  # fmt: skip


def check_cap(values: Values) -> None:
    """What its basis needs; raises Incomplete."""
    absolute = values["basis"] == CapBasis.ABSOLUTE.value
    wanted, other = ("amount", "share") if absolute else ("share", "amount")
    if values[wanted] is None:
        raise Incomplete({wanted: "Nécessaire pour ce plafond."})
    if values[other] is not None:
        raise Incomplete({other: "Ne sert pas à ce plafond."})


def cap_term(values: Values) -> tuple[str, str]:
    """The code and the value of the cap of a form that was checked."""
    basis = CapBasis(values["basis"])
    covers = (PenaltyKind(values["covers"]),) if values["covers"] else ()
    cap = Cap(basis, values["share"] or Fraction(0), values["amount"] or Money(0), covers)
    return cap_code(cap), cap_value(cap)


def amount_fields(file: "PenaltyFile", level: str) -> list[Field[Any]]:
    """The amounts of caps, and whose public holidays."""
    known = None if file.amounts.contract is None else Money(file.amounts.contract)
    lot = None if file.amounts.lot is None else Money(file.amounts.lot)
    base = lot if lot is not None else known if file.amounts.lots < 2 else None
    hint = "inconnu" if base is None else f"vide : {format_money(base)}"
    return [
        MoneyField("contract", "Montant du marché HT", hint=hint,
                   initial=file.clauses.contract_amount),
        MoneyField("yearly", "Montant annuel HT", initial=file.clauses.yearly_amount,
                   hint="des prestations concernées"),
        ChoiceField("holidays", "Jours fériés", options=list(PLACES.items()),
                    initial=file.clauses.department, required=True),
        *level_fields(file, level),
    ]  # fmt: skip


def amount_terms(values: Values) -> dict[str, str | None]:
    """The terms of a form of amounts, by code."""
    found: dict[str, str | None] = {HOLIDAYS: values["holidays"] or None}
    for code, name in ((CONTRACT_AMOUNT, "contract"), (YEARLY_AMOUNT, "yearly")):
        amount = values[name]
        found[code] = None if amount is None else f"{money_csv(amount)} €"
    return found


# cases


def decision_fields(case: "Case", today: date) -> list[Field[Any]]:
    """What the buyer decided."""
    reduced = case.row.decision == PenaltyDecision.REDUCED.value
    proposed = case.basis.proposed
    hint = "" if proposed is None else f"moins de {format_money(proposed)}"
    known = case.row.amount_cents if reduced else None
    return [
        ChoiceField("decision", "Décision", options=options(PenaltyDecision), required=True,
                    initial=case.row.decision or PenaltyDecision.PROPOSED.value),
        DateField("decided_on", "Décidé le", today=today,
                  initial=as_date(case.row.decided_on)),
        MoneyField("amount_cents", "Montant réduit", hint=hint,
                   initial=None if known is None else Money(known)),
        TextField("comment", "Commentaire", limit=NOTES_LIMIT // 5,
                  initial=case.basis.comment or None, hint=f"motif de l'acheteur{NBSP}: pièce,"
                  " courrier…"),
    ]  # fmt: skip
