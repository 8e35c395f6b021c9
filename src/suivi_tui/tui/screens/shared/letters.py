"""« Courrier… »: which letter makes sense here, about what, then its preview.

``ask_letter`` is the one way in: a screen gives the record under its cursor.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.vocabulary.choices import DocumentKind

if TYPE_CHECKING:
    from suivi_tui.tui.screens.base import SuiviScreen

About = tuple[str, int]
"""An entity of the base and the id of a record."""

EVERYBODY: Final[About] = ("", 0)
REMINDERS: Final = "relances"
_REMINDERS_LABEL: Final = "Relance, au niveau qui convient"
_OF_MONTH: Final = "Relances du mois, toutes les entreprises"
_OUTCOMES: Final = "Situations à l'issue des parcours"
_KINDS: Final[dict[str, tuple[DocumentKind | None, ...]]] = {
    "": (None, DocumentKind.OUTCOME_REQUEST),
    "company": (
        None,
        DocumentKind.REMINDER_1,
        DocumentKind.REMINDER_2,
        DocumentKind.ELIGIBILITY_NOTICE,
        DocumentKind.OUTCOME_REQUEST,
    ),
    "contract": (
        None,
        DocumentKind.CERTIFICATE,
        DocumentKind.MEETING_BRIEF,
        DocumentKind.ELIGIBILITY_NOTICE,
        DocumentKind.FORMAL_NOTICE,
        DocumentKind.PENALTY,
    ),
    "obligation": (
        DocumentKind.CERTIFICATE,
        DocumentKind.FORMAL_NOTICE,
        DocumentKind.PENALTY,
    ),
    "operation": (DocumentKind.MEETING_BRIEF,),
    "participant": (DocumentKind.ELIGIBILITY_NOTICE, DocumentKind.OUTCOME_REQUEST),
    "work_contract": (DocumentKind.ELIGIBILITY_NOTICE,),
    "penalty_case": (DocumentKind.PENALTY,),
}
_BY_OBLIGATION: Final = (DocumentKind.FORMAL_NOTICE, DocumentKind.PENALTY)


class Part(NamedTuple):
    """A part of a contract that a letter may be about: what it is called, and its subject.

    ``employer`` keeps the hours of the people of one company.
    """

    label: str
    hint: str
    subject: About
    employer: int | None = None


def ask_letter(
    screen: "SuiviScreen[Any]",
    kind: DocumentKind | str | None = None,
    subject: About | None = None,
) -> None:
    """Ask which letter, about which part of ``subject``, and show what would be made.

    ``subject`` is (entity, id): company, contract, obligation, operation, participant,
    work_contract or penalty_case; None: everybody. ``kind`` (``REMINDERS``: at the level that
    each calls for) skips the first question.
    """
    about = subject or EVERYBODY
    kinds = _KINDS.get(about[0], ())
    if not kinds:
        screen.notify_plain("Aucun courrier n'est prévu pour cette fiche.", "warning")
        return
    if kind is not None:
        chosen = None if kind == REMINDERS else DocumentKind(kind)
        _ask_part(screen, chosen, about)
    elif len(kinds) == 1:
        _ask_part(screen, kinds[0], about)
    else:
        _ask_kind(screen, kinds, about)


def _ask_kind(
    screen: "SuiviScreen[Any]", kinds: tuple[DocumentKind | None, ...], about: About
) -> None:
    choices = [Choice(place, _label(kind, about)) for place, kind in enumerate(kinds)]

    def chosen(place: int | None) -> None:
        if place is not None:
            _ask_part(screen, kinds[place], about)

    screen.suivi.push_screen(Choose("Quel courrier ?".replace(" ?", "\u00a0?"), choices), chosen)


def _label(kind: DocumentKind | None, about: About) -> str:
    if about == EVERYBODY:
        return _OF_MONTH if kind is None else _OUTCOMES
    return _REMINDERS_LABEL if kind is None else kind.label


def _ask_part(screen: "SuiviScreen[Any]", kind: DocumentKind | None, about: About) -> None:
    """Which lot, which company: asked for a contract when there is a choice."""
    if about[0] != "contract" or kind not in (*_BY_OBLIGATION, DocumentKind.CERTIFICATE):
        _preview(screen, kind, about)
        return
    whole = kind is DocumentKind.CERTIFICATE

    def read(base: Any) -> list[Part]:
        return parts_of_contract(base, about[1], whole=whole)

    def show(parts: list[Part]) -> None:
        if not parts:
            screen.notify_plain("Ce marché n'a aucune obligation.", "warning")
        elif len(parts) == 1:
            _preview(screen, kind, parts[0].subject)
        else:
            choices = [Choice(part, part.label, part.hint) for part in parts]
            screen.suivi.push_screen(Choose("À propos de", choices), chosen)

    def chosen(part: Part | None) -> None:
        if part is not None:
            _preview(screen, kind, part.subject, part.employer)

    screen.read("letter_parts", read, show)


def parts_of_contract(base: Any, contract: int, *, whole: bool) -> list[Part]:
    """The obligations of a contract; with ``whole`` also the contract and who employed on it."""
    from suivi_tui.documents.wording import contract_name
    from suivi_tui.store.queries import letters, obligations

    rows = obligations.of_contracts(base.connection, [contract])
    parts = [
        Part(
            contract_name(row.number, row.lot_number, row.object),
            row.company_name,
            ("obligation", row.obligation),
        )
        for row in rows
    ]
    if not whole or not parts:
        return parts
    employers = letters.employers(base.connection, [row.obligation for row in rows])
    holders = {row.company for row in rows}
    parts += [
        Part(name, "sous-traitant ou employeur", ("contract", contract), company)
        for company, name in employers.items()
        if company not in holders
    ]
    if len(parts) > 1:
        parts.insert(0, Part("Tout le marché", "par entreprise", ("contract", contract)))
    return parts


def _preview(
    screen: "SuiviScreen[Any]",
    kind: DocumentKind | None,
    about: About,
    employer: int | None = None,
) -> None:
    from suivi_tui.tui.screens.courriers.preview import LetterPreview

    screen.suivi.push_screen(LetterPreview(kind, about, employer), _then(screen))


def _then(screen: "SuiviScreen[Any]") -> Callable[[object], None]:
    """Back on the screen, what letters changed is read again."""

    def back(made: object) -> None:
        if made and screen.is_attached:
            screen.reload()

    return back
