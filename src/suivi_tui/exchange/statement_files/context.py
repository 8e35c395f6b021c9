"""What is written around the tables: title blocks, lines between tables, names of sheets.

A title says for all the lines under it which company, employer, contract, lot, site, person or
month they are about, as ``label : value``, as two cells side by side, or in a sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from suivi_tui.exchange.columns import normal_header
from suivi_tui.exchange.statement_files.cell_values import day_of, text_of
from suivi_tui.exchange.statement_files.periods import Period
from suivi_tui.exchange.statement_files.when import When, find_when, lone_year
from suivi_tui.exchange.statement_files.workbook import CellValue
from suivi_tui.vocabulary.identifiers import clean_siret, looks_like_nir, siret_fault
from suivi_tui.vocabulary.text import fold

_TEXT_FIELDS = ("company", "employer", "contract", "lot", "site", "person")


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for the lines under it. ``when`` is the period told, ``year`` the year alone."""

    employer: str = ""
    employer_siret: str | None = None
    company: str = ""
    company_siret: str | None = None
    contract: str = ""
    lot: str = ""
    site: str = ""
    person: str = ""
    birth: str | None = None
    when: When | None = None
    year: int | None = None
    cumulated: bool = False
    hours_named: bool = False
    days_named: bool = False

    @property
    def says_where(self) -> bool:
        """Whether it tells a contract, a lot or a site."""
        return bool(self.contract or self.lot or self.site)

    def period(self, year: int | None) -> Period | None:
        """The period told, with ``year`` when the year is not."""
        return None if self.when is None else self.when.period(self.year or year)


# The labels of a title block, by the field they fill; longest first where one starts another.
_LABELS: dict[str, str] = {
    "person": (
        r"nom (?:et )?prenom|prenom (?:et )?nom|nom du salarie|nom de l'interimaire"
        r"|salarie(?:\(e\)|e)?|interimaire|beneficiaire|participant|stagiaire|nom"
    ),
    "birth": r"date de naissance|ne(?:\(e\)|e)? le",
    "contract": (
        r"(?:numero|n°|no|ref(?:erence)?\.?|code)(?: du| de)? (?:marche|contrat public)"
        r"|marche(?: public)?(?: (?:n°|no|numero))?"
    ),
    "lot": r"(?:numero|n°|no)(?: du| de)? lot|lots?(?: (?:n°|no|numero))?",
    "site": (
        r"nom du chantier|chantier|operation|site|lieu(?: de mission| du chantier)?|projet|affaire"
        r"|objet du marche|intitule du marche|objet"
    ),
    "employer": (
        r"nom de la structure|structure(?: d'insertion| employeuse)?|employeur|etti|geiq|siae"
        r"|agence(?: d'emploi| d'interim)?|entreprise d'insertion"
        r"|entreprise de travail temporaire(?: d'insertion)?"
    ),
    "company": (
        r"entreprise (?:titulaire|utilisatrice|attributaire|cliente)|nom de l'entreprise"
        r"|entreprise|titulaire(?: du marche)?|attributaire|client|raison sociale|societe"
        r"|utilisateur|mandataire"
    ),
    "siret": r"(?:n° |no |numero )?(?:de )?siret",
    "when": (
        r"mois(?: de| concerne| travaille)?|periode(?: concernee| de| du)?|releve (?:du mois )?de"
        r"|trimestre|semaines?"
    ),
    "year": r"annee|exercice",
    "nothing": (
        r"date(?: d'edition| d'envoi| de notification| de debut| de fin)?|edite le|fait (?:le|a)"
        r"|imprime le|maitre d'ouvrage|maitrise d'ouvrage|acheteur|donneur d'ordres?|adresse"
        r"|contact|tel(?:ephone)?|mail|e-mail|courriel|responsable|interlocuteur"
        r"|heures? (?:dues?|prevues?)"
        r"|objectif(?: d'heures)?|notification|duree(?: du marche)?|total(?: general)?|nb salaries"
        r"|nombre de salaries|facilitateur|facilitatrice|signature|cachet|visa|version"
    ),
}
_LABEL = re.compile(
    r"(?<![a-z0-9])(?:"
    + "|".join(f"(?P<{field}>{pattern})" for field, pattern in _LABELS.items())
    + r")(?:\s*[:=]|\s*(?=\Z))"
)
_CONTRACT_SAID = re.compile(
    r"\bmarche(?: public)?(?: de travaux| de services)? ?(?:n°|no|numero|ref\.?)?\s*"
    r"([a-z0-9]*[0-9][\w./-]*)"
)
_LOT_SAID = re.compile(r"\blot ?(?:n°|no|numero)?\s*([0-9]{1,3} ?[a-d]?|[a-d])(?![a-z0-9])")
_SITE_WORDS = re.compile(
    r"\b(?:chantier|ecoles?|college|lycee|gymnase|residence|batiments?|immeuble|hopital|ehpad|zac"
    r"|creche|mairie|stade|piscine|mediatheque|quartier|rue|avenue|place|tour|halle|site|operation"
    r"|logements|renovation|construction|rehabilitation|maison|centre|pole|groupe scolaire|parc"
    r"|voirie|espaces verts|nettoyage|entretien)\b"
)
_SITE_SAID = re.compile(r"\b(?:chantier|operation|site)\b(?: de| du| des| d'| :)?\s*(.{3,})")
_NOT_WHEN = re.compile(
    r"\b(?:edite|imprime|fait (?:le|a)|date d'|notifi|signe|transmis|envoye|recu le|mis a jour"
    r"|version|ne le|nee le|naissance|demarrage|debut (?:du|des|de)|fin prev|echeance)"
)
_CUMULATED = re.compile(r"\bcumul|depuis (?:le |l')?(?:debut|origine|demarrage)")
_END_OF_VALUE = " \t-–—|;,/\u00a0"
_STRUCTURE = re.compile(
    r"(?:etti|geiq|aci|eatt|esat|ei|ai|ea|regie de (?:quartier|territoire)|entreprise d'insertion"
    r"|association intermediaire|entreprise adaptee) +[a-z0-9]"
)
_GENERIC = re.compile(
    r"\b(?:releves?|heures?|declaration|suivi|tableau|bilan|etat|clauses?|insertion|feuil(?:le)?"
    r"|sheet|annexe|page|signature|cachet|visa|fait|confidentiel|mensuel|hebdomadaire|attestation)\b"
)

