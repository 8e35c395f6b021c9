"""From the variables of a contract to what its texts take: every value knows which one it is."""

import re
from collections.abc import Iterator
from typing import Any, Final

from suivi_tui.documents.clause_markdown import escaped, marked
from suivi_tui.documents.wording import legal_ground
from suivi_tui.rules.clause_penalties import can_be_written, is_cap, is_penalty
from suivi_tui.rules.clause_texts import label_of_value, public_texts, text_of_value
from suivi_tui.rules.clause_variables import (
    FACILITATOR,
    LOT,
    OBJECTIVE,
    TITLE,
    TRANCHE,
    Values,
    lots_of,
    read_objective,
)
from suivi_tui.rules.owed_formula import PerAmount, PercentOfHours, PerYear
from suivi_tui.vocabulary.choices import Cadence, ClauseForm, GeneralClauses
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import fold
from suivi_tui.vocabulary.typography import displayed

_PLAIN: Final = {
    "marche": "marche",
    "objet": "objet",
    "acheteur": "acheteur",
    "operation": "operation",
    "montant": "montant",
    "duree": "duree_mois",
    "forme": "forme",
    "cadence": "cadence",
    "jour_releve": "jour_releve",
    "globalisation": "globalisation",
    "fenetre": "fenetre_mois",
    "poids": "poids",
    "ccag": "ccag",
    "delai_justificatifs": "delai_justificatifs",
    "facilitateur": FACILITATOR + "nom",
    "facilitateur_structure": FACILITATOR + "structure",
    "facilitateur_courriel": FACILITATOR + "courriel",
    "facilitateur_telephone": FACILITATOR + "telephone",
}
_CONDITION = (ClauseForm.CONDITION.value, ClauseForm.CONDITION_CRITERION.value)
_CRITERION = (ClauseForm.CRITERION.value, ClauseForm.CONDITION_CRITERION.value)
_RESERVED = (ClauseForm.RESERVED_INSERTION.value, ClauseForm.RESERVED_DISABILITY.value)
# Only articles that were read are cited (domain.md 2.1).
_ARTICLES: Final = {
    ClauseForm.CONDITION.value: "L. 2112-2",
    ClauseForm.CRITERION.value: "R. 2152-7",
    ClauseForm.CONDITION_CRITERION.value: "L. 2112-2",
    ClauseForm.RESERVED_INSERTION.value: "L. 2113-13",
    ClauseForm.RESERVED_DISABILITY.value: "L. 2113-12",
    ClauseForm.INSERTION_SERVICE.value: "L. 2111-1",
    ClauseForm.TRAINING.value: "L. 2112-2",
}
_GROUNDS: Final = {
    ClauseForm.INSERTION_SERVICE.value: "marché dont l'insertion professionnelle est l'objet, pour "
    "un besoin défini selon l'article L. 2111-1 du code de la commande publique",
    ClauseForm.TRAINING.value: "condition d'exécution de formation (article L. 2112-2 du code de "
    "la commande publique)",
}
# Where the article of the insertion clause was read (domain.md 4.1).
_CCAG_ARTICLES: Final = {
    GeneralClauses.SUPPLIES_SERVICES.value: "16.1",
    GeneralClauses.IT.value: "16.1",
}
_UNFILLED: Final = re.compile(
    r"\[[^\]]*(?:completer|preciser|renseigner)[^\]]*\]|_{3,}|\{\{|\{%|\}\}|^[\s.?_\[\]…-]*$"
    r"|^\W*(?:a completer|a preciser|a renseigner|x{2,})\W*$"
)


class Absent:
    """A value that the base does not have: false in a condition, noted when a text shows it."""

    def __init__(self, code: str, noted: dict[str, None]) -> None:
        self._code, self._noted = code, noted

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        self._noted[self._code] = None
        return ""


