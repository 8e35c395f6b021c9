"""One need: what is looked for, who was proposed, what the company answered."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.besoins import flow
from suivi_tui.tui.screens.besoins.words import (
    EXPORTED,
    NAMING,
    answer_tone,
    answer_words,
    contract_words,
    count_words,
    exported,
    person_words,
    proposal_words,
)
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.opening import open_sheet
from suivi_tui.tui.screens.shared.sheet import (
    Section,
    Sheet,
    SheetLine,
    SheetScreen,
    on_own_record,
    on_record,
)
from suivi_tui.tui.screens.shared.texts import as_date, day, joined
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.vocabulary.choices import ProposalAnswer
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.numbers import plural

if TYPE_CHECKING:
    from suivi_tui.readings.needs import NeedReading
    from suivi_tui.store.queries.needs import ProposalRow

GROUP: Final = "Besoin"
NOBODY: Final = "Personne n'est proposé. Touche p pour proposer quelqu'un."


def _on_proposal(screen: Any) -> bool:
    return editable(screen) and screen.proposal_here() is not None


def _not_hired(screen: Any) -> bool:
    row = screen.proposal_here()
    return editable(screen) and row is not None and row.answer != ProposalAnswer.HIRED.value


def _on_person(screen: Any) -> bool:
    row = screen.proposal_here()
    return row is not None and row.participant is not None


class NeedDetail(SheetScreen[None]):
    """The sheet of a need; Enter records the answer of the proposal of the cursor."""

    screen_name = "besoin"
    whole = "need"
    figures = "Réponse"
    heading = "Besoin d'une entreprise"
    purpose = (
        "Un poste à pourvoir et les personnes proposées. Entrée note la réponse de la proposition "
        "choisie, modifie le besoin, ou ouvre l'entreprise ou le marché.\n"
        "Une embauche mène au contrat de travail et à l'affectation, en un seul enregistrement."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("propose", "p", "Proposer", "Proposer une personne.", "besoin", GROUP, footer=10,
                available=editable),
        Command("answer", "r", "Réponse", "Noter la réponse de l'entreprise.", "besoin", GROUP,
                footer=15, available=_on_proposal),
        Command("hire", "t", "Embauche", "La personne est embauchée : son contrat de travail.",
                "besoin", GROUP, footer=20, available=_not_hired),
        Command("edit", "m", "Modifier", "Modifier la ligne choisie.", "besoin", GROUP, footer=30,
                available=on_own_record),
        Command("close_need", "c", "Clore, rouvrir", "Clore le besoin, ou le rouvrir.", "besoin",
                GROUP, footer=35, available=editable),
        Command("person", "v", "Fiche", "Ouvrir la fiche de la personne proposée.", "besoin",
                GROUP, footer=36, available=_on_person),
        Command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.", "besoin",
                GROUP, footer=38, available=on_record),
        Command("remove", "x,delete", "Retirer", "Retirer la ligne choisie.", "besoin", GROUP,
                available=on_own_record),
    )  # fmt: skip

    def __init__(self, need: int) -> None:
        super().__init__()
        self.need = need
        self.reading: NeedReading | None = None

    def load(self) -> None:
        need = self.need

        def ask(base: Any) -> "NeedReading | None":
            from suivi_tui.readings.needs import read_need

            return read_need(base.connection, need)

        self.read("need", ask, self.show_need)

    def show_need(self, reading: "NeedReading | None") -> None:
        """Show the need; one that is no longer there closes the sheet."""
        if reading is None:
            self.notify_plain("Ce besoin n'est plus dans la base.", "warning")
            self.go_back()
            return
        self.reading = reading
        title = f"{reading.row.post} · {reading.row.company_name}"
        self.query_one(Sheet).show_sections(title, sections_of(reading))
        self.refresh_bindings()

    def show_record(self, need: int) -> None:
        """Show another need."""
        self.need = need
        self.reload()

    def export_shown(self) -> None:
        """Every proposal, with its dates and its reason."""
        if self.reading is not None:
            title = f"Besoin {self.reading.row.post}"
            export_shown(self, title, EXPORTED, exported([self.reading]), names=NAMING)

    def proposal_here(self) -> "ProposalRow | None":
        """The proposal of the line of the cursor."""
        for sheet in self.query(Sheet):
            record = sheet.record()
            if record is not None and record[0] == "proposal" and self.reading is not None:
                listed = self.reading.proposals
                return next((row for row in listed if row.proposal == record[1]), None)
        return None

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        line = self.query_one(Sheet).line
        if line is not None and line.about is not None:
            open_sheet(self, *line.about)
        elif self.proposal_here() is not None and editable(self):
            self.action_answer()
        elif on_own_record(self):
            self.action_edit()

    def action_edit(self) -> None:
        """Change the need, or the proposal of the cursor."""
        row = self.proposal_here()
        if row is not None:
            flow.edit_proposal(self, row, self.reload)
        elif self.reading is not None:
            flow.ask_need(self, self.reading.row, lambda _: self.reload())

    def action_propose(self) -> None:
        """Propose somebody."""
        flow.ask_proposal(self, self.need, self.reload)

    def action_answer(self) -> None:
        """What became of the proposal of the cursor."""
        row = self.proposal_here()
        if row is not None and self.reading is not None:
            flow.ask_answer(self, self.reading, row, self.reload)

    def action_hire(self) -> None:
        """The person of the cursor was hired."""
        row = self.proposal_here()
        if row is not None and self.reading is not None:
            flow.ask_hired(self, self.reading, row, self.reload)

    def action_person(self) -> None:
        """The sheet of the person of the cursor."""
        row = self.proposal_here()
        if row is not None and row.participant is not None:
            open_sheet(self, "participant", row.participant)

    def action_close_need(self) -> None:
        """Close the need, or open it again."""
        if self.reading is not None:
            today = self.suivi.today if self.reading.open else None
            flow.set_closed(self, self.need, today, self.reload)


def sections_of(reading: "NeedReading") -> list[Section]:
    """The parts of the sheet."""
    row = reading.row
    closed = as_date(row.closed_on)
    asked = joined(
        [
            plural(row.number, "poste", "postes"),
            f"pour le {day(row.wanted_on)}" if row.wanted_on else "",
            f"demandé le {day(row.asked_on)}" if row.asked_on else "",
            f"clos le {format_date(closed)}" if closed else "",
        ]
    )
    about = [
        SheetLine(joined([row.post, asked]), "clos" if closed else "ouvert", "need", row.need),
        SheetLine(row.company_name, about=("company", row.company)),
    ]
    if row.contract is not None:
        about.append(SheetLine(contract_words(row), about=("contract", row.contract)))
    if row.comment:
        about.append(SheetLine(row.comment, "", "need", row.need))
    people = [
        SheetLine(
            proposal_words(one, person_words(one)),
            answer_words(one),
            "proposal",
            one.proposal,
            answer_tone(one),
        )
        for one in reading.proposals
    ]
    return [
        Section("Besoin", about),
        Section("En bref", _in_short(reading)),
        Section("Propositions", people, NOBODY),
    ]


def _in_short(reading: "NeedReading") -> list[SheetLine]:
    from suivi_tui.readings.needs import count_needs

    left = max(0, reading.row.number - reading.hired)
    text = joined(
        [
            "poste pourvu" if not left else plural(left, "poste à pourvoir", "postes à pourvoir"),
            count_words(count_needs([reading])).partition(" · ")[2],
        ]
    )
    return [SheetLine(text, tone="total")]
