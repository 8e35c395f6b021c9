"""The variables of a clause as people read them, and what differs between two sets of them."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final, NamedTuple

from suivi_tui.rules.clause_penalties import (
    is_penalty,
    penalty_label,
    penalty_text,
    short_penalty,
)
from suivi_tui.rules.clause_variables import (
    FACILITATOR,
    LOT,
    OBJECTIVE,
    PUBLICS_BETWEEN,
    TRANCHE,
    Tranche,
    Values,
    read_objective,
    read_tranche,
)
from suivi_tui.rules.formula_terms import formula_sentence
from suivi_tui.rules.owed_formula import PerTranche
from suivi_tui.vocabulary.choices import (
    Cadence,
    ClauseForm,
    Criterion,
    GeneralClauses,
    label_of,
)
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP, format_percent, plural
from suivi_tui.vocabulary.typography import displayed


class Place(Enum):
    """Where a variable is entered."""

    CONTRACT = "contract"
    HOURS = "hours"
    TERMS = "terms"
    TEXT = "text"
    FACILITATOR = "facilitator"
    PENALTIES = "penalties"


LABELS: Final[Mapping[str, tuple[str, Place]]] = {
    "forme": ("forme juridique de la clause", Place.CONTRACT),
    "marche": ("numéro du marché", Place.CONTRACT),
    "objet": ("objet du marché", Place.CONTRACT),
    "acheteur": ("acheteur", Place.CONTRACT),
    "operation": ("opération", Place.CONTRACT),
    "montant": ("montant du marché", Place.CONTRACT),
    "duree_mois": ("durée du marché", Place.CONTRACT),
    "cadence": ("cadence des relevés", Place.TERMS),
    "jour_releve": ("jour limite du relevé", Place.TERMS),
    "globalisation": ("globalisation des heures", Place.TERMS),
    "fenetre_mois": ("durée d'éligibilité", Place.TERMS),
    "publics": ("publics éligibles", Place.TEXT),
    "poids": ("poids du critère social", Place.TEXT),
    "ccag": ("CCAG du marché", Place.TEXT),
    "delai_justificatifs": ("délai pour remettre un justificatif", Place.TEXT),
    FACILITATOR + "nom": ("nom du facilitateur", Place.FACILITATOR),
    FACILITATOR + "structure": ("structure du facilitateur", Place.FACILITATOR),
    FACILITATOR + "courriel": ("courriel du facilitateur", Place.FACILITATOR),
    FACILITATOR + "telephone": ("téléphone du facilitateur", Place.FACILITATOR),
    OBJECTIVE: ("objectif d'heures", Place.HOURS),
    "titre": ("intitulé", Place.HOURS),
}
_LOT_MISSING: Final = (LOT + OBJECTIVE, "objectif d'heures d'au moins un lot")

PUBLIC_TEXTS: Final[Mapping[str, str]] = {
    Criterion.RSA: "bénéficiaires du revenu de solidarité active en recherche d'emploi",
    Criterion.ASS: "allocataires de l'allocation de solidarité spécifique",
    Criterion.AAH: "allocataires de l'allocation aux adultes handicapés",
    Criterion.DISABILITY: "travailleurs reconnus handicapés, en recherche d'emploi",
    Criterion.INVALIDITY: "titulaires d'une pension d'invalidité",
    Criterion.VERY_LONG_TERM: "demandeurs d'emploi inscrits depuis plus de vingt-quatre mois",
    Criterion.LONG_TERM: "demandeurs d'emploi inscrits depuis plus de douze mois",
    Criterion.YOUNG: "jeunes de moins de vingt-six ans sortis du système scolaire ou de "
    "l'enseignement supérieur depuis six mois au moins et sans emploi",
    Criterion.SENIOR: "demandeurs d'emploi de plus de cinquante ans",
    Criterion.INSERTION: "salariés des structures d'insertion par l'activité économique, ou mis à "
    "disposition par elles, pendant leur parcours",
    Criterion.YOUTH_PATH: "jeunes suivis dans un accompagnement renforcé vers l'emploi",
    Criterion.SECOND_CHANCE: "personnes accueillies dans un établissement pour l'insertion dans "
    "l'emploi ou une école de la deuxième chance",
    Criterion.QPV: "habitants d'un quartier prioritaire de la politique de la ville éloignés de "
    "l'emploi",
    Criterion.RURAL: "habitants d'une zone de revitalisation rurale éloignés de l'emploi",
    Criterion.REFUGEE: "réfugiés et bénéficiaires d'une protection",
    Criterion.CHILD_WELFARE: "jeunes sortis de l'aide sociale à l'enfance",
    Criterion.SINGLE_PARENT: "parents isolés en recherche d'emploi",
    Criterion.HOUSING: "personnes sans logement ou hébergées",
    Criterion.JUSTICE: "personnes placées sous main de justice",
    Criterion.LOW_QUALIFICATION: "demandeurs d'emploi dont la formation ne dépasse pas le "
    "certificat d'aptitude professionnelle",
    Criterion.LANGUAGE: "personnes qui apprennent le français",
    Criterion.MOBILITY: "personnes que leurs difficultés de déplacement éloignent de l'emploi",
    Criterion.OPINION: "autres personnes éloignées de l'emploi, sur avis motivé du service public "
    "de l'emploi validé par le facilitateur",
    Criterion.OTHER: "autres personnes dont le facilitateur a validé la situation",
}


def label_of_value(code: str) -> str:
    """What a variable is called, in a sentence: ``objectif d'heures, lot 2``."""
    if code == _LOT_MISSING[0]:
        return _LOT_MISSING[1]
    lot, rest = _split(code)
    if is_penalty(rest):
        label = penalty_label(rest)
    elif rest.startswith(TRANCHE):
        label = f"tranche {rest.partition('/')[2]}"
    else:
        label = LABELS.get(rest, (rest, Place.TEXT))[0]
    return label if lot in ("", "0") else f"{label}, lot{NBSP}{displayed(lot)}"


