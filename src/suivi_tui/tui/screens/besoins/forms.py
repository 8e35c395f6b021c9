"""The forms of needs, proposals and answers."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.screens.shared.texts import as_date
from suivi_tui.tui.widgets.fields import ChoiceField, DateField, Field, TextField, Wrong
from suivi_tui.tui.widgets.record_field import RecordField
from suivi_tui.vocabulary.choices import Prescriber, ProposalAnswer, ProposalReason, options
from suivi_tui.vocabulary.text import NOTES_LIMIT

if TYPE_CHECKING:
    from suivi_tui.store.queries.needs import NeedRow, ProposalRow

MOST_POSTS: Final = 1_000


class Known(NamedTuple):
    """What a need may name: companies, and the obligations of running contracts; who owes them."""

    companies: list[tuple[int, str]]
    obligations: list[tuple[int, str]]
    holders: dict[int, int]


class PostsField(Field[int]):
    """How many people are looked for."""

    def parse(self, text: str) -> int:
        """A whole number from 1 on."""
        if not text.isdigit() or not 1 <= int(text) <= MOST_POSTS:
            raise Wrong("Indiquez un nombre de postes, 1 au moins.")
        return int(text)

    def written(self, value: int) -> str:
        """The number."""
        return str(value)

    def reading(self, value: int) -> str:
        """Nothing more to say."""
        return ""


class NeedInitials(NamedTuple):
    """What a new need begins with."""

    company: int | None = None
    obligation: int | None = None


NO_INITIALS: Final = NeedInitials()


def need_fields(
    today: date,
    names: Known,
    known: "NeedRow | None" = None,
    about: NeedInitials = NO_INITIALS,
) -> list[Field[Any]]:
    """The posts that a company looks to fill; ``about`` fills a new one."""
    obligation = known.obligation if known else about.obligation
    company = known.company if known else about.company or names.holders.get(obligation or 0)
    served = [(str(row), name) for row, name in names.obligations]
    return [
        RecordField("company", "Entreprise", records=names.companies, required=True,
                    initial=company),
        TextField("post", "Poste", required=True, initial=known.post if known else None,
                  hint="maçon, agent d'entretien…"),
        PostsField("number", "Nombre", required=True, initial=known.number if known else 1),
        DateField("wanted_on", "Pour le", today=today, ahead=True,
                  initial=as_date(known.wanted_on) if known else None),
        ChoiceField("obligation", "Marché", options=served, hint="vide : aucun en particulier",
                    initial=str(obligation) if obligation else None),
        DateField("asked_on", "Demandé le", today=today,
                  initial=as_date(known.asked_on) if known else today),
        TextField("comment", "Commentaire", limit=NOTES_LIMIT,
                  initial=known.comment or None if known else None),
    ]  # fmt: skip


def save_need(base: Any, need: int | None, values: Values) -> int:
    """Create or change a need; its id."""
    from suivi_tui.actions.records import save_record

    chosen = values["obligation"]
    given = {**values, "obligation": int(chosen) if chosen else None}
    return save_record(base, "need", need, given).row


def known_names(base: Any) -> Known:
    """What a need may name."""
    from suivi_tui.store.queries.obligations import running
    from suivi_tui.tui.screens.entreprises.forms import known_companies
    from suivi_tui.tui.screens.participants.hiring import contract_name

    rows = running(base.connection)
    obligations = [(row.obligation, f"{contract_name(row)} · {row.company_name}") for row in rows]
    holders = {row.obligation: row.company for row in rows}
    return Known(known_companies(base), obligations, holders)


def proposal_fields(
    today: date, initials: str | None, prescriber: str = "", known: "ProposalRow | None" = None
) -> list[Field[Any]]:
    """Who sends the person and when; ``initials`` None: the person is in the base."""
    fields: Sequence[Field[Any]] = [
        ChoiceField("prescriber", "Prescripteur", options=options(Prescriber),
                    initial=(known.prescriber if known else prescriber) or None),
        DateField("proposed_on", "Proposée le", today=today, required=True,
                  initial=as_date(known.proposed_on) if known else today),
    ]  # fmt: skip
    if initials is None:
        return list(fields)
    who = TextField("initials", "Initiales", required=True, limit=10, initial=initials or None,
                    hint="JD")  # fmt: skip
    return [who, *fields]


def answer_fields(today: date, known: "ProposalRow") -> list[Field[Any]]:
    """What the company said, when, and why when it did not hire."""
    return [
        ChoiceField("answer", "Réponse", options=options(ProposalAnswer), required=True,
                    initial=known.answer or ProposalAnswer.WAITING.value),
        ChoiceField("reason", "Motif", options=options(ProposalReason),
                    initial=known.reason or None, hint="si la personne n'est pas embauchée"),
        DateField("answered_on", "Répondu le", today=today, initial=as_date(known.answered_on),
                  hint="aujourd'hui si vide"),
    ]  # fmt: skip


def save_answer(base: Any, proposal: int, values: Values, today: date) -> None:
    """Write what became of a proposal."""
    from suivi_tui.actions.needs import answer

    answer(base, proposal, values, today)
