"""A buyer's report in words: what its page and its Word template are filled with.

Numbers become French text here, once for both; nothing in it names a person.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Final

from suivi_tui.documents.letter import Sender
from suivi_tui.documents.wording import hours_text, lot_name, text_of
from suivi_tui.readings.evaluation_obligations import JudgedObligation
from suivi_tui.readings.report_buyer import BuyerReport, MaskedOutcome
from suivi_tui.readings.reviews import rating_text
from suivi_tui.readings.scope_words import period_words
from suivi_tui.rules.kept_obligations import VerdictCounts
from suivi_tui.rules.outcome_points import ExitClass
from suivi_tui.rules.version import RULES_VERSION
from suivi_tui.vocabulary.choices import ReviewAuthor, label_of
from suivi_tui.vocabulary.choices.evaluation import ObligationVerdict, OutcomeOrigin
from suivi_tui.vocabulary.dates import long_date
from suivi_tui.vocabulary.hours import format_hours
from suivi_tui.vocabulary.numbers import format_number, format_percent, plural
from suivi_tui.vocabulary.typography import french

MOST_OBLIGATIONS: Final = 300
"""A report that lists more is read by nobody: the others are counted in a sentence."""
MOST_REVIEWS: Final = 60
NOTHING: Final = "–"
MASKED: Final = "masqué"

_VERDICTS: Final = (
    ObligationVerdict.NOT_KEPT,
    ObligationVerdict.PARTLY,
    ObligationVerdict.KEPT,
    ObligationVerdict.EXCUSED,
    ObligationVerdict.GOING_ON,
    ObligationVerdict.UNKNOWN,
)

_CLASSES: Final = {
    "durables": ExitClass.DURABLE,
    "transition": ExitClass.TRANSITION,
    "positives": ExitClass.POSITIVE,
    "autres": ExitClass.OTHER,
    "neutralisees": ExitClass.NEUTRAL,
}

Lines = list[dict[str, str]]


def report_values(report: BuyerReport, sender: Sender) -> dict[str, Any]:
    """What a template takes (``documents.variables``), all of it text."""
    counts = report.obligations.counts
    shown, hidden = _obligations(report)
    return {
        "titre": "Rapport sur les clauses sociales d'insertion",
        "acheteur": text_of(report.evaluation.buyer) or "Tous les acheteurs",
        "perimetre": text_of(report.scope),
        "periode": period_words(report.filters),
        "date": long_date(report.today),
        "structure": text_of(sender.structure),
        "adresse": text_of(sender.address),
        "auteur": text_of(sender.author),
        "fonction": text_of(sender.role),
        "coordonnees": " · ".join(
            part for part in (text_of(sender.phone), text_of(sender.mail)) if part
        ),
        "version": RULES_VERSION,
        "seuil": plural(report.threshold, "personne", "personnes"),
        "constat": _summary(report),
        "chiffres": key_figures(report),
        "bilan": _verdicts(counts),
        "obligations": shown,
        "autres_obligations": hidden,
        "cibles": _targets(report),
        "repartitions": _breakdowns(report),
        "parcours": [_outcome(point) for point in report.points],
        "origine": french(_origin(report.outcomes.origin)),
        "avis": _reviews(report),
        "remarques": remarks(report),
    }


def _verdicts(counts: VerdictCounts) -> str:
    parts = (
        plural(counts.kept, "obligation tenue", "obligations tenues"),
        plural(counts.partly, "tenue en partie", "tenues en partie"),
        plural(counts.not_kept, "non tenue", "non tenues"),
        plural(counts.excused, "neutralisée ou remise", "neutralisées ou remises"),
        f"{counts.going_on} en cours",
        f"{counts.unknown} sans objectif saisi",
    )
    return f"{', '.join(parts)}."


def _summary(report: BuyerReport) -> str:
    found = report.evaluation
    people = (
        f"moins de {report.threshold} personnes"
        if report.few_people
        else plural(found.participants, "personne différente", "personnes différentes")
    )
    text = (
        f"{format_hours(found.hours.validated)} d'insertion validées sur "
        f"{format_hours(found.due)} à réaliser, par {people}, dans "
        f"{plural(found.contracts, 'marché', 'marchés')}"
    )
    if found.hours.pending:
        text += f" ; {format_hours(found.hours.pending)} restent à valider"
    return french(f"{text}.")


def key_figures(report: BuyerReport) -> Lines:
    """The figures of the report, each with how it is counted."""
    found, few = report.evaluation, report.few_people
    fewer = f"moins de {report.threshold}"
    hours = found.hours
    first_jobs = 0 < found.first_jobs < report.threshold
    lines = (
        ("Heures à réaliser", format_hours(found.due),
         "Part des objectifs fermes qui tombe dans la période, jour par jour."),
        ("Heures attendues à ce jour", format_hours(found.expected),
         "La même part, arrêtée à la date du rapport."),
        ("Heures déclarées", format_hours(hours.declared),
         "Somme des relevés des mois de la période : validées, refusées et à valider."),
        ("Heures validées", format_hours(hours.validated),
         "Heures vérifiées et retenues par le facilitateur."),
        ("Heures refusées", format_hours(hours.refused), "Déclarées, non retenues, avec un motif."),
        ("Heures à valider", format_hours(hours.pending), "Déclarées, pas encore vérifiées."),
        ("Taux de réalisation", NOTHING if found.rate is None else format_percent(found.rate),
         "Heures validées de la période divisées par la part des objectifs qui y tombe ; "
         "obligations sans objectif connu laissées de côté."),
        ("Personnes", fewer if few else format_number(found.participants),
         "Personnes différentes avec des heures déclarées, comptées une fois."),
        ("Contrats de travail", MASKED if few else format_number(found.work_contracts),
         "Contrats avec des heures déclarées dans la période."),
        ("Suites de missions", MASKED if few else format_number(found.chains),
         "Missions qui se suivent d'une personne chez un employeur, comptées pour une."),
        ("Heures par personne", MASKED if few else hours_text(found.hours_per_person),
         "Heures validées divisées par le nombre de personnes."),
        ("Équivalents temps plein", format_number(found.fte, 2),
         f"Heures validées divisées par {format_number(found.fte_base)} h."),
        ("Heures de formation", format_hours(found.training), "Heures déclarées de formation."),
        ("Premiers emplois par la clause",
         fewer if first_jobs or few else format_number(found.first_jobs),
         "Personnes dont c'est le premier contrat de travail au titre d'une clause."),
        ("Heures des structures d'insertion", format_hours(found.insertion_hours),
         "Heures validées dont l'employeur est une structure d'insertion."),
        ("Marchés", format_number(found.contracts), "Marchés suivis dont la clause court."),
        ("Entreprises et structures", format_number(found.companies),
         "Titulaires et employeurs, comptés une fois."),
    )  # fmt: skip
    return [
        {"intitule": label, "valeur": value, "calcul": french(how)} for label, value, how in lines
    ]


def _obligations(report: BuyerReport) -> tuple[Lines, str]:
    """The obligations, those that ask for an explanation first; a sentence for the others."""
    ordered = [one for verdict in _VERDICTS for one in report.obligations.of(verdict)]
    rest = len(ordered) - MOST_OBLIGATIONS
    more = ""
    if rest > 0:
        more = french(f"Et {plural(rest, 'autre obligation', 'autres obligations')}, comptées.")
    return [_obligation(one) for one in ordered[:MOST_OBLIGATIONS]], more


def _obligation(one: JudgedObligation) -> dict[str, str]:
    facts, row = one.judgement.facts, one.row
    rate = Fraction(facts.validated, facts.owed) if facts.owed else None
    reasons = [reason.label for reason in one.judgement.reasons]
    lot = lot_name(row.lot_number)
    return {
        "marche": ", ".join(part for part in (text_of(row.number) or "sans numéro", lot) if part),
        "entreprise": text_of(row.company_name),
        "dues": hours_text(facts.owed),
        "validees": format_hours(facts.validated),
        "taux": format_percent(rate) if rate is not None else NOTHING,
        "avis": one.verdict.label,
        "motif": french(" ; ".join(reasons)) if reasons else NOTHING,
    }


def _targets(report: BuyerReport) -> Lines:
    return [
        {
            "cible": target.label,
            "total": format_number(target.total),
            "atteintes": format_number(target.reached),
            "manquees": format_number(target.missed),
            "en_cours": format_number(target.going_on),
            "indeterminees": format_number(target.unknown),
        }
        for target in report.targets
    ]


def _breakdowns(report: BuyerReport) -> Lines:
    lines: Lines = []
    for breakdown in report.breakdowns:
        if breakdown.rows is None:
            lines.append(_row(breakdown.title, "Répartition masquée", *(MASKED,) * 3))
            continue
        for row in breakdown.rows:
            people = MASKED if row.people is None else format_number(row.people)
            declared = MASKED if row.declared is None else format_hours(row.declared)
            validated = MASKED if row.validated is None else format_hours(row.validated)
            lines.append(_row(breakdown.title, text_of(row.value), people, declared, validated))
    return lines


def _row(title: str, value: str, people: str, declared: str, validated: str) -> dict[str, str]:
    return {
        "repartition": title,
        "valeur": value,
        "personnes": people,
        "declarees": declared,
        "validees": validated,
    }


def _outcome(point: MaskedOutcome) -> dict[str, str]:
    rates = point.rates
    silent = point.paths(ExitClass.UNKNOWN)
    return {
        "moment": rates.point.label,
        "interroges": _count(point.due, point),
        "reponses": _count(None if silent is None else rates.answered, point),
        "taux_reponse": _share(rates.response_rate, silent is not None),
        **{name: _count(point.paths(kind), point) for name, kind in _CLASSES.items()},
        "dynamiques": _count(rates.dynamic if point.told else None, point),
        "taux_dynamiques": _share(rates.share(rates.dynamic), point.told),
    }


def _count(number: int | None, point: MaskedOutcome) -> str:
    if not point.rates.due:
        return NOTHING
    return MASKED if number is None else format_number(number)


def _share(share: Fraction | None, told: bool) -> str:
    if share is None:
        return NOTHING
    return format_percent(share) if told else MASKED


def _origin(origin: OutcomeOrigin) -> str:
    day = "la sortie du parcours" if origin is OutcomeOrigin.EXIT else "l'entrée dans le parcours"
    return (
        f"Situation des personnes, par parcours et non par contrat, comptée depuis {day}. Les "
        "sorties dynamiques sont les emplois durables, les emplois de transition et les sorties "
        "positives ; leur taux porte sur les réponses, sorties neutralisées exclues."
    )


def _reviews(report: BuyerReport) -> Lines:
    lines = []
    for reading in report.reviews:
        contract = text_of(reading.contract.number) or text_of(reading.contract.object)
        for author in reading.authors:
            for row in author.reviews:
                # Who spoke is a person: only in which role is told.
                lines.append(
                    {
                        "marche": contract,
                        "qui": label_of(ReviewAuthor, row.author_kind, "Auteur à préciser"),
                        "note": rating_text(row.rating) or NOTHING,
                        "texte": text_of(row.text) or NOTHING,
                    }
                )
    return lines[:MOST_REVIEWS]


def remarks(report: BuyerReport) -> list[str]:
    """What the reader must know of these figures: gaps, masking, rules, date."""
    found: list[str] = []
    for gap in report.gaps:
        if gap.missing is None:
            found.append(f"{gap.title} : non renseigné pour une partie des heures déclarées.")
            continue
        part = format_percent(Fraction(gap.missing, gap.hours))
        found.append(
            f"{gap.title} : non renseigné pour {part} des heures déclarées "
            f"({format_hours(gap.missing)})."
        )
    if report.withheld_reviews:
        texts = plural(report.withheld_reviews, "avis n'est", "avis ne sont")
        found.append(f"{texts} pas repris : leur texte parle de ce qui est confidentiel.")
    found += _standing_remarks(report)
    return [french(remark) for remark in found]


def _standing_remarks(report: BuyerReport) -> Sequence[str]:
    return (
        f"Les groupes de moins de {report.threshold} personnes sont masqués, avec ceux qui "
        "permettraient de les retrouver par soustraction.",
        "Une personne présente dans deux groupes compte dans chacun : les personnes ne "
        "s'additionnent pas. Les heures s'additionnent.",
        "L'âge, le lieu d'habitation et le niveau sont ceux de l'embauche.",
        f"Chiffres connus le {long_date(report.today)}, règles de calcul version {RULES_VERSION}.",
    )


def breakdown_groups(lines: Iterable[dict[str, str]]) -> dict[str, Lines]:
    """The lines of ``repartitions`` by breakdown, in their order."""
    groups: dict[str, Lines] = {}
    for line in lines:
        groups.setdefault(line["repartition"], []).append(line)
    return groups
