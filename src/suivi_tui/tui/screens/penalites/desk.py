"""The penalty desk of one obligation: the facts, the steps, the amount; the buyer decides."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on

from suivi_tui import paths
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.entreprises.forms import follow_up_fields, save_follow_up
from suivi_tui.tui.screens.penalites import clauses_flow, facts_flow, words
from suivi_tui.tui.screens.penalites.decision import ask_decision
from suivi_tui.tui.screens.penalites.sections import (
    FACT,
    MEANS,
    STEP,
    breach_of,
    sections_of,
    title_of,
)
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.sheet import Sheet, SheetScreen, on_record
from suivi_tui.tui.widgets.columns import spans
from suivi_tui.tui.widgets.fields import DateField
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.vocabulary.choices import DocumentKind
from suivi_tui.vocabulary.dates import format_date

if TYPE_CHECKING:
    from suivi_tui.readings.penalties import PenaltyFile
    from suivi_tui.readings.penalty_basis import Case, TypedFacts

GROUP: Final = "Pénalités"
GONE: Final = "Cette obligation n'est plus dans la base."


def _known(screen: Any) -> bool:
    return screen.file is not None


def _savable(screen: Any) -> bool:
    return editable(screen) and screen.file is not None and bool(screen.file.counted)


def _decidable(screen: Any) -> bool:
    return editable(screen) and screen.case_here() is not None


def _removable(screen: Any) -> bool:
    if any(sheet.line and sheet.line.entity.startswith(FACT) for sheet in screen.query(Sheet)):
        return True
    return editable(screen) and on_record(screen)


def _writable(screen: Any) -> bool:
    return editable(screen) and screen.file is not None


def _command(name: str, keys: str, label: str, sentence: str, footer: int = 0,
             available: Any = editable) -> Command:  # fmt: skip
    return Command(name, keys, label, sentence, "penalites", GROUP, footer, available=available)


class PenaltyDesk(SheetScreen[None]):
    """What a contract allows for what happened on one obligation; a computation, not a decision."""

    screen_name = "penalites"
    heading = "Pénalités"
    figures = "Montant"
    purpose = (
        "Le calcul propose, l'acheteur décide. Chaque étape dit son opération ; aucun jour n'est "
        "compté avant la mise en demeure, ni rien de ce que le marché ne prévoit pas.\n"
        "Entrée ouvre la ligne choisie : un constat se corrige, un dossier reçoit la décision de "
        "l'acheteur. Ce qui est saisi ici reste en brouillon jusqu'à l'enregistrement du dossier."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        _command("save_case", "s", "Enregistrer", "Enregistrer la proposition comme dossier.", 10,
                 _savable),
        _command("facts", "f", "Constats", "Dire ce qui s'est passé : heures, retards, absences.",
                 15, _known),
        _command("clauses", "c", "Conditions", "Ce que le marché prévoit : pénalités, plafonds.",
                 20),
        _command("means", "m", "Moyens", "Dire si l'entreprise prouve tous les moyens.", 25,
                 _known),
        _command("decide", "v", "Décision", "Noter la décision de l'acheteur sur un dossier.", 30,
                 _decidable),
        _command("letter", "l", "Courrier", "Préparer la mise en demeure ou la proposition.", 32,
                 _writable),
        _command("day", "d", "Date", "Calculer à une autre date.", 35, None),
        _command("note", "n", "Échange", "Noter un échange avec l'entreprise.", 36),
        _command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.", 0,
                 on_record),
        _command("remove", "x,delete", "Retirer", "Retirer la ligne choisie.", 0, _removable),
    )  # fmt: skip

    def __init__(self, obligation: int) -> None:
        super().__init__()
        self.obligation = obligation
        self.day: date | None = None
        self.file: PenaltyFile | None = None
        # None until the base has said what was typed last time.
        self.typed: TypedFacts | None = None

    # reading

    def load(self) -> None:
        """The facts, the steps and the cases."""
        obligation, day, typed = self.obligation, self.day or self.suivi.today, self.typed

        def ask_base(base: Any) -> "PenaltyFile | None":
            from suivi_tui.readings.penalties import read_penalty_file

            said = typed if typed is not None else facts_flow.last_typed(base, obligation)
            reference = paths.reference_file()
            return read_penalty_file(base.connection, obligation, day, said, reference)

        self.read("file", ask_base, self.show_file)

    def show_file(self, file: "PenaltyFile | None") -> None:
        """Show the desk; an obligation that is no longer there closes it."""
        if file is None:
            self.notify_plain(GONE, "warning")
            self.go_back()
            return
        self.file, self.typed = file, file.typed
        self._show()
        self.query_one(Sheet).focus()

    def _show(self) -> None:
        if self.file is not None:
            sheet = self.query_one(Sheet)
            detail = spans(sheet.columns, sheet.size.width or self.size.width)[1][2]
            title = title_of(self.file, format_date(self.file.on))
            sheet.show_sections(title, sections_of(self.file, detail))
            self.refresh_bindings()

    def on_resize(self, event: events.Resize) -> None:
        """Sentences are cut elsewhere."""
        self.call_after_refresh(self._show)

    def show_record(self, obligation: int) -> None:
        """Show another obligation."""
        self.obligation, self.file, self.typed = obligation, None, None
        self.reload()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        sheet = self.query_one(Sheet)
        line, record = sheet.line, sheet.record()
        if line is None or self.file is None:
            return
        if line.entity.startswith(FACT):
            facts_flow.edit_fact(self, self.file, breach_of(line), self.type_facts)
        elif line.entity == MEANS:
            self.action_means()
        elif line.entity == STEP or record is None:
            self._tell_steps()
        elif editable(self):
            self._open(*record)

    def _open(self, entity: str, row: int) -> None:
        assert self.file is not None
        if entity == "term":
            term = next((item for item in self.file.terms if item.term == row), None)
            if term is not None:
                clauses_flow.edit_term(self, self.file, term, self.reload)
        elif entity == "penalty_case":
            self.action_decide()
        elif entity == "follow_up":
            self._note(row)

    def _tell_steps(self) -> None:
        """Every step in full, with what makes the amount unsure."""
        assert self.file is not None
        lines = [words.DECIDES, "", *(line.text for line in self.file.penalty.lines)]
        self.suivi.push_screen(Message("Calcul", "\n".join([*lines, "", *self.file.warnings])))

    # facts

    def action_facts(self) -> None:
        """Choose a breach, then say what happened."""
        if self.file is not None:
            facts_flow.ask_fact(self, self.file, self.type_facts)

    def action_means(self) -> None:
        """Whether the company proves that it used all means, and how."""
        if self.file is not None:
            facts_flow.edit_means(self, self.file, self.type_facts)

    def type_facts(self, typed: "TypedFacts") -> None:
        """Compute with what was typed; it stays as a draft until it is in a case."""
        self.typed = typed
        facts_flow.keep(self, self.obligation, typed)
        self.load()

    def action_day(self) -> None:
        """Compute on another day."""
        today = self.suivi.today
        field = DateField("day", "Calcul au", today=today, initial=self.day or today)

        def answered(values: Values | None) -> None:
            if values is not None:
                self.day = values["day"]
                self.load()

        self.suivi.push_screen(Form("À une autre date", [field]), answered)

    # clauses, cases, exchanges

    def action_clauses(self) -> None:
        """What the contract says of penalties."""
        if self.file is not None:
            clauses_flow.ask_clause(self, self.file, self.reload)

    def case_here(self) -> "Case | None":
        """The case of the cursor, else the latest one that waits for a decision."""
        if self.file is None:
            return None
        for sheet in self.query(Sheet):
            record = sheet.record()
            for case in self.file.own_cases:
                if record == ("penalty_case", case.row.case):
                    return case
        return next((case for case in self.file.own_cases if case.retained is None), None)

    def action_decide(self) -> None:
        """What the buyer decided."""
        case = self.case_here()
        if case is not None:
            ask_decision(self, case, self.reload)

    def action_save_case(self) -> None:
        """Save the proposal: a new case, or the one that waits for a decision."""
        if self.file is None:
            return
        waiting = next((case for case in self.file.own_cases if case.retained is None), None)
        if waiting is None:
            self._save_case(None)
            return
        listed = [
            Choice(waiting.row.case, "Mettre à jour le dossier en attente",
                   words.decision_words(waiting)),
            Choice(0, "Ouvrir un autre dossier"),
        ]  # fmt: skip

        def chosen(case: int | None) -> None:
            if case is not None:
                self._save_case(case or None)

        self.suivi.push_screen(Choose("Enregistrer la proposition", listed), chosen)

    def _save_case(self, case: int | None) -> None:
        file = self.file

        def save(base: Any) -> None:
            from suivi_tui.actions.penalties import save_case

            assert file is not None
            save_case(base, file, case)

        def saved(_: None) -> None:
            self.notify_plain("Dossier enregistré : proposé à l'acheteur, qui décide.")
            self.reload()

        self.write(save, saved)

    def action_note(self) -> None:
        """Write down an exchange with the company."""
        self._note(None)

    def _note(self, row: int | None) -> None:
        exchanges = self.file.exchanges if self.file is not None else ()
        known: Any = next((item for item in exchanges if item.follow_up == row), None)
        entity, subject = "obligation", self.obligation
        if known is not None:
            entity, subject = known.entity, known.subject
        self.ask_fields(
            "Échange",
            partial(follow_up_fields, self.suivi.today, known),
            lambda base, values: save_follow_up(base, entity, subject, row, values),
            new_of(subject) if row is None else row,
        )

    def action_letter(self) -> None:
        """Prepare a draft for the signature of the buyer: formal notice, or proposal of a case."""
        from suivi_tui.tui.screens.shared.letters import ask_letter

        record = self.query_one(Sheet).record()
        if record is not None and record[0] == "penalty_case":
            ask_letter(self, DocumentKind.PENALTY, record)
            return
        kinds = [DocumentKind.FORMAL_NOTICE]
        if self.file is not None and self.file.own_cases:
            kinds.append(DocumentKind.PENALTY)

        def chosen(kind: DocumentKind | None) -> None:
            if kind is not None:
                ask_letter(self, kind, ("obligation", self.obligation))

        if len(kinds) == 1:
            chosen(kinds[0])
        else:
            listed = [Choice(kind, kind.label) for kind in kinds]
            self.suivi.push_screen(Choose("Courrier", listed), chosen)

    def action_remove(self) -> None:
        """Take away a penalty, a case, an exchange; a fact goes back to what the base says."""
        sheet = self.query_one(Sheet)
        line, record = sheet.line, sheet.record()
        if line is None or self.file is None:
            return
        if line.entity.startswith(FACT):
            self.type_facts(facts_flow.without(self.file, breach_of(line)))
        elif record is not None and record[0] == "term":
            term = next((item for item in self.file.terms if item.term == record[1]), None)
            if term is not None:
                clauses_flow.drop_term(self, self.file, term, self.reload)
        else:
            super().action_remove()