class TextValues:
    """What a text takes, from the variables of a contract.

    ``codes`` are the variables by place, as the marks of a filled text name them; ``absent`` are
    those that a text showed and that the base does not have.
    """

    def __init__(self, values: Values) -> None:
        self.values = {code: value for code, value in values.items() if _known(code, value)}
        self.codes = tuple(self.values)
        self.absent: dict[str, None] = {}
        self._places = {code: place for place, code in enumerate(self.codes)}
        self._lots = lots_of(self.values)
        # A penalty half understood would be another one: the text waits for it.
        self._unread = [
            code
            for code in values
            if is_penalty(_rest(code)) and not can_be_written(_rest(code), values[code])
        ]

    def __call__(self) -> dict[str, Any]:
        """The variables of a template, by name."""
        values, form = self.values, self.values.get("forme", "")
        found: dict[str, Any] = {name: self._one(code) for name, code in _PLAIN.items()}
        found["fondement"] = _spaced(_GROUNDS.get(form) or legal_ground(form))
        found["article"] = _spaced(f"article {_ARTICLES[form]}") if form in _ARTICLES else (
            Absent("forme", self.absent))  # fmt: skip
        number = _CCAG_ARTICLES.get(values.get("ccag", ""))
        found["article_ccag"] = "" if number is None else f"article{NBSP}{number}"
        found["heures"] = Absent(LOT + OBJECTIVE, self.absent)
        found["facilitateur_contact"] = self._contact()
        found |= self._flags(form)
        found |= self._lists()
        return found

    def _one(self, code: str) -> Any:
        """A value in the text, marked; one that is not known is absent."""
        if code not in self.values:
            return Absent(code, self.absent)
        return self._part(code, text_of_value(code, self.values[code]))

    def _part(self, code: str, text: str) -> str:
        return marked(self._places[code], displayed(text))

    def _contact(self) -> Any:
        known = [FACILITATOR + name for name in ("telephone", "courriel")
                 if FACILITATOR + name in self.values]  # fmt: skip
        if not known:
            return Absent(FACILITATOR + "courriel", self.absent)
        return ", ".join(str(self._one(code)) for code in known)

    def _flags(self, form: str) -> dict[str, bool]:
        read = [read_objective(lot.get(OBJECTIVE, "")) for lot in self._lots.values()]
        formulas = {type(objective.formula) for objective in read if objective is not None}
        return {
            "condition": form in _CONDITION,
            "critere": form in _CRITERION,
            "reserve": form in _RESERVED,
            "reserve_insertion": form == ClauseForm.RESERVED_INSERTION.value,
            "reserve_handicap": form == ClauseForm.RESERVED_DISABILITY.value,
            "marche_insertion": form == ClauseForm.INSERTION_SERVICE.value,
            "formation": form == ClauseForm.TRAINING.value,
            "trimestriel": self.values.get("cadence") == Cadence.QUARTERLY.value,
            "globalisation_admise": self.values.get("globalisation") == "oui",
            "formule_par_montant": PerAmount in formulas,
            "formule_en_part": PercentOfHours in formulas,
            "formule_par_annee": PerYear in formulas,
        }

    def _lists(self) -> dict[str, list[Any]]:
        owing = [name for name, said in self._lots.items() if OBJECTIVE in said]
        publics = self.values.get("publics", "")
        own = [code for code in self.values if is_penalty(code)]
        return {
            "lots": [{"nom": self._name(name), "objectif": self._one(f"{LOT}{name}/{OBJECTIVE}")}
                     for name in owing],
            "lots_sans_objectif": [{"nom": self._name(name)} for name in self._lots
                                   if name not in owing],
            "tranches": [{"nom": self._name(name), "texte": self._one(f"{LOT}{name}/{rest}")}
                         for name, said in self._lots.items() for rest in said
                         if rest.startswith(TRANCHE)],
            "publics": [self._part("publics", text) for text in public_texts(publics) if publics],
            "particularites": list(self._own_terms()),
            "penalites": [*(self._one(code) for code in own if not is_cap(code)),
                          *self._lot_penalties(caps=False),
                          *(Absent(code, self.absent) for code in self._unread)],
            "plafonds": [*(self._one(code) for code in own if is_cap(code)),
                         *self._lot_penalties(caps=True)],
        }  # fmt: skip

    def _name(self, lot: str) -> str:
        title = f"{LOT}{lot}/{TITLE}"
        shown = str(self._one(title)) if title in self.values else ""
        if lot == "0":
            return shown or "Lot unique"
        return f"Lot{NBSP}{escaped(displayed(lot))}" + (f" ({shown})" if shown else "")

    def _own_terms(self) -> Iterator[str]:
        """What a lot says of statements otherwise than its contract."""
        for lot, said in self._lots.items():
            for rest in said:
                code = f"{LOT}{lot}/{rest}"
                if rest in _PLAIN.values():
                    label = label_of_value(rest)
                    yield f"{self._name(lot)}{NBSP}: {label} {self._one(code)}"

    def _lot_penalties(self, *, caps: bool) -> Iterator[str]:
        for lot, said in self._lots.items():
            for rest in said:
                if is_penalty(rest) and is_cap(rest) == caps:
                    label = "" if caps else f"{label_of_value(rest)}, "
                    yield f"{self._name(lot)}{NBSP}: {label}{self._one(f'{LOT}{lot}/{rest}')}"


def _known(code: str, value: str) -> bool:
    """Whether a value can stand in a text: neither a field left empty nor what nobody reads."""
    rest = _rest(code)
    if is_penalty(rest):
        return can_be_written(rest, value)
    return _UNFILLED.search(fold(value)) is None


def _rest(code: str) -> str:
    """What a code says, without the lot."""
    return code.split("/", 2)[-1] if code.startswith(LOT) else code


def _spaced(text: str) -> str:
    """Articles whose letter stays with its number."""
    return text.replace("L. ", f"L.{NBSP}").replace("R. ", f"R.{NBSP}")
