"""Who and what the texts of a file are: one list, each text with the record it is said to be."""

from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import on
from textual.app import ComposeResult

from suivi_tui.tui.commands import Command
from suivi_tui.tui.dialogs.choose import Choice
from suivi_tui.tui.screens.importation.asking import Ask, with_enter
from suivi_tui.tui.screens.shared.fixed_list import FixedList, FixedListScreen
from suivi_tui.tui.screens.shared.texts import joined, said
from suivi_tui.tui.widgets.paged_list import Column, PagedList
from suivi_tui.tui.widgets.sources import MEMORY_LIMIT, MemorySource, Row
from suivi_tui.tui.widgets.status_line import StatusLine
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.actions.statement_import.planned import MatchQuestion

Key = tuple[str, str]

COLUMNS: Final = (
    Column("Réponse", 11),
    Column("Dans le fichier", 0),
    Column("Fiche de la base", 0),
    Column("Lignes", 6, "right"),
)
EMPTY: Final = (
    "Tout a été reconnu : aucune question. Échap revient à l'aperçu des lignes."
)  # fmt: skip
PERSON: Final = "participant"
# Which screen lists the records of an entity, to search all of them.
SEARCHED: Final = {PERSON: "participants", "company": "entreprises"}
NOUNS: Final = {"company": "Employeur", "obligation": "Lieu"}

NEW, LEAVE = "new", "leave"
NEW_NOUNS: Final = {PERSON: "Nouveau participant", "company": "Nouvelle entreprise"}
LEFT_ASIDE: Final = "laissé de côté"


class Given(NamedTuple):
    """What the person answered: a record, a new one, or (neither) left out; in words."""

    found: int | None
    new: bool = False
    label: str = ""

    @property
    def text(self) -> str:
        """As the list shows it."""
        return self.label or LEFT_ASIDE


