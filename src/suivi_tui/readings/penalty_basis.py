"""What a penalty case is computed from, as text both ways: kept with the case, and as a draft."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from suivi_tui.rules.penalties import RULES_VERSION, BreachFacts, CapBases, Penalty
from suivi_tui.store.queries.obligations import iso_date
from suivi_tui.store.queries.penalties import CaseRow
from suivi_tui.vocabulary.choices import PenaltyDecision
from suivi_tui.vocabulary.choices.penalties import Breach, PenaltyKind
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.money import Money
from suivi_tui.vocabulary.text import NOTES_LIMIT

_LARGEST: Final = 10**12
_DAYS: Final = {
    "echeance": "due_on",
    "recu": "received_on",
    "mise_en_demeure": "notice_on",
    "delai": "notice_deadline",
}
DECIDED: Final = (PenaltyDecision.APPLIED.value, PenaltyDecision.REDUCED.value)
SPARED: Final = (PenaltyDecision.WAIVED.value, PenaltyDecision.ABANDONED.value)


@dataclass(frozen=True, slots=True)
class TypedFacts:
    """What the person of the desk typed: facts by breach in place of those of the base (None:
    that did not happen), whether the company proves its means, and how."""

    breaches: Mapping[Breach, BreachFacts | None] = field(default_factory=dict)
    means_proven: bool = False
    efforts: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.breaches or self.means_proven or self.efforts)


class CaseBasis(NamedTuple):
    """What a saved case was computed from; empty where its text cannot be read."""

    on: date | None = None
    proposed: Money | None = None
    by_kind: Mapping[PenaltyKind, Money] = {}
    facts: tuple[BreachFacts, ...] = ()
    lines: tuple[str, ...] = ()
    typed: TypedFacts = TypedFacts()
    comment: str = ""


class Case(NamedTuple):
    """A saved case and what it was computed from."""

    row: CaseRow
    basis: CaseBasis

    @property
    def retained(self) -> Money | None:
        """What the buyer keeps of it, 0 when nothing; None while nothing is decided."""
        if self.row.decision in SPARED:
            return Money(0)
        if self.row.decision in DECIDED and self.row.amount_cents is not None:
            return Money(self.row.amount_cents)
        return None

    @property
    def retained_by_kind(self) -> dict[PenaltyKind, Money]:
        """The same by kind of penalty; what a decision took off is taken off the last kinds."""
        left = dict(self.basis.by_kind)
        over = sum(left.values()) - (self.retained or 0)
        for kind in reversed(PenaltyKind):
            taken = max(min(left.get(kind, 0), over), 0)
            over -= taken
            left[kind] = Money(left.get(kind, 0) - taken)
        return {kind: amount for kind, amount in left.items() if amount}


def typed_text(typed: TypedFacts) -> str:
    """The typed facts as JSON."""
    return json.dumps({**_typed(typed), "efforts": typed.efforts}, ensure_ascii=False)


def typed_facts(text: str) -> TypedFacts:
    """The facts of a JSON text; what cannot be read is as if it had not been typed."""
    content = _object(text)
    efforts = content.get("efforts")
    return _typed_facts(content, efforts if isinstance(efforts, str) else "")


def _typed(typed: TypedFacts) -> dict[str, Any]:
    breaches = {
        breach.value: None if facts is None else _facts(facts)
        for breach, facts in typed.breaches.items()
    }
    return {"constats": breaches, "moyens": typed.means_proven}


def _typed_facts(content: Mapping[str, Any], efforts: str) -> TypedFacts:
    breaches: dict[Breach, BreachFacts | None] = {}
    for name, said in _mapping(content.get("constats")).items():
        breach = Breach._value2member_map_.get(name)
        if isinstance(breach, Breach):
            breaches[breach] = None if said is None else _breach_facts(breach, _mapping(said))
    return TypedFacts(breaches, content.get("moyens") is True, efforts)


def basis_text(
    penalty: Penalty,
    facts: tuple[BreachFacts, ...],
    typed: TypedFacts,
    on: date,
    terms: Mapping[str, str],
    bases: CapBases,
    release: str,
) -> str:
    """Everything that gave an amount, as JSON: facts, terms, amounts, the sentence of each step."""
    content = {
        "version": release,
        "regles": RULES_VERSION,
        "au": on.isoformat(),
        "propose": penalty.amount,
        "avant_plafonds": penalty.before_caps,
        "par_nature": {kind.value: amount for kind, amount in penalty.by_kind.items()},
        "constats": [{"manquement": item.breach.value, **_facts(item)} for item in facts],
        "saisi": _typed(typed),
        "conditions": dict(terms),
        "montant_marche": bases.contract,
        "montant_annuel": bases.yearly,
        "deja_comptes": {kind.value: amount for kind, amount in bases.already.items()},
        "etapes": [line.text for line in penalty.lines],
    }
    return fitting(content)


def case_of(row: CaseRow) -> Case:
    """A saved case; a basis of another release is read as far as it can be."""
    content = _object(row.basis)
    facts: list[BreachFacts] = []
    for said in _list(content.get("constats")):
        breach = Breach._value2member_map_.get(_mapping(said).get("manquement"))
        if isinstance(breach, Breach):
            facts.append(_breach_facts(breach, _mapping(said)))
    kinds = {
        kind: Money(amount)
        for name, cents in _mapping(content.get("par_nature")).items()
        if isinstance(kind := PenaltyKind._value2member_map_.get(name), PenaltyKind)
        and (amount := _whole(cents))
    }
    proposed = _whole(content.get("propose"))
    comment = content.get("commentaire")
    basis = CaseBasis(
        on=_day(content.get("au")),
        proposed=None if proposed is None else Money(proposed),
        by_kind=kinds,
        facts=tuple(facts),
        typed=_typed_facts(_mapping(content.get("saisi")), row.efforts),
        lines=tuple(text for text in _list(content.get("etapes")) if isinstance(text, str)),
        comment=comment if isinstance(comment, str) else "",
    )
    return Case(row, basis)


def with_comment(basis: str, comment: str) -> str:
    """The basis of a case with the comment of the buyer's decision; the rest stays as it is."""
    content = _object(basis)
    content.pop("commentaire", None)
    if comment:
        content["commentaire"] = comment
    return fitting(content)


def fitting(content: dict[str, Any]) -> str:
    """JSON that a case can hold. The sentences of the steps go first: they can be written again
    from the facts, which nobody could guess."""
    text = json.dumps(content, ensure_ascii=False)
    if len(text) <= NOTES_LIMIT:
        return text
    return json.dumps({**content, "etapes": []}, ensure_ascii=False)


def _facts(facts: BreachFacts) -> dict[str, Any]:
    said: dict[str, Any] = {"heures": facts.missing} if facts.missing else {}
    if facts.occurrences != 1:
        said["fois"] = facts.occurrences
    for key, name in _DAYS.items():
        day = getattr(facts, name)
        if day is not None:
            said[key] = day.isoformat()
    if facts.means_proven:
        said["moyens"] = True
    return said


def _breach_facts(breach: Breach, said: Mapping[str, Any]) -> BreachFacts:
    days = {name: _day(said.get(key)) for key, name in _DAYS.items()}
    times = _whole(said.get("fois", 1))
    return BreachFacts(
        breach,
        missing=Hours(_whole(said.get("heures")) or 0),
        occurrences=1 if times is None else times,
        means_proven=said.get("moyens") is True,
        **days,
    )


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _whole(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value < _LARGEST else None


def _day(value: object) -> date | None:
    return iso_date(value) if isinstance(value, str) else None
