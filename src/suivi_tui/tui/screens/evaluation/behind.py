"""Behind a figure: the people or the obligations that make it, then their lines, then the proof."""

from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from textual import on

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.message import Message
from suivi_tui.tui.screens.evaluation.scope import Scope
from suivi_tui.tui.screens.grille.proof import TYPED, proof_words
from suivi_tui.tui.screens.shared.history_of import show_history
from suivi_tui.tui.screens.shared.opening import open_sheet
from suivi_tui.tui.screens.shared.record_list import ItemListScreen
from suivi_tui.tui.screens.shared.texts import joined, month
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, Row, Sort
from suivi_tui.vocabulary.choices import HourKind, RefusalReason, label_of
from suivi_tui.vocabulary.choices.evaluation import ObligationVerdict, VerdictReason
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.numbers import NBSP, format_number, plural

if TYPE_CHECKING:
    from suivi_tui.readings.evaluation_detail import LineBehind, PersonBehind
    from suivi_tui.readings.evaluation_owing import OwingObligation
    from suivi_tui.store.queries.proofs import ProofRow

GROUP: Final = "Évaluation"
REASON: Final = "motif"
OBLIGATIONS: Final = frozenset(
    ("dues", "tenues", "en_partie", "non_tenues", "neutralisees", "en_cours", "objectif_inconnu",
     REASON)
)  # fmt: skip
"""The figures that obligations stand behind; people stand behind the others."""


_TONES: Final = {ObligationVerdict.NOT_KEPT: "alerte", ObligationVerdict.PARTLY: "info"}


class Asked(NamedTuple):
    """The figure looked behind: its key and name, and the row of a breakdown when there is one."""

    figure: str
    title: str
    key: str = ""
    value: str = ""

    @property
    def name(self) -> str:
        """What is looked behind, in words."""
        return f"{self.title}{NBSP}: {self.value}" if self.value else self.title


def on_one(screen: Any) -> bool:
    """Whether the cursor is on somebody or something."""
    return screen.item is not None


def _command(name: str, keys: str, label: str, sentence: str, footer: int) -> Command:
    return Command(name, keys, label, sentence, "derriere", GROUP, footer, available=on_one)


class PeopleBehind(ItemListScreen["PersonBehind"]):
    """The people behind a figure, each with their hours in it."""

    screen_name = "derriere_personnes"
    heading = "Derrière le chiffre"
    purpose = (
        "Les personnes qui font un chiffre, avec leurs heures dans ce périmètre. Entrée montre "
        "les lignes d'heures d'une personne, « l » toutes les lignes du chiffre."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        _command("lines", "l", "Toutes les lignes", "Les lignes d'heures du chiffre.", 10),
        _command("person", "v", "Fiche", "Ouvrir la fiche de la personne.", 41),
    )
    list_id = "people"
    empty = "Personne n'est derrière ce chiffre."
    narrow = (
        Column("Personne", 0, sort="0"),
        Column("Déclarées", 13, "right", sort="declared"),
        Column("Validées", 13, "right", sort="validated"),
        Column("Contrats", 8, "right", sort="contracts"),
    )
    wide = (*narrow, Column("Référence", 14, sort="4"))
    naming = ("Personne",)

    def __init__(self, scope: Scope, asked: Asked) -> None:
        super().__init__()
        self.scope, self.asked = scope, asked

    def load(self) -> None:
        """The people, as they were counted."""
        scope, asked = self.scope, self.asked

        def ask(base: Any) -> "tuple[PersonBehind, ...]":
            from suivi_tui.readings.evaluation_detail import people_of

            return people_of(base.connection, *_first_ones(scope, asked), **_shown_as(scope))

        self.read("people", ask, self.show_people)

    def show_people(self, found: "tuple[PersonBehind, ...]") -> None:
        """Show them."""
        listed = self.query_one(PagedList)
        listed.title = joined(
            [self.asked.name, _counted(len(found), "personne", "personnes"), self.scope.text(True)]
        )
        sorting = {
            "declared": lambda one: one.hours.declared,
            "validated": lambda one: one.hours.validated,
            "contracts": lambda one: one.work_contracts,
        }
        self.show_items(found, _person_row, sorting)

    @on(PagedList.RowSelected, "#people")
    def _chosen(self) -> None:
        if self.item is not None:
            self.app.push_screen(LinesBehind(self.scope, self.asked, self.item))

    def action_lines(self) -> None:
        """Every line of the figure."""
        self.app.push_screen(LinesBehind(self.scope, self.asked))

    def action_person(self) -> None:
        """The sheet of the person of the cursor."""
        if self.item is not None:
            open_sheet(self, "participant", self.item.participant)