class MatchScreen(FixedListScreen[bool]):
    """The questions of one file; ``answers`` is filled, ``True`` once the person goes on."""

    screen_name = "rapprochements"
    heading = "Rapprochements"
    purpose = (
        "À gauche ce que dit le fichier, à droite la fiche. Espace confirme la fiche proposée, "
        "Entrée en choisit une autre. Ce qui est répondu est retenu pour cet expéditeur.\n"
        "Les lignes sans réponse restent douteuses : rien ne s'écrit sans vous."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("go_on", "v,ctrl+s", "Continuer", "Revenir à l'aperçu avec ces réponses.",
                "rapprochements", "Rapprochements", footer=10),
        Command("confirm", "space", "Confirmer", "Prendre la fiche proposée, passer à la suite.",
                "rapprochements", "Rapprochements", footer=20),
        Command("confirm_all", "a", "Tout confirmer", "Prendre toutes les fiches proposées.",
                "rapprochements", "Rapprochements", footer=45),
    )  # fmt: skip

    def __init__(
        self,
        questions: "tuple[MatchQuestion, ...]",
        answers: dict[Key, Given],
        at: Key | None = None,
    ) -> None:
        super().__init__()
        self._at = at
        self.questions = questions[:MEMORY_LIMIT]
        self.answers = answers

    def commands_here(self) -> list[Command]:
        """Enter answers."""
        return with_enter(super().commands_here(), "Choisir", "Choisir la fiche.")

    def can_undo(self) -> bool:
        """Nothing of this screen is written."""
        return False

    def compose_body(self) -> ComposeResult:
        """The list, the question of the cursor in full."""
        yield FixedList(COLUMNS, title="Qui est-ce, et où ?", empty=EMPTY, id="questions")
        yield StatusLine(3, id="question")

    def on_mount(self) -> None:
        """The question that was asked for, else the first one without an answer."""
        super().on_mount()
        places = [
            place
            for place, item in enumerate(self.questions)
            if (item.key == self._at if self._at else self.waits(item))
        ]
        self.query_one(FixedList).move_to(places[0] if places else 0)

    def load(self) -> None:
        """Show the questions as they stand."""
        rows = [self._row(place, item) for place, item in enumerate(self.questions)]
        self.query_one(FixedList).show(MemorySource(rows), keep=True)

    def waits(self, question: "MatchQuestion") -> bool:
        """Whether nobody has answered yet, now or at another time."""
        return question.key not in self.answers and question.answer is None

    def _row(self, place: int, question: "MatchQuestion") -> Row:
        given = self.answers.get(question.key)
        proposed = label_of(question, question.proposed)
        if given is not None:
            word, text, tone = "✓ répondu", given.text, "ok"
        elif question.answer is not None:
            word = "✓ retenu" if question.remembered else "✓ répondu"
            text, tone = in_force(question), "ok"
        elif proposed:
            word, text, tone = "? proposé", f"{proposed}{NBSP}?", "alerte"
        else:
            word, text, tone = "? à choisir", choices_said(question), "alerte"
        noun = NOUNS.get(question.key[0], "")
        found = said(noun, text_of(question)) if noun else text_of(question)
        return Row((place,), place, (word, found, text, str(question.lines)), tone)

    @property
    def question(self) -> "MatchQuestion | None":
        """The question of the cursor."""
        row = self.query_one(FixedList).current
        return self.questions[int(row.id)] if row is not None else None

    @on(PagedList.RowHighlighted)
    def _moved(self) -> None:
        from suivi_tui.tui.plain import shown, wrapped

        question, bar = self.question, self.query_one(StatusLine)
        if question is None:
            return
        text = wrapped(shown(question.sentence), max(20, (bar.size.width or 80) - 2))
        hint = next((item.hint for item in question.candidates if item.id == question.proposed), "")
        why = "Retenu la dernière fois." if question.remembered else said("Fiche proposée", hint)
        bar.say_at_rest(*text[:2], (why, "muted"))

    @on(PagedList.RowSelected)
    def _chosen(self) -> None:
        question = self.question
        if question is None:
            return
        place = SEARCHED.get(question.key[0], "")
        dialog = Ask(
            f"«{NBSP}{text_of(question)}{NBSP}»",
            question.sentence,
            choices_for(question),
            self.suivi.search if place else None,
            place,
        )
        self.app.push_screen(dialog, lambda choice: self._answer(question, choice))

    def _answer(self, question: "MatchQuestion", choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.key == LEAVE:
            self._give(question, Given(None))
        elif choice.key == NEW:
            self._give(question, Given(None, True, choice.label.lower()))
        else:
            self._give(question, Given(choice.key, label=choice.label))

    def _give(self, question: "MatchQuestion", given: Given) -> None:
        self.answers[question.key] = given
        self.load()
        # On to the next one that waits, the list being gone through from here.
        listed, here = self.query_one(FixedList), self.questions.index(question)
        places = [*range(here + 1, len(self.questions)), *range(here)]
        listed.move_to(next((each for each in places if self.waits(self.questions[each])), here))

    def action_confirm(self) -> None:
        """Take the record proposed."""
        question = self.question
        if question is None:
            return
        if question.proposed is None:
            self._chosen()
        else:
            self._give(
                question, Given(question.proposed, label=label_of(question, question.proposed))
            )

    def action_confirm_all(self) -> None:
        """Take every record proposed; the others stay to be chosen."""
        taken = [item for item in self.questions if self.waits(item) and item.proposed is not None]
        for item in taken:
            self.answers[item.key] = proposal_of(item)
        self.load()
        left = sum(self.waits(item) for item in self.questions)
        done = plural(len(taken), "proposition confirmée", "propositions confirmées")
        rest = plural(left, "réponse reste à choisir", "réponses restent à choisir")
        self.notify_plain(joined((done, rest if left else "")) + ".")

    def action_go_on(self) -> None:
        """Back to the preview."""
        self.dismiss(True)


def choices_for(question: "MatchQuestion") -> list[Choice]:
    """The candidates, the one proposed first; a new person; or nothing of these lines."""
    listed = [Choice(item.id, item.label, item.hint, item.hint) for item in question.candidates]
    listed.sort(key=lambda choice: choice.key != question.proposed)
    if question.may_be_new:
        listed.append(Choice(NEW, new_said(question), "sa fiche sera créée"))
    listed.append(Choice(LEAVE, "Laisser de côté", "ces lignes sont écartées"))
    return listed


def text_of(question: "MatchQuestion") -> str:
    """The text of the file as it is written there."""
    return question.text or "non dit"


def label_of(question: "MatchQuestion", found: int | None) -> str:
    """The name of a candidate; empty when there is none."""
    return next((item.label for item in question.candidates if item.id == found), "")


def new_said(question: "MatchQuestion") -> str:
    """« Nouveau participant », « Nouvelle entreprise »."""
    return NEW_NOUNS.get(question.key[0], "Nouvelle fiche")


def in_force(question: "MatchQuestion") -> str:
    """What was answered before, in words."""
    answer = question.answer
    if answer is None or (answer.found is None and not answer.new):
        return LEFT_ASIDE
    if answer.new:
        return new_said(question).lower()
    return label_of(question, answer.found) or "fiche retenue"


def proposal_of(question: "MatchQuestion") -> Given:
    """The record proposed, as an answer."""
    return Given(question.proposed, label=label_of(question, question.proposed))


def choices_said(question: "MatchQuestion") -> str:
    """How many records it may be."""
    number = len(question.candidates)
    return plural(number, "fiche possible", "fiches possibles") if number else "aucune fiche"
