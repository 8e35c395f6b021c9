"""One contract: whom to call, what is owed and done, what moved, what is due."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from suivi_tui import paths
from suivi_tui.tui.commands import LIST_COMMANDS, Command, bindings_of
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.entreprises.forms import (
    contact_fields,
    follow_up_fields,
    save_contact,
    save_follow_up,
)
from suivi_tui.tui.screens.grille.screen import HourGridScreen
from suivi_tui.tui.screens.marche import conditions_flow, forms, neighbours, saving
from suivi_tui.tui.screens.marche.conditions import ENTITY, Conditions, read_conditions
from suivi_tui.tui.screens.marche.contract_form import ContractForm
from suivi_tui.tui.screens.marche.obligation import ObligationDetail
from suivi_tui.tui.screens.marche.sections import sections_of
from suivi_tui.tui.screens.shared.asking import ask
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.sheet import Sheet, on_own_record, on_record
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from suivi_tui.readings.alerts import AlertReading
    from suivi_tui.readings.pace import ObligationPace
    from suivi_tui.store.queries.contracts import ContractSheet
    from suivi_tui.store.queries.terms import TermRow

GROUP: Final = "Marché"
NO_OBLIGATION: Final = (
    "Ce marché n'a pas encore d'obligation : ajoutez une entreprise à un lot (touche a)."
)
ADDED: Final = (
    Choice("company", "Entreprise sur un lot", "titulaire, sous-traitant…"),
    Choice("contact", "Contact", "qui appeler"),
    Choice("event", "Modification du marché", "avenant, arrêt…"),
    Choice("lot", "Lot"),
)
Story = tuple["ContractSheet | None", "list[ObligationPace]", Conditions]


class ContractLines(Sheet, inherit_bindings=False):
    """The sheet; `g` is free for the hour grid."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(
        command
        for command in LIST_COMMANDS
        if command.name not in ("sort_next", "sort_reverse", "first")
    )


def _to_take_up(screen: "ContractDetail") -> bool:
    return editable(screen) and screen.sheet is not None and not screen.sheet.fields.taken_up


def _command(name: str, keys: str, label: str, sentence: str, footer: int = 0,
             available: Callable[[Any], bool] | None = editable) -> Command:  # fmt: skip
    return Command(name, keys, label, sentence, "marche", GROUP, footer, available=available)


