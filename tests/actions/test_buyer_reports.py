"""The buyer's report: whole, without names nor small groups, harmless whoever wrote its texts."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from builders import (
    add,
    new_base,
    new_contract,
    new_eligibility,
    new_hours,
    new_person,
    new_placement,
)
from letter_world import docx_text
from suivi_tui import paths
from suivi_tui.actions.buyer_reports import NotAReport, write_report
from suivi_tui.documents.report_charts import Bar, Progress, bars_chart, progress_chart
from suivi_tui.readings.filters import Filters
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

TODAY = date(2026, 6, 30)
HOSTILE = '<script src="http://x.example">a</script>&"\'<img onerror=x> {{ 7 }} {% raw %}'
ACTING = "\x1b[2J\x9b31m\u202e\u200b"
VOID = {"meta", "line", "circle", "path", "rect", "polyline", "br"}


class Page(HTMLParser):
    """A page read as a browser does: its tags balance, its texts and attributes are kept."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(content)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).replace("\u00a0", " ").split())


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    """Six men and one woman at work on a contract whose every text is hostile."""
    with new_base(tmp_path) as made:
        market = new_contract(made, number="M-1", owed=1_000_00, facilitator="Alix Essai")
        made_by = market.company
        for rank in range(7):
            person = new_person(
                made,
                last=f"Nomsecret{rank}",
                sex="F" if rank == 0 else "H",
                birth="1990-05-17" if rank < 6 else "2006-01-01",
            )
            new_eligibility(made, person)
            place = new_placement(made, market, person, employer=made_by)
            new_hours(made, place, 202601 + rank % 6, 100_00, 90_00)
        add(made, "review", contract=market.contract, author_kind="tuteur", author="Nomsecret9",
            text=f"Bon accueil. {HOSTILE}", rating=4, given_on="2026-05-02")  # fmt: skip
        add(made, "review", contract=market.contract, author_kind="entreprise",
            text="Absent pour maladie, RQTH", rating=2, given_on="2026-05-03")  # fmt: skip
        yield made


def written(base: Base, folder: Path, name: str, filters: Filters | None = None) -> Path:
    return write_report(base, filters or Filters(), folder / name, today=TODAY)


def test_the_page_is_whole_and_says_what_was_done(base: Base, tmp_path: Path) -> None:
    content = written(base, tmp_path, "r.html").read_text("utf-8")
    page = Page(content)
    text = page.text
    assert "630,00 h d'insertion validées sur 1 000,00 h à réaliser, par 7 personnes" in text
    assert "M-1 Bâtisseurs du Val 1 000,00 h 630,00 h 63 % En cours" in text
    assert "Le tuteur (4/5)" in text and "Bon accueil." in text
    assert "règles de calcul version" in text
    for heading in ("Avancement", "Chiffres clés", "Obligations", "Répartitions",
                    "Parcours et sorties", "Paroles recueillies", "À savoir"):  # fmt: skip
        assert heading in text
    assert page.tags.count("svg") == page.tags.count("title") - 1 + 3
    assert "@page{size:A4" in content and 'lang="fr"' in content


