"""Random small bases of the whole field, for the round trip of files.

A base is drawn as plain data first (``bases``), then made through the journal (``make``), so that
hypothesis can shrink it. Texts are hostile on purpose; what tells records apart in files (names
of buyers and companies, numbers, references) is drawn distinct, accents and case aside.
"""

from typing import Any, NamedTuple

from hypothesis import strategies as st

from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, created, hour_row, write
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.text import clean, fold

HOSTILE = (
    "Lumière & fils", "=1+1", "'quote", '"guillemets"', "a;b", "deux\tmots", "-5", "+33", "@x",
    "[/b] [@click=app.quit]", "L'Œuvre", "ÉCOLE", "03 bis", "2A", "\x1b[31mrouge", "\u202ebidi",
    "0012", "1e5", "œil;\"x\"", "''", "= ;",
)  # fmt: skip
SIRETS = ("35600000000048", "80000000200005", "73282932000074", "11000001200018")
MONTHS = (202511, 202512, 202601, 202602)
DAYS = (None, "2024-02-29", "2025-06-30", "2026-01-01")


def code(kind: type[choices.Choice]) -> st.SearchStrategy[str]:
    """A code of a closed list, or '' when not known."""
    return st.sampled_from(["", *(member.value for member in kind)])


def distinct(count: int) -> st.SearchStrategy[list[str]]:
    """Texts that stay different once cleaned and folded."""
    texts = st.sampled_from([clean(text) for text in HOSTILE]) | st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")),
        min_size=1,
        max_size=8,
    ).map(clean)
    kept = texts.filter(lambda text: bool(text) and bool(fold(text)))
    return st.lists(kept, min_size=count, max_size=count, unique_by=fold)


class Figures(NamedTuple):
    """An hour line of a placement."""

    month: int
    kind: int
    declared: int
    validated: int | None
    reason: str
    comment: str


