"""From the bytes of a file to a JSON tree or the text of a table, or a refusal in one sentence.

Traps and caps: ``reliability.md`` 4.3 (depth, integers of thousands of digits, ``NaN``, names
written twice in an object).
"""

import codecs
import json
import stat
from collections import Counter
from decimal import Decimal
from pathlib import Path

from suivi_tui.exchange.decp.faults import UnreadableFile
from suivi_tui.exchange.decp.raw import RepeatedKeys
from suivi_tui.exchange.decp.values import NOT_A_NUMBER, Mark

MAX_BYTES = 200_000_000
# Objects, lists and commas: what a JSON file costs once in memory depends on them.
MAX_ITEMS = 20_000_000

_DOWNLOAD_AGAIN = "téléchargez-le de nouveau"
_SIGNATURES = {
    b"PK\x03\x04": "c'est un classeur ou une archive",
    b"\xd0\xcf\x11\xe0": "c'est un classeur de tableur",
    b"\x1f\x8b": "c'est une archive compressée",
    b"%PDF": "c'est un document PDF",
}


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of a reasonable size; raises :class:`UnreadableFile`."""
    name = path.name
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFile(name, "ce n'est pas un fichier", "indiquez un fichier")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        absent = isinstance(error, FileNotFoundError)
        cause = "il n'existe pas" if absent else "il ne peut pas être ouvert"
        raise UnreadableFile(name, cause, "vérifiez son nom et son dossier") from error
    if len(content) > MAX_BYTES:
        raise UnreadableFile(name, "il dépasse 200 Mo", "partagez-le en plusieurs fichiers")
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        raise UnreadableFile(name, "il est vide", _DOWNLOAD_AGAIN)
    for signature, cause in _SIGNATURES.items():
        if content.startswith(signature):
            raise UnreadableFile(name, cause, "donnez un fichier JSON ou CSV")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableFile(name, "il est encodé en UTF-16", "enregistrez-le en UTF-8")
    if b"\0" in content:
        raise UnreadableFile(name, "ce n'est pas un fichier de texte", "donnez un JSON ou un CSV")
    return content


def is_json(content: bytes, name: str) -> bool:
    """Whether the bytes are those of a JSON file, a table otherwise.

    Raises :class:`UnreadableFile` for XML, which these data also use.
    """
    start = content.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if start == b"<":
        raise UnreadableFile(
            name,
            "c'est du XML et seuls le JSON et le CSV sont lus",
            "donnez le même fichier en JSON",
        )
    return start in (b"{", b"[") or name.lower().endswith(".json")


def json_tree(content: bytes, name: str) -> object:
    """The tree of a JSON file; decimals are exact, ``NaN`` and infinities are marked.

    Raises :class:`UnreadableFile`.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            name, "il n'est pas encodé en UTF-8 ou il est coupé", _DOWNLOAD_AGAIN
        ) from error
    if sum(map(content.count, (b"{", b"[", b","))) > MAX_ITEMS:
        raise UnreadableFile(
            name, "il contient trop d'éléments", "partagez-le en plusieurs fichiers"
        )
    try:
        return json.loads(
            text,
            parse_float=_decimal,
            parse_constant=lambda constant: NOT_A_NUMBER,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise _not_json(error, text, name) from error
    except RecursionError as error:
        raise UnreadableFile(
            name, "ses éléments sont emboîtés trop profondément", _DOWNLOAD_AGAIN
        ) from error
    except ValueError as error:
        raise UnreadableFile(name, "il contient un nombre démesuré", _DOWNLOAD_AGAIN) from error


def _not_json(error: json.JSONDecodeError, text: str, name: str) -> UnreadableFile:
    # A cut text ends inside a value, or just before the one that is expected.
    unclosed = error.msg.startswith("Unterminated string")
    if unclosed or not text[error.pos :].strip():
        return UnreadableFile(name, "il est tronqué, sa fin manque", _DOWNLOAD_AGAIN)
    return UnreadableFile(
        name, f"ce n'est pas un JSON valable (ligne {error.lineno})", _DOWNLOAD_AGAIN
    )


def _decimal(written: str) -> Decimal | Mark:
    try:
        return Decimal(written)
    except ArithmeticError:
        return NOT_A_NUMBER


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    counts = Counter(name for name, _ in pairs)
    kept = RepeatedKeys(found)
    kept.repeated = tuple(sorted(name for name, count in counts.items() if count > 1))
    return kept


def table_text(content: bytes, name: str) -> str:
    """The text of a CSV file, UTF-8 with or without mark, else cp1252.

    Raises :class:`UnreadableFile`.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Accents in UTF-8 then bytes that are not: reading them as cp1252 would garble them all.
        if content.startswith(codecs.BOM_UTF8) or not content[: error.start].isascii():
            raise UnreadableFile(
                name, "il est coupé ou mêle deux encodages", _DOWNLOAD_AGAIN
            ) from error
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            name, "son encodage n'est ni UTF-8 ni Windows", "enregistrez-le en UTF-8"
        ) from error
