"""« Qui couvre cette commune ? »: people and structures to call, the nearest coverage first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.screens.annuaire.demander import ask_commune
from suivi_tui.tui.screens.annuaire.ouvrir import open_listed
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.screens.shared.sheet import Section, Sheet, SheetLine, SheetScreen
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.tui.widgets.columns import Column
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.vocabulary.choices import Sector, label_of, options

if TYPE_CHECKING:
    from suivi_tui.readings.directory import Cover, Covering
    from suivi_tui.reference.territories import Commune

GROUP = "Annuaire"
EVERY_TRADE = ""
EXPORTED = (
    Column("Rubrique", 20), Column("Nom", 0), Column("Type", 20), Column("Structure", 20),
    Column("Couvre par", 20), Column("Métiers", 20), Column("Téléphone", 14),
    Column("Courriel", 20),
)  # fmt: skip


class WhoCovers(SheetScreen[None]):
    """Who can be called for one commune; Enter opens their sheet."""

    screen_name = "qui_couvre"
    figures = "Téléphone"
    heading = "Qui couvre cette commune ?"
    purpose = (
        "Les facilitateurs, référents et structures qui couvrent la commune, son département ou "
        "sa région, le plus proche d'abord ; puis les structures du département.\n"
        "Avec un métier, ceux qui n'en disent aucun restent."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("other_commune", "c", "Autre commune", "Chercher une autre commune.",
                "qui_couvre", GROUP, footer=10),
        Command("trade", "d", "Métier", "Garder un métier.", "qui_couvre", GROUP, footer=20),
    )  # fmt: skip

    def __init__(self, commune: "Commune") -> None:
        super().__init__()
        self.commune = commune
        self.trade = EVERY_TRADE
        self.covering: Covering | None = None

    def load(self) -> None:
        commune, trade = self.commune, self.trade

        def ask_base(base: Any) -> "tuple[Covering, list[str]]":
            from suivi_tui.readings.directory import who_covers
            from suivi_tui.reference.territories import around, label_of_territory

            found = who_covers(base.connection, commune, trade)
            return found, [label_of_territory(code) for code in around(commune.code)]

        self.read("covering", ask_base, lambda found: self.show_covering(*found))

    def show_covering(self, covering: "Covering", places: Sequence[str]) -> None:
        """Show who was found."""
        self.covering = covering
        trade = label_of(Sector, self.trade)
        title = joined([places[0], trade])
        where = " · ".join(places) + f" · code {covering.commune.code}"
        self.query_one(Sheet).show_sections(
            title,
            [
                Section("Commune", [SheetLine(where, tone="total")]),
                Section("Personnes", list(map(_line, covering.people)),
                        "Personne dans l'annuaire ne couvre cette commune."),
                Section("Structures", list(map(_line, covering.structures)),
                        "Aucune structure n'y est connue."),
                Section("À proximité", list(map(_line, covering.nearby))),
            ],
        )  # fmt: skip
        self.refresh_bindings()

    @on(PagedList.RowSelected)
    def _open(self) -> None:
        record = self.query_one(Sheet).record()
        if record is not None:
            open_listed(self, *record)

    def action_other_commune(self) -> None:
        """Another commune on the same screen."""

        def show(commune: "Commune") -> None:
            self.commune = commune
            self.reload()

        ask_commune(self, show)

    def action_trade(self) -> None:
        """Only those of a trade, and those who say none."""
        choices = [
            Choice(EVERY_TRADE, "Tous les métiers"),
            *(Choice(code, label) for code, label in options(Sector)),
        ]

        def keep(trade: Any) -> None:
            if trade is not None:
                self.trade = trade
                self.reload()

        self.app.push_screen(Choose("Quel métier ?", choices), keep)

    def export_shown(self) -> None:
        """What is listed, with what covers."""
        if self.covering is None:
            return
        groups = (
            ("Personnes", self.covering.people),
            ("Structures", self.covering.structures),
            ("À proximité", self.covering.nearby),
        )
        rows = [_exported(title, cover) for title, covers in groups for cover in covers]
        names = ("Nom", "Téléphone", "Courriel") if self.covering.people else ()
        export_shown(self, f"Annuaire {self.commune.name}", EXPORTED, rows, names)


def _line(cover: "Cover") -> SheetLine:
    row = cover.row
    text = joined(
        [
            row.name,
            cover.kind_label,
            row.structure,
            row.service,
            _by(cover) or row.commune,
            _trades(cover),
            row.mail,
        ]
    )
    return SheetLine(text, row.phone, row.entity, row.id)


def _by(cover: "Cover") -> str:
    return ", ".join(area.label for area in cover.by)


def _trades(cover: "Cover") -> str:
    return ", ".join(label_of(Sector, code) for code in cover.trades)


def _exported(title: str, cover: "Cover") -> tuple[str, ...]:
    row = cover.row
    return (
        title, row.name, cover.kind_label, row.structure or row.service, _by(cover) or row.commune,
        _trades(cover), row.phone, row.mail,
    )  # fmt: skip
