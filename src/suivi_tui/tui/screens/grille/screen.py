"""The hour grid screen: what its keys do."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.screens.grille import content, saving
from suivi_tui.tui.screens.grille.deciding import decision_form
from suivi_tui.tui.screens.grille.pasting import paste_preview
from suivi_tui.tui.screens.grille.view import GridView
from suivi_tui.tui.screens.grille.widget import ObligationGrid
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.widgets.columns import Column
from suivi_tui.tui.widgets.hour_grid import HourGrid
from suivi_tui.tui.widgets.status_line import joined
from suivi_tui.vocabulary.choices import HourKind, StatementStatus
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, format_month
from suivi_tui.vocabulary.numbers import NBSP, plural

GROUP: Final = "Grille des heures"


def _writable(screen: "HourGridScreen") -> bool:
    return not screen.suivi.read_only


def _several(screen: "HourGridScreen") -> bool:
    return len(screen.neighbours) > 1


def _command(name: str, keys: str, label: str, sentence: str, footer: int = 0,
             available: Callable[[Any], bool] | None = _writable,
             palette: bool = True) -> Command:  # fmt: skip
    return Command(name, keys, label, sentence, "grille", GROUP, footer, palette,
                   available=available)  # fmt: skip


class HourGridScreen(GridView):
    """The grid of one obligation (see :class:`GridView`)."""

    screen_name = "grille"
    heading = GROUP
    purpose = (
        "Tapez un nombre : la case s'enregistre quand vous la quittez. Signes : ? à valider, "
        "✓ validées, ! refusées en partie, – sans activité, = mois verrouillé."
    )
    commands = (
        _command("add_person", "a", "Ajouter", "Placer une personne sur l'obligation.", 45),
        _command("refuse", "r", "Refuser", "Valider une partie des heures, refuser le reste.", 46),
        _command("cell_history", "h", "Historique", "Qui a changé cette case, et quand.", 47, None),
        _command("repeat_month", "plus", "Reprendre le mois",
                 "Répéter le mois précédent dans toutes les cases vides du mois."),
        _command("training_line", "f", "Ligne de formation",
                 "Saisir des heures de formation pour cette personne."),
        _command("mark_idle", "s", "Mois sans activité", "Comme n : la touche du mur des relevés.",
                 palette=False),
        _command("next_obligation", "o,ctrl+down", "Obligation suivante",
                 "Passer à la grille suivante.", 48, _several),
        _command("previous_obligation", "O,ctrl+up", "Obligation précédente",
                 "Revenir à la grille précédente.", 0, _several),
        _command("whole_life", "p", "Toute la durée",
                 "Montrer tous les mois et toutes les personnes, ou douze mois.", 0, None),
    )  # fmt: skip

    # the month

    def _open_month(self) -> Month | None:
        """The month of the cursor when something may be written in it; else says why not."""
        month = self.grid.column_key
        if self.entry is None or not isinstance(month, int) or not self.grid.leave():
            return None
        closed = content.READ_ONLY if self.suivi.read_only else self.entry.closed_because(
            Month(month))  # fmt: skip
        if closed:
            self.notify_plain(closed, "warning")
            return None
        return Month(month)

    @on(HourGrid.ColumnValidated)
    def _validate(self, event: HourGrid.ColumnValidated) -> None:
        event.stop()
        month = self._open_month()
        if month is not None:
            obligation = self.obligation
            self.write(
                lambda base: saving.validate(base, obligation, month),
                lambda lines: self._done(
                    lines,
                    f"Heures de {format_month(month)} validées.",
                    f"Rien n'est à valider en {format_month(month)}.",
                ),
            )

    @on(HourGrid.NoActivity)
    def _no_activity(self, event: HourGrid.NoActivity) -> None:
        event.stop()
        self.action_mark_idle()

    def action_mark_idle(self) -> None:
        """Mark the month without activity, or take the mark back."""
        month = self._open_month()
        if month is not None:
            status, today = StatementStatus.NO_ACTIVITY, self.suivi.today
            self.write(
                partial(saving.toggle, obligation=self.obligation, month=month, status=status,
                        today=today),
                lambda _: self.reload(),
            )  # fmt: skip

    def action_repeat_month(self) -> None:
        """Copy the month before into the empty cells of the month."""
        month = self._open_month()
        if month is not None:
            obligation = self.obligation
            self.write(
                lambda base: saving.repeat_month(base, obligation, month),
                lambda lines: self._done(
                    lines,
                    f"{plural(lines, 'case reprise', 'cases reprises')} du mois précédent.",
                    "Rien à reprendre du mois précédent.",
                ),
            )

    def _done(self, lines: int, said: str, nothing: str) -> None:
        self.notify_plain(said if lines else nothing)
        self.reload()

    # other acts

    @on(ObligationGrid.TablePasted)
    def _pasted(self, event: ObligationGrid.TablePasted) -> None:
        event.stop()
        paste_preview(self, event.table)

    def action_add_person(self) -> None:
        """Place a person on the obligation."""
        from suivi_tui.tui.screens.grille.hiring import add_person

        if self.entry is not None and self.grid.leave():
            add_person(self, self.obligation, self.entry.about.company, self.reload)

    def action_refuse(self) -> None:
        """Refuse all or part of the hours of the cell."""
        from suivi_tui.tui.screens.shared.asking import ask

        here = self.here()
        month = self._open_month() if here else None
        if here is None or month is None:
            return
        row = here[0]
        stored = self.grid.stored.get(((row.placement, row.kind), month))
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

    def action_cell_history(self) -> None:
        """Who changed the cell, and when."""
        from suivi_tui.tui.screens.shared.history_of import show_history

        here = self.here()
        if here is not None:
            row, month = here
            key = f"{self.obligation}/{month}/{row.placement}/{row.kind}"
            title = joined([content.person_name(row), format_month(month)])
            show_history(self, "hour_entry", key, title)

    def action_training_line(self) -> None:
        """A line for the hours of training of the person of the cursor."""
        here = self.here()
        if here is None or self.entry is None or not self.grid.leave():
            return
        row, month = here
        training = row._replace(kind=HourKind.TRAINING.number)
        if self.row_of((training.placement, training.kind)) is None:
            self._extra.append(training)
        self._move_to = ((training.placement, training.kind), month)
        self.show_entry(self.entry)

    def action_next_obligation(self) -> None:
        """The next grid."""
        self._walk(1)

    def action_previous_obligation(self) -> None:
        """The grid before."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        if not self.grid.leave() or self.obligation not in self.neighbours:
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

    def export_shown(self) -> None:
        """The grid as it is shown: a line a person, hours by month."""
        months = self.grid.months
        columns = [Column("Participant"), *(Column(month.title, align="right") for month in months)]
        rows = []
        for line in self.grid.lines:
            hours = [self.grid.cell(line.key, month.key).hours for month in months]
            said = ("" if item is None else format_hours(item, unit=False) for item in hours)
            rows.append((line.label, *said))
        export_shown(self, "Heures de l'obligation", columns, rows, names=("Participant",))

    def action_whole_life(self) -> None:
        """All the months and people, or the last twelve months."""
        if self.grid.leave():
            self.whole = not self.whole
            said = "Toute la durée" if self.whole else "Douze derniers mois"
            self.notify_plain(f"{said}{NBSP}: ← et → pour parcourir les mois.")
            self.load()