NOTHING = Context()
"""What a note that says nothing says."""


def read_note(row: Sequence[CellValue]) -> Context:
    """What a row that is no line of a table says."""
    context = NOTHING
    label = ""
    for value in row:
        text = text_of(value, 500)
        if not text or looks_like_nir(text):
            label = "" if text else label
            continue
        if label:
            context = _with(context, label, text)
            label = ""
            continue
        for piece in re.split(r"\s*[\n|]\s*", text):
            context, label = _read_piece(context, piece)
    return context


def _read_piece(context: Context, text: str) -> tuple[Context, str]:
    """The context with what a text says, and the label that waits for the next cell, or ''."""
    folded = _aligned_fold(text)
    # Without a colon, only a cell that holds nothing else is a label.
    labels = [
        label
        for label in _LABEL.finditer(folded)
        if folded[label.end() - 1] in ":=" or not label.start()
    ]
    waiting = ""
    for position, label in enumerate(labels):
        until = labels[position + 1].start() if position + 1 < len(labels) else len(text)
        value = text[label.end() : until].strip(_END_OF_VALUE)
        name = label.lastgroup or ""
        if value:
            context = _with(context, name, value)
        elif position + 1 == len(labels):
            waiting = name
    if not labels or labels[0].start() > 3:
        context = _read_sentence(context, text[: labels[0].start()] if labels else text)
    return context, waiting


def _aligned_fold(text: str) -> str:
    """``text`` in lower case without accents, each character at its own place."""
    folded = "".join((fold(char) or " ")[:1] for char in text)
    return folded if len(folded) == len(text) else text.lower()


def _with(context: Context, field: str, value: str) -> Context:
    if field in _TEXT_FIELDS:
        extra = where_said(value) if field in ("contract", "lot", "site") else {}
        extra.pop(field, None)
        kept: dict[str, Any] = {n: t for n, t in extra.items() if not getattr(context, n)}
        if field == "site":
            value = _site_alone(value)
        if field == "contract" and (said := re.match(r"[\w./-]*[0-9][\w./-]*", value)):
            value = said[0]
        return replace(context, **{field: value, **kept})
    if field == "birth":
        birth = day_of(value)
        return context if birth is None else replace(context, birth=birth.isoformat())
    if field == "siret" and siret_fault(value) is None:
        if context.employer and not context.company:
            return replace(context, employer_siret=clean_siret(value))
        return replace(context, company_siret=clean_siret(value))
    if field == "when" and (when := _labelled_when(value)) is not None:
        return replace(context, when=when, year=when.year or lone_year(value) or context.year)
    if field in ("year", "when") and (year := lone_year(value)) is not None:
        return replace(context, year=year)
    return context