class Drawn(NamedTuple):
    """A base as plain data; records refer to each other by their place in the lists."""

    buyers: list[dict[str, Any]]
    companies: list[dict[str, Any]]
    contracts: list[dict[str, Any]]
    people: list[dict[str, Any]]
    work: list[dict[str, Any]]


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    """Pending, validated, partly refused, or a negative correction."""
    declared = draw(st.integers(-2000, 20_000))
    state = draw(st.sampled_from(["pending", "validated", "refused"]))
    validated = {"pending": None, "validated": declared, "refused": declared // 2}[state]
    if state == "refused" and not min(0, declared) <= declared // 2 <= max(0, declared):
        validated = 0
    return Figures(
        draw(st.sampled_from(MONTHS)),
        draw(st.integers(1, 3)),
        declared,
        validated,
        "doublon" if state == "refused" else "",
        draw(st.sampled_from(["", "deux\nlignes", "=1+1", "à revoir ; urgent"])),
    )


@st.composite
def lots(draw: st.DrawFn, companies: int) -> dict[str, Any]:
    """A lot: who is on it, what each one owes and when it changed."""
    holders = draw(st.lists(st.integers(0, companies - 1), min_size=1, max_size=2, unique=True))
    return {
        "number": draw(st.sampled_from(["", "1", "2A", "03 bis"])),
        "holders": [
            (
                holder,
                draw(st.sampled_from(["titulaire", "mandataire", "cotraitant", ""])),
                draw(st.lists(st.integers(0, 50_000), max_size=3)),
            )
            for holder in holders
        ],
        "sub": draw(st.none() | st.integers(0, companies - 1)),
    }


@st.composite
def bases(draw: st.DrawFn) -> Drawn:
    """A small base with everything that a file can carry."""
    buyers = [
        {"name": name, "kind": draw(code(choices.BuyerKind)), "siret": siret}
        for name, siret in zip(
            draw(distinct(2)), draw(st.permutations([None, *SIRETS])), strict=False
        )
    ]
    companies = [
        {"name": name, "kind": draw(code(choices.CompanyKind))} for name in draw(distinct(4))
    ]
    numbers = draw(distinct(3))
    contracts = [
        {
            "buyer": draw(st.integers(0, 1)),
            "number": draw(st.sampled_from([number, ""])),
            "object": draw(st.sampled_from(HOSTILE)),
            "clause_form": draw(code(choices.ClauseForm)),
            "sector": draw(code(choices.Sector)),
            "programme": draw(st.none() | code(choices.Programme)),
            "taken_up": draw(st.sampled_from([1, 1, 1, 0])),
            "lots": draw(
                st.lists(
                    lots(len(companies)),
                    min_size=draw(st.sampled_from([1, 1, 0])),
                    max_size=3,
                    unique_by=lambda lot: lot["number"],
                )
            ),
        }
        for number in numbers[: draw(st.integers(1, 3))]
    ]
    people = draw(st.lists(persons(), min_size=1, max_size=4))
    work = draw(
        st.lists(works(len(people), len(companies)), min_size=1, max_size=6, unique_by=_recognised)
    )
    return Drawn(buyers, companies, contracts, people, work)


@st.composite
def persons(draw: st.DrawFn) -> dict[str, Any]:
    """A person; homonyms and shared references happen."""
    return {
        "reference": draw(st.sampled_from(["", "P1", "p1", "=P2", "0007"])),
        "last": draw(st.sampled_from(["Exemple", "exemple", "D'Œuvre", "", "=cmd"])),
        "first": draw(st.sampled_from(["Camille", "Zoé"])),
        "birth": draw(st.sampled_from([None, "1990-05-12", "2004-02-29", "1961-12-31"])),
        "sex": draw(code(choices.Sex)),
        "education": draw(code(choices.Education)),
        "prescriber": draw(code(choices.Prescriber)),
        "criteria": draw(
            st.lists(st.sampled_from([member.value for member in choices.Criterion]), max_size=3)
        ),
    }


@st.composite
def works(draw: st.DrawFn, people: int, companies: int) -> dict[str, Any]:
    """A work contract of a person, placed on some obligations, with hours."""
    return {
        "person": draw(st.integers(0, people - 1)),
        "employer": draw(st.integers(0, companies - 1)),
        "structure_kind": draw(code(choices.CompanyKind)),
        "mode": draw(code(choices.Mode)),
        "type": draw(code(choices.EmploymentKind)),
        "post": draw(st.sampled_from(["", "Maçon", "=métier"])),
        "start": draw(st.sampled_from(DAYS)),
        "weekly_hours": draw(st.sampled_from([None, 3500, 2450])),
        "qpv": draw(code(choices.Residence)),
        "placements": draw(
            st.lists(
                st.tuples(
                    st.integers(0, 9),
                    st.lists(figures(), min_size=1, max_size=4, unique_by=lambda line: line[:2]),
                ),
                min_size=1,
                max_size=3,
                unique_by=lambda placed: placed[0],
            )
        ),
    }


def _recognised(work: dict[str, Any]) -> tuple[Any, ...]:
    return work["person"], work["employer"], work["type"], fold(work["post"]), work["start"]


def make(base: Base, drawn: Drawn) -> None:
    """Write the base, in one batch."""
    write(base, _Maker(base).changes(drawn), label="Base tirée au sort")


class _Maker:
    def __init__(self, base: Base) -> None:
        self._base = base
        self._changes: list[Change] = []

    def _new(self, entity: str, **values: Any) -> int:
        row = self._base.new_id()
        self._changes.append(created(entity, row, values))
        return row

    def changes(self, drawn: Drawn) -> list[Change]:
        buyers = [self._new("buyer", **buyer) for buyer in drawn.buyers]
        companies = [self._new("company", **company) for company in drawn.companies]
        obligations: list[int] = []
        for contract in drawn.contracts:
            obligations += self._contract(contract, buyers, companies)
        people = [self._person(person) for person in drawn.people]
        for work in drawn.work:
            self._work(work, people, companies, obligations, drawn)
        return self._changes

    def _contract(
        self, drawn: dict[str, Any], buyers: list[int], companies: list[int]
    ) -> list[int]:
        values = dict(drawn)
        listed, programme = values.pop("lots"), values.pop("programme")
        values["buyer"] = buyers[drawn["buyer"]]
        values["object"] = clean(drawn["object"]) or "Objet"
        if programme is not None:
            values["operation"] = self._new(
                "operation",
                buyer=values["buyer"],
                name=f"Opération {len(self._changes)}",
                programme=programme,
            )
        contract = self._new("contract", stage="en_cours", **values)
        obligations = []
        for drawn_lot in listed:
            lot = self._new("lot", contract=contract, number=drawn_lot["number"])
            for company, role, events in drawn_lot["holders"]:
                obligation = self._new("obligation", lot=lot, company=companies[company])
                obligations.append(obligation)
                if role:
                    self._new("lot_company", lot=lot, company=companies[company], role=role)
                for hours in events:
                    self._new(
                        "obligation_event",
                        obligation=obligation,
                        date="2025-01-01",
                        kind="initial",
                        hours=hours,
                        firm=1,
                    )
            if drawn_lot["sub"] is not None:
                self._new(
                    "lot_company",
                    lot=lot,
                    company=companies[drawn_lot["sub"]],
                    role="sous_traitant",
                    share_hours=1000,
                )
        return obligations

    def _person(self, drawn: dict[str, Any]) -> int:
        values = dict(drawn)
        criteria = values.pop("criteria")
        person = self._new("participant", **values)
        for rank, criterion in enumerate(criteria, 1):
            self._new("eligibility", participant=person, rank=rank, criterion=criterion)
        return person

    def _work(
        self,
        drawn: dict[str, Any],
        people: list[int],
        companies: list[int],
        obligations: list[int],
        base: Drawn,
    ) -> None:
        values = dict(drawn)
        placements = values.pop("placements")
        person = values.pop("person")
        values["participant"] = people[person]
        values["employer"] = companies[drawn["employer"]]
        values["education"] = base.people[person]["education"]
        work_contract = self._new("work_contract", **values)
        taken = set()
        for place, lines in placements:
            obligation = obligations[place % len(obligations)] if obligations else 0
            if obligation in (0, *taken):
                continue
            taken.add(obligation)
            placement = self._new("placement", work_contract=work_contract, obligation=obligation)
            for month, kind, declared, validated, reason, comment in lines:
                self._changes.append(
                    created(
                        "hour_entry",
                        hour_row(obligation, month, placement, kind),
                        {
                            "declared": declared,
                            "validated": validated,
                            "refusal_reason": reason,
                            "comment": comment,
                        },
                    )
                )
