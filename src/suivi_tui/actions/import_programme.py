"""``importer programme``: a buyer's yearly programme becomes purchases to look at.

A line makes one purchase, or one lot of it; read again it changes nothing. What a person typed is
never overwritten, and a contract that is passed is left as it is.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from suivi_tui.actions.import_report import ImportReport, ImportWarning, refused
from suivi_tui.actions.known_contracts import KnownContracts
from suivi_tui.actions.programme_answers import (
    LEFT_EMPTY,
    NEW_BUYER,
    ProgrammeQuestion,
    buyer_key,
    buyer_question,
    category_key,
    category_question,
    column_question,
    keep,
    kept_answers,
)
from suivi_tui.actions.reconcile import Identities, Mark, Reconciler
from suivi_tui.exchange.csv_file import UnreadableFile
from suivi_tui.exchange.line_report import LinesFile, LineWarning
from suivi_tui.exchange.programme_files import (
    ProgrammeFile,
    ProgrammeLine,
    Remark,
    read_programme,
)
from suivi_tui.store.base import Base
from suivi_tui.store.queries import entry
from suivi_tui.store.queries import planned_purchases as queries
from suivi_tui.vocabulary.choices import Category, Stage, find
from suivi_tui.vocabulary.identifiers import clean_siret, siret_fault
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean, fold

_FIELDS: Final = {
    "number": "numéro", "object": "objet", "category": "catégorie", "procedure": "procédure",
    "cpv": "CPV", "amount_cents": "montant", "place": "lieu", "planned_on": "date prévue",
    "duration_months": "durée",
}  # fmt: skip
_LOT_FIELDS: Final = {"title": "intitulé du lot", "cpv": "CPV", "amount_cents": "montant"}
_ROW_BITS: Final = 20


class Programme(NamedTuple):
    """A programme that was read: its lines, and what only a person can say of it."""

    file: ProgrammeFile
    questions: tuple[ProgrammeQuestion, ...]
    report: ImportReport


def import_programme(
    base: Base,
    path: Path,
    *,
    today: date,
    dry_run: bool = False,
    buyer: str | None = None,
    answers: Mapping[str, str] | None = None,
) -> ImportReport:
    """Bring a programme in, in one batch; with ``dry_run`` only say what it would do.

    ``buyer`` (name or SIRET) is whose programme it is when the file does not say; ``answers`` are
    those to the questions of ``read``. A file that cannot be read is told in the report.
    """
    return prepare(base, path, today=today, dry_run=dry_run, buyer=buyer, answers=answers).report


def prepare(
    base: Base,
    path: Path,
    *,
    today: date,
    dry_run: bool = True,
    buyer: str | None = None,
    answers: Mapping[str, str] | None = None,
) -> Programme:
    """The same, with the questions that are still open."""
    said = {**kept_answers(base), **(answers or {})}
    try:
        file = read_programme(path, said)
    except UnreadableFile as error:
        return Programme(ProgrammeFile(path.name, ""), (), refused(path.name, error))
    if not file.sheets:
        question = column_question(file)
        report = ImportReport(
            clean(file.name), warnings=(ImportWarning("fichier", "", question.sentence),),
            questions=(question.sentence,),
        )  # fmt: skip
        return Programme(file, (question,), report)
    importing = _Importing(base, file, said, buyer, today)
    for line in file.lines:
        importing.take(line)
    importing.reconciler.changes += keep(base, answers or {})
    questions = tuple(importing.questions.values())
    report = importing.reconciler.finish(what="achats programmés", dry_run=dry_run)
    report = report._replace(
        warnings=tuple(_placed(warning, file) for warning in report.warnings),
        questions=tuple(question.sentence for question in questions),
    )
    return Programme(file, questions, report)


def _placed(warning: ImportWarning, file: ProgrammeFile) -> ImportWarning:
    """The place of a remark: its line, and its sheet when there are several."""
    ident = int(warning.record.removeprefix("ligne "))
    if ident == 0:
        return warning._replace(record="fichier")
    rank, row = ident >> _ROW_BITS, ident % (1 << _ROW_BITS)
    if len(file.sheets) < 2:
        return warning._replace(record=f"ligne {row}")
    return warning._replace(record=f"feuille {rank + 1}, ligne {row}")


def _lines(file: ProgrammeFile) -> LinesFile[ProgrammeLine]:
    def told(remarks: tuple[Remark, ...]) -> list[LineWarning]:
        return [LineWarning(each.ident, each.column, each.message) for each in remarks]

    return LinesFile(
        file.name, file.sha256, list(file.lines), told(file.warnings), told(file.left_out)
    )


class _Importing:
    """The lines of one programme taken one by one."""

    def __init__(
        self,
        base: Base,
        file: ProgrammeFile,
        answers: Mapping[str, str],
        buyer: str | None,
        today: date,
    ) -> None:
        connection = base.connection
        self.reconciler = Reconciler(base, _lines(file))
        self.questions: dict[str, ProgrammeQuestion] = {}
        self._file = file
        self._answers = answers
        self._given = buyer
        self._today = today
        self._names = [(row, name) for row, name, _ in entry.identities(connection, "buyer")]
        self._buyers = Identities(entry.identities(connection, "buyer"))
        self._known = KnownContracts(connection)
        self._upstream: dict[tuple[int, str], list[int]] = {}
        for each in queries.upstream_objects(connection):
            self._upstream.setdefault((each.buyer, fold(each.object)), []).append(each.contract)
        self._connection = connection
        self._taken: dict[str, tuple[int, int]] = {}
        self._used: set[int] = set()
        self._told = False

    def take(self, line: ProgrammeLine) -> None:
        """One line, whole or not at all."""
        buyer = self._buyer(line)
        if buyer is None:
            return
        key = source_key(buyer, line)
        before = self._taken.get(key)
        if before is not None and not (line.lot or line.lot_title):
            row = before[1] % (1 << _ROW_BITS)
            self.reconciler.leave_out(line.ident, "objet", f"même achat que la ligne {row}")
            return
        contract = before[0] if before is not None else self._contract(line, buyer, key)
        if contract is not None:
            self._taken.setdefault(key, (contract, line.ident))
            self._used.add(contract)
            self._lots(line, contract)

    # whose purchase

    def _buyer(self, line: ProgrammeLine) -> int | None:
        name = line.buyer or ("" if line.buyer_siret else self._given or "")
        siret = line.buyer_siret
        if name == self._given and name and siret_fault(name) is None:
            name, siret = "", clean_siret(name)
        found = self._buyers.find(name, siret) if name or siret else []
        if len(found) == 1:
            return found[0]
        told = (bool(name) and name == self._given) or (siret is not None and not name)
        if not found and told:
            return self._new_buyer(line, name or f"SIRET {siret}", siret)
        return self._answered_buyer(line, name)

    def _answered_buyer(self, line: ProgrammeLine, name: str) -> int | None:
        answer = self._answers.get(buyer_key(self._file, name), "")
        if answer == NEW_BUYER and name:
            return self._new_buyer(line, name, line.buyer_siret)
        known = dict(self._names)
        if answer.isdigit() and int(answer) in known:
            if not name and not self._told:
                self._told = True
                said = f"les achats sont ceux de «{NBSP}{known[int(answer)]}{NBSP}», comme répondu"
                self.reconciler.warn(0, "acheteur", said)
            return int(answer)
        question = buyer_question(self._file, name, self._names)
        self.questions.setdefault(question.key, question)
        why = (
            f"l'acheteur «{NBSP}{clean(name, 60)}{NBSP}» est à confirmer"
            if name
            else "le fichier ne dit pas de quel acheteur est cet achat"
        )
        self.reconciler.leave_out(line.ident, "acheteur", why)
        return None

    def _new_buyer(self, line: ProgrammeLine, name: str, siret: str | None) -> int:
        row = self.reconciler.create(line.ident, "buyer", {"name": clean(name), "siret": siret})
        self._buyers.add(row, name, siret)
        return row

    # what is bought

    def _contract(self, line: ProgrammeLine, buyer: int, key: str) -> int | None:
        seen = queries.seen_purchases(self._connection, [key]).get(key)
        if seen is not None and seen.gone:
            told = "cet achat a été supprimé de la base, il n'y revient pas"
            self.reconciler.leave_out(line.ident, "objet", told)
            return None
        if seen is not None and seen.contract is not None:
            if seen.upstream:
                self._fill(line, seen.contract)
            else:
                # Its contract lives its own life: the programme has nothing more to say of it.
                self._used.add(seen.contract)
                return None
            return seen.contract
        contract = self._alike(line, buyer)
        if contract is None:
            contract = self._new(line, buyer)
        else:
            self._fill(line, contract)
        values = {"source_key": key, "fingerprint": "", "row": str(contract)}
        self.reconciler.create(line.ident, "record_seen", values)
        return contract

    def _alike(self, line: ProgrammeLine, buyer: int) -> int | None:
        """A purchase of the pipeline typed before, or planned for another year."""
        known = self._upstream.get((buyer, fold(line.object)), [])
        free = [contract for contract in known if contract not in self._used]
        if not free and _tells(line.number):
            upstream = {each for listed in self._upstream.values() for each in listed}
            numbered = self._known.of_buyer(buyer, line.number)
            free = [row for row in numbered if row in upstream and row not in self._used]
        return free[0] if len(free) == 1 else None

    def _new(self, line: ProgrammeLine, buyer: int) -> int:
        values: dict[str, str | int | None] = {
            **self._values(line),
            "buyer": buyer,
            "stage": Stage.TO_QUALIFY.value,
            "taken_up": 1,
        }
        row = self.reconciler.create(line.ident, "contract", values)
        self.reconciler.mark(line.ident, Mark.CREATED)
        if line.service or line.referent:
            self.reconciler.create(
                line.ident,
                "contact",
                {"contract": row, "service": line.service, "name": line.referent},
            )
        return row

    def _fill(self, line: ProgrammeLine, contract: int) -> None:
        values = self._values(line)
        # It is by its object that a purchase is recognised.
        del values["object"]
        self.reconciler.fill(line.ident, "contract", contract, values, _FIELDS)

    def _values(self, line: ProgrammeLine) -> dict[str, str | int | None]:
        of_lot = bool(line.lot or line.lot_title)
        return {
            "number": line.number if _tells(line.number) else "",
            "object": line.object,
            "category": self._category(line),
            "procedure": line.procedure,
            "cpv": "" if of_lot else line.cpv,
            "amount_cents": None if of_lot else line.amount_cents,
            "place": line.place,
            "planned_on": line.planned_on,
            "duration_months": line.duration_months,
        }

    def _category(self, line: ProgrammeLine) -> str:
        if not line.category_text:
            return line.category
        answer = self._answers.get(category_key(line.category_text), "")
        known = find(Category, answer)
        if known is not None:
            return str(known.value)
        if answer != LEFT_EMPTY:
            question = category_question(line.category_text)
            self.questions.setdefault(question.key, question)
            told = f"catégorie inconnue «{NBSP}{line.category_text}{NBSP}», à compléter"
            self.reconciler.warn(line.ident, "catégorie", told)
        return ""

    def _lots(self, line: ProgrammeLine, contract: int) -> None:
        if not (line.lot or line.lot_title):
            if line.lots and self.reconciler.is_new("contract", contract):
                for number in range(1, line.lots + 1):
                    self._new_lot(line, contract, str(number), {})
            return
        values = {
            "title": line.lot_title, "cpv": line.cpv, "amount_cents": line.amount_cents,
        }  # fmt: skip
        named = line.lot or fold(line.lot_title)
        row = self._known.lot(contract, named)
        if row is None:
            shown = line.lot or str(len(self._known.lots(contract)) + 1)
            row = self._new_lot(line, contract, shown, values)
            self._known.add_lot(row, contract, named)
            self.reconciler.mark(line.ident, Mark.CREATED)
        else:
            self.reconciler.fill(line.ident, "lot", row, values, _LOT_FIELDS)

    def _new_lot(
        self,
        line: ProgrammeLine,
        contract: int,
        number: str,
        values: Mapping[str, str | int | None],
    ) -> int:
        lot = {**values, "contract": contract, "number": number}
        return self.reconciler.create(line.ident, "lot", lot)


def source_key(buyer: int, line: ProgrammeLine) -> str:
    """What names a line of a programme in every file: buyer, object, service and year."""
    year = (line.planned_on or "")[:4]
    parts = ["programme", str(buyer), fold(line.object), fold(line.service), year]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _tells(number: str) -> bool:
    """Whether a number can name a purchase: « 3 » is only its place in the list."""
    return len(number) > 3 and any(map(str.isdigit, number)) and bool(re.search(r"\D|.{5}", number))
