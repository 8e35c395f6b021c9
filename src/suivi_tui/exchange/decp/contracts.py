"""From the raw fields of a record to a published contract, with a warning for each fault."""

import re
from datetime import date

from suivi_tui.exchange.decp import values
from suivi_tui.exchange.decp.events import modifications
from suivi_tui.exchange.decp.faults import Faults, RecordFaults, shown
from suivi_tui.exchange.decp.parties import PublishedHolder, buyer, holders
from suivi_tui.exchange.decp.places import department_of_buyer, department_of_code, place_of
from suivi_tui.exchange.decp.raw import RawRecord
from suivi_tui.exchange.decp.records import PublishedContract, fingerprint, iso
from suivi_tui.exchange.decp.social import FIELD as SOCIAL
from suivi_tui.exchange.decp.social import considerations
from suivi_tui.vocabulary.choices import Category, find
from suivi_tui.vocabulary.identifiers import siret_fault
from suivi_tui.vocabulary.text import fold

# Fields of the formats of 2019 and 2022, those that are not kept included.
_FIELD_NAMES = """
    id uid uuid _type source acheteur autoriteConcedante nature objet codeCPV techniques
    modalitesExecution idAccordCadre marcheInnovant ccag offresRecues attributionAvance tauxAvance
    typeGroupementOperateurs sousTraitanceDeclaree actesSousTraitance procedure lieuExecution
    dureeMois dateNotification datePublicationDonnees montant typesPrix formePrix origineUE
    origineFrance titulaires considerationsSociales considerationsEnvironnementales
    modificationsActesSousTraitance modifications dateSignature dateDebutExecution valeurGlobale
    montantSubventionPublique donneesExecution concessionnaires type
    acheteur_departement_code"""
KNOWN_FIELDS = frozenset(_FIELD_NAMES.split())

# The official labels, to which other spellings of the same words are brought back.
_LABELS = {
    values.comparable(label): label
    for label in (
        "Marché",
        "Marché de partenariat",
        "Marché de défense ou de sécurité",
        "Accord-cadre",
        "Marché subséquent",
        "Concession de travaux",
        "Concession de service",
        "Concession de service public",
        "Délégation de service public",
        "Procédure adaptée",
        "Appel d'offres ouvert",
        "Appel d'offres restreint",
        "Procédure avec négociation",
        "Marché passé sans publicité ni mise en concurrence préalable",
        "Marché négocié sans publicité ni mise en concurrence préalable",
        "Dialogue compétitif",
    )
}
_UID = re.compile(r"([0-9]{14})(.+)")


def published(
    raw: RawRecord, faults: Faults, today: date | None = None
) -> PublishedContract | None:
    """The contract that a record publishes, or None when nothing can name it (told why)."""
    told = RecordFaults(faults, raw.label, raw.textual)
    for name in sorted(raw.fields.keys() - KNOWN_FIELDS):
        told.warn_once(name, "Champ inconnu, laissé de côté.")
    siret, name, number = _names(raw, told)
    if not number or not (siret or name):
        lacking = "numéro" if not number else "acheteur"
        told.warn("id" if not number else _buyer_field(raw), f"Sans {lacking} : laissé de côté.")
        return None
    return _Reader(raw, told, today).contract(siret, name, number)


def _buyer_field(raw: RawRecord) -> str:
    return "autoriteConcedante" if raw.kind == "concession" else "acheteur"


def _names(raw: RawRecord, told: RecordFaults) -> tuple[str, str, str]:
    """SIRET and name of the buyer, number; what lacks is looked for in the ``uid``."""
    fields, field = raw.fields, _buyer_field(raw)
    value = fields.get(field)
    if values.missing(value):
        other = "acheteur" if field == "autoriteConcedante" else "autoriteConcedante"
        value = fields.get(other)
    siret, name = buyer(value, told, field)
    number = values.text(values.usable(fields.get("id"), told, "id"))
    if number and (siret or name):
        if not number.strip("0"):
            message = "Numéro composé de zéros : des marchés différents peuvent être réunis."
            told.warn("id", message)
        if not siret:
            told.warn(
                f"{field}.id", "SIRET de l'acheteur absent : l'acheteur est reconnu par son nom."
            )
        return siret, name, number
    # The uid is made of the SIRET of the buyer and of the number.
    uid = _UID.fullmatch(values.text(fields.get("uid")))
    if uid and siret_fault(uid[1]) is None and siret in ("", uid[1]):
        told.warn("uid", f"Acheteur ou numéro absent : lu dans l'uid « {shown(uid[0])} ».")
        return uid[1], name, number or uid[2]
    return siret, name, number


