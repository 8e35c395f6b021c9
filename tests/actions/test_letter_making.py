"""Making letters: texts of the base stay texts, and nothing is ever half made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import add, new_base, new_company, new_contract, new_statement
from letter_world import SIRET, TODAY, LetterWorld, docx_text, mail_of, rows
from suivi_tui.actions import letters
from suivi_tui.actions.letters import BaseMoved, make, prepare
from suivi_tui.documents.letter import Subject
from suivi_tui.exchange.statement_files.declared import Cancelled
from suivi_tui.vocabulary.choices import DocumentKind


@pytest.fixture
def world(tmp_path: Path) -> Iterator[LetterWorld]:
    with new_base(tmp_path) as base:
        yield LetterWorld(base)


def test_texts_of_the_base_are_never_tags_nor_xml(world: LetterWorld, tmp_path: Path) -> None:
    base = world.base
    nasty = '{{ 7*7 }} {% for x in y %} <w:p>&"\x00\x1b[31m{_{ a }_}'
    company = new_company(base, nasty)
    new_contract(base, number="{{ societe }}", company=company, object="</w:t>{%p endif %}",
                 start="2026-09-01", end="2027-08-31")  # fmt: skip
    add(base, "contact", company=company, name="A\r\nBcc: x@y.example", role="insertion {{ 1 }}",
        mail="a@b.example\r\nBcc: x@y.example")  # fmt: skip
    prepared = prepare(base, None, Subject("company", company), today=TODAY)
    (made,) = make(base, prepared, tmp_path)
    text = docx_text(made.word)
    assert '{{ 7*7 }} {% for x in y %} <w:p>&"' in text
    assert "{{ societe }} | </w:t>{%p endif %} | septembre et octobre 2026" in text
    assert "49" not in text.replace(str(company), "") and "\x1b" not in text
    message = mail_of(made.mail)
    assert message["Bcc"] is None and message["To"] is None and not made.addressed
    assert "{{ 7*7 }}" in docx_text(made.word)


def test_nothing_is_left_of_letters_that_were_given_up_or_not_filed(
    world: LetterWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, folder = world.base, tmp_path / "out"
    prepared = prepare(base, None, today=TODAY)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        make(base, prepared, folder, stop)
    assert not folder.exists()

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(letters, "write", fails)
        with pytest.raises(RuntimeError):
            make(base, prepared, folder)
    assert list(folder.iterdir()) == []
    # A statement came after the preview: nobody is asked for it.
    new_statement(base, world.bridge.obligation, world.alpha, 202609, "sans_activite")
    with pytest.raises(BaseMoved):
        make(base, prepared, folder)
    assert list(folder.iterdir()) == []
    assert rows(base, "SELECT 1 FROM document") == []
    # Twice in the same folder: the first files stay as they are.
    again = prepare(base, None, today=TODAY)
    first = make(base, again, folder)[0]
    before = first.word.read_bytes()
    forced = prepare(base, DocumentKind.REMINDER_1, Subject("company", world.alpha), today=TODAY)
    second = make(base, forced, folder)[0]
    assert second.word.name == f"relance_1-{SIRET}-2026-11-22-2.docx"
    assert first.word.read_bytes() == before
