"""Checking a statement against its own totals: they are never hours, but they must agree."""

from suivi_tui.exchange.statement_files.declared import LineRemark
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.numbers import NBSP

MOST_REMARKS = 5


class TotalsCheck:
    """Running sums of the columns of a table, compared with the lines of totals met on the way."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self._since: dict[int, int] = {}
        self._table: dict[int, int] = {}
        self._whole: dict[int, int] = {}
        self._lines = 0
        self._since_lines = 0
        self._table_lines = 0
        self.warnings: list[LineRemark] = []
        self._more = 0

    def add(self, column: int, hours: Hours) -> None:
        """Count a figure that was read."""
        for sums in (self._since, self._table, self._whole):
            sums[column] = sums.get(column, 0) + hours

    def line(self) -> None:
        """Count a line that was read."""
        self._lines += 1
        self._since_lines += 1
        self._table_lines += 1

    def new_table(self) -> None:
        """Start the sums of another table of the sheet; its grand total still counts all."""
        self._since, self._table = {}, {}
        self._since_lines = self._table_lines = 0

    def agrees(self, column: int, hours: Hours) -> bool:
        """Whether a figure is the sum since the last total, of the table, or of the sheet.

        Sheets often show rounded figures: each line may hide half a hundredth, and the minutes of
        a clock a whole one.
        """
        tolerance = self._lines + 1
        return any(
            abs(sums.get(column, 0) - hours) <= tolerance
            for sums in (self._since, self._table, self._whole)
        )

    @property
    def several_lines(self) -> bool:
        """Whether a sum of what is above is more than a copy of the line above."""
        return self._since_lines > 1 or self._table_lines > 1

    def total(self, line: int, heading: str, column: int, hours: Hours) -> None:
        """Compare a figure of a line of totals with what was read."""
        if not self.agrees(column, hours):
            read = Hours(self._table.get(column, 0))
            self.warn(
                line,
                heading,
                f"le total du fichier ({format_hours(hours)}) n'est pas la somme des lignes lues "
                f"({format_hours(read)}){NBSP}: vérifiez qu'aucune ligne ne manque",
            )

    def row(self, line: int, heading: str, told: Hours, read: Hours, figures: int) -> None:
        """Compare the total at the end of a row with its figures."""
        if abs(told - read) > figures:
            self.warn(
                line,
                heading,
                f"le total de la ligne ({format_hours(told)}) n'est pas la somme de ses heures "
                f"({format_hours(read)})",
            )

    def end_of_total(self) -> None:
        """Start a new subtotal after a line of totals."""
        self._since = {}
        self._since_lines = 0

    def warn(self, line: int, heading: str, message: str) -> None:
        """Remark a difference; past the first ones, they are only counted."""
        if len(self.warnings) < MOST_REMARKS:
            self.warnings.append(LineRemark(self.sheet, line, heading, message))
        else:
            self._more += 1

    def remarks(self) -> list[LineRemark]:
        """The differences found."""
        if not self._more:
            return self.warnings
        message = f"{self._more} autres totaux ne sont pas la somme des lignes lues"
        return [*self.warnings, LineRemark(self.sheet, 0, "", message)]