class _Reader:
    """The fields of one record that has a name."""

    def __init__(self, raw: RawRecord, told: RecordFaults, today: date | None) -> None:
        self.raw = raw
        self.fields = raw.fields
        self.told = told
        self.today = today
        self.concession = raw.kind == "concession"

    def contract(self, siret: str, name: str, number: str) -> PublishedContract:
        nature = self._label_of("nature")
        cpv = self._cpv()
        place, department = place_of(self.fields.get("lieuExecution"), self.told)
        amount = self._amount()
        duration = self._months()
        notified_on = self._day("dateSignature" if self.concession else "dateNotification", True)
        published_on = self._day("datePublicationDonnees", False)
        held = self._holders()
        events = modifications(self.fields.get("modifications"), self.told, self.today)
        techniques = self._techniques()
        social = None
        if SOCIAL in self.fields:
            social = considerations(self.fields[SOCIAL], self.told)
        purpose = values.text(self.fields.get("objet"), values.OBJECT_LIMIT)
        if not purpose and self._expected("objet"):
            self.told.warn("objet", "Objet absent : à compléter.")
        procedure = self._label_of("procedure")
        framework = values.text(
            values.usable(self.fields.get("idAccordCadre"), self.told, "idAccordCadre")
        )
        content: list[object] = [
            [siret, name, number, self.raw.kind, purpose, nature, procedure, cpv, amount, duration],
            [iso(notified_on), iso(published_on), place, techniques, framework],
        ]
        return PublishedContract(
            buyer_siret=siret,
            buyer_name=name,
            number=number,
            kind=self.raw.kind,
            object=purpose,
            nature=nature,
            procedure=procedure,
            cpv=cpv,
            category=self._category(cpv, nature),
            amount_cents=amount,
            duration_months=duration,
            notified_on=notified_on,
            published_on=published_on,
            place=place,
            department=department or self._department_of_buyer(siret),
            techniques=techniques,
            framework=framework,
            social=social,
            holders=held,
            events=events,
            position=self.raw.position,
            label=self.told.label,
            fingerprint=fingerprint(content, social, held, events),
        )

    def _expected(self, field: str) -> bool:
        """Whether the absence of a field is a fault: not when a whole column is absent."""
        return not self.raw.textual or field in self.fields

    def _usable(self, field: str) -> object:
        return values.usable(self.fields.get(field), self.told, field)

    def _label_of(self, field: str) -> str:
        written = values.text(self._usable(field))
        return _LABELS.get(values.comparable(written), written)

    def _cpv(self) -> str:
        value = self._usable("codeCPV")
        if value is not None:
            return values.cpv(value, self.told, "codeCPV")
        if not self.concession and self._expected("codeCPV"):
            self.told.warn("codeCPV", "Code CPV absent : à compléter.")
        return ""

    def _amount(self) -> int | None:
        names = ("valeurGlobale", "montant") if self.concession else ("montant", "valeurGlobale")
        for field in names:
            value = self._usable(field)
            # Some tools fill the amount of the other kind of contract with a zero.
            if value is not None and (field == names[0] or value):
                return values.amount(value, self.told, field)
        if self._expected(names[0]):
            self.told.warn(names[0], "Montant absent : à compléter.")
        return None

    def _months(self) -> int | None:
        value = self.fields.get("dureeMois")
        usable = self._usable("dureeMois")
        if usable is not None:
            return values.months(usable, self.told, "dureeMois")
        if self._expected("dureeMois"):
            mark = shown(value) if isinstance(value, str) else ""
            said = f" (« {mark} »)" if mark else ""
            self.told.warn("dureeMois", f"Durée absente{said} : à compléter.")
        return None

    def _day(self, field: str, needed: bool) -> date | None:
        value = self._usable(field)
        if value is None and field == "dateSignature":
            field = "dateNotification" if "dateNotification" in self.fields else field
            value = self._usable(field)
        if value is not None:
            return values.day(value, self.told, field, self.today)
        if needed and self._expected(field):
            self.told.warn(field, "Date absente : à compléter.")
        return None

    def _techniques(self) -> tuple[str, ...]:
        found = values.texts(self.fields.get("techniques"), "technique", self.told, "techniques")
        return tuple(sorted({each for each in found if fold(each) != "sans objet"}))

    def _holders(self) -> tuple[PublishedHolder, ...]:
        lists = [("titulaires", "titulaire"), ("concessionnaires", "concessionnaire")]
        for outer, inner in reversed(lists) if self.concession else lists:
            found = holders(self.fields.get(outer), inner, self.told, outer)
            if found:
                return found
        if self._expected("titulaires"):
            field = "concessionnaires" if self.concession else "titulaires"
            self.told.warn(field, "Aucun titulaire : à compléter.")
        return ()

    def _category(self, cpv: str, nature: str) -> Category | None:
        """What is bought: published, else told by the division of the CPV or by the nature."""
        said = find(Category, values.text(self.fields.get("type"), 60))
        if said is not None:
            return said
        if cpv:
            return category_of_cpv(cpv)
        if self.concession and nature:
            works = nature == "Concession de travaux"
            return Category.WORKS if works else Category.SERVICES
        return None

    def _department_of_buyer(self, siret: str) -> str:
        published = values.text(self.fields.get("acheteur_departement_code"), 10)
        return department_of_code(published) or department_of_buyer(siret)


def category_of_cpv(cpv: str) -> Category:
    """Works for division 45, services from 50 on, supplies before (and 48, software)."""
    if cpv.startswith("45"):
        return Category.WORKS
    return Category.SERVICES if cpv >= "50" else Category.SUPPLIES
