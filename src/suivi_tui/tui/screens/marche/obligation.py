"""One obligation: what is due and coming, how far it is, until when it can be saved."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from suivi_tui.tui.commands import LIST_COMMANDS, Command, bindings_of
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.screens.grille.screen import HourGridScreen
from suivi_tui.tui.screens.marche import forms, neighbours, obligation_forms, saving
from suivi_tui.tui.screens.marche import obligation_saving as acts
from suivi_tui.tui.screens.marche.obligation_sections import sections_of
from suivi_tui.tui.screens.marche.what_if import WhatIf
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.history_of import show_history
from suivi_tui.tui.screens.shared.removing import ask_removal
from suivi_tui.tui.screens.shared.sheet import Sheet, SheetScreen
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.vocabulary.choices import OwedFormula
from suivi_tui.vocabulary.dates import format_date

if TYPE_CHECKING:
    from suivi_tui.readings.obligation_sheet import ObligationSheet
    from suivi_tui.store.queries.obligations import EventRow

GROUP: Final = "Obligation"
# Lines about the obligation itself that open a form of their own.
_FORMULA, _SCHEDULE, _MATE, _OWN = "formula", "schedule", "mate", "obligation"
_ADDED: Final = (
    Choice("movement", "Mouvement", "commande, facture, avenant"),
    Choice("order", "Prolongation, arrêt, reprise", "la fin change"),
    Choice("transfer", "Transfert", "à un autre titulaire"),
    Choice("share", "Répartition du groupement", "les parts de chacun"),
    Choice("worked", "Heures travaillées", "pourcentage des heures"),
    Choice("target", "Cible", "QPV, femmes, alternance"),
)
_MEANINGS: Final = {
    OwedFormula.FIXED: "un nombre d'heures",
    OwedFormula.PERCENT_OF_HOURS: "5 % des heures",
    OwedFormula.PER_AMOUNT: "1 h par 2 000 €",
    OwedFormula.PER_TRANCHE: "ferme, puis affermies",
    OwedFormula.PER_YEAR: "chaque année son volume",
}


class ObligationLines(Sheet, inherit_bindings=False):
    """The sheet; `g` is free for the hour grid."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(
        command
        for command in LIST_COMMANDS
        if command.name not in ("sort_next", "sort_reverse", "first")
    )


def _command(name: str, keys: str, label: str, sentence: str, footer: int = 0,
             available: Callable[[Any], bool] | None = editable) -> Command:  # fmt: skip
    return Command(name, keys, label, sentence, "obligation", GROUP, footer, available=available)


def _planned(screen: "ObligationDetail") -> bool:
    row = screen.event_here()
    return editable(screen) and row is not None and not row.firm


