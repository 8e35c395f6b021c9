"""The text of the clause of a contract: prepared, written, kept with the contract, marked as sent.

``prepare_clause`` writes nothing in the base. ``make_clause`` writes a folder and files each piece
as a document that keeps the variables it shows; nothing is sent from here.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from suivi_tui import paths
from suivi_tui.actions.letter_files import default_folder, refused
from suivi_tui.actions.letters import sender_of
from suivi_tui.actions.records import FieldErrors, RecordGone, called
from suivi_tui.actions.terms import exchanged
from suivi_tui.documents.clause_filling import (
    ClauseIncomplete,
    FilledPiece,
    attempt,
    folder_name,
)
from suivi_tui.documents.clause_library import prepare_library, read_source
from suivi_tui.documents.clause_word import markdown_file, word_file
from suivi_tui.readings.clause_differences import TOGETHER, VALUES, text_facts
from suivi_tui.readings.clause_facts import clause_facts
from suivi_tui.reference.loader import thresholds
from suivi_tui.rules.clause_texts import TextFacts
from suivi_tui.rules.clause_variables import (
    PUBLICS_BETWEEN,
    WRITTEN_FORMS,
    ClauseFacts,
    Facilitator,
    values_of,
)
from suivi_tui.store.base import Base
from suivi_tui.store.journal import Change, Receipt, Value, changed, created, write
from suivi_tui.store.queries import clauses, entry
from suivi_tui.store.queries.clauses import TextRow
from suivi_tui.store.queries.terms import TermRow, of_contracts
from suivi_tui.vocabulary.choices import (
    ClausePiece,
    ClauseTerm,
    Criterion,
    DirectoryKind,
    DocumentKind,
    FormulaTerm,
    GeneralClauses,
    OwedFormula,
)
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP, plural
from suivi_tui.vocabulary.text import clean

WORD: Final = "docx"
MARKDOWN: Final = "md"
FORMATS: Final = (WORD, MARKDOWN)
ALL_PIECES: Final = tuple(ClausePiece)
_MOST_COPIES: Final = 1_000
_WHOLE_SHARE: Final = 10_000
_MOST_DAYS: Final = 365
_FORMULA_TERMS: Final = tuple(
    term.value
    for term in (FormulaTerm.HOURS, FormulaTerm.STEP, FormulaTerm.THRESHOLD, FormulaTerm.BASIS,
                 FormulaTerm.READING, FormulaTerm.ROUNDING, FormulaTerm.RATE,
                 FormulaTerm.TAKEN_OVER, FormulaTerm.PLANNED, FormulaTerm.VOLUME,
                 FormulaTerm.CARRIED)
)  # fmt: skip


class NoClauseText(UserError):
    """There is no text to write; the sentence says why. Nothing was written."""


class PieceState(NamedTuple):
    """A piece as far as it can be filled; ``absent`` are the values that it lacks."""

    filled: FilledPiece
    absent: tuple[str, ...]


class PreparedClause(NamedTuple):
    """Everything that is known of the text of a clause on a day.

    ``values`` are the variables of the base, ``pieces`` the texts filled with them, ``documents``
    those that were made, ``sent`` what the base says otherwise than the last one sent (None: none
    was sent).
    """

    contract: int
    facts: ClauseFacts
    values: dict[str, str]
    pieces: tuple[PieceState, ...]
    documents: tuple[TextRow, ...]
    sent: TextFacts | None
    folder: Path

    @property
    def writable(self) -> bool:
        """Whether there is a text for the legal form of the contract."""
        return self.facts.form in WRITTEN_FORMS

    def absent(self, pieces: Collection[ClausePiece]) -> tuple[str, ...]:
        """The values that some pieces lack, each once."""
        asked = (code for state in self.pieces if state.filled.piece in pieces
                 for code in state.absent)  # fmt: skip
        return tuple(dict.fromkeys(asked))


class MadeText(NamedTuple):
    """A piece that was written and filed; one path a format."""

    document: int
    piece: ClausePiece
    paths: tuple[Path, ...]


def prepare_clause(
    base: Base, contract: int, *, today: date, templates: Path | None = None
) -> PreparedClause:
    """What the clause of a contract says, piece by piece; writes nothing in the base.

    Raises RecordGone, ReferenceRefused, or TemplateRefused for a text of the user's library.
    """
    limits = thresholds(paths.reference_file())
    connection = base.connection
    facts = clause_facts(connection, [contract], today, limits, _writer(base)).get(contract)
    if facts is None:
        raise RecordGone
    values = values_of(facts)
    library = templates or paths.templates_directory()
    states: list[PieceState] = []
    if facts.form in WRITTEN_FORMS:
        states = [PieceState(*attempt(read_source(library, piece), values)) for piece in ALL_PIECES]
    return PreparedClause(
        contract,
        facts,
        values,
        tuple(states),
        tuple(clauses.texts(connection, contract)),
        text_facts(connection, [contract], today, limits).get(contract),
        default_folder(today).parent.parent / "clauses",
    )


def _writer(base: Base) -> Facilitator:
    """Whom a text names when the contract names nobody else."""
    sender = sender_of(base)
    return Facilitator(sender.author, sender.structure, sender.mail, sender.phone)


def library_folder() -> Path:
    """The folder of the texts that the user may change; those that are missing are made."""
    return prepare_library(paths.templates_directory())


def make_clause(
    base: Base,
    contract: int,
    pieces: Sequence[ClausePiece],
    folder: Path,
    *,
    today: date,
    formats: Collection[str] = FORMATS,
    templates: Path | None = None,
) -> list[MadeText]:
    """Write pieces of a clause in a new folder inside ``folder``, and file them in one batch.

    Everything or nothing: raises NoClauseText, ClauseIncomplete (which values are missing, where
    they are entered), TemplateRefused or NotWritten, the base and the disk being then as before.
    """
    base.require_writable()
    prepared = prepare_clause(base, contract, today=today, templates=templates)
    if not prepared.writable:
        raise NoClauseText(_no_text(prepared.facts.form))
    wanted = [state.filled for state in prepared.pieces if state.filled.piece in pieces]
    kinds = [name for name in FORMATS if name in formats]
    if not wanted or not kinds:
        raise NoClauseText("Aucune pièce n'est choisie : rien n'a été écrit. Cochez-en une.")
    if absent := prepared.absent(pieces):
        raise ClauseIncomplete(absent)
    contents = [{name: _WRITERS[name](piece) for name in kinds} for piece in wanted]
    named = folder_name(prepared.facts.number, today.isoformat())
    placed = _put_folder(folder, named, wanted, contents)
    try:
        return _filed(base, prepared, wanted, contents, placed, today)
    except BaseException:
        shutil.rmtree(placed, ignore_errors=True)
        raise


_WRITERS: Final = {WORD: word_file, MARKDOWN: markdown_file}


def _no_text(form: str) -> str:
    if not form:
        return (
            "La forme juridique de la clause n'est pas choisie : rien n'a été écrit. Choisissez-la "
            "dans la fiche du marché."
        )
    return (
        "Aucun texte n'existe pour cette forme de clause : rien n'a été écrit. Choisissez-en une "
        "autre dans la fiche du marché."
    )


def _put_folder(
    folder: Path,
    name: str,
    pieces: Sequence[FilledPiece],
    contents: Sequence[Mapping[str, bytes]],
) -> Path:
    """Write a whole folder under a name that nothing has. Raises NotWritten, nothing being left."""
    partial: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=".suivi-", suffix=".partiel", dir=folder))
        for piece, formats in zip(pieces, contents, strict=True):
            for suffix, content in formats.items():
                with (partial / f"{piece.piece.value}.{suffix}").open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
        for number in range(1, _MOST_COPIES):
            target = folder / (name if number == 1 else f"{name}-{number}")
            if not os.path.lexists(target):
                partial.rename(target)
                return target
        raise FileExistsError(name)
    except OSError as error:
        if partial is not None:
            with suppress(OSError):
                shutil.rmtree(partial)
        raise refused(folder, error) from error


def _filed(
    base: Base,
    prepared: PreparedClause,
    pieces: Sequence[FilledPiece],
    contents: Sequence[Mapping[str, bytes]],
    placed: Path,
    today: date,
) -> list[MadeText]:
    """One document a piece, with the values that it shows."""
    made: list[MadeText] = []
    changes: list[Change] = []
    together = 0
    for piece, formats in zip(pieces, contents, strict=True):
        document = base.new_id()
        together = together or document
        kept = {TOGETHER: str(together), VALUES: piece.values}
        first = next(iter(formats.values()))
        values: dict[str, Value] = {
            "entity": "contract",
            "subject": prepared.contract,
            "kind": DocumentKind.CLAUSE.value,
            "template": piece.name,
            "version": piece.version,
            "sha256": hashlib.sha256(first).hexdigest(),
            "made_on": today.isoformat(),
            "sent_on": None,
            "variables": json.dumps(kept, ensure_ascii=False),
        }
        changes.append(created("document", document, values))
        files = tuple(placed / f"{piece.piece.value}.{suffix}" for suffix in formats)
        made.append(MadeText(document, piece.piece, files))
    number = prepared.facts.number or prepared.facts.object
    told = plural(len(made), "pièce", "pièces")
    write(base, changes, label=f"Texte de la clause{NBSP}: {number[:60]}, {told}")
    return made


def mark_clause_sent(base: Base, documents: Collection[int], sent_on: date | None) -> Receipt:
    """Say when texts were sent to the buyer (None: not sent). Raises RecordGone."""
    day = sent_on.isoformat() if sent_on else None
    changes = []
    for document in documents:
        row = entry.record(base.connection, "document", document)
        if row is None or row["kind"] != DocumentKind.CLAUSE.value:
            raise RecordGone
        if row["sent_on"] != day:
            changes.append(changed("document", document, "sent_on", day))
    return write(base, changes, label="Date d'envoi d'un texte de clause")


def set_facilitator(base: Base, contract: int, said: Facilitator) -> Receipt:
    """Say who follows a contract and how to reach them: the contract and the directory, in one
    batch. Raises FieldErrors when the name is empty, or RecordGone."""
    about = entry.record(base.connection, "contract", contract)
    if about is None:
        raise RecordGone
    texts = Facilitator(*map(clean, said))
    if not texts.name:
        raise FieldErrors({"name": "un nom est attendu"})
    wanted: dict[str, Value] = {
        "structure": texts.structure, "mail": texts.mail, "phone": texts.phone,
    }  # fmt: skip
    changes: list[Change] = []
    if about["facilitator"] != texts.name:
        changes.append(changed("contract", contract, "facilitator", texts.name))
    row = clauses.facilitator_named(base.connection, texts.name)
    if row is None:
        kind = DirectoryKind.FACILITATOR.value
        values: dict[str, Value] = {"kind": kind, "name": texts.name, **wanted}
        changes.append(created("directory_entry", base.new_id(), values))
    else:
        known = entry.record(base.connection, "directory_entry", row) or {}
        changes += [changed("directory_entry", row, name, text)
                    for name, text in wanted.items() if known.get(name) != text]  # fmt: skip
    return write(base, changes, label=f"Facilitateur{NBSP}: marché{called(about)}")


def set_clause_terms(
    base: Base, contract: int, lot: int | None, values: Mapping[str, Any]
) -> Receipt:
    """Set what a contract or one of its lots says for its text, in one batch.

    ``values`` are by ``ClauseTerm`` code: whole hundredths, days, a code of a list, a list of
    criteria; with ``clause/formule`` also the figures of the formula by ``FormulaTerm`` code. None
    or '' takes one back. Raises FieldErrors or RecordGone.
    """
    about = entry.record(base.connection, "contract", contract)
    part = entry.record(base.connection, "lot", lot) if lot is not None else {"contract": contract}
    if about is None or part is None or part["contract"] != contract:
        raise RecordGone
    wanted, faults = _checked(values)
    if faults:
        raise FieldErrors(faults)
    stored: dict[str, list[TermRow]] = {}
    for row in of_contracts(base.connection, [contract]).get(contract, ()):
        if row.lot == lot:
            stored.setdefault(row.code, []).append(row)
    changes: list[Change] = []
    for code, text in wanted.items():
        rows, place = stored.get(code, []), (contract, lot, code)
        changes += exchanged(base, place, rows, () if text is None else (text,))
    where = f" lot {part['number']}" if lot is not None else ""
    return write(base, changes, label=f"Réglages du texte{NBSP}: marché{called(about)}{where}")


def _checked(values: Mapping[str, Any]) -> tuple[dict[str, str | None], dict[str, str]]:
    """What is to be stored, and what is wrong, by code."""
    wanted: dict[str, str | None] = {}
    faults: dict[str, str] = {}
    for code, value in values.items():
        if value in (None, "", [], ()):
            wanted[code] = None
            continue
        try:
            wanted[code] = _text(code, value)
        except ValueError as error:
            faults[code] = str(error)
    step = wanted.get(FormulaTerm.STEP.value)
    if step is not None and int(step) <= 0:
        faults[FormulaTerm.STEP.value] = "un montant supérieur à 0 est attendu"
    return wanted, faults


def _text(code: str, value: Any) -> str:
    if code == ClauseTerm.PUBLICS:
        return PUBLICS_BETWEEN.join(dict.fromkeys(str(Criterion(one)) for one in value))
    if code == ClauseTerm.GENERAL:
        return str(GeneralClauses(value))
    if code == ClauseTerm.FORMULA:
        return str(OwedFormula(value))
    figure = code in _FORMULA_TERMS or code.startswith(f"{FormulaTerm.VOLUME.value}/")
    if figure and isinstance(value, bool):
        return "oui" if value else "non"
    if figure and isinstance(value, str):
        return value
    most = {ClauseTerm.WEIGHT.value: _WHOLE_SHARE, ClauseTerm.PROOF_DAYS.value: _MOST_DAYS}
    known = figure or code in (ClauseTerm.HOURS.value, *most)
    if not known or not isinstance(value, int):
        raise ValueError("champ inconnu")
    if value < 0 or value > most.get(code, value):
        raise ValueError(_RANGES.get(code, "une valeur positive est attendue"))
    return str(int(value))


_RANGES: Final = {
    ClauseTerm.WEIGHT.value: "un pourcentage de 0 à 100 est attendu",
    ClauseTerm.PROOF_DAYS.value: "un nombre de jours de 0 à 365 est attendu",
}
