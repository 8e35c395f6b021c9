"""What the keys of both grids do: the month, the cell, who is added, what unfolds."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.grille import content, saving
from suivi_tui.tui.screens.grille.deciding import decision_form
from suivi_tui.tui.screens.grille.pasting import paste_preview
from suivi_tui.tui.screens.grille.view import GridView
from suivi_tui.tui.screens.grille.widget import PeopleGrid
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.widgets.columns import Column
from suivi_tui.tui.widgets.hour_grid import HourGrid
from suivi_tui.tui.widgets.status_line import joined
from suivi_tui.vocabulary.choices import HourKind
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, format_month, of_month
from suivi_tui.vocabulary.numbers import plural

GROUP: Final = "Grille des heures"
SIGNS: Final = (
    "Tapez un nombre : la case s'enregistre quand vous la quittez. Signes : ? à valider, "
    "✓ validées, ! refusées en partie, – sans activité, = mois verrouillé, ≈ estimées d'un "
    "total. À droite d'une case à valider : * à vérifier, ▲ alerte ; la raison est écrite sous "
    "la grille."
)


def writable(screen: "GridActs") -> bool:
    """Whether anything may be written."""
    return not screen.suivi.read_only


def several(screen: "GridActs") -> bool:
    """Whether there is another grid to go to."""
    return len(screen.neighbours) > 1


def command(name: str, keys: str, label: str, sentence: str, footer: int = 0,
            available: Callable[[Any], bool] | None = writable,
            palette: bool = True) -> Command:  # fmt: skip
    """A command of the grids."""
    return Command(name, keys, label, sentence, "grille", GROUP, footer, palette,
                   available=available)  # fmt: skip


COMMANDS: Final = (
    command("refuse", "r", "Refuser", "Valider une partie des heures, refuser le reste.", 46),
    command("cell_history", "h", "Historique", "Qui a changé cette case, et quand.", 47, None),
    command("cell_proof", "j", "Justificatif",
            "D'où viennent ces heures : fichier, feuille, ligne ; ce que disent les contrôles.",
            0, None),
    command("repeat_month", "plus", "Reprendre le mois",
            "Répéter le mois précédent dans toutes les cases vides du mois."),
    command("attach_correction", "c", "Rattacher",
            "Dire quel mois une ligne négative corrige."),
    command("unfold", "d", "Déplier", "Montrer, ou cacher, les heures validées et refusées là où "
            "elles diffèrent.", 0, None),
    command("training_line", "f", "Ligne de formation",
            "Saisir des heures de formation pour cette personne."),
    command("other_view", "g", "Autre vue",
            "Passer de la grille de l'obligation à celle du déclarant, et retour.", 0, None),
)  # fmt: skip


class GridActs(GridView):
    """A grid with its keys. A subclass says where its neighbours lead and who may be added."""

    screen_name = "grille"
    commands: ClassVar[tuple[Command, ...]] = COMMANDS
    neighbours: list[Any]

    # what a subclass writes

    def closed_because(self, month: Month) -> str:
        """Why nothing may be written in a whole month; empty when it may."""
        raise NotImplementedError

    def walk(self, step: int) -> None:
        """Go to a grid nearby."""
        raise NotImplementedError

    # the month

    def open_month(self, closed: Callable[[Month], str]) -> Month | None:
        """The month of the cursor when something may be written in it; else says why not."""
        month = self.grid.column_key
        if self.entry is None or not isinstance(month, int) or not self.grid.leave():
            return None
        sentence = content.READ_ONLY if self.suivi.read_only else closed(Month(month))
        if sentence:
            self.notify_plain(sentence, "warning")
            return None
        return Month(month)

    def _open_cell(self) -> Month | None:
        """The month of the cursor when its cell may change."""
        here, entry = self.here(), self.entry
        if here is None or entry is None:
            return None
        row = here[0]
        return self.open_month(
            lambda month: entry.closed_because(row.obligation, month, row.employer)
        )

    @on(HourGrid.ColumnValidated)
    def _validate(self, event: HourGrid.ColumnValidated) -> None:
        event.stop()
        month = self.open_month(self.closed_because)
        if month is None:
            return
        said = f"Heures {of_month(month)} validées"
        doubts = sum(1 for line in self.grid.people if self.grid.findings(line.key, month))
        if doubts:
            said += f", dont {plural(doubts, 'ligne', 'lignes')} avec une remarque"
        obligation, sender = self.obligation, self.sender
        self.act(
            lambda base: saving.validate(base, obligation, sender, month),
            lambda _: self._done(f"{said}."),
        )

    def action_repeat_month(self) -> None:
        """Copy the month before into the empty cells of the month."""
        month = self.open_month(self.closed_because)
        if month is not None:
            obligation, sender = self.obligation, self.sender
            self.act(
                lambda base: saving.repeat_month(base, obligation, sender, month),
                lambda lines: self._done(
                    f"{plural(lines, 'case reprise', 'cases reprises')} du mois précédent."
                ),
            )

    def _done(self, said: str) -> None:
        self.notify_plain(said)
        self.reload()

    @on(HourGrid.NoActivity)
    def _no_activity(self, event: HourGrid.NoActivity) -> None:
        event.stop()
        self.action_mark_idle()

    def action_mark_idle(self) -> None:
        """Mark the month without activity, or take the mark back."""
        raise NotImplementedError

    # the cell

    @on(PeopleGrid.TablePasted)
    def _pasted(self, event: PeopleGrid.TablePasted) -> None:
        event.stop()
        paste_preview(self, event.table)

    def action_refuse(self) -> None:
        """Refuse all or part of the hours of the cell."""
        from suivi_tui.tui.screens.shared.asking import ask

        here, month = self.here(), self._open_cell()
        if here is None or month is None:
            return
        row = here[0]
        stored = self.grid.stored(content.key_of(row), month)
        if stored is None:
            self.notify_plain("Cette case est vide : il n'y a pas d'heures à refuser.", "warning")
            return
        place = self.place(row, month)
        form = partial(
            decision_form,
            content.person_name(row),
            Hours(stored.declared),
            None if stored.validated is None else Hours(stored.validated),
            stored.refusal_reason,
            stored.comment,
            "/".join(map(str, place)),
        )
        ask(
            self,
            form,
            lambda base, values: saving.decide(
                base, place, values["validated"], values["reason"] or "", values["comment"] or ""
            ),
            lambda _: self.reload(),
        )

    def action_attach_correction(self) -> None:
        """Say which month the negative line of the cell takes back."""
        from suivi_tui.tui.screens.grille.correcting import ask_correction

        here, month = self.here(), self._open_cell()
        if here is not None and month is not None:
            ask_correction(self, here[0], month)

    def action_cell_history(self) -> None:
        """Who changed the cell, and when."""
        from suivi_tui.tui.screens.shared.history_of import show_history

        here = self.here()
        if here is not None:
            row, month = here
            key = f"{row.obligation}/{month}/{row.placement}/{row.kind}"
            title = joined([content.person_name(row), format_month(month)])
            show_history(self, "hour_entry", key, title)

    def action_cell_proof(self) -> None:
        """Where the hours of the cell come from, and all that the checks say of them."""
        from suivi_tui.tui.screens.grille.proof import show_proof

        here = self.here()
        if here is not None:
            show_proof(self, *here)

    def action_training_line(self) -> None:
        """A line for the hours of training of the person of the cursor."""
        here = self.here()
        if here is None or self.entry is None or not self.grid.leave():
            return
        row, month = here
        training = row._replace(kind=HourKind.TRAINING.number)
        if content.key_of(training) not in self.grid.rows:
            self._extra.append(training)
        self._move_to = (content.key_of(training), month)
        self.show_entry(self.entry)

    def show_placed(self, placement: int) -> None:
        """The line of a person who was just placed, ready for their hours."""
        self._move_to = ((placement, HourKind.WORK.number), self.grid.column_key)
        self.reload()

    # the grid

    def action_unfold(self) -> None:
        """Show, or hide, what was validated and refused where the figures differ."""
        self.unfold = not self.unfold
        self.show_rows()
        if self.unfold and len(self.grid.lines) == len(self.grid.people):
            self.unfold = False
            self.notify_plain("Aucune heure refusée sur ces mois : rien à déplier.")

    def action_other_view(self) -> None:
        """From an obligation to a sender, or back."""
        raise NotImplementedError

    def come_back(self) -> bool:
        """Go back when the other view is just under this one; whether it was."""
        stack = self.app.screen_stack
        below = stack[-2] if len(stack) > 1 else None
        if isinstance(below, GridActs) and (below.sender is None) != (self.sender is None):
            self.go_back()
            return True
        return False

    def action_whole_life(self) -> None:
        """All that there is, or what matters now."""
        if self.grid.leave():
            self.whole = not self.whole
            self.say_whole()
            self.load()

    def say_whole(self) -> None:
        """Say what is shown from now on."""
        raise NotImplementedError

    def action_next_obligation(self) -> None:
        """The next grid."""
        self._walk(1)

    def action_previous_obligation(self) -> None:
        """The grid before."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        if self.grid.leave():
            self.walk(step)

    def export_shown(self) -> None:
        """The grid as it is shown: a line a person, hours by month."""
        months = self.grid.months
        tags = self.sender is not None
        columns = [Column("Participant"), *([Column("Marché")] if tags else []),
                   *(Column(month.title, align="right") for month in months)]  # fmt: skip
        rows = []
        for line in self.grid.people:
            hours = [self.grid.cell(line.key, month.key).hours for month in months]
            said = ("" if item is None else format_hours(item, unit=False) for item in hours)
            rows.append((line.label, *([line.tag] if tags else []), *said))
        title = "Heures du déclarant" if tags else "Heures de l'obligation"
        export_shown(self, title, columns, rows, names=("Participant",))