class LinesBehind(ItemListScreen["LineBehind"]):
    """The hour lines behind a figure, of everybody or of one person."""

    screen_name = "derriere_lignes"
    heading = "Lignes derrière le chiffre"
    purpose = (
        "Les lignes d'heures qui font un chiffre. Entrée montre d'où viennent les heures : le "
        "fichier, la feuille et la ligne, ou la saisie à la main."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        _command("person", "v", "Fiche", "Ouvrir la fiche de la personne.", 41),
        _command("obligation", "o", "Obligation", "Ouvrir l'obligation de la ligne.", 42),
        _command("line_history", "h", "Historique", "Qui a saisi ces heures, et quand.", 43),
    )
    list_id = "lines"
    empty = "Aucune ligne n'est derrière ce chiffre."
    narrow = (
        Column("Mois", 14, sort="month"),
        Column("Personne", 0, sort="1"),
        Column("Marché", 16, sort="2"),
        Column("Déclarées", 12, "right", sort="declared"),
        Column("Validées", 12, "right", sort="validated"),
    )
    wide = (
        *narrow,
        Column("Nature", 10, sort="5"),
        Column("Motif de refus", 22, sort="6"),
    )
    naming = ("Personne",)

    def __init__(self, scope: Scope, asked: Asked, person: "PersonBehind | None" = None) -> None:
        super().__init__()
        self.scope, self.asked, self.person = scope, asked, person

    def load(self) -> None:
        """The lines, as they were counted."""
        scope, asked = self.scope, self.asked
        person = self.person.participant if self.person is not None else None

        def ask(base: Any) -> "tuple[LineBehind, ...]":
            from suivi_tui.readings.evaluation_detail import lines_of

            first = _first_ones(scope, asked)
            return lines_of(base.connection, *first, **_shown_as(scope), person=person)

        self.read("lines", ask, self.show_lines)

    def show_lines(self, found: "tuple[LineBehind, ...]") -> None:
        """Show them."""
        who = f"{self.person.last} {self.person.first}".strip() if self.person else ""
        listed = self.query_one(PagedList)
        listed.title = joined([self.asked.name, who, _counted(len(found), "ligne", "lignes")])
        sorting = {
            "month": lambda one: one.row.month,
            "declared": lambda one: one.row.declared,
            "validated": lambda one: one.row.validated,
        }
        self.show_items(found, _line_row, sorting)

    @on(PagedList.RowSelected, "#lines")
    def _proof(self) -> None:
        line = self.item
        if line is None:
            return

        def ask(base: Any) -> "list[ProofRow]":
            from suivi_tui.readings.evaluation_detail import proofs_of

            return proofs_of(base.connection, line.row)

        def show(proofs: "list[ProofRow]") -> None:
            told = [proof_words(proof) for proof in proofs] or [TYPED]
            if line.row.comment:
                told += ["", f"Commentaire{NBSP}: {line.row.comment}"]
            title = joined([_who(line), month(line.row.month), line.lot])
            self.suivi.push_screen(Message(f"Justificatif{NBSP}: {title}", "\n".join(told)))

        self.read("proof", ask, show)

    def action_person(self) -> None:
        """The sheet of the person of the line."""
        if self.item is not None:
            open_sheet(self, "participant", self.item.row.participant)

    def action_line_history(self) -> None:
        """Who entered or decided the hours of the line."""
        if self.item is not None:
            row = self.item.row
            key = f"{row.obligation}/{row.month}/{row.placement}/{row.kind}"
            show_history(self, "hour_entry", key, f"{_who(self.item)}, {month(row.month)}")

    def action_obligation(self) -> None:
        """The obligation of the line."""
        if self.item is not None:
            open_sheet(self, "obligation", self.item.row.obligation)


