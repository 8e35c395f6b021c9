"""The templates of the user: copied once into their folder, then theirs to change."""

import hashlib
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from suivi_tui.documents.default_mails import default_mail
from suivi_tui.documents.variables import VARIABLES, variables_text
from suivi_tui.vocabulary.choices import DocumentKind
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import clean

VARIABLES_PAGE = "Variables.txt"
MOST_BYTES = 20_000_000
MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
MOST_MAIL = 100_000
_PRINT = 12


class TemplateRefused(UserError):
    """A template cannot be used; the sentence names it and its fault. Nothing was written."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(
            f"Le modèle «{NBSP}{clean(name)}{NBSP}» {fault}{NBSP}: rien n'a été écrit. "
            "Corrigez-le, ou supprimez-le pour retrouver celui d'origine."
        )


class Template(NamedTuple):
    """A Word template and the text of the mail that goes with it."""

    kind: DocumentKind
    name: str
    content: bytes
    mail_name: str
    mail: str

    @property
    def version(self) -> str:
        """What tells this state of the template from another: the beginning of its print."""
        return hashlib.sha256(self.content + self.mail.encode()).hexdigest()[:_PRINT]


def prepare_folder(folder: Path) -> None:
    """Put in a folder the templates that are missing; what is there is never touched."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in VARIABLES:
            _copy_missing(folder, kind)
        _write_page(folder)
    except OSError as error:
        raise TemplateRefused(folder.name, "ne peut pas être créé sur ce disque") from error


def read_template(folder: Path, kind: DocumentKind) -> Template:
    """The template of a kind, made when it is missing. Raises TemplateRefused."""
    name, mail_name = f"{kind.value}.docx", f"{kind.value}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy_missing(folder, kind)
        _write_page(folder)
        content = limited(folder / name, MOST_BYTES)
        mail = limited(folder / mail_name, MOST_MAIL)
    except OSError as error:
        raise TemplateRefused(name, "ne peut pas être lu") from error
    check_archive(name, folder / name)
    return Template(kind, name, content, mail_name, decoded(mail))


def _copy_missing(folder: Path, kind: DocumentKind) -> None:
    word, mail = folder / f"{kind.value}.docx", folder / f"{kind.value}.txt"
    if not word.exists():
        from suivi_tui.documents.default_templates import default_template

        put_template(word, default_template(kind))
    if not mail.exists():
        # Windows' own editor wants a byte order mark and its line ends.
        put_template(mail, default_mail(kind).replace("\n", "\r\n").encode("utf-8-sig"))


def _write_page(folder: Path) -> None:
    """The list of variables is that of this release."""
    page, text = folder / VARIABLES_PAGE, variables_text().replace("\n", "\r\n")
    content = text.encode("utf-8-sig")
    if not page.exists() or page.read_bytes() != content:
        put_template(page, content, replace=True)


def put_template(path: Path, content: bytes, *, replace: bool = False) -> None:
    """A file whole or not at all; one that stands there stays unless ``replace``."""
    partial = path.with_name(f".{path.name}.partiel")
    try:
        partial.write_bytes(content)
        if replace or not path.exists():
            partial.replace(path)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def limited(path: Path, most: int) -> bytes:
    """The bytes of a template, at most ``most``. Raises TemplateRefused."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TemplateRefused(path.name, "est trop gros")
    return content


def check_archive(name: str, path: Path) -> None:
    """A Word file is an archive: one that would swell without end is not opened.

    Raises TemplateRefused.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise TemplateRefused(name, "n'est pas un fichier Word (.docx)") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TemplateRefused(name, "est trop gros une fois décompressé")


def decoded(content: bytes) -> str:
    """The text of a file that people edit, whatever wrote it; its line ends are ``\\n``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
