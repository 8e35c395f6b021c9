"""The grid of one obligation: its people, whoever employs them, by month."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from suivi_tui.readings.entry_grid import EntryGrid
from suivi_tui.store.queries.hours import GridRow
from suivi_tui.tui.screens.grille import acts, saving, words
from suivi_tui.tui.screens.grille.acts import GridActs, command
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.vocabulary.choices import StatementStatus
from suivi_tui.vocabulary.months import Month
from suivi_tui.vocabulary.numbers import NBSP


class HourGridScreen(GridActs):
    """People x months of an obligation; ``neighbours`` are those that `o` walks through."""

    heading = acts.GROUP
    purpose = acts.SIGNS
    commands = (
        command("add_person", "a", "Ajouter", "Placer une personne sur l'obligation.", 45),
        *acts.COMMANDS,
        command("mark_idle", "s", "Mois sans activité", "Comme n : la touche du mur des relevés.",
                palette=False),
        command("next_obligation", "o,ctrl+down", "Obligation suivante",
                "Passer à la grille suivante.", 48, acts.several),
        command("previous_obligation", "O,ctrl+up", "Obligation précédente",
                "Revenir à la grille précédente.", 0, acts.several),
        command("whole_life", "p", "Toute la durée",
                "Montrer tous les mois et toutes les personnes, ou douze mois.", 0, None),
    )  # fmt: skip
    empty = "Personne n'est encore placé sur cette obligation. Touche a : ajouter une personne."
    gone = "Cette obligation n'existe plus."
    obligation: int

    def __init__(
        self, obligation: int, month: Month | None = None, neighbours: Sequence[int] = ()
    ) -> None:
        super().__init__(obligation, None, month)
        self.neighbours = list(neighbours)

    def question(self) -> Callable[[Any], EntryGrid | None]:
        """The last twelve months of the obligation, or its whole life."""
        obligation, today, month, whole = self.obligation, self.suivi.today, self._month, self.whole

        def ask(base: Any) -> EntryGrid | None:
            from suivi_tui.readings.entry_grid import entry_grid

            return entry_grid(base.connection, obligation, today, month=month, whole=whole)

        return ask

    def about(self, entry: EntryGrid, row: GridRow | None) -> list[Piece]:
        """Contract, lot, holder, operation; the figures even before anybody is placed."""
        lines: list[Piece] = [(words.about_words(entry, self.obligation), "total")]
        if row is None:
            figures = words.figures_words(entry.figures[self.obligation], self.suivi.size.width)
            lines.append((figures, ""))
        return lines

    def closed_because(self, month: Month) -> str:
        """The obligation is closed, or the statement of its holder locked."""
        if self.entry is None:
            return ""
        return self.entry.closed_because(self.obligation, month)

    def action_mark_idle(self) -> None:
        """Mark the month without activity, or take the mark back."""
        month = self.open_month(self.closed_because)
        if month is not None:
            status, today = StatementStatus.NO_ACTIVITY, self.suivi.today
            self.write(
                partial(saving.toggle, obligation=self.obligation, month=month, status=status,
                        today=today),
                lambda _: self.reload(),
            )  # fmt: skip

    def action_add_person(self) -> None:
        """Place a person on the obligation."""
        from suivi_tui.tui.screens.grille.hiring import Post, add_person

        if self.entry is not None and self.grid.leave():
            holder = self.entry.about(self.obligation).company
            add_person(self, Post(self.obligation, holder), self.show_placed)

    def action_other_view(self) -> None:
        """All the people of the employer of the line, in the month of the cursor."""
        from suivi_tui.tui.screens.grille.sender import SenderGridScreen

        here = self.here()
        if here is None or not self.grid.leave() or self.come_back():
            return
        row, month = here
        if row.employer is None:
            self.notify_plain("L'employeur de cette personne n'est pas connu.", "warning")
        else:
            self.suivi.push_screen(SenderGridScreen(row.employer, month))

    def walk(self, step: int) -> None:
        """Another obligation, on the same month."""
        if self.obligation not in self.neighbours:
            return
        month = self.grid.column_key
        place = (self.neighbours.index(self.obligation) + step) % len(self.neighbours)
        same_month = Month(month) if isinstance(month, int) else None
        following = HourGridScreen(self.neighbours[place], same_month, self.neighbours)
        self.suivi.switch_screen(following)

    def show_record(self, obligation: int) -> None:
        """The grid of another obligation."""
        self.keep_draft()
        self.suivi.switch_screen(HourGridScreen(obligation, None, self.neighbours))

    def say_whole(self) -> None:
        """All the months and people, or the last twelve months."""
        said = "Toute la durée" if self.whole else "Douze derniers mois"
        self.notify_plain(f"{said}{NBSP}: ← et → pour parcourir les mois.")