class ObligationsBehind(ItemListScreen["OwingObligation"]):
    """The obligations behind what is owed, or behind how they stand."""

    screen_name = "derriere_obligations"
    heading = "Obligations derrière le chiffre"
    purpose = (
        "Les obligations qui font un chiffre : ce qu'elles doivent dans la période, ce qui est "
        "validé depuis leur début. Entrée ouvre une obligation."
    )
    list_id = "obligations"
    empty = "Aucune obligation n'est derrière ce chiffre."
    narrow = (
        Column("Marché", 19, sort="0"),
        Column("Entreprise", 0, sort="1"),
        Column("Dues", 12, "right", sort="due"),
        Column("Validées", 12, "right", sort="validated"),
        Column("État", 12, sort="4"),
    )
    wide = (
        *narrow,
        Column("Attendues", 13, "right", sort="expected"),
        Column("Acheteur", 24, sort="6"),
    )
    first_sort: ClassVar[Sort | None] = None

    def __init__(self, scope: Scope, asked: Asked) -> None:
        super().__init__()
        self.scope, self.asked = scope, asked

    def load(self) -> None:
        """The obligations, as they were counted."""
        scope, asked, today = self.scope, self.asked, self.suivi.today

        def ask(base: Any) -> "tuple[OwingObligation, ...]":
            from suivi_tui.readings.evaluation_detail import obligations_for, obligations_of

            if asked.figure == REASON:
                reason = VerdictReason(asked.key)
                return obligations_for(base.connection, scope.filters, reason, today)
            return obligations_of(base.connection, scope.filters, asked.figure, today)

        self.read("obligations", ask, self.show_obligations)

    def show_obligations(self, found: "tuple[OwingObligation, ...]") -> None:
        """Show them."""
        listed = self.query_one(PagedList)
        many = plural(len(found), "obligation", "obligations")
        listed.title = joined([self.asked.name, many, self.scope.text(True)])
        sorting = {
            "due": lambda one: one.due,
            "validated": lambda one: one.validated,
            "expected": lambda one: one.expected,
        }
        self.show_items(found[:MEMORY_LIMIT], _obligation_row, sorting)

    @on(PagedList.RowSelected, "#obligations")
    def _chosen(self) -> None:
        if self.item is not None:
            open_sheet(self, "obligation", self.item.row.obligation)


def _first_ones(scope: Scope, asked: Asked) -> tuple[Any, ...]:
    """What is looked behind, and how many of its first rows are listed."""
    return scope.filters, asked.figure, asked.key, asked.value, None, MEMORY_LIMIT


def _shown_as(scope: Scope) -> dict[str, Any]:
    """With names, and with the classes of the figures."""
    return {"names": True, "bands": scope.bands}


def _counted(count: int, one: str, several: str) -> str:
    if count < MEMORY_LIMIT:
        return plural(count, one, several)
    return f"les {format_number(MEMORY_LIMIT)} premières {several}"


def _person_row(one: "PersonBehind") -> Row:
    cells = (
        person_name(one.last, one.first, one.reference),
        format_hours(one.hours.declared),
        format_hours(one.hours.validated),
        format_number(one.work_contracts),
        one.reference,
    )
    return Row((one.participant,), one.participant, cells)


def person_name(last: str, first: str, reference: str = "") -> str:
    """How a person is named in a list: without a name, by their reference."""
    return f"{last} {first}".strip() or reference or "Sans nom"


def _who(line: "LineBehind") -> str:
    return person_name(line.row.last, line.row.first, line.row.reference)


def _line_row(line: "LineBehind") -> Row:
    row = line.row
    validated = "à valider" if row.validated is None else format_hours(Hours(row.validated))
    cells = (
        month(row.month),
        _who(line),
        line.lot,
        format_hours(Hours(row.declared)),
        validated,
        HourKind.numbered(row.kind).label,
        label_of(RefusalReason, row.refusal_reason),
    )
    key = f"{row.obligation}/{row.month}/{row.placement}/{row.kind}"
    return Row((key,), key, cells, "info" if row.validated is None else "")


def _obligation_row(one: "OwingObligation") -> Row:
    row = one.row
    lot = "" if row.lot_number in ("", "0") else f" lot {row.lot_number}"
    cells = (
        f"{row.number}{lot}",
        row.company_name,
        format_hours(one.due),
        format_hours(one.validated),
        one.verdict.label,
        format_hours(one.expected),
        row.buyer_name,
    )
    tone = _TONES.get(one.verdict, "")
    return Row((row.obligation,), row.obligation, cells, tone)
