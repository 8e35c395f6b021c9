"""The workbench of calibration: its keys, changing a figure, keeping a result."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on

from suivi_tui.rules.calibration import Calibration, Options
from suivi_tui.rules.calibration_inputs import KINDS, LABOUR_SHARE, Given
from suivi_tui.rules.calibration_lots import OF_A_LOT, Case
from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.calibrage import editing, keeping, words
from suivi_tui.tui.screens.calibrage.panes import Pane
from suivi_tui.tui.screens.calibrage.view import DRAFT, GONE, WorkbenchView, draft_row
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.single_lot import ask_single_lot
from suivi_tui.tui.widgets.paged_list import PagedList

if TYPE_CHECKING:
    from suivi_tui.readings.calibrations import CalibrationSubject

GROUP: Final = "Calibrage"
SCOPE: Final = "calibrage"
BY_LOT: Final = "Ce chiffre est celui d'un lot : choisissez-en un (touche l)."
ONE_LOT: Final = "Choisissez un lot (touche l) : chaque lot a sa propre obligation."
KEPT: Final = "Calibrage gardé avec ses données, sur la fiche du marché."
OWED: Final = "L'objectif de l'obligation vient de ce calibrage."


def _ready(screen: Any) -> bool:
    return screen.case is not None


def _computed(screen: Any) -> bool:
    return editable(screen) and screen.case is not None and screen.result.hours is not None


def _with_lots(screen: Any) -> bool:
    return screen.case is not None and bool(screen.case.lots)


def _command(name: str, keys: str, label: str, sentence: str, footer: int = 0,
             available: Any = _ready, parameters: tuple[str, ...] = ()) -> Command:  # fmt: skip
    return Command(name, keys, label, sentence, SCOPE, GROUP, footer, parameters=parameters,
                   available=available)  # fmt: skip


class Workbench(WorkbenchView):
    """Sizing the hours of a contract, of one of its lots, or of nothing yet."""

    screen_name = "calibrage"
    heading = "Calibrage"
    purpose = (
        "Les chiffres à gauche, les méthodes à droite : Entrée change le chiffre choisi, Tab passe "
        "aux méthodes, Entrée y montre tout le détail. Le coût horaire n'est jamais supposé.\n"
        "Les valeurs de référence se changent ici pour ce calibrage ; pour tous, dans le fichier "
        "de référence. Ce qui est saisi reste en brouillon jusqu'à être gardé (g)."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        _command("show_pane", "x", "Calcul", "Expliquer la formule avec ses chiffres.", 10,
                 parameters=(Pane.FORMULA.name,)),
        _command("show_pane", "s", "Sensibilité", "Quel chiffre compte le plus.", 15,
                 parameters=(Pane.SENSITIVITY.name,)),
        _command("show_pane", "f", "Faisabilité", "Les heures peuvent-elles être faites ?", 20,
                 parameters=(Pane.FEASIBILITY.name,)),
        _command("show_pane", "c", "Comparer", "Comparer aux marchés clos de la base.", 25,
                 parameters=(Pane.COMPARISON.name,)),
        _command("keep", "g", "Garder", "Garder le résultat avec ses données.", 12, _computed),
        _command("objective", "o", "Objectif", "En faire l'objectif d'une obligation.", 30,
                 _computed),
        _command("lot", "l", "Lot", "Choisir le lot à calibrer, ou tout le marché.", 14,
                 _with_lots),
        _command("trade", "m", "Métier", "Prendre la part de main-d'œuvre d'un métier.", 35),
        _command("empty", "delete", "Vider", "Vider le chiffre choisi.", 0),
        _command("start_over", "r", "Recommencer", "Revenir aux chiffres du marché.", 0),
    )  # fmt: skip

    # figures

    @on(PagedList.RowSelected, "#figures")
    def _edit(self, event: PagedList.RowSelected) -> None:
        if self.case is None or self.reference is None:
            return
        code = str(event.row.id)
        if code in words.READINGS:
            editing.choose_reading(self, code, self.case.options, self._take_options)
            return
        if self.of_lots and code in OF_A_LOT:
            self.notify_plain(BY_LOT, "warning")
            return
        known = self.case.inputs_of(self.place).get(code)
        record = f"{draft_row(self.contract)}/{self.place}"
        editing.edit_figure(self, code, known, self.reference, record,
                            lambda given: self._take(code, given))  # fmt: skip

    def _take(self, code: str, given: Given | None) -> None:
        if self.case is not None:
            self._change(self.case.with_given(self.place, code, given))

    def _take_options(self, options: Options) -> None:
        if self.case is not None:
            self._change(self.case._replace(options=options))

    def _change(self, case: Case) -> None:
        self.case, self.kept, self.compared = case, {}, None
        self._keep_half_done()
        self.show_all()
        if self.pane is Pane.COMPARISON:
            self.compare()

    def _keep_half_done(self) -> None:
        """What is typed is on the disk before the next key, as in a form."""
        case, row, now = self.case, draft_row(self.contract), self.suivi.clock()
        if case is None or not editable(self):
            return

        def write(base: Any) -> None:
            from suivi_tui.readings.calibration_texts import case_text
            from suivi_tui.store.drafts import keep_draft

            keep_draft(base, DRAFT, row, case_text(case), now)

        self.desk.write(write, None, self.suivi.toast_failure)

    def action_empty(self) -> None:
        """Empty the figure of the cursor."""
        row = self.lists_shown()[0].current
        if row is not None and str(row.id) in KINDS and not (self.of_lots and row.id in OF_A_LOT):
            self._take(str(row.id), None)

    def action_start_over(self) -> None:
        """Back to what the contract and the reference say."""
        row = draft_row(self.contract)

        def drop(base: Any) -> None:
            from suivi_tui.store.drafts import drop_draft

            drop_draft(base, DRAFT, row)

        self.case, self.kept, self.compared = None, {}, None
        self.desk.write(drop, lambda _: self.load(), self.suivi.toast_failure)

    def action_trade(self) -> None:
        """The labour share of a trade."""
        if self.of_lots:
            self.notify_plain(BY_LOT, "warning")
        elif self.reference is not None:
            editing.choose_trade(self, self.reference,
                                 lambda given: self._take(LABOUR_SHARE.code, given))  # fmt: skip

    def action_lot(self) -> None:
        """Which lot to size."""
        assert self.case is not None
        listed = [Choice(-1, words.WHOLE, "somme des lots")]
        listed += [Choice(place, name, hint) for place, name, hint in words.lot_figures(self.case)]

        def chosen(place: int | None) -> None:
            if place is not None:
                self.place, self.compared = None if place < 0 else place, None
                self.show_all()

        self.suivi.push_screen(Choose("Calibrer", listed), chosen)

    # keeping

    def action_keep(self) -> None:
        """Keep the result; of a contract with lots, that of each lot."""
        self._with_contract(lambda: self._keep(self._told))

    def _with_contract(self, then: Any) -> None:
        """A result that is about nothing yet asks for its contract; its figures stay."""
        if self.contract is not None:
            then()
            return

        def chosen(contract: int) -> None:
            self.contract = contract
            self._keep_half_done()
            self._join_contract(then)

        keeping.choose_contract(self, chosen)

    def _join_contract(self, then: Callable[[], object]) -> None:
        """Read the contract and its lots again; the figures stay."""
        assert self.contract is not None

        def attached(subject: "CalibrationSubject | None") -> None:
            self.subject = subject
            if subject is None:
                self.notify_plain(GONE, "warning")
                return
            self.show_all()
            then()

        self.read("lots", self._lots_of(self.contract), attached)

    def _lots_of(self, contract: int) -> Any:
        reference = self.reference
        assert reference is not None

        def ask_base(base: Any) -> "CalibrationSubject | None":
            from suivi_tui.readings.calibrations import read_subject

            return read_subject(base.connection, contract, reference)

        return ask_base

    def _keep(self, then: Callable[[], object]) -> None:
        """Keep the results that can be; ``then`` runs once they are saved."""
        assert self.contract is not None
        parts = self._parts()

        def kept(rows: tuple[int, ...]) -> None:
            self.kept = dict(zip([lot for lot, _ in parts], rows, strict=True))
            then()

        keeping.keep(self, self.contract, parts, kept)

    def _parts(self) -> list[keeping.Part]:
        result = self.result
        if isinstance(result, Calibration):
            return [(self._lot, result)]
        assert self.case is not None
        lots = zip(self.case.lots, result.lots, strict=True)
        return [(lot.lot, found) for lot, found in lots if found.hours is not None]

    @property
    def _lot(self) -> int | None:
        """The lot that is sized: the one chosen, or the only one of the contract."""
        if self.case is not None and self.place is not None:
            return self.case.lots[self.place].lot
        lots = self.subject.lots if self.subject is not None else ()
        return lots[0].lot if len(lots) == 1 else None

    def _told(self) -> None:
        self.notify_plain(KEPT)

    def action_objective(self) -> None:
        """Keep the result, then make it what a holder of the lot owes."""
        self._with_contract(self._objective)

    def _objective(self) -> None:
        lot = self._lot
        if lot is None:
            if self.subject is not None and self.subject.lots:
                self.notify_plain(ONE_LOT, "warning")
            elif self.contract is not None:
                ask_single_lot(self, self.contract, lambda: self._join_contract(self._objective))
        elif lot in self.kept:
            self._ask_obligation(lot)
        else:
            self._keep(lambda: self._ask_obligation(lot))

    def _ask_obligation(self, lot: int) -> None:
        assert self.contract is not None
        keeping.ask_obligation(self, self.contract, lot, self.kept[lot],
                               lambda: self.notify_plain(OWED))  # fmt: skip

    def export_shown(self) -> None:
        """What each method gives."""
        methods = self.lists_shown()[1]
        export_shown(self, "Calibrage", methods.columns, methods.rows)
