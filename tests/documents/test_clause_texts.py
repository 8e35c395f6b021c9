"""Texts of clauses: every piece of every form filled, nothing left empty, values read back."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clause_world import FACILITATOR, PENALTIES, SHAPES, facts
from letter_world import docx_text, raw_xml
from suivi_tui.documents.clause_filling import ClauseIncomplete, attempt, fill, folder_name
from suivi_tui.documents.clause_library import (
    ClauseSource,
    default_source,
    prepare_library,
    read_source,
)
from suivi_tui.documents.clause_markdown import body_of, escaped, read_blocks, spans_of
from suivi_tui.documents.clause_variables import CLAUSE_VARIABLES
from suivi_tui.documents.clause_word import NotAClause, markdown_file, read_back, word_file
from suivi_tui.documents.templates import VARIABLES_PAGE, TemplateRefused
from suivi_tui.rules.clause_texts import public_texts, text_of_value
from suivi_tui.rules.clause_variables import WRITTEN_FORMS, Facilitator, LotFacts, values_of
from suivi_tui.vocabulary.choices import ClauseForm, ClausePiece
from suivi_tui.vocabulary.hours import Hours

EMPTY = ("{{", "}}", "{%", "[", "]", "____", "....", "compléter", "renseigner", "None", "XXX")
ARTICLES = {
    ClauseForm.CONDITION: "L. 2112-2",
    ClauseForm.CRITERION: "R. 2152-7",
    ClauseForm.CONDITION_CRITERION: "L. 2112-2",
    ClauseForm.RESERVED_INSERTION: "L. 2113-13",
    ClauseForm.RESERVED_DISABILITY: "L. 2113-12",
    ClauseForm.INSERTION_SERVICE: "L. 2111-1",
    ClauseForm.TRAINING: "L. 2112-2",
}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def source(text: str, piece: ClausePiece = ClausePiece.RULES) -> ClauseSource:
    return ClauseSource(piece, f"{piece.value}.md", text)


@pytest.mark.parametrize("piece", ClausePiece, ids=lambda piece: str(piece.value))
@pytest.mark.parametrize("form", WRITTEN_FORMS, ids=lambda form: str(form.value))
def test_every_piece_of_every_form_is_whole_and_cites_its_article(
    form: ClauseForm, piece: ClausePiece
) -> None:
    for shape in SHAPES.values():
        values = values_of(facts(form.value, **shape))
        filled = fill(default_source(piece), values)
        text = plain("\n".join(filled.lines))
        assert [mark for mark in EMPTY if mark in text] == []
        assert ARTICLES[form] in text, "the article it rests on"
        assert not any(article in text for article in ("20.1", "L. 2113-14", "R. 2123-1"))
        # What the file holds as values is what it shows, and what the base says.
        assert filled.values == {code: values[code] for code in filled.values}
        for code, value in filled.values.items():
            parts = public_texts(value) if code == "publics" else [text_of_value(code, value)]
            assert all(plain(part) in text for part in parts), code


def test_a_whole_pack_shows_every_value_that_statements_alerts_and_penalties_use() -> None:
    values = values_of(facts("condition_critere", pooling=True))
    shown: dict[str, str] = {}
    for piece in ClausePiece:
        shown |= fill(default_source(piece), values).values
    assert shown == values


@pytest.mark.parametrize("shape", ["fixed hours", "own terms", "index"])
def test_values_are_read_back_from_word_and_markdown(shape: str) -> None:
    values = values_of(facts("condition_critere", **SHAPES[shape]))
    for piece in (ClausePiece.ADMINISTRATIVE, ClausePiece.PUBLICS, ClausePiece.COMMITMENT):
        filled = fill(default_source(piece), values)
        word, text = word_file(filled), markdown_file(filled)
        assert read_back("x.docx", word) == (filled.values, ())
        assert read_back("x.md", text).values == filled.values
        assert read_back("x.md", text.replace(b"\n", b"\r\n")).values == filled.values
        assert word_file(filled) == word, "the same text, the same file"


def test_a_text_changed_by_hand_in_word_is_told() -> None:
    from docx import Document

    filled = fill(default_source(ClausePiece.ADMINISTRATIVE), values_of(facts()))
    document = Document(io.BytesIO(word_file(filled)))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("50\u00a0€ par heure", "55\u00a0€ par heure")
    packed = io.BytesIO()
    document.save(packed)
    found = read_back("x.docx", packed.getvalue())
    assert found.values == filled.values
    assert found.retouched == ("penalite/heures/par_heure",)


HOSTILE = [
    "# Titre | <w:t>x</w:t> & **gras** {= '=1+1'",
    "- liste\n| a | b |",
    "=CMD()|'/c'!A1",
    "\u202eécrit à l'envers \u0007\u001b[31m",
    "1. premier",
    "`code` ~barré~ _souligné_ \\ fin\\",
    "\ue0007\ue001faux\ue002",
    "]]> <!-- " + "mot " * 100,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_of_the_base_stay_text(text: str) -> None:
    lots = (LotFacts("1", text, Hours(500_00)), LotFacts(text, text, Hours(20_00)))
    known = facts(object=f"Objet {text}", buyer=text, number=text, lots=lots,
                  facilitator=FACILITATOR._replace(name=text))  # fmt: skip
    values = values_of(known)
    honest = fill(default_source(ClausePiece.RULES), values_of(facts(lots=(
        LotFacts("1", "Un", Hours(500_00)), LotFacts("2", "Deux", Hours(20_00))))))  # fmt: skip
    filled = fill(default_source(ClausePiece.RULES), values)
    kinds = [block.kind for block in read_blocks(filled.body)]
    assert kinds == [block.kind for block in read_blocks(honest.body)]
    word = word_file(filled)
    assert read_back("x.docx", word) == (filled.values, ())
    assert read_back("x.md", markdown_file(filled)).values == filled.values
    assert "\u202e" not in raw_xml(word) and "\x1b" not in raw_xml(word)
    again = [block.kind for block in read_blocks(body_of(markdown_file(filled).decode()))]
    assert again == kinds


@given(text=st.text(max_size=60))
@settings(max_examples=40)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    one_line = "".join(char for char in " ".join(text.split("\n")) if not "\ue000" <= char
                       <= "\uf8ff")  # fmt: skip
    assert "".join(span.text for span in spans_of(escaped(text))) == one_line


@pytest.mark.parametrize(
    ("form", "changes", "told"),
    [
        ("condition", {"object": ""}, "objet du marché (dans la fiche du marché)"),
        ("condition", {"object": "[à compléter]"}, "objet du marché"),
        ("condition", {"object": "Travaux {{ lieu }}"}, "objet du marché"),
        ("condition", {"lots": (LotFacts("1"),)}, "objectif d'heures d'au moins un lot (dans"),
        ("formation", {"lots": ()}, "objectif d'heures d'au moins un lot"),
        ("critere", {"weight": None}, "poids du critère social (dans les réglages du texte)"),
        ("condition", {"facilitator": Facilitator("Alix")},
         "structure du facilitateur et courriel du facilitateur (dans l'annuaire ou dans vos "
         "coordonnées)"),
        ("condition", {"cadence": ""}, "cadence des relevés (dans les conditions du marché)"),
        ("condition", {"penalties": {**PENALTIES, "penalite/bilan/par_jour": "beaucoup"}},
         "pénalité par jour, bilan de fin de marché non transmis (dans les pénalités du marché)"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_with_where_to_enter_it(
    form: str, changes: dict[str, Any], told: str
) -> None:
    values = values_of(facts(form, **changes))
    with pytest.raises(ClauseIncomplete) as refused:
        fill(default_source(ClausePiece.ADMINISTRATIVE if form != "critere" else ClausePiece.RULES),
             values)  # fmt: skip
    sentence = plain(str(refused.value))
    assert sentence.startswith("Rien n'a été écrit, il manque : ") and told in sentence


def test_hours_are_asked_only_where_they_are_owed() -> None:
    for form in ("critere", "reserve_insertion", "reserve_handicap"):
        found = attempt(default_source(ClausePiece.ADMINISTRATIVE), values_of(facts(form, lots=())))
        assert found.absent == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Article [du CCAP à préciser]", "« [du CCAP à préciser] »"),
        ("Montant : ________", "« ___"),
        ("Délai à compléter", "« à compléter »"),
        ("{{ inconnue }}", "balise inconnue, « {{ inconnue }} »"),
        ("{% for a in lots %}{{ a.nom }}", "ne peut pas être lue"),
        ("{{ objet.__class__ }}", "n'est pas permise"),
        ("{% include 'x' %}", "n'est pas permise"),
    ],
)
def test_a_text_of_the_user_is_refused_with_what_is_wrong(text: str, told: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        fill(source(text), values_of(facts()))
    sentence = plain(str(refused.value))
    assert sentence.startswith("Le modèle « rc.md » ") and told in sentence
    assert "rien n'a été écrit" in sentence


def test_the_library_is_copied_once_and_theirs_from_then_on(tmp_path: Path) -> None:
    folder = prepare_library(tmp_path)
    assert len(list(folder.iterdir())) == len(ClausePiece) + 1
    assert read_source(tmp_path, ClausePiece.RULES) == default_source(ClausePiece.RULES)
    own = "# Chez nous\n\nMarché de {{ acheteur | upper }}, {{ montant }}\n"
    (folder / "rc.md").write_text(own, "cp1252")
    prepare_library(tmp_path)
    found = read_source(tmp_path, ClausePiece.RULES)
    assert found.version != default_source(ClausePiece.RULES).version
    filled = fill(found, values_of(facts(amount=35_000_00)))
    assert plain("\n".join(filled.lines)).strip() == (
        "Chez nous\n\nMarché de VILLE DE VALMONT, 35 000 €"
    )
    assert set(filled.values) == {"acheteur", "montant"}
    page = (folder / VARIABLES_PAGE).read_text("utf-8-sig")
    known = [*CLAUSE_VARIABLES.plain, *CLAUSE_VARIABLES.lists]
    assert [name for name in known if f"  {name} " not in page] == []


def test_word_shows_the_layout() -> None:
    filled = fill(default_source(ClausePiece.RULES), values_of(facts()))
    text = docx_text(word_file(filled))
    assert "Lot | Objectif\nLot 1 (Gros œuvre) | 1 200 heures" in text
    assert "Il fait aussi" not in text and "\n\n\n" not in text.replace("\r", "")


def test_another_program_opens_the_word_file(tmp_path: Path) -> None:
    values = values_of(facts("condition_critere"))
    path = tmp_path / "ccap.docx"
    path.write_bytes(word_file(fill(default_source(ClausePiece.ADMINISTRATIVE), values)))
    office = shutil.which("soffice")
    if office is None:
        text = docx_text(path)
    else:
        subprocess.run([office, "--headless", "--convert-to", "txt:Text (encoded):UTF8",
                        "--outdir", str(tmp_path), str(path)], check=True, timeout=60)  # fmt: skip
        text = plain((tmp_path / "ccap.txt").read_text("utf-8-sig"))
    assert "1 200 heures" in text and "50 € par heure d'insertion non réalisée" in text


def test_files_that_are_no_clause_are_refused(tmp_path: Path) -> None:
    for content in (b"", b"# Titre", b"PK\x03\x04rien", b"---\nvaleurs:\n---\n"):
        with pytest.raises(NotAClause):
            read_back("x", content)


def test_the_name_of_a_folder_is_plain() -> None:
    assert folder_name("2026/014 — Écoles", "2026-11-22") == "clause-2026-014-ecoles-2026-11-22"
    assert folder_name("../..", "2026-11-22") == "clause-2026-11-22"
