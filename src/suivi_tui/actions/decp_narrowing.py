"""Which records of a file of open data come in: those with a clause, and what the user asked."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.actions.import_report import ImportWarning
from suivi_tui.exchange.decp import DecpFile, PublishedContract, is_social
from suivi_tui.vocabulary.identifiers import clean_siret
from suivi_tui.vocabulary.numbers import NBSP, format_number
from suivi_tui.vocabulary.text import fold

SOCIAL = "considerationsSociales"
WHOLE_FILE = "fichier"


class Narrowing(NamedTuple):
    """What the user asked: ``everything`` takes contracts without a social consideration too."""

    everything: bool = False
    buyer: str | None = None
    department: str | None = None
    since: date | None = None


class Narrowed(NamedTuple):
    """The records that come in, and what is to be said of the others and of these."""

    records: list[PublishedContract]
    warnings: list[ImportWarning]


def narrowed(file: DecpFile, asked: Narrowing, sirets_named: Callable[[str], set[str]]) -> Narrowed:
    """The records of ``file`` that were asked for, one warning for each reason to leave out.

    ``sirets_named`` gives the SIRETs that the base knows for the name of a buyer: files of the
    format of 2022 name nobody.
    """
    if not asked.everything and not file.has_social_field and file.records:
        return Narrowed([], [_without_field(len(file.records) + file.left_out)])
    social = [record for record in file.records if asked.everything or is_social(record)]
    if asked.buyer is not None:
        wanted = _buyers(file.records, asked.buyer, sirets_named)
        chosen = [record for record in social if wanted(record)]
    else:
        chosen = list(social)
    if asked.department is not None:
        code = _department(asked.department)
        chosen = [record for record in chosen if record.department == code]
    if (since := asked.since) is not None:
        chosen = [record for record in chosen if (record.notified_on or date.min) >= since]
    warnings = _warnings_of(file, chosen)
    if left := len(file.records) - len(social):
        warnings.append(_not_social(left))
    if left := len(social) - len(chosen):
        warnings.append(_not_asked(left, asked))
    return Narrowed(chosen, warnings)


def _buyers(
    records: Iterable[PublishedContract], asked: str, sirets_named: Callable[[str], set[str]]
) -> Callable[[PublishedContract], bool]:
    name, digits = fold(asked), clean_siret(asked)
    sirets = sirets_named(asked) | {
        record.buyer_siret for record in records if fold(record.buyer_name) == name
    }
    if len(digits) == 14:
        sirets.add(digits)
    sirets.discard("")
    return lambda record: record.buyer_siret in sirets or fold(record.buyer_name) == name


def _department(asked: str) -> str:
    code = asked.strip().upper()
    return code.zfill(2) if code.isdigit() else code


def _warnings_of(file: DecpFile, chosen: list[PublishedContract]) -> list[ImportWarning]:
    """The warnings of the reader, but for the records that do not come in.

    One told once for several records stays, since it bears the name of the first only; so does
    what concerns the social considerations themselves: it may be why a record is left out.
    """
    kept = {record.label for record in chosen}
    silent = {record.label for record in file.records} - kept
    return [
        ImportWarning(*warning)
        for warning in file.warnings
        if warning.record not in silent
        or warning.field == SOCIAL
        or warning.message.endswith(" enregistrements).")
    ]


def _left_out(count: int) -> str:
    several = count > 1
    number = format_number(count)
    return f"{number} enregistrement{'s' if several else ''} laissé{'s' if several else ''} de côté"


def _without_field(count: int) -> ImportWarning:
    return ImportWarning(
        WHOLE_FILE,
        SOCIAL,
        f"Ce fichier ne dit rien des considérations sociales{NBSP}: {_left_out(count)}. Pour "
        "importer tous ses marchés : --tous, ou le contenu « tous les marchés » à l'écran.",
    )


def _not_social(count: int) -> ImportWarning:
    return ImportWarning(
        WHOLE_FILE,
        SOCIAL,
        f"Sans considération sociale{NBSP}: {_left_out(count)}. Pour importer aussi ces "
        "marchés : --tous, ou le contenu « tous les marchés » à l'écran.",
    )


def _not_asked(count: int, asked: Narrowing) -> ImportWarning:
    options = {
        "--acheteur": asked.buyer,
        "--departement": asked.department,
        "--depuis": asked.since,
    }
    given = ", ".join(name for name, value in options.items() if value is not None)
    return ImportWarning(
        WHOLE_FILE, "", f"Hors de ce qui est demandé ({given}){NBSP}: {_left_out(count)}."
    )
