"""The grid of one sender and month: all the people that a company employs, on every obligation."""

from collections.abc import Callable, Sequence
from typing import Any

from suivi_tui.readings.entry_grid import EntryGrid
from suivi_tui.store.queries.hours import GridRow
from suivi_tui.tui.screens.grille import acts, saving, words
from suivi_tui.tui.screens.grille.acts import GridActs, command
from suivi_tui.tui.widgets.line_table import Piece
from suivi_tui.vocabulary.months import Month, add_months, format_month


class SenderGridScreen(GridActs):
    """A statement as it is typed: a line a person and an obligation, on the month declared.

    The months before are there for reference and for `=`. ``neighbours`` are the senders and
    months that `o` walks through.
    """

    heading = "Grille d'un déclarant"
    purpose = (
        "Toutes les personnes d'un employeur, sur tous ses marchés, pour un mois. v valide d'un "
        "coup toutes ses lignes du mois. " + acts.SIGNS
    )
    commands = (
        command("add_person", "a", "Ajouter", "Placer une personne de cet employeur.", 45),
        *acts.COMMANDS,
        command("mark_idle", "s", "Mois sans activité", "Comme n : la touche du mur des relevés.",
                palette=False),
        command("next_obligation", "o,ctrl+down", "Déclarant suivant",
                "Passer au relevé suivant.", 48, acts.several),
        command("previous_obligation", "O,ctrl+up", "Déclarant précédent",
                "Revenir au relevé précédent.", 0, acts.several),
        command("month_after", "m", "Mois suivant",
                "Saisir le mois suivant de ce déclarant.", 0, None),
        command("month_before", "M", "Mois précédent",
                "Saisir le mois précédent de ce déclarant.", 0, None),
        command("whole_life", "p", "Tout le monde",
                "Montrer aussi les personnes qui ne travaillent pas ce mois-ci.", 0, None),
    )  # fmt: skip
    about_height = 3
    empty = (
        "Personne de cet employeur ne travaille ce mois-ci. Touche a : ajouter une personne, "
        "p : tout le monde."
    )
    gone = "Cette entreprise n'existe plus."
    sender: int

    def __init__(
        self, sender: int, month: Month, neighbours: Sequence[tuple[int, Month]] = ()
    ) -> None:
        super().__init__(None, sender, month)
        self.month = month
        self.neighbours = list(neighbours)

    def question(self) -> Callable[[Any], EntryGrid | None]:
        """The people of the sender; the month declared comes last."""
        sender, month, today, whole = self.sender, self.month, self.suivi.today, self.whole

        def ask(base: Any) -> EntryGrid | None:
            from suivi_tui.readings.entry_grid import sender_grid

            return sender_grid(base.connection, sender, month, today, whole=whole)

        return ask

    def about(self, entry: EntryGrid, row: GridRow | None) -> list[Piece]:
        """Who declares and which month; then the obligation of the cursor."""
        people = len({item.participant for item in self.rows})
        lines: list[Piece] = [(words.sender_words(entry, self.month, people), "total")]
        if row is not None:
            lines.append((words.about_words(entry, row.obligation), ""))
        return lines

    def closed_because(self, month: Month) -> str:
        """Every obligation is closed or locked for this sender; else what is open is written."""
        entry = self.entry
        if entry is None:
            return ""
        found = [
            entry.closed_because(shown, month, self.sender) for shown in entry.grid.obligations
        ]
        return found[0] if found and all(found) else ""

    def action_mark_idle(self) -> None:
        """Mark the month of this sender without activity, or take the mark back."""
        month = self.open_month(self.closed_because)
        if month is None or self.entry is None:
            return
        shown, sender, today = list(self.entry.grid.obligations), self.sender, self.suivi.today
        if not shown:
            self.notify_plain(
                "Aucun marché affiché pour ce déclarant : marquez le mois dans l'écran Saisie.",
                "warning",
            )
            return
        self.write(
            lambda base: saving.mark_idle(base, shown, sender, month, today),
            lambda _: self.reload(),
        )

    def action_add_person(self) -> None:
        """Place a person of this employer; the obligation is asked when there are several."""
        from suivi_tui.tui.screens.grille.hiring import add_person_of

        if self.entry is not None and self.grid.leave():
            shown = list(self.entry.grid.obligations.values())
            add_person_of(self, self.sender, shown, self.show_placed)

    def action_other_view(self) -> None:
        """All the people of the obligation of the line."""
        from suivi_tui.tui.screens.grille.screen import HourGridScreen

        here = self.here()
        if here is None or not self.grid.leave() or self.come_back():
            return
        self.suivi.push_screen(HourGridScreen(here[0].obligation, here[1]))

    def action_month_after(self) -> None:
        """The month after."""
        self._change_month(1)

    def action_month_before(self) -> None:
        """The month before."""
        self._change_month(-1)

    def _change_month(self, step: int) -> None:
        row = self.grid.row_key
        if self.grid.leave():
            self.month = add_months(self.month, step)
            self._move_to = (row, self.month)
            self.load()

    def walk(self, step: int) -> None:
        """Another sender, or another month of this one."""
        here = (self.sender, self.month)
        if here not in self.neighbours:
            return
        place = (self.neighbours.index(here) + step) % len(self.neighbours)
        sender, month = self.neighbours[place]
        self.suivi.switch_screen(SenderGridScreen(sender, month, self.neighbours))

    def say_whole(self) -> None:
        """Everybody that the company employs, or those who work this month."""
        if self.whole:
            self.notify_plain("Toutes les personnes de cet employeur.")
        else:
            self.notify_plain(f"Les personnes qui travaillent en {format_month(self.month)}.")
