"""What the page of a clause says, line by line."""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from suivi_tui.tui.screens.shared.sheet import Section, SheetLine
from suivi_tui.tui.screens.shared.texts import day, joined
from suivi_tui.vocabulary.choices import ClauseForm, ClausePiece, label_of
from suivi_tui.vocabulary.numbers import NBSP, plural

if TYPE_CHECKING:
    from suivi_tui.actions.clauses import PreparedClause
    from suivi_tui.store.queries.clauses import TextRow

DOCUMENT: Final = "document"
VALUE: Final = "value"
PIECE: Final = "piece"
FORM: Final = "form"
TICKED, ASIDE = "✓", "·"
_NAMES: Final = {piece.value: piece.label for piece in ClausePiece}
_TO_CHOOSE: Final = "À choisir (touche f) : les pièces en dépendent."
_NO_TEXT: Final = "aucun texte pour cette forme, choisissez-en une autre (touche f)"


def sections_of(prepared: "PreparedClause", ticked: Collection[ClausePiece]) -> list[Section]:
    """The differences first, what is missing, the pieces, the variables, what was made."""
    missing = list(_missing(prepared, ticked))
    return [
        Section("Écarts", list(_differences(prepared))),
        Section("Forme", [_form(prepared)]),
        Section("À saisir", missing, "Rien ne manque." if prepared.writable else ""),
        Section("Pièces", list(_pieces(prepared, ticked))),
        Section("Variables", list(_values(prepared))),
        Section("Textes faits", [_made(row) for row in prepared.documents],
                "Aucun texte écrit (touche v)."),
    ]  # fmt: skip


def _differences(prepared: "PreparedClause") -> Iterator[SheetLine]:
    if prepared.sent is None or not prepared.sent.differences:
        return
    told = plural(len(prepared.sent.differences), "écart", "écarts")
    when = prepared.sent.sent_on.isoformat()
    yield SheetLine(
        f"{told} avec le texte envoyé le {day(when)}{NBSP}: v le refait, Entrée corrige la base",
        tone="alerte",
    )
    for difference in prepared.sent.differences:
        both = difference.was and difference.now
        changed = f"{difference.now} au lieu de {difference.was}"
        # What moved must not be cut: the name comes after.
        text = joined([changed, difference.label]) if both else difference.sentence
        yield SheetLine(text, tone="alerte", about=(VALUE, difference.code))


def _form(prepared: "PreparedClause") -> SheetLine:
    form = label_of(ClauseForm, prepared.facts.form)
    text = form if prepared.writable else joined([form, _NO_TEXT]) if form else _TO_CHOOSE
    return SheetLine(text, tone="" if prepared.writable else "alerte", about=(FORM, ""))


def _missing(prepared: "PreparedClause", ticked: Collection[ClausePiece]) -> Iterator[SheetLine]:
    from suivi_tui.rules.clause_texts import label_of_value

    for code in prepared.absent(ticked):
        label = label_of_value(code)
        yield SheetLine(label[:1].upper() + label[1:], "Entrée", tone="alerte",
                        about=(VALUE, code))  # fmt: skip


def _pieces(prepared: "PreparedClause", ticked: Collection[ClausePiece]) -> Iterator[SheetLine]:
    for state in prepared.pieces:
        piece = state.filled.piece
        chosen = piece in ticked
        lacking = len(state.absent)
        figure = f"{lacking} à saisir" if lacking else "complète"
        tone = "muted" if not chosen else "alerte" if lacking else ""
        mark = TICKED if chosen else ASIDE
        yield SheetLine(f"{mark} {piece.label}", figure, tone=tone, about=(PIECE, piece))


def _values(prepared: "PreparedClause") -> Iterator[SheetLine]:
    from suivi_tui.rules.clause_texts import label_of_value, text_of_value

    shown = _shown(prepared)
    for code, value in prepared.values.items():
        label = label_of_value(code)
        text = f"{label[:1].upper()}{label[1:]}{NBSP}: {text_of_value(code, value)}"
        told = "" if code in shown or not prepared.pieces else "non repris"
        yield SheetLine(text, told, tone="" if not told else "muted", about=(VALUE, code))
    if not any(code.startswith("penalite/") for code in prepared.values):
        yield SheetLine("Pénalités : aucune n'est saisie, le texte n'en prévoit pas", tone="muted",
                        about=(VALUE, "penalite/"))  # fmt: skip


def _shown(prepared: "PreparedClause") -> Mapping[str, str]:
    """The values that some piece shows."""
    found: dict[str, str] = {}
    for state in prepared.pieces:
        found |= state.filled.values
    return found


def _made(row: "TextRow") -> SheetLine:
    name = _NAMES.get(row.template.removesuffix(".md"), row.template)
    text = joined([name, f"fait le {day(row.made_on)}", f"version {row.version}"])
    state = f"{TICKED} {day(row.sent_on)}" if row.sent_on else "non envoyé"
    return SheetLine(text, state, DOCUMENT, row.document, "" if row.sent_on else "muted")