class ContractDetail(neighbours.CalibratedSheet):
    """The sheet of a contract; Enter changes the line of the cursor, or opens the obligation."""

    screen_name = "marche"
    whole = "contract"
    heading = "Marché"
    purpose = (
        "Tout ce qui concerne un marché, qui appeler d'abord. Entrée modifie la ligne choisie ; "
        "sur une obligation elle ouvre sa fiche, sur un relevé la grille des heures.\n"
        "La jauge montre les heures validées ; ┃ marque ce qui est attendu à ce jour.\n"
        "Les conditions (c) : ce que ce marché a de particulier ; « référence » : règle commune."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        _command("take_up", "p", "Prendre en charge", "Suivre ce marché : relevés, rythme, "
                 "alertes.", 5, _to_take_up),
        _command("grid", "g", "Heures", "Ouvrir la grille des heures.", 10, None),
        _command("edit", "m", "Modifier", "Modifier la ligne choisie.", 20, on_own_record),
        _command("note", "n", "Échange", "Noter un échange, et quand y revenir.", 25),
        _command("objective", "o", "Objectif", "Faire évoluer les heures dues.", 30),
        _command("add", "a", "Ajouter", "Entreprise, contact, modification, lot.", 35),
        _command("dates", "d", "Démarrage", "Dates de l'obligation : démarrage, fin, clôture.", 36),
        _command("terms", "c", "Conditions", "Relevés, éligibilité, contrôles, alertes.", 37),
        *neighbours.commands("marche", GROUP),
        _command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.", 38,
                 on_record),
        _command("remove", "x,delete", "Retirer", "Retirer la ligne choisie.", 0, on_own_record),
    )  # fmt: skip

    def __init__(self, contract: int) -> None:
        super().__init__()
        self.contract = contract
        self.sheet: ContractSheet | None = None
        self.paces: list[ObligationPace] = []
        self.conditions: Conditions | None = None
        self.alerts: list[AlertReading] | None = None

    def compose_body(self) -> ComposeResult:
        """The lines, and the whole text of the line of the cursor."""
        yield ContractLines(figures="Heures, tél.")
        yield StatusLine(2)

    # reading

    def load(self) -> None:
        """The contract, then its alerts."""
        contract, today = self.contract, self.suivi.today

        def ask_base(base: Any) -> Story:
            from suivi_tui.readings.pace import obligation_paces
            from suivi_tui.reference.loader import thresholds
            from suivi_tui.store.queries.contracts import contract_sheet

            limits = thresholds(paths.reference_file())
            sheet = contract_sheet(base.connection, contract, today)
            paces = obligation_paces(base.connection, today, contract=contract, thresholds=limits)
            return sheet, paces, read_conditions(base, contract)

        def ask_alerts(base: Any) -> "list[AlertReading]":
            from suivi_tui.readings.alerts import read_alerts
            from suivi_tui.reference.loader import thresholds

            limits = thresholds(paths.reference_file())
            return read_alerts(base.connection, today, limits, names=True, contract=contract)

        self.read("sheet", ask_base, self.show_sheet)
        self.read("alerts", ask_alerts, self.show_alerts)

    def show_sheet(self, found: Story) -> None:
        """Show the contract; one that is no longer there closes the sheet."""
        sheet, self.paces, self.conditions = found
        if sheet is None:
            self.notify_plain("Ce marché n'est plus dans la base.", "warning")
            self.go_back()
            return
        self.sheet = sheet
        self._show()
        self.query_one(Sheet).focus()

    def show_alerts(self, alerts: "list[AlertReading]") -> None:
        """Show the alerts of the contract among its lines."""
        self.alerts = alerts
        if self.sheet is not None:
            self._show()

    def _show(self) -> None:
        if self.sheet is not None and self.conditions is not None:
            fields, today = self.sheet.fields, self.suivi.today
            sections = sections_of(self.sheet, self.paces, self.alerts, self.conditions, today)
            title = joined([fields.number, fields.buyer_name])
            self.query_one(Sheet).show_sections(title or fields.object, sections)
            self.refresh_bindings()

    def show_record(self, contract: int) -> None:
        """Show another contract."""
        self.contract, self.alerts = contract, None
        self.reload()

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        record, line = self.query_one(Sheet).record(), self.query_one(Sheet).line
        if record is None:
            # A term of reference data has no record of its own, and can be changed.
            if line is not None and line.entity == ENTITY and editable(self):
                conditions_flow.edit_term(self, self.contract, None, self.reload)
        elif record[0] == "obligation":
            self.suivi.push_screen(ObligationDetail(record[1]))
        elif record[0] == "statement":
            self.action_grid()
        elif editable(self):
            self.action_edit()

    # obligations

    def _with_obligation(self, title: str, then: Callable[["ObligationPace"], object]) -> None:
        """The obligation of the line of the cursor, the only one, or the one chosen."""
        if not self.paces:
            self.notify_plain(NO_OBLIGATION, "warning")
            return
        here = self._obligation_here()
        known = {pace.obligation: pace for pace in self.paces}
        if here in known or len(known) == 1:
            then(known[here] if here in known else self.paces[0])
            return
        choices = [
            Choice(pace.obligation, joined([
                f"lot {pace.row.lot_number}" if pace.row.lot_number != "0" else "",
                pace.row.company_name]))
            for pace in self.paces
        ]  # fmt: skip

        def chosen(obligation: int | None) -> None:
            if obligation is not None:
                then(known[obligation])

        self.suivi.push_screen(Choose(title, choices), chosen)

    def _obligation_here(self) -> int:
        record = self.query_one(Sheet).record()
        if record is None or self.sheet is None:
            return 0
        entity, row = record
        if entity == "obligation":
            return row
        if entity == "statement":
            found = [item.obligation for item in self.sheet.statements if item.statement == row]
            return found[0] if found else 0
        if entity == "obligation_event":
            for standing in self.sheet.obligations:
                if any(event.event == row for event in standing.history):
                    return standing.row.obligation
        return 0

    def action_grid(self) -> None:
        """The hour grid of an obligation."""
        record = self.query_one(Sheet).record()
        statements = self.sheet.statements if self.sheet is not None else ()
        months = {item.statement: item.month for item in statements}
        month: Any = months.get(record[1]) if record and record[0] == "statement" else None
        neighbours = [pace.obligation for pace in self.paces]
        self._with_obligation(
            "La grille de quelle obligation ?",
            lambda pace: self.suivi.push_screen(HourGridScreen(pace.obligation, month, neighbours)),
        )

    def action_objective(self) -> None:
        """One more event that moves the hours owed."""
        today = self.suivi.today

        def ask(pace: "ObligationPace") -> None:
            first = pace.owed is None
            self.ask_fields(
                "Objectif",
                partial(forms.objective_fields, today, None, first, pace.row.first_day),
                lambda base, values: saving.save_part(
                    base, "obligation_event", None, {**values, "obligation": pace.obligation}
                ),
                new_of(pace.obligation),
            )

        self._with_obligation("L'objectif de quelle obligation ?", ask)

    def action_dates(self) -> None:
        """When the obligation began on site, when it ends."""
        self._with_obligation(
            "Les dates de quelle obligation ?", lambda pace: self._edit_dates(pace.obligation)
        )

    def _edit_dates(self, obligation: int) -> None:
        today = self.suivi.today
        known = next((pace.row for pace in self.paces if pace.obligation == obligation), None)
        if known is not None:
            self.ask_fields(
                f"Obligation de {known.company_name}",
                partial(forms.obligation_fields, today, known),
                partial(self._save, "obligation", obligation),
                obligation,
            )

    def action_terms(self) -> None:
        """The terms of the contract, or of one of its lots."""
        lots = self.sheet.lots if self.sheet is not None else ()
        conditions_flow.ask_which(self, self.contract, lots, self.reload)

    def _term(self, term: int) -> "TermRow | None":
        return self.conditions.row(term) if self.conditions is not None else None

    def action_remove(self) -> None:
        """Remove what the line of the cursor is about; a term goes back to reference data."""
        record = self.query_one(Sheet).record()
        term = self._term(record[1]) if record is not None and record[0] == ENTITY else None
        if term is None or self.conditions is None:
            super().action_remove()
            return
        conditions_flow.drop_term(self, self.conditions, self.contract, term, self.reload)

    @staticmethod
    def _save(entity: str, row: int | None, base: Any, values: dict[str, Any]) -> None:
        saving.save_part(base, entity, row, values)

    def action_take_up(self) -> None:
        """Follow a contract known from open data."""
        contract = self.contract
        self.write(lambda base: saving.take_up(base, contract), self._taken_up)

    def _taken_up(self, _: None) -> None:
        self.notify_plain("Marché pris en charge : saisissez l'objectif (o) et le démarrage (d).")
        self.reload()

    def action_note(self) -> None:
        """Note an exchange, and when to come back to it."""
        self._note(None)

    def _note(self, row: int | None) -> None:
        rows = self.sheet.follow_ups if self.sheet is not None else ()
        known = next((item for item in rows if item.follow_up == row), None)
        entity, subject = (known.entity, known.subject) if known else ("contract", self.contract)
        self.ask_fields(
            "Échange",
            partial(follow_up_fields, self.suivi.today, known),
            lambda base, values: save_follow_up(base, entity, subject, row, values),
            new_of(subject) if row is None else row,
        )

    def action_add(self) -> None:
        """Something more on the contract."""
        self.suivi.push_screen(Choose("Ajouter", ADDED), self._add)

    def _add(self, what: str | None) -> None:
        today, contract = self.suivi.today, self.contract
        if what == "contact":
            self.ask_fields("Contact", contact_fields, lambda base, values: save_contact(
                base, "contract", contract, None, values), new_of(contract))  # fmt: skip
        elif what == "event":
            self.ask_fields(
                "Modification du marché",
                partial(forms.contract_event_fields, today),
                lambda base, values: saving.save_part(
                    base, "contract_event", None, {**values, "contract": contract}
                ),
                new_of(contract),
            )
        elif what == "lot":
            self.ask_fields("Lot", forms.lot_fields, lambda base, values: saving.save_part(
                base, "lot", None, {**values, "contract": contract}), new_of(contract))  # fmt: skip
        elif what == "company":
            self._add_company()

    def _add_company(self) -> None:
        lots = self.sheet.lots if self.sheet is not None else ()
        today = self.suivi.today

        def on_lot(lot: int | None) -> None:
            if lot is not None:
                self.read("names", saving.known_names, lambda names: self.ask_fields(
                    "Entreprise sur le lot",
                    partial(forms.holder_fields, today, names),
                    lambda base, values: saving.save_holder(base, lot, values, today),
                    new_of(lot),
                ))  # fmt: skip

        if len(lots) == 1:
            on_lot(lots[0].lot)
        elif lots:
            choices = [Choice(row.lot, f"Lot {row.number}", row.title) for row in lots]
            self.suivi.push_screen(Choose("Sur quel lot ?", choices), on_lot)
        else:
            self.notify_plain("Ce marché n'a pas de lot : ajoutez-en un d'abord.", "warning")

    def action_edit(self) -> None:
        """Change what the line of the cursor is about."""
        record, sheet = self.query_one(Sheet).record(), self.sheet
        if record is None or sheet is None:
            return
        entity, row = record
        if entity == "contract":
            self.read("names", saving.known_names, self._edit_contract)
        elif entity == "obligation":
            self._edit_dates(row)
        elif entity == ENTITY:
            conditions_flow.edit_term(self, self.contract, self._term(row), self.reload)
        elif entity == "follow_up":
            self._note(row)
        else:
            fields = forms.fields_of(sheet, self.suivi.today, entity, row)
            if fields is not None:
                self.ask_fields("Modifier", fields, partial(self._save, entity, row), row)

    def _edit_contract(self, names: forms.Names) -> None:
        if self.sheet is not None:
            known, contract, today = self.sheet.fields, self.contract, self.suivi.today
            ask(
                self,
                lambda: ContractForm(forms.contract_fields(today, known, names), known, names),
                lambda base, values: saving.save_contract(base, contract, values),
                lambda _: self.reload(),
            )

    def action_penalties(self) -> None:
        """The penalty desk of the contract."""
        neighbours.open_penalties(self, self.contract, self._obligation_here() or None)

    def action_letter(self) -> None:
        """A letter about the contract."""
        neighbours.ask_letter(self, self.contract, self._obligation_here() or None)

    def action_reviews(self) -> None:
        """What is said of the contract."""
        neighbours.open_reviews(self, self.contract)
