"""What is known around a table when its own cells do not tell a year or a month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from suivi_tui.exchange.statement_files.context import Context
from suivi_tui.exchange.statement_files.when import When
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.months import Month, month_of, months_between, parse_month

# A month without a year is one of the last ones.
SURE_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The sheet of a table, its titles, the name of its file, the month asked for, the answers."""

    sheet: str
    context: Context
    file: Context
    today: date
    month: Month | None
    answers: Mapping[str, str]

    @property
    def year(self) -> int | None:
        """The year that titles, the month asked for, the file's name or an answer tell."""
        answer = self.answers.get(f"year/{self.sheet}", "")
        if answer.isdigit() and len(answer) == 4:
            return int(answer)
        if self.context.year is not None:
            return self.context.year
        if self.month is not None:
            return self.month // 100
        return self.file.year

    @property
    def answered_month(self) -> Month | None:
        """The month that a person gave for this sheet, or for the whole file."""
        answer = self.answers.get(f"month/{self.sheet}")
        if answer:
            try:
                return parse_month(answer)
            except UserError:
                return None
        return self.month

    def likely_year(self, when: When) -> int:
        """The year of the last such period begun, today."""
        this = when.period(self.today.year)
        return self.today.year - (1 if this is not None and this.first > self.today else 0)

    @property
    def near(self) -> Month | None:
        """The month around which weeks are looked for."""
        period = self.context.period(self.year)
        if period is not None:
            return month_of(period.first)
        return self.answered_month

    def is_far(self, when: When) -> bool:
        """Whether a period without a year is so far back that its year is a guess."""
        if when.year is not None or self.year is not None:
            return False
        period = when.period(self.likely_year(when))
        if period is None:
            return False
        return len(months_between(month_of(period.first), month_of(self.today))) > SURE_MONTHS