class ObligationDetail(SheetScreen[None]):
    """The sheet of an obligation; Enter changes what the line of the cursor is about."""

    screen_name = "obligation"
    heading = "Obligation"
    purpose = (
        "Ce qu'une entreprise doit : la formule du marché, ce qui est dû aujourd'hui et ce qui "
        "viendra si tout est exécuté, ce que chaque mouvement apporte.\n"
        "La date limite de rattrapage est le dernier jour où des temps pleins (151,67 h par mois) "
        "peuvent commencer et tenir l'objectif avec les personnes présentes. « Et si ? » "
        "(touche s) essaie sans rien enregistrer."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        _command("grid", "g", "Heures", "Ouvrir la grille des heures.", 10, None),
        _command("what_if", "s", "Et si ?", "Ajouter des personnes ou des heures sur le papier ; "
                 "rien n'est enregistré.", 15, None),
        _command("movement", "o", "Mouvement", "Commande, facture, tranche, avenant.", 20),
        _command("formula", "f", "Formule", "Comment les heures sont dues.", 25),
        _command("schedule", "c", "Calendrier", "Comment les heures sont attendues.", 30),
        _command("add", "a", "Ajouter", "Ordre, transfert, répartition, cible.", 35),
        _command("transfer", "t", "Transférer", "Céder des heures dues à un autre titulaire.", 0),
        _command("target", "v", "Cible", "Ce qui est demandé en plus des heures.", 0),
        _command("affirm", "A", "Affermir", "Rendre ferme le mouvement choisi.", 36, _planned),
        _command("dates", "d", "Démarrage", "Démarrage, fin, clôture.", 37),
        _command("edit", "m", "Modifier", "Modifier la ligne choisie.", 38),
        *neighbours.commands("obligation", GROUP),
        _command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.", 39, None),
        _command("remove", "x,delete", "Retirer", "Retirer le mouvement, l'ordre ou la cible.", 0),
    )  # fmt: skip

    def __init__(self, obligation: int) -> None:
        super().__init__()
        self.obligation = obligation
        self.sheet: ObligationSheet | None = None

    def compose_body(self) -> ComposeResult:
        """The lines, and the whole text of the line of the cursor."""
        yield ObligationLines()
        yield StatusLine(2)

    def load(self) -> None:
        """Everything about the obligation."""
        obligation, today = self.obligation, self.suivi.today
        self.read("obligation", lambda base: acts.read_sheet(base, obligation, today), self.shown)

    def shown(self, sheet: "ObligationSheet | None") -> None:
        """Show the obligation; one that is no longer there closes the sheet."""
        if sheet is None:
            self.notify_plain("Cette obligation n'est plus dans la base.", "warning")
            self.go_back()
            return
        self.sheet = sheet
        row = sheet.case.row
        lot = f"lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
        title = " · ".join(part for part in (row.number, lot, row.company_name) if part)
        lines = self.query_one(Sheet)
        lines.show_sections(title, sections_of(sheet, self.suivi.today))
        lines.focus()
        self.refresh_bindings()

    @property
    def contract(self) -> int:
        """The contract of the obligation, 0 while it is read."""
        return self.sheet.case.row.contract if self.sheet is not None else 0

    def event_here(self) -> "EventRow | None":
        """The movement of the line of the cursor."""
        found = self._here()
        if found is None or found[0] != "obligation_event" or self.sheet is None:
            return None
        return next((row for row in self.sheet.history if row.event == found[1]), None)

    def _here(self) -> tuple[str, int] | None:
        for lines in self.query(Sheet):
            return lines.record()
        return None

    # forms

    def _ask(
        self,
        title: str,
        fields: Callable[["ObligationSheet"], list[Any]],
        save: Callable[[Any, int, Values], None],
        kept: int | str | None = None,
    ) -> None:
        """A form about the obligation; ``save(base, obligation, values)`` runs on the desk."""
        sheet, own = self.sheet, self.obligation
        if sheet is not None:
            record = new_of(own) if kept is None else kept
            self.ask_fields(title, lambda: fields(sheet), lambda base, values: save(
                base, own, values), record)  # fmt: skip

    def action_movement(self) -> None:
        """One more movement."""
        fields = partial(obligation_forms.movement_fields, self.suivi.today)
        self._ask("Mouvement", fields, acts.save_movement)

    def action_formula(self) -> None:
        """Choose the formula, then its figures."""
        now = self.sheet.about.formula if self.sheet is not None else ""
        listed = [
            Choice(code, code.label, "formule actuelle" if code == now else meaning)
            for code, meaning in _MEANINGS.items()
        ]

        def chosen(code: OwedFormula | None) -> None:
            if code is not None:
                today = self.suivi.today
                self._ask(
                    code.label,
                    lambda sheet: obligation_forms.formula_fields(today, sheet, code),
                    lambda base, own, values: acts.save_formula(base, own, code, values),
                    self.obligation,
                )

        self.suivi.push_screen(Choose("Comment les heures sont-elles dues ?", listed), chosen)

    def action_schedule(self) -> None:
        """How hours are expected over time."""
        fields = partial(obligation_forms.schedule_fields, self.suivi.today)
        self._ask("Calendrier", fields, acts.save_schedule, self.obligation)

    def action_order(self) -> None:
        """An extension, a stop, a restart."""
        today = self.suivi.today
        self._ask("Ordre", lambda _: obligation_forms.order_fields(today), acts.save_order)

    def action_worked(self) -> None:
        """Hours worked on the contract."""
        today = self.suivi.today
        fields = obligation_forms.worked_fields
        self._ask("Heures travaillées", lambda _: fields(today), acts.save_worked)

    def action_transfer(self) -> None:
        """Pass hours owed to another holder."""
        sheet, today = self.sheet, self.suivi.today
        if sheet is None:
            return
        others = [
            (str(row.obligation), f"{row.company_name} (lot {row.lot_number})")
            for row in sheet.others
            if row.closed_on is None
        ]
        if not others:
            self.notify_plain("Ce marché n'a pas d'autre titulaire à qui céder des heures.",
                              "warning")  # fmt: skip
            return
        fields = obligation_forms.transfer_fields
        self._ask("Transfert", lambda _: fields(today, others), acts.save_transfer)

    def action_share(self) -> None:
        """Share out what the group owes."""
        if self.sheet is None or self.sheet.group is None:
            self.notify_plain("Cette entreprise est seule titulaire de ce lot.", "warning")
            return
        fields = partial(obligation_forms.share_fields, self.suivi.today)
        self._ask("Répartition", fields, acts.save_shares)

    def action_target(self) -> None:
        """One more target."""
        self._target(None)

    def _target(self, target: int | None) -> None:
        rows = self.sheet.case.target_rows if self.sheet is not None else ()
        known = next((row for row in rows if row.target == target), None)
        self._ask(
            "Cible",
            lambda _: obligation_forms.target_fields(known),
            lambda base, own, values: acts.save_target(base, own, target, values),
            target,
        )

    def action_add(self) -> None:
        """Something more about the obligation."""
        self.suivi.push_screen(Choose("Ajouter", _ADDED), self._added)

    def _added(self, what: str | None) -> None:
        if what is not None:
            getattr(self, f"action_{what}")()

    def action_dates(self) -> None:
        """When it began, when it ends, how it ended."""
        if self.sheet is not None:
            fields = partial(forms.obligation_fields, self.suivi.today, self.sheet.case.row)
            save = partial(saving.save_part, entity=_OWN, row=self.obligation)
            self.ask_fields(
                f"Obligation de {self.sheet.case.row.company_name}",
                fields,
                lambda base, values: save(base, values=values),
                self.obligation,
            )

    def action_affirm(self) -> None:
        """The movement of the cursor is firm from today."""
        row, today = self.event_here(), self.suivi.today
        if row is not None and not row.firm:
            event = row.event
            said = f"Mouvement ferme au {format_date(today)}. Ctrl+Z annule."
            self.write(lambda base: acts.affirm(base, event, today), lambda _: self._affirmed(said))

    def _affirmed(self, said: str) -> None:
        self.notify_plain(said)
        self.reload()

    # the line of the cursor

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        found = self._here()
        if found is not None and found[0] == _MATE and found[1] != self.obligation:
            self.suivi.push_screen(ObligationDetail(found[1]))
        elif editable(self):
            self.action_edit()

    def action_edit(self) -> None:
        """Change what the line of the cursor is about."""
        found, row = self._here(), self.event_here()
        if found is None:
            return
        entity, record = found
        if entity == _FORMULA:
            self.action_formula()
        elif entity == _SCHEDULE:
            self.action_schedule()
        elif entity == "target":
            self._target(record)
        elif entity == "contract_event":
            self._edit_order(record)
        elif entity == "term":
            self.action_worked()
        elif row is not None:
            fields = partial(forms.objective_fields, self.suivi.today, row)
            save = partial(saving.save_part, entity="obligation_event", row=row.event)
            self.ask_fields("Mouvement", fields, lambda base, values: save(base, values=values),
                            row.event)  # fmt: skip
        elif entity == _OWN:
            self.action_dates()

    def _edit_order(self, event: int) -> None:
        orders = self.sheet.orders if self.sheet is not None else ()
        known = next((order for order in orders if order.event == event), None)
        if known is not None:
            fields = partial(obligation_forms.known_order_fields, self.suivi.today, known)
            save = partial(saving.save_part, entity="contract_event", row=event)
            self.ask_fields("Ordre", fields, lambda base, values: save(base, values=values), event)

    def action_history(self) -> None:
        """Who changed what on the line of the cursor, on the obligation by default."""
        found, line = self._here(), self.query_one(Sheet).line
        if line is not None:
            entity, row = found or (_OWN, self.obligation)
            if entity in (_FORMULA, _SCHEDULE, _MATE):
                entity, row = _OWN, row
            show_history(self, entity, row, line.text.strip())

    def action_remove(self) -> None:
        """Remove the movement, the order, the target or the figure of the cursor."""
        found, line = self._here(), self.query_one(Sheet).line
        if found is None or line is None:
            return
        entity, row = found
        if entity in ("obligation_event", "contract_event", "target"):
            event = self.event_here()
            if event is not None and event.counterpart is not None:
                self.notify_plain(
                    "Un transfert se retire des deux côtés : annulez-le (Ctrl+Z) ou notez le "
                    "transfert inverse (touche t).", "warning",
                )  # fmt: skip
                return
            ask_removal(self, entity, row, line.text.strip(), self.reload)
        elif entity == "term":
            self.write(lambda base: acts.drop_worked(base, row), lambda _: self.reload())

    # beside

    def action_grid(self) -> None:
        """The hour grid."""
        mates = [row.obligation for row in self.sheet.others] if self.sheet is not None else []
        self.suivi.push_screen(HourGridScreen(self.obligation, None, [self.obligation, *mates]))

    def action_what_if(self) -> None:
        """People or hours on paper."""
        case = self.sheet.case if self.sheet is not None else None
        if case is None or case.situation is None:
            self.notify_plain("Il manque la fin ou l'objectif : rien ne peut être essayé.",
                              "warning")  # fmt: skip
            return
        self.suivi.push_screen(WhatIf(case.situation, self.suivi.today))

    def action_penalties(self) -> None:
        """The penalty desk of the obligation."""
        neighbours.open_penalties(self, self.contract, self.obligation)

    def action_needs(self) -> None:
        """The needs of the holder for this obligation."""
        if self.sheet is not None:
            row = self.sheet.case.row
            neighbours.open_needs(self, self.obligation, f"{row.company_name} · {row.number}")

    def action_letter(self) -> None:
        """A letter about the obligation."""
        neighbours.ask_letter(self, self.contract, self.obligation)
