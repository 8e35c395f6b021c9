"""What the workbench shows: figures, methods side by side, and what they mean underneath."""

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from suivi_tui import paths
from suivi_tui.reference.calibration_reference import CalibrationReference, amount_of
from suivi_tui.rules.calibration import Calibration, calibrate
from suivi_tui.rules.calibration_inputs import AMOUNT, KINDS
from suivi_tui.rules.calibration_lots import Case, LotsTotal, of_lots, whole_inputs
from suivi_tui.tui.commands import LIST_COMMANDS, Command, bindings_of
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.calibrage import words
from suivi_tui.tui.screens.calibrage.panes import Pane, Result, judged, pane_lines
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MemorySource
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.tui.widgets.text_panel import TextPanel
from suivi_tui.vocabulary.choices import CalibrationMethod
from suivi_tui.vocabulary.hours import format_hours

if TYPE_CHECKING:
    from suivi_tui.readings.calibrations import CalibrationSubject

DRAFT: Final = "calibrage"
GONE: Final = "Ce marché n'est plus dans la base."
Opened = tuple[CalibrationReference, "CalibrationSubject | None", Case]


class CalibrationList(FixedList, inherit_bindings=False):
    """A list of the workbench; `g` keeps the result."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(
        command
        for command in LIST_COMMANDS
        if command.name not in ("sort_next", "sort_reverse", "first")
    )


def draft_row(contract: int | None) -> str:
    """Under which name what is typed about a contract waits."""
    return str(contract) if contract is not None else "nouveau"


def _lots(case: Case) -> list[int | None]:
    return [lot.lot for lot in case.lots]


class WorkbenchView(FixedListScreen[None]):
    """The lists and the panes; a subclass gives the keys that change something."""

    CSS_PATH = "calibrage.tcss"

    def __init__(self, contract: int | None = None, lot: int | None = None) -> None:
        super().__init__()
        self.contract = contract
        self.asked_lot = lot
        self.subject: CalibrationSubject | None = None
        self.reference: CalibrationReference | None = None
        self.case: Case | None = None
        self.place: int | None = None
        self.method = CalibrationMethod.AMOUNT
        self.pane = Pane.FORMULA
        self.compared: tuple[str, ...] | None = None
        # The rows of the results that were kept, until a figure changes.
        self.kept: dict[int | None, int] = {}

    def compose_body(self) -> ComposeResult:
        """Figures, methods, where a figure comes from, the pane."""
        with Horizontal():
            yield CalibrationList(
                (Column("Donnée", 0), Column("Valeur", 14, "right")), key="figures", id="figures"
            )
            yield CalibrationList(
                (Column("Méthode", 0), Column("Heures", 12, "right")), key="methods", id="methods"
            )
        yield StatusLine(id="origin")
        yield TextPanel(id="pane")

    # reading

    def load(self) -> None:
        """What the contract says, what is half-done, the reference."""
        contract = self.contract

        def ask_base(base: Any) -> Opened:
            from suivi_tui.readings.calibration_texts import case_of
            from suivi_tui.readings.calibrations import empty_case, read_subject
            from suivi_tui.reference.calibration_reference import calibration_reference
            from suivi_tui.store.drafts import read_draft

            reference = calibration_reference(paths.reference_file())
            subject = None
            if contract is not None:
                subject = read_subject(base.connection, contract, reference)
            case = subject.case if subject is not None else empty_case(reference)
            draft = read_draft(base, DRAFT, draft_row(contract))
            return reference, subject, case_of(draft.content, case) if draft is not None else case

        self.read("subject", ask_base, self.show_subject)

    def show_subject(self, opened: Opened) -> None:
        """Show the workbench; a contract that is no longer there closes it."""
        self.reference, self.subject, case = opened
        if self.contract is not None and self.subject is None:
            self.notify_plain(GONE, "warning")
            self.go_back()
            return
        first = self.case is None
        # What is typed stays, whatever changed meanwhile, as long as the lots are the same.
        if self.case is None or _lots(self.case) != _lots(case):
            self.case, self.place = case, None
        if first and self.asked_lot is not None:
            places = [lot.lot for lot in case.lots]
            self.place = places.index(self.asked_lot) if self.asked_lot in places else None
        self.show_all()
        if first:
            self.query_one("#figures").focus()

    @property
    def result(self) -> Result:
        """What the chosen method gives: of a lot, or of the contract as the sum of its lots."""
        return self._by(self.method)

    def _by(self, method: CalibrationMethod) -> Result:
        assert self.case is not None
        if self.of_lots:
            return of_lots(method, self.case)
        return calibrate(method, self.case.inputs_of(self.place), self.case.options)

    @property
    def of_lots(self) -> bool:
        """Whether what is shown is the sum of several lots."""
        return self.place is None and self.case is not None and bool(self.case.lots)

    def commands_here(self) -> list[Command]:
        """Without the first line of lists: `g` keeps the result."""
        return [command for command in super().commands_here() if command.name != "first"]

    @property
    def about(self) -> str:
        """What is being sized."""
        if self.case is None or self.subject is None:
            return words.NO_CONTRACT
        place = self.place
        part = self.case.lots[place].name if place is not None else ""
        return joined([self.subject.row.number or self.subject.row.object, part or words.WHOLE])

    def show_all(self) -> None:
        """Compute again and show: lists, pane, where the figure of the cursor comes from."""
        if self.case is None or self.reference is None:
            return
        figures, methods = self.lists_shown()
        result = self.result
        chosen = result if isinstance(result, Calibration) else calibrate(
            self.method, self.case.common, self.case.options)  # fmt: skip
        figures.title = self.about
        figures.show(MemorySource(words.figure_rows(self.case, self.place, chosen)), keep=True)
        methods.title = self._verdict(result)
        rows = words.method_rows([self._by(method) for method in CalibrationMethod])
        methods.show(MemorySource(rows), keep=True)
        self._show_pane()
        self._tell_origin()
        self.refresh_bindings()

    def lists_shown(self) -> tuple[PagedList, PagedList]:
        """The figures, the methods."""
        return self.query_one("#figures", PagedList), self.query_one("#methods", PagedList)

    def _verdict(self, result: Result) -> str:
        assert self.case is not None
        found = judged(result, self.case, self.place)
        if found is None or result.hours is None:
            return "À compléter"
        return joined([format_hours(result.hours), found.verdict.label.lower()])

    def _lines(self, *, whole: bool = False) -> list[Piece]:
        assert self.case is not None
        assert self.reference is not None
        return pane_lines(self.pane, self.result, self.case, self.place, self.reference,
                          self.compared, whole=whole)  # fmt: skip

    def _show_pane(self) -> None:
        lines = self._lines()
        head = (f"{self.pane.value} · {self.method.label}", "header")
        self.query_one(TextPanel).say(head, *lines)

    def _tell_origin(self) -> None:
        row = self.lists_shown()[0].current
        if row is None or self.case is None or self.reference is None:
            return
        inputs = self.case.inputs_of(self.place)
        text = words.origin_line(KINDS.get(str(row.id)), inputs, self.reference)
        self.query_one(StatusLine).say((text, "muted"))

    @on(PagedList.RowHighlighted, "#figures")
    def _figure_moved(self) -> None:
        self._tell_origin()

    @on(PagedList.RowHighlighted, "#methods")
    def _method_moved(self, event: PagedList.RowHighlighted) -> None:
        method = CalibrationMethod(str(event.row.id))
        if method is not self.method and self.lists_shown()[1].has_focus:
            self.method, self.compared = method, None
            self.kept = {}
            self.show_all()
            if self.pane is Pane.COMPARISON:
                self.compare()

    # panes

    def action_show_pane(self, name: str) -> None:
        """Formula, sensitivity, feasibility or comparison; again: in full."""
        pane = Pane[name]
        if pane is self.pane:
            self._tell_whole()
            return
        self.pane = pane
        if pane is Pane.COMPARISON and self.compared is None:
            self.compare()
        self._show_pane()

    @on(PagedList.RowSelected, "#methods")
    def _tell_whole(self) -> None:
        """The whole pane, to be read at leisure."""
        if self.case is not None:
            text = "\n".join(line for line, _ in self._lines(whole=True))
            self.suivi.push_screen(Message(f"{self.pane.value} · {self.method.label}", text))

    def compare(self) -> None:
        """Read the closed contracts that the result compares to."""
        assert self.case is not None
        assert self.reference is not None
        sector = self.subject.row.sector if self.subject is not None else ""
        lot = self.case.lots[self.place] if self.place is not None else None
        inputs = whole_inputs(self.case) if isinstance(self.result, LotsTotal) else (
            self.case.inputs_of(self.place))  # fmt: skip
        amount = inputs.get(AMOUNT.code)
        cents = None if amount is None else round(amount.value * 100)
        hours, trade = self.result.hours, lot.trade if lot is not None else ""
        least = int(amount_of(self.reference.limits["comparaison.nombre"]))

        def ask_base(base: Any) -> tuple[str, ...]:
            from suivi_tui.readings.closed_contracts import compare

            found = compare(base.connection, trade=trade, sector=sector, hours=hours,
                            amount_cents=cents, least=least)  # fmt: skip
            return found.lines

        def show(lines: tuple[str, ...]) -> None:
            self.compared = lines
            self._show_pane()

        self.read("compared", ask_base, show)
