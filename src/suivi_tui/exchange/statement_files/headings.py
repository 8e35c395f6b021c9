"""What the heading of a column says: its role, and the period or place of its figures."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from suivi_tui.exchange.statement_files.heading_words import role_of_words
from suivi_tui.exchange.statement_files.roles import Role
from suivi_tui.exchange.statement_files.when import When, find_when, without_years
from suivi_tui.vocabulary.choices import HourKind
from suivi_tui.vocabulary.text import fold

_FIGURE = re.compile(r"\b(?:heures?|hrs?|h|jours?|jrs|j)\b")
_HOUR = re.compile(r"\b(?:heures?|hrs?|h)\b")
_DAY = re.compile(r"\b(?:jours?|jrs?|j|journees?)\b")
_CUMULATED = re.compile(
    r"\bcumul|\bdepuis (?:le |l |l')?(?:debut|origine|demarrage)|\ba ?ce jour\b"
)
_TRAINING = re.compile(r"\bformations?\b")
_TOTAL = re.compile(r"\btotal\b|\btotaux\b|\bensemble\b|\bsomme\b")
# Hours that nobody worked, or that are already a judgement on those that were.
_NOT_WORKED = re.compile(
    r"\b(?:absences?|conges?|maladies?|prevu\w*|previsionnel\w*|dues?|objectifs?|engag\w*|restant\w*"
    r"|reste|theorique\w*|contractuel\w*|taux|valide\w*|retenu\w*|refuse\w*|ecarts?|pourcentage|cout"
    r"|montant|prix|salaire|brut|net|intemperies|solde|paniers?|primes?|km|tarif|coefficient"
    r"|euros?|chomage|ferie\w*|repos|rtt|ht|ttc|a faire|attendu\w*)\b|[%€]"
)
# A part of the hours, or another count of them: which one is declared is a person's decision.
_SOME_HOURS = re.compile(
    r"\b(?:supp?|supplementaires?|majore\w*|nuit|normales?|paye\w*|facture\w*|remunere\w*"
    r"|complementaires?|hs|hn|delegation|modulation|dimanche|samedi|25|50)\b"
)
_FILLING = re.compile(
    r"\b(?:heures?|hrs?|h|jours?|jrs|j|nb|nbre|nbr|nombre|total|realise\w*|travaille\w*|effectue\w*"
    r"|declare\w*|insertion|mois|periode|fin|cumul\w*|formations?|releve|volume|horaire|faites?|totales|globales|mensuelles?|en|pour|par|mensuel"
    r"|semaine|trimestre|annee|a|et|n|le|depuis|debut|production|travail|[0-9]{1,2})\b"
)
_PLACE = re.compile(r"^(?:chantier|lot|site|operation|marche)\b[^0-9a-z]*(?:n|no)?.*[0-9a-z]")
_PLACE_NAMED = re.compile(r"\b(?:chantier|lot|site|operation|marche)s?\b")


class Heading(NamedTuple):
    """What a heading says. ``role`` is None when it is not known; ``sure`` is False when only a
    person can tell which hours are meant. ``names`` tells that it names a column by itself.
    """

    text: str
    role: Role | None
    when: When | None = None
    cumulated: bool = False
    days: bool = False
    kind: int = HourKind.WORK.number
    site: str = ""
    sure: bool = True
    names: bool = False


def read_heading(parts: Sequence[str]) -> Heading:
    """What the ``parts`` of a heading say, from the top one to the bottom one."""
    texts = [part for position, part in enumerate(parts) if part and part not in parts[:position]]
    joined = " ".join(texts)
    if not joined:
        return Heading("", None)
    role = role_of_words([joined, *reversed(texts)] if len(texts) > 1 else [joined])
    if edge := _edge(fold(joined)):
        return Heading(joined, edge, names=True)
    when = find_when(joined)
    words = without_years(joined)
    if role is not None and (when is None or role not in _OPEN_TO_PERIODS):
        return _known(joined, role, words, fold(joined))
    if when is not None:
        return _of_period(joined, when)
    return _by_words(joined, words)


def _edge(folded: str) -> Role | None:
    """The first or the last day of a period: little words are all that tells them apart."""
    if found := re.fullmatch(r"(?:periode |mission )?(du|au)", folded):
        return Role.FROM if found[1] == "du" else Role.TO
    return None


_OPEN_TO_PERIODS = frozenset(
    (Role.HOURS, Role.DAYS, Role.CUMULATED, Role.TOTAL, Role.MONTH, Role.WEEK, Role.YEAR, Role.DATE)
)


def _known(text: str, role: Role, words: str, folded: str) -> Heading:
    if role in (Role.HOURS, Role.DAYS, Role.CUMULATED, Role.TOTAL):
        if _NOT_WORKED.search(words) and not _FIGURE_NAME.search(words):
            return Heading(text, Role.IGNORE, names=True)
        return Heading(
            text,
            role,
            cumulated=role is Role.CUMULATED,
            days=role is Role.DAYS or (bool(_DAY.search(words)) and not _HOUR.search(words)),
            kind=_kind(words),
            names=True,
        )
    return Heading(text, role, names=True)


_FIGURE_NAME = re.compile(r"\binsertion\b|\brealise|\btravaille|\beffectue|\bdeclare")


def _kind(words: str) -> int:
    return (HourKind.TRAINING if _TRAINING.search(words) else HourKind.WORK).number


def _of_period(text: str, when: When) -> Heading:
    """A heading that tells a period: figures of it, unless its other words say otherwise."""
    inner = find_when(when.rest)
    if inner is not None and when.kind != "month":
        # « Janvier 2026 » over « S1 »: the month only gives its year to the week.
        when = when._replace(year=when.year or inner.year, rest=inner.rest)
    rest = without_years(when.rest)
    other = role_of_words([rest]) if rest else None
    if other is not None and other not in _OPEN_TO_PERIODS:
        return Heading(text, other, names=True)
    if _NOT_WORKED.search(rest):
        return Heading(text, Role.IGNORE, when, names=True)
    if when.kind == "day" and _HOUR.search(rest) and re.search(r"\bau\b", when.rest):
        # « Heures au 31/03/2026 » is a total up to that day, not the hours of that day.
        month = When("month", when.first[1], when.year)
        return Heading(text, Role.MONTH_HOURS, month, cumulated=True, sure=False, names=True)
    role = {
        "month": Role.MONTH_HOURS,
        "quarter": Role.QUARTER_HOURS,
    }.get(when.kind, Role.WEEK_HOURS)
    site = text if _PLACE_NAMED.search(rest) else ""
    unknown = _FILLING.sub(" ", rest).strip()
    if unknown and not site and not _SOME_HOURS.search(rest):
        return Heading(text, None, when)
    return Heading(
        text,
        role,
        when,
        cumulated=bool(_CUMULATED.search(rest)),
        days=bool(_DAY.search(rest)) and not _HOUR.search(rest),
        kind=_kind(rest),
        site=site,
        sure=not _SOME_HOURS.search(rest),
        names=bool(rest) or when.kind != "day",
    )


def _by_words(text: str, words: str) -> Heading:
    """A heading that is not a known name: judged by the words in it."""
    if not (_FIGURE.search(words) or _TOTAL.search(words) or _CUMULATED.search(words)):
        if _PLACE.search(words) and any(char.isdigit() for char in words):
            return Heading(text, Role.SITE_HOURS, site=text, names=True)
        return Heading(text, None)
    if _NOT_WORKED.search(words):
        return Heading(text, Role.IGNORE, names=True)
    days = bool(_DAY.search(words)) and not _HOUR.search(words)
    if _CUMULATED.search(words):
        role = Role.CUMULATED
    elif _TOTAL.search(words):
        role = Role.TOTAL
    elif days:
        role = Role.DAYS
    elif _PLACE.search(words):
        return Heading(text, Role.SITE_HOURS, site=text, names=True)
    elif _FILLING.sub(" ", _SOME_HOURS.sub(" ", words)).strip():
        return Heading(text, None)  # « Heure du rdv », « Heures de Jean »
    else:
        role = Role.HOURS
    return Heading(
        text,
        role,
        cumulated=role is Role.CUMULATED,
        days=days,
        kind=_kind(words),
        sure=not _SOME_HOURS.search(words),
        names=True,
    )
