"""Templates of the user: copied once, used as they are changed, refused with their faulty tag."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from letter_world import docx_text
from suivi_tui.documents import default_templates
from suivi_tui.documents.filling import Filler
from suivi_tui.documents.letter import Recipient
from suivi_tui.documents.mail import address_of
from suivi_tui.documents.templates import (
    VARIABLES_PAGE,
    TemplateRefused,
    prepare_folder,
    read_template,
)
from suivi_tui.documents.variables import VARIABLES
from suivi_tui.vocabulary.choices import DocumentKind

KIND = DocumentKind.REMINDER_1


def changed(folder: Path, change: Callable[[Any], object]) -> None:
    """Open the template as Word would, change it, save it."""
    from docx import Document

    read_template(folder, KIND)
    path = folder / f"{KIND.value}.docx"
    document = Document(str(path))
    change(document)
    document.save(str(path))


def sample(kind: DocumentKind = KIND) -> dict[str, object]:
    """A text for every variable, one line for every list."""
    known = VARIABLES[kind]
    lists: dict[str, object] = {
        name: ["un", "deux"] if "" in fields else [{field: f"<{field}>" for field in fields}] * 2
        for name, fields in known.lists.items()
    }
    return {**{name: f"[{name}]" for name in known.plain}, **lists}


@pytest.mark.parametrize("kind", list(VARIABLES), ids=lambda kind: str(kind.value))
def test_every_default_template_is_filled_and_shows_its_variables(
    kind: DocumentKind, tmp_path: Path
) -> None:
    filler = Filler(read_template(tmp_path, kind))
    values = sample(kind)
    if kind is DocumentKind.MEETING_BRIEF:
        names = "nom entreprise dues attendues validees a_valider reste taux personnes fin alertes"
        values["blocs"] = [{"lots": [dict.fromkeys([*names.split(), "a_decider"], "x & <y>")]}]
    text = docx_text(filler.word(values))
    subject, body = filler.mail(values)
    shown = f"{text}\n{subject}\n{body}"
    missing = [
        name
        for name in VARIABLES[kind].plain
        if f"[{name}]" not in shown and name not in _UNSEEN.get(kind, _OFTEN)
    ]
    assert missing == []
    assert "{" not in shown and "%}" not in shown
    assert subject and body.startswith("Madame, Monsieur,")


# Known to the template, for whoever wants them, and not in the default text.
_OFTEN = frozenset({"commune", "destinataire", "destinataire_fonction", "societe", "reste", "taux",
                    "relance_precedente", "adresse", "mois", "acheteurs", "marches",
                    "marches_possessif", "fondement", "coordonnees", "dues"})  # fmt: skip
_UNSEEN = {
    DocumentKind.FORMAL_NOTICE: _OFTEN | {"fonction", "ville"},
    DocumentKind.PENALTY: _OFTEN | {"fonction", "ville"},
    DocumentKind.MEETING_BRIEF: _OFTEN | {"fonction", "ville"},
}


def test_default_templates_never_change_by_themselves() -> None:
    first = default_templates.default_template(KIND)
    default_templates.default_template.cache_clear()
    assert default_templates.default_template(KIND) == first


def test_templates_are_copied_once_and_theirs_from_then_on(tmp_path: Path) -> None:
    prepare_folder(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2 * len(VARIABLES) + 1
    before = read_template(tmp_path, KIND).version

    def edit(document: Any) -> None:
        document.add_paragraph("Pied de page de la Maison de l'emploi : {{ structure | upper }}")
        # Word cuts a tag in several runs as soon as somebody types in the middle of it.
        paragraph = document.add_paragraph()
        for piece in ("{", "{ so", "ciete }", "}"):
            paragraph.add_run(piece)
        document.sections[0].footer.paragraphs[0].text = "{{ date }}"

    changed(tmp_path, edit)
    (tmp_path / f"{KIND.value}.txt").write_text("Mon objet\nBonjour {{ destinataire }}", "cp1252")
    (tmp_path / VARIABLES_PAGE).write_text("abîmé", "utf-8")
    prepare_folder(tmp_path)
    template = read_template(tmp_path, KIND)
    assert template.version != before
    filler = Filler(template)
    content = filler.word(sample())
    text = docx_text(content)
    assert "Maison de l'emploi : [STRUCTURE]" in text and text.endswith("[societe]")
    assert filler.mail(sample()) == ("Mon objet", "Bonjour [destinataire]\n")
    assert "{{ marche }}" in (tmp_path / VARIABLES_PAGE).read_text("utf-8-sig")
    from docx import Document

    footer = Document(io.BytesIO(content)).sections[0].footer
    assert footer.paragraphs[0].text == "[date]"


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("{{ truc }}", "{{ truc }}"),
        ("{% if machin %}x{% endif %}", "{% if machin %}"),
        ("{{ societe", "{{ societe"),
        ("{{ societe | }}", "{{ societe | }}"),
        ("{{ societe | safe }}", "{{ societe | safe }}"),
        ("{% for a in releves %}{{ a.marche }}", "{% for a in releves %}"),
        ("{% endif %}", "{% endif %}"),
        ("{% include 'x' %}", "{% include 'x' %}"),
        ("{% autoescape false %}{{ societe }}{% endautoescape %}", "{% autoescape false %}"),
        ("{% for a in releves %}{{ a.inconnu }}{% endfor %}", "{{ a.inconnu }}"),
        ("{{ societe.__class__ }}", "{{ societe.__class__ }}"),
        ("{{ societe.upper() }}", "{{ societe.upper() }}"),
        ("{{ societe * 9 }}", "{{ societe * 9 }}"),
        ("{{ releves.append(1) }}", "{{ releves.append(1) }}"),
        ("{% set x = 9 ** 9 %}", "{% set x = 9 ** 9 %}"),
    ],
)
def test_a_faulty_template_is_refused_in_one_sentence_that_names_the_tag(
    tmp_path: Path, written: str, named: str
) -> None:
    changed(tmp_path, lambda document: document.add_paragraph(written))
    with pytest.raises(TemplateRefused) as refused:
        Filler(read_template(tmp_path, KIND)).word(sample())
    sentence = str(refused.value).replace("\u00a0", " ")
    assert sentence.startswith("Le modèle « relance_1.docx » ")
    assert named in sentence
    assert "rien n'a été écrit" in sentence


def test_other_faults_of_templates(tmp_path: Path) -> None:
    def cut(document: Any) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "{% if societe %}"
        table.cell(0, 1).text = "{% endif %}"
        document.add_paragraph("{% for a in releves %}")
        document.add_table(1, 1).cell(0, 0).text = "{% endfor %}"

    changed(tmp_path, cut)
    with pytest.raises(TemplateRefused, match="coupe un paragraphe ou un tableau"):
        Filler(read_template(tmp_path, KIND)).word(sample())
    word, mail = tmp_path / f"{KIND.value}.docx", tmp_path / f"{KIND.value}.txt"
    word.unlink()
    mail.write_text("Objet\n{{ truc }}", "utf-8")
    with pytest.raises(TemplateRefused, match=r"relance_1\.txt.*truc"):
        Filler(read_template(tmp_path, KIND))
    mail.unlink()
    word.write_bytes(b"PK\x03\x04 pas un document")
    with pytest.raises(TemplateRefused, match="n'est pas un fichier Word"):
        read_template(tmp_path, KIND)


@pytest.mark.parametrize(
    ("mail", "kept"),
    [
        ("a.b@exemple.fr", True),
        ("", False),
        ("a@b.fr, c@d.fr", False),
        ("sans arobase", False),
        ("a@b", False),
        ("a@b.fr\nBcc: x@y.fr", False),
        ("été@exemple.fr", False),
        ("@exemple.fr", False),
    ],
)
def test_only_a_real_address_is_addressed(mail: str, kept: bool) -> None:
    assert (address_of(Recipient(name="Zoé, l'«essai»", mail=mail)) is not None) is kept