def _site_alone(text: str) -> str:
    """The name of a site without the contract and lot written after it."""
    pieces = re.split(r"\s[-–—|]\s", text)
    kept = [pieces[0]]
    for piece in pieces[1:]:
        if where_said(piece):
            break
        kept.append(piece)
    return " - ".join(kept).strip(_END_OF_VALUE)


def _labelled_when(value: str) -> When | None:
    """The period after a label: a day there stands for its month."""
    when = find_when(value)
    if when is not None and when.kind == "day":
        return When("month", when.first[1], when.year)
    return when


def where_said(text: str) -> dict[str, str]:
    """The contract, the lot and the site that a sentence names."""
    folded = _aligned_fold(text)
    found: dict[str, str] = {}
    if contract := _CONTRACT_SAID.search(folded):
        found["contract"] = text[contract.start(1) : contract.end(1)].strip(_END_OF_VALUE)
    if lot := _LOT_SAID.search(folded):
        found["lot"] = text[lot.start(1) : lot.end(1)].strip().upper()
    if site := _SITE_SAID.search(folded):
        found["site"] = re.split(r"\s[-–—|]\s", text[site.start(1) : site.end(1)])[0].strip(
            _END_OF_VALUE + ":"
        )
    return found


def _read_sentence(context: Context, text: str) -> Context:
    folded = fold(text)
    values: dict[str, Any] = {
        name: value for name, value in where_said(text).items() if not getattr(context, name)
    }
    when = None if _NOT_WHEN.search(folded) else _when_said(text, values)
    words = set(normal_header(text).split())
    context = replace(
        context,
        **values,
        cumulated=context.cumulated or bool(_CUMULATED.search(folded)),
        hours_named=context.hours_named or bool(words & {"heures", "heure"}),
        days_named=context.days_named or bool(words & {"jours", "journees"}),
    )
    if not context.employer and _STRUCTURE.match(folded):
        context = replace(context, employer=re.split(r"\s[-–—|]\s", text)[0].strip(_END_OF_VALUE))
    if when is not None and context.when is None:
        context = replace(context, when=when, year=when.year or lone_year(text) or context.year)
    elif context.year is None and not _NOT_WHEN.search(folded):
        context = replace(context, year=lone_year(text))
    return context


def _when_said(text: str, values: dict[str, str]) -> When | None:
    # « Marché 2026-01 » is a number, not January.
    if contract := values.get("contract"):
        text = text.replace(contract, " ")
    when = find_when(text)
    return None if when is None or when.kind == "day" else when


def is_label(text: str) -> bool:
    """Whether a text only introduces the cell beside it: « Lot », « Chantier : »."""
    return bool(_LABEL.fullmatch(_aligned_fold(text.strip())))


def may_be_a_title(text: str) -> bool:
    """Whether a text alone above a table may be the name of what the table is about."""
    return len(text) <= 80 and any(map(str.isalpha, text)) and not _GENERIC.search(fold(text))


def names_a_site(text: str) -> bool:
    """Whether a text alone on its line is a place rather than a person."""
    folded = fold(text)
    return bool(_SITE_WORDS.search(folded)) or any(char.isdigit() for char in folded)


def under(outer: Context, inner: Context) -> Context:
    """The context of lines under a note ``inner``, inside ``outer``.

    Another contract takes its lots and sites away; another site too takes away the contract that
    went with the first one. What a note does not speak of stays.
    """
    values = {
        name: value
        for name in Context.__slots__
        if (value := getattr(inner, name)) not in ("", None, False)
    }
    if inner.contract and inner.contract != outer.contract:
        outer = replace(outer, lot="", site="")
    elif inner.lot and inner.lot != outer.lot:
        outer = replace(outer, site="")
    elif inner.site and outer.site and inner.site != outer.site:
        outer = replace(outer, contract="", lot="")
    if inner.company and inner.company != outer.company:
        outer = replace(outer, company_siret=None)
    if inner.employer and inner.employer != outer.employer:
        outer = replace(outer, employer_siret=None)
    if inner.person and inner.person != outer.person:
        outer = replace(outer, birth=None)
    return replace(outer, **values)
