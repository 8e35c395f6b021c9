"""The policy of one buyer for one year: texts, commitments, figures, evidence, yearly report."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.dialogs.form_draft import new_of
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.politiques.bilan import ask_report
from suivi_tui.tui.screens.politiques.forms import evidence_fields, policy_fields, target_fields
from suivi_tui.tui.screens.politiques.sections import Explained, sections_of
from suivi_tui.tui.screens.shared.exporting import export_shown
from suivi_tui.tui.screens.shared.fixed_list import editable
from suivi_tui.tui.screens.shared.opening import open_sheet
from suivi_tui.tui.screens.shared.sheet import Sheet, SheetScreen, on_record
from suivi_tui.tui.widgets.paged_list import PagedList
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.policies import Aim, PolicyYear

GROUP = "Politique"
OWN = ("policy", "policy_target", "evidence")


def _on_own(screen: Any) -> bool:
    found = [sheet.record() for sheet in screen.query(Sheet)]
    return editable(screen) and any(record is not None and record[0] in OWN for record in found)


def _on_aim(screen: Any) -> bool:
    return editable(screen) and screen.aim_here() is not None


def _on_figure(screen: Any) -> bool:
    return screen.explained_here() is not None


class BuyerPolicy(SheetScreen[None]):
    """A buyer and a year; Enter changes the line of the cursor, or opens the contract."""

    screen_name = "politique"
    figures = "Chiffre"
    heading = "Politique d'achat"
    purpose = (
        "Ce que l'acheteur a promis pour l'année, ce qui est fait, et ce qui le prouve. Le réalisé "
        "est calculé quand la base le sait, saisi sinon ; un chiffre saisi ne cache jamais un "
        "chiffre calculé.\n"
        "Touche x : comment le chiffre de la ligne est compté. Touche y : une autre année."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("target", "a", "Engagement", "Ajouter un engagement de l'année.", "politique",
                GROUP, footer=10, available=editable),
        Command("explain", "x", "Expliquer", "Comment ce chiffre est compté.", "politique",
                GROUP, footer=20, available=_on_figure),
        Command("evidence", "p", "Preuve", "Ajouter une preuve à l'engagement choisi.",
                "politique", GROUP, footer=25, available=_on_aim),
        Command("year", "y", "Année", "Une autre année.", "politique", GROUP, footer=30),
        Command("report", "b", "Bilan", "Écrire le bilan de l'année (.docx ou .md).", "politique",
                GROUP, footer=35),
        Command("policy", "c", "Texte", "Ajouter une charte, une convention, un SPASER.",
                "politique", GROUP, footer=40, available=editable),
        Command("renew", "r", "Reprendre", "Reprendre les engagements de l'année d'avant.",
                "politique", GROUP, footer=45, available=editable),
        Command("edit", "m", "Modifier", "Modifier la ligne choisie.", "politique", GROUP,
                footer=48, available=_on_own),
        Command("history", "h", "Historique", "Qui a changé quoi sur la ligne choisie.",
                "politique", GROUP, footer=85, available=on_record),
        Command("remove", "delete", "Retirer", "Retirer la ligne choisie.", "politique", GROUP,
                available=_on_own),
    )  # fmt: skip

    def __init__(self, buyer: int, year: int) -> None:
        super().__init__()
        self.buyer, self.year = buyer, year
        self.found: PolicyYear | None = None

    def load(self) -> None:
        buyer, year, today = self.buyer, self.year, self.suivi.today

        def ask_base(base: Any) -> "PolicyYear | None":
            from suivi_tui.actions.policies import read_year

            return read_year(base.connection, buyer, year, today)

        self.read("year", ask_base, self.show_year)

    def show_year(self, found: "PolicyYear | None") -> None:
        """Show the buyer and the year; a buyer that is no longer there closes the sheet."""
        if found is None:
            self.notify_plain("Cet acheteur n'est plus dans la base.", "warning")
            self.go_back()
            return
        self.found = found
        self.query_one(Sheet).show_sections(f"{found.name} · {found.year}", sections_of(found))
        self.refresh_bindings()

    def aim_here(self) -> "Aim | None":
        """The commitment of the line of the cursor, or of the evidence there."""
        record = self.query_one(Sheet).record() if self.is_mounted else None
        if record is None or self.found is None:
            return None
        entity, row = record
        for aim in self.found.aims:
            if entity == "policy_target" and aim.row.policy_target == row:
                return aim
            if entity == "evidence" and any(one.evidence == row for one in aim.evidence):
                return aim
        return None

    def explained_here(self) -> Explained | None:
        """What is said of the figure of the line of the cursor."""
        line = self.query_one(Sheet).line if self.is_mounted else None
        return line.about if line is not None and isinstance(line.about, Explained) else None

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        record = self.query_one(Sheet).record()
        if record is not None and record[0] == "contract":
            open_sheet(self, *record)
        elif _on_own(self):
            self.action_edit()
        else:
            self.action_explain()

    def action_explain(self) -> None:
        """How the figure of the line is counted."""
        explained = self.explained_here()
        if explained is not None:
            self.app.push_screen(Message(explained.title, explained.text))

    def action_year(self) -> None:
        """Another year: those that have something, and the one after."""
        buyer = self.buyer

        def ask_base(base: Any) -> list[int]:
            from suivi_tui.store.queries.policies import years_of

            return years_of(base.connection, buyer)

        def choose(years: list[int]) -> None:
            this = self.suivi.today.year
            listed = sorted({*years, this - 1, this, this + 1}, reverse=True)
            choices = [Choice(year, str(year)) for year in listed]
            self.app.push_screen(Choose("Quelle année ?", choices), self._show_year_of)

        self.read("years", ask_base, choose)

    def _show_year_of(self, year: Any) -> None:
        if year is not None:
            self.year = year
            self.reload()

    def action_policy(self) -> None:
        """A charter, a convention, a SPASER."""
        self._ask_policy(None)

    def _ask_policy(self, row: int | None) -> None:
        today, buyer = self.suivi.today, self.buyer
        policies = self.found.policies if self.found is not None else ()
        known = next((one for one in policies if one.policy == row), None)

        def save(base: Any, values: Values) -> object:
            from suivi_tui.actions.records import save_record

            return save_record(base, "policy", row, {**values, "buyer": buyer})

        self.ask_fields(
            "Charte, convention ou SPASER",
            lambda: policy_fields(today, known),
            save,
            row if row is not None else new_of(buyer),
        )

    def action_target(self) -> None:
        """A commitment of the year."""
        self._ask_target(None)

    def _ask_target(self, aim: "Aim | None") -> None:
        if self.found is None:
            return
        policies, buyer, year = self.found.policies, self.buyer, self.year
        row = aim.row.policy_target if aim is not None else None

        def save(base: Any, values: Values) -> object:
            from suivi_tui.actions.policies import save_target

            policy = int(values["policy"]) if values.get("policy") else None
            given = {**values, "policy": policy, "buyer": buyer, "year": year}
            return save_target(base, row, given)

        self.ask_fields(
            f"Engagement {year}",
            lambda: target_fields(policies, aim),
            save,
            row if row is not None else new_of(f"{buyer}/{year}"),
        )

    def action_evidence(self) -> None:
        """What proves the commitment of the cursor."""
        aim = self.aim_here()
        if aim is not None:
            self._ask_evidence(aim, None)

    def _ask_evidence(self, aim: "Aim", row: int | None) -> None:
        today, target = self.suivi.today, aim.row.policy_target
        known = next((one for one in aim.evidence if one.evidence == row), None)

        def save(base: Any, values: Values) -> object:
            from suivi_tui.actions.records import save_record

            return save_record(base, "evidence", row, {**values, "policy_target": target})

        self.ask_fields(
            "Preuve",
            lambda: evidence_fields(today, known),
            save,
            row if row is not None else new_of(target),
        )

    def action_edit(self) -> None:
        """Change what the line of the cursor is about."""
        record, aim = self.query_one(Sheet).record(), self.aim_here()
        if record is None:
            return
        entity, row = record
        if entity == "policy":
            self._ask_policy(row)
        elif aim is not None and entity == "policy_target":
            self._ask_target(aim)
        elif aim is not None:
            self._ask_evidence(aim, row)

    def action_renew(self) -> None:
        """The commitments of the year before, taken again."""
        buyer, year = self.buyer, self.year

        def renew(base: Any) -> int:
            from suivi_tui.actions.policies import renew_targets

            return renew_targets(base, buyer, year).lines

        def done(lines: int) -> None:
            if lines:
                self.reload()
            else:
                self.notify_plain(f"Rien à reprendre de {year - 1}.", "warning")

        self.write(renew, done)

    def action_report(self) -> None:
        """The yearly report as a file."""
        if self.found is not None:
            ask_report(self, self.found)

    def export_shown(self) -> None:
        """The lines of the sheet."""
        sheet = self.query_one(Sheet)
        if self.found is not None:
            title = f"Politique {self.found.name} {self.year}".replace(NBSP, " ")
            export_shown(self, title, sheet.columns, sheet.rows)