def place_of_value(code: str) -> Place:
    """Where a variable is entered."""
    _, rest = _split(code)
    if code == _LOT_MISSING[0] or rest.startswith(TRANCHE):
        return Place.HOURS
    return Place.PENALTIES if is_penalty(rest) else LABELS.get(rest, ("", Place.TEXT))[1]


def text_of_value(code: str, value: str) -> str:
    """What a variable says, as every text shows it; what cannot be read is shown as it is."""
    _, rest = _split(code)
    if is_penalty(rest):
        return penalty_text(rest, value)
    if rest == OBJECTIVE:
        return _objective(value)
    if rest.startswith(TRANCHE):
        tranche = read_tranche(value)
        return displayed(value) if tranche is None else _tranche(tranche)
    read = _READERS.get(rest)
    return displayed(value) if read is None else read(value)


def public_texts(value: str) -> list[str]:
    """The publics of a variable, one line each."""
    return [PUBLIC_TEXTS.get(code, displayed(code)) for code in value.split(PUBLICS_BETWEEN)]


def hours_words(hours: Hours) -> str:
    """Hours in a sentence: ``1 200 heures``, ``17,50 heures``."""
    figure = format_hours(hours, unit=False).removesuffix(",00")
    return f"{figure}{NBSP}{'heure' if abs(hours) < 2_00 else 'heures'}"


class Difference(NamedTuple):
    """A variable whose value is no longer that of the text; a text is '' where there is none."""

    code: str
    label: str
    was: str
    now: str

    @property
    def sentence(self) -> str:
        """``pénalité par heure manquante : 60 € au lieu de 50 €``."""
        if not self.was:
            return f"{self.label}{NBSP}: {self.now}, absent du texte"
        if not self.now:
            return f"{self.label}{NBSP}: absent de la base, {self.was} dans le texte"
        return f"{self.label}{NBSP}: {self.now} au lieu de {self.was}"


class TextFacts(NamedTuple):
    """The text of a clause that was sent, and what the base says otherwise today."""

    sent_on: date
    differences: tuple[Difference, ...]


def differences(sent: Values, now: Values) -> tuple[Difference, ...]:
    """What the base says otherwise than a text, of what that text shows, in the order of labels.

    A lot or a penalty that came since counts when the text speaks of such things. Whom to call
    counts only as far as the base itself says it.
    """
    shapes = {_shape(code) for code in sent}
    codes = [code for code in sent if not (code.startswith(FACILITATOR) and code not in now)]
    codes += [code for code in now if code not in sent and _shape(code) in shapes and
              (code.startswith(LOT) or is_penalty(code))]  # fmt: skip
    return tuple(
        _difference(code, sent.get(code, ""), now.get(code, ""))
        for code in codes
        if sent.get(code) != now.get(code)
    )


def _difference(code: str, was: str, now: str) -> Difference:
    texts = [text_of_value(code, value) if value else "" for value in (was, now)]
    rest = _split(code)[1]
    if is_penalty(rest) and was and now:
        short = [short_penalty(rest, value) for value in (was, now)]
        # Two rates that are equal: what differs is in the rest of the sentence.
        texts = short if short[0] != short[1] else texts
    return Difference(code, label_of_value(code), *texts)


def _split(code: str) -> tuple[str, str]:
    """The lot of a code ('' for the contract) and what it says of it."""
    if not code.startswith(LOT):
        return "", code
    name, _, rest = code.removeprefix(LOT).partition("/")
    return name, rest


def _shape(code: str) -> tuple[bool, str]:
    """What a code is about, whichever lot or penalty it names."""
    lot, rest = _split(code)
    return bool(lot), rest.partition("/")[0]


def _objective(value: str) -> str:
    objective = read_objective(value)
    if objective is None:
        return displayed(value)
    if objective.formula is None:
        return hours_words(objective.hours or Hours(0))
    if isinstance(objective.formula, PerTranche):
        firm = "" if objective.hours is None else f"{hours_words(objective.hours)} pour la "
        return f"{firm}tranche ferme" if firm else "heures de chaque tranche affermie"
    return displayed(formula_sentence(objective.formula))


def _tranche(tranche: Tranche) -> str:
    hours = hours_words(tranche.hours)
    return f"{displayed(tranche.name)}{NBSP}: {hours}" if tranche.name else hours


def _whole(tell: Callable[[int], str]) -> Callable[[str], str]:
    def read(value: str) -> str:
        whole = value.isascii() and value.isdigit() and len(value) < 18
        return tell(int(value)) if whole else displayed(value)

    return read


def _months(number: int) -> str:
    return plural(number, "mois", "mois")


_READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "forme": lambda value: label_of(ClauseForm, value),
    "cadence": lambda value: label_of(Cadence, value).lower(),
    "jour_releve": _whole(lambda day: "1er" if day == 1 else str(day)),
    "globalisation": lambda value: {"oui": "admise", "non": "non admise"}.get(value, value),
    "fenetre_mois": _whole(_months),
    "duree_mois": _whole(_months),
    "montant": _whole(lambda cents: format_money(Money(cents))),
    "poids": _whole(lambda share: format_percent(Fraction(share, 10_000), 2)),
    "ccag": lambda value: label_of(GeneralClauses, value),
    "delai_justificatifs": _whole(lambda days: plural(days, "jour", "jours")),
    "publics": lambda value: f"{NBSP}; ".join(public_texts(value)),
}
