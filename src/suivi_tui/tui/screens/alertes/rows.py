"""The alerts of a day as the rows of a list: filtered by gravity, under the heading of a group."""

from collections import Counter
from collections.abc import Sequence
from enum import Enum
from typing import Final

from suivi_tui.readings.alerts import AlertReading
from suivi_tui.rules.alert_kinds import CATALOGUE
from suivi_tui.tui.screens.alertes.words import (
    KIND_TITLES,
    gravity_word,
    known_counts,
    lot_name,
    who,
)
from suivi_tui.tui.widgets.columns import Column
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row, Sort
from suivi_tui.vocabulary.months import format_month

_KIND_RANKS: Final = {kind.code: rank for rank, kind in enumerate(CATALOGUE)}
HEADING: Final = "titre:"

NARROW: Final = (
    Column("Gravité", 10, sort="gravity"),
    Column("Alerte", 0, sort="kind"),
    Column("Marché", 19, sort="2"),
    Column("Qui", 20, sort="3"),
)
WIDE: Final = (
    Column("Gravité", 10, sort="gravity"),
    Column("Alerte", 0, sort="kind"),
    Column("Marché", 20, sort="2"),
    Column("Qui", 28, sort="3"),
    Column("Mois", 14, sort="month"),
)
EXPORTED: Final = (
    Column("Gravité", 10),
    Column("Alerte", 30),
    Column("Opération", 20),
    Column("Marché", 12),
    Column("Lot", 6),
    Column("Entreprise", 20),
    Column("Participant", 20),
    Column("Mois", 10),
    Column("Message", 40),
    Column("À faire", 40),
)


class Grouping(Enum):
    """How the list is grouped; the value is what the title says."""

    NONE = ""
    KIND = "par nature"
    CONTRACT = "par marché"

    def next(self) -> "Grouping":
        """The one that the key shows next."""
        kinds = list(Grouping)
        return kinds[(kinds.index(self) + 1) % len(kinds)]


def row_id(alert: AlertReading, rank: int) -> str:
    """What the cursor stays on when the list is read again."""
    return f"{alert.code}/{alert.about or rank}/{alert.participant or ''}/{alert.month or ''}"


def alert_rows(alerts: Sequence[AlertReading], told: bool = False) -> list[Row]:
    """A row an alert, in the order given; its key is its rank there.

    ``told`` says what is wrong where the title of its kind stands otherwise. What is filtered on
    and not shown comes last.
    """
    rows = []
    for rank, alert in enumerate(alerts[:MEMORY_LIMIT]):
        title = KIND_TITLES.get(alert.code, alert.code)
        cells = (
            gravity_word(alert.gravity),
            alert.message if told else title,
            lot_name(alert.contract_number, alert.lot_number),
            who(alert),
            format_month(alert.month) if alert.month else "",
            title if told else "",
            alert.operation_name or "",
        )
        rows.append(Row((rank,), row_id(alert, rank), cells, alert.gravity.value))
    return rows


def exported(alert: AlertReading) -> tuple[str, ...]:
    """An alert as a line of a file."""
    return (
        alert.gravity.label,
        KIND_TITLES.get(alert.code, alert.code),
        alert.operation_name or "",
        alert.contract_number or "",
        alert.lot_number or "",
        alert.company_name or "",
        alert.participant_name or "",
        format_month(alert.month) if alert.month else "",
        alert.message,
        alert.action,
    )


class AlertSource(MemorySource):
    """Rows of alerts; while they are not sorted, grouped under headings."""

    def __init__(self, alerts: Sequence[AlertReading], grouping: Grouping) -> None:
        self.alerts = alerts
        self.grouping = grouping
        super().__init__(
            alert_rows(alerts, told=grouping is Grouping.KIND),
            {
                "gravity": lambda row: self.alert(row).gravity.rank,
                "kind": lambda row: _KIND_RANKS.get(self.alert(row).code, 99),
                "month": lambda row: self.alert(row).month,
            },
        )
        self._grouped: tuple[str, list[Row]] | None = None

    def alert(self, row: Row) -> AlertReading:
        """The alert of a row that is no heading."""
        found: AlertReading = self.alerts[row.key[0]]
        return found

    def kept(self, filter: str, sort: Sort | None = None) -> list[Row]:
        """The alerts that match, headings left out."""
        return [row for row in self.ordered(sort, filter) if not is_heading(row)]

    def ungrouped(self, sort: Sort | None) -> bool:
        """Whether the rows have no headings in that order."""
        return sort is not None or self.grouping is Grouping.NONE

    def count(self, base: object, filter: str) -> int:
        """How many alerts match."""
        return len(self.kept(filter))

    def ordered(self, sort: Sort | None, filter: str) -> list[Row]:
        """The rows that match, with headings unless they are sorted."""
        if self.ungrouped(sort):
            return super().ordered(sort, filter)
        if self._grouped is None or self._grouped[0] != filter:
            self._grouped = (filter, self._headed(super().ordered(None, filter)))
        return self._grouped[1]

    def _headed(self, rows: Sequence[Row]) -> list[Row]:
        """Groups in the order of their first alert: the gravest stay first."""
        groups: dict[str, list[Row]] = {}
        for row in rows:
            alert = self.alert(row)
            by_kind = self.grouping is Grouping.KIND
            key = alert.code if by_kind else str(alert.contract or "")
            groups.setdefault(key, []).append(row)
        found: list[Row] = []
        for key, members in groups.items():
            first = self.alert(members[0])
            counts = Counter(self.alert(row).gravity for row in members)
            title = KIND_TITLES.get(first.code, first.code)
            name = title if self.grouping is Grouping.KIND else contract_name(first)
            text = f"{name} · {known_counts(counts)}"
            found.append(Row((HEADING + key,), HEADING + key, (text,), "total"))
            found += members
        return found


def contract_name(alert: AlertReading) -> str:
    """The contract of an alert as the title of a group."""
    if alert.contract is None:
        return "Sans marché"
    parts = (alert.contract_number or "Marché sans numéro", alert.operation_name or "")
    return " · ".join(part for part in parts if part)


def is_heading(row: Row) -> bool:
    """Whether a row is the title of a group."""
    return isinstance(row.id, str) and row.id.startswith(HEADING)