def test_the_page_needs_nothing_else_and_runs_nothing(base: Base, tmp_path: Path) -> None:
    company = base.connection.execute("SELECT id FROM company").fetchone()[0]
    from suivi_tui.store.journal import changed, write

    write(base, [changed("company", company, "name", HOSTILE + ACTING)], label="Essai")
    content = written(base, tmp_path, "r.html").read_text("utf-8")
    page = Page(content)
    assert "<script" not in content and "<img" not in content
    assert not {"script", "img", "link", "iframe", "object"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert not [name for name, _ in page.attributes if name in ("src", "href")]
    outside = re.sub(r"&lt;script src=&quot;http://x\.example", "", content)
    assert "http" not in outside and "url(#" in content and "@import" not in content
    assert HOSTILE.split()[0] in page.text
    assert not [char for char in ACTING[:1] + ACTING[4:5] + ACTING[-2:] if char in content]


def test_nobody_is_named_and_no_few_people_are_told(base: Base, tmp_path: Path) -> None:
    for name in ("r.html", "r.docx"):
        path = written(base, tmp_path, name)
        text = (
            Page(path.read_text("utf-8")).text
            if path.suffix == ".html"
            else docx_text(path).replace("\n", " ")
        )
        assert "Nomsecret" not in text
        # One woman of seven people: what is said of the six men would tell of her.
        for row in ("Homme", "Femme"):
            assert re.search(rf"{row}[ |]+masqué[ |]+masqué[ |]+masqué", text)
        assert "RQTH" not in text and "maladie" not in text
        assert "1 avis n'est pas repris" in text


def test_fewer_than_the_threshold_are_never_counted(tmp_path: Path) -> None:
    with new_base(tmp_path) as base:
        market = new_contract(base)
        new_hours(base, new_placement(base, market, new_person(base)), 202601, 10_00, 10_00)
        text = Page(written(base, tmp_path, "r.html").read_text("utf-8")).text
    assert "par moins de 5 personnes" in text
    assert "Personnes moins de 5" in text and "Contrats de travail masqué" in text
    assert "Répartition masquée." in text


def test_the_word_file_opens_and_is_whole(base: Base, tmp_path: Path) -> None:
    text = docx_text(written(base, tmp_path, "r.docx"))
    assert "Rapport sur les clauses sociales d'insertion" in text
    assert "1 000,00 h" in text and "Bon accueil." in text
    # The only braces are those that somebody typed in a review.
    assert "{{ 7 }} {% raw %}" in text
    rest = text.replace("{{ 7 }} {% raw %}", "")
    assert "{{" not in rest and "{%" not in rest


def test_the_template_is_the_user_s(base: Base, tmp_path: Path) -> None:
    from docx import Document

    written(base, tmp_path, "un.docx")
    folder = paths.templates_directory()
    template = folder / "rapport_acheteur.docx"
    document = Document(str(template))
    document.add_paragraph("Notre pied de page, {{ acheteur }}")
    document.save(str(template))
    text = docx_text(written(base, tmp_path, "deux.docx"))
    assert "Notre pied de page, Tous les acheteurs" in text
    page = (folder / "rapport_acheteur-variables.txt").read_text("utf-8-sig")
    assert "acheteur : nom de l'acheteur" in page


def test_a_report_leaves_a_line_in_the_history_without_a_name(base: Base, tmp_path: Path) -> None:
    written(base, tmp_path, "r.html", Filters(first=Month(202601), last=Month(202606)))
    what, filters = base.connection.execute("SELECT what, filters FROM export_log").fetchone()
    assert what == "Rapport à l'acheteur"
    assert "de janvier 2026 à juin 2026" in filters and str(tmp_path) not in filters


def test_only_two_kinds_of_files_and_none_half_written(base: Base, tmp_path: Path) -> None:
    with pytest.raises(NotAReport, match=r"\.docx ou en \.html"):
        written(base, tmp_path, "r.pdf")
    assert not list(tmp_path.glob("r.*"))


def test_an_empty_period_makes_a_report_all_the_same(base: Base, tmp_path: Path) -> None:
    filters = Filters(first=Month(202001), last=Month(202012))
    text = Page(written(base, tmp_path, "r.html", filters).read_text("utf-8")).text
    assert "Aucune obligation dans cette période." in text
    assert "Aucune heure déclarée dans cette période." in text


@pytest.mark.parametrize("count", [0, 1, 2, 36])
def test_the_progress_fits_whatever_its_length(count: int) -> None:
    points = [
        Progress(f"m{n}", Hours(n * 10_00), Hours(n * 9_00), Hours(n * 8_00)) for n in range(count)
    ]
    chart = progress_chart("essai", points, Hours(500_00))
    Page(chart)
    across = [float(x) for x in re.findall(r'c?x1?="(-?[\d.]+)"', chart)]
    assert all(-1 <= x <= 680 for x in across)
    assert "<title" in chart and "<desc" in chart


def test_bars_tell_what_they_show_to_who_cannot_see_them() -> None:
    chart = bars_chart(
        "essai", "Sexe", [Bar("<Femme>", Hours(10_00), Hours(5_00)), Bar("Homme", None, None)]
    )
    page = Page(chart)
    assert "<Femme> : 10,00 h déclarées dont 5,00 h validées ; Homme : masqué." in page.text
    assert "url(#essai-hachures)" in chart
