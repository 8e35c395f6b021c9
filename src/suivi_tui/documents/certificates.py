"""Certificates of insertion hours: whole, by lot, by subcontractor, over a part of the time.

Only validated hours are certified (design.md 2). While hours are pending, nothing is made unless
a reason is given, which the certificate states.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from suivi_tui.documents.letter import Found, LeftOut, Letter, Sender, Subject
from suivi_tui.documents.recipients import company_recipient
from suivi_tui.documents.wording import (
    contract_name,
    enumerated,
    hours_text,
    legal_ground,
    lot_name,
    shared_values,
    text_of,
)
from suivi_tui.readings.pace import ObligationPace, obligation_paces
from suivi_tui.rules.indicators import Totals
from suivi_tui.rules.rate import achievement_rate, remaining
from suivi_tui.store.queries import letters as queries
from suivi_tui.store.queries import obligations
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import DocumentKind, FollowUpKind, ObligationOutcome
from suivi_tui.vocabulary.dates import long_date
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.months import Month, first_day, format_month, last_day
from suivi_tui.vocabulary.numbers import NBSP, format_percent, plural
from suivi_tui.vocabulary.text import NAME_LIMIT, clean

_EVER = (Month(0), Month(999912))
_NOTHING = "–"


class CertificateScope(NamedTuple):
    """What is certified, besides the contract or obligation.

    ``employer`` keeps the hours of the people of one company (a subcontractor); ``first`` and
    ``last`` those of some months; ``reason`` is why pending hours are not waited for.
    """

    employer: int | None = None
    first: Month | None = None
    last: Month | None = None
    reason: str = ""


def certificates(
    connection: Connection,
    today: date,
    sender: Sender,
    subject: Subject,
    scope: CertificateScope,
) -> Found:
    """The certificates of a contract, one for each company that owes, or that of an obligation."""
    contract, paces = _paces(connection, today, subject)
    known = queries.contracts(connection, [contract]).get(contract)
    if known is None or not paces:
        return Found(left_out=(LeftOut("", "aucune obligation sur ce marché"),))
    name = contract_name(known.number, "", known.object)
    if not known.taken_up:
        return Found(left_out=(LeftOut(name, "marché non suivi"),))
    groups: dict[int, list[ObligationPace]] = {}
    for pace in paces:
        groups.setdefault(scope.employer or pace.company, []).append(pace)
    letters: list[Letter] = []
    left_out: list[LeftOut] = []
    pending = 0
    for company, listed in groups.items():
        maker = _Certificate(connection, today, sender, company, listed, scope)
        if maker.total.pending and not clean(scope.reason):
            pending += maker.total.pending
            left_out.append(LeftOut(maker.to.company, f"{maker.waiting} restent à valider"))
        elif maker.total.declared == 0:
            left_out.append(LeftOut(maker.to.company, "aucune heure à attester"))
        else:
            letters.append(maker.letter(subject, known))
    question = ""
    if pending:
        question = (
            f"{format_hours(Hours(pending))} restent à valider{NBSP}: l'attestation attend leur "
            "vérification, sauf motif, qui sera écrit dans l'attestation."
        )
    return Found(tuple(letters), tuple(left_out), question)


def _paces(
    connection: Connection, today: date, subject: Subject
) -> tuple[int, list[ObligationPace]]:
    if subject.entity == "contract":
        return subject.id, obligation_paces(connection, today, contract=subject.id)
    row = obligations.one(connection, subject.id)
    if row is None:
        return 0, []
    paces = obligation_paces(connection, today, contract=row.contract)
    return row.contract, [pace for pace in paces if pace.obligation == subject.id]


class _Certificate:
    """What is certified of one company."""

    def __init__(
        self,
        connection: Connection,
        today: date,
        sender: Sender,
        company: int,
        paces: Sequence[ObligationPace],
        scope: CertificateScope,
    ) -> None:
        self.today, self.sender, self.scope = today, sender, scope
        self.company = company
        months = (scope.first or _EVER[0], scope.last or _EVER[1])
        ids = [pace.obligation for pace in paces]
        self.hours = queries.worked(connection, ids, scope.employer, *months)
        self.people = queries.people_who_worked(connection, ids, scope.employer, *months)
        # A subcontractor is told of the lots where its people worked, and of no other.
        self.paces = [
            pace for pace in paces if scope.employer is None or pace.obligation in self.hours
        ]
        self.total = sum(self.hours.values(), Totals())
        self.to = company_recipient(connection, company, ids)
        self.about = queries.companies(connection, [company])[company]

    @property
    def waiting(self) -> str:
        """The hours that nobody decided yet."""
        return format_hours(self.total.pending)

    @property
    def whole(self) -> bool:
        """Whether the whole of what the company owes is looked at: no part of time, of people."""
        scope = self.scope
        return scope.employer is None and scope.first is None and scope.last is None

    @property
    def owed(self) -> Hours | None:
        """What the obligations owe together; None when one of them is not known."""
        owed = [pace.owed for pace in self.paces if pace.owed is not None]
        return Hours(sum(owed)) if len(owed) == len(self.paces) else None

    def letter(self, subject: Subject, contract: queries.ContractRow) -> Letter:
        """The certificate."""
        lots = [pace.row.lot_number for pace in self.paces if pace.row.lot_number not in ("", "0")]
        alone = len(self.paces) == 1
        filed = Subject("obligation", self.paces[0].obligation) if alone else subject
        name = contract_name(contract.number, "", contract.object)
        part = f"-{self.company}" if self.scope.employer or not alone else ""
        return Letter(
            kind=DocumentKind.CERTIFICATE,
            key=f"{DocumentKind.CERTIFICATE.value}-{filed.id}{part}",
            subject=filed,
            to=self.to,
            about=f"{name}{', lot ' + ', '.join(lots) if lots else ''}, "
            f"{text_of(self.about.name)}{NBSP}: {format_hours(self.total.validated)} validées",
            values={**shared_values(self.sender, self.to, self.today), **self._values(contract)},
            follow_up=FollowUpKind.CERTIFICATE,
        )

    def _values(self, contract: queries.ContractRow) -> dict[str, Any]:
        owed = self.owed if self.whole else None
        rate = achievement_rate(self.total.validated, owed)
        left = remaining(self.total.validated, owed)
        return {
            "entreprise": text_of(self.about.name),
            "siret": self.about.siret or "",
            "marche": text_of(contract.number) or "sans numéro",
            "objet": text_of(contract.object),
            "acheteur": text_of(contract.buyer_name),
            "fondement": legal_ground(contract.clause_form),
            "portee": self._reach(left),
            "pour_le_compte": self._behalf(),
            "periode": self._period(),
            "dues": hours_text(owed) if self.whole else _NOTHING,
            "validees": format_hours(self.total.validated),
            "a_valider": self.waiting if self.total.pending else "",
            "reste": hours_text(left) if self.whole else _NOTHING,
            "taux": format_percent(rate) if rate is not None else _NOTHING,
            "personnes": plural(self.people, "personne", "personnes"),
            "conclusion": self._conclusion(owed, left),
            "reserve": clean(self.scope.reason, NAME_LIMIT) if self.total.pending else "",
            "lots": [self._lot(pace) for pace in self.paces],
        }

    def _lot(self, pace: ObligationPace) -> dict[str, str]:
        hours = self.hours.get(pace.obligation, Totals())
        left = remaining(hours.validated, pace.owed)
        name = lot_name(pace.row.lot_number, pace.row.lot_title)
        return {
            "nom": (name[0].upper() + name[1:]) if name else "Marché à lot unique",
            "dues": hours_text(pace.owed) if self.whole else _NOTHING,
            "validees": format_hours(hours.validated),
            "reste": hours_text(left) if self.whole else _NOTHING,
        }

    def _reach(self, left: Hours | None) -> str:
        if self.scope.employer:
            return "Attestation partielle : heures réalisées pour le compte du titulaire"
        if not self.whole:
            return "Attestation partielle : heures de la période indiquée"
        if left == 0 and not self.total.pending:
            return "Attestation portant sur la totalité de l'obligation"
        return "Attestation partielle : obligation en cours d'exécution ou non soldée"

    def _behalf(self) -> str:
        """For which holders the people of a subcontractor worked."""
        if self.scope.employer is None:
            return ""
        holders = list(dict.fromkeys(text_of(pace.row.company_name) for pace in self.paces))
        whose = "du titulaire" if len(holders) == 1 else "des titulaires"
        return f", pour le compte {whose} {enumerated(holders)}"

    def _period(self) -> str:
        first, last = self.scope.first, self.scope.last
        if first is not None and last is not None:
            return f"du {long_date(first_day(first))} au {long_date(last_day(last))}"
        if last is not None:
            return f"jusqu'en {format_month(last)}"
        starts = [pace.start for pace in self.paces if pace.start is not None]
        begins = first_day(first) if first is not None else min(starts, default=None)
        since = f"du {long_date(begins)}" if begins else "du démarrage"
        return f"{since} au {long_date(self.today)}"

    def _conclusion(self, owed: Hours | None, left: Hours | None) -> str:
        neutral = ObligationOutcome.NEUTRALISED.value
        if not self.whole:
            return "Elles ne constituent qu'une partie de celles que prévoit le marché."
        if all(pace.row.outcome == neutral for pace in self.paces):
            return "Le solde de l'obligation a été neutralisé."
        if owed is None or left is None:
            return (
                "L'objectif d'heures n'est pas renseigné : la présente attestation ne se prononce "
                "pas sur l'exécution de l'obligation."
            )
        if left == 0:
            return "L'obligation d'insertion est satisfaite."
        if self.total.validated == 0:
            return f"L'obligation d'insertion n'est pas satisfaite : {format_hours(left)} manquent."
        return (
            "L'obligation d'insertion est partiellement satisfaite : il reste "
            f"{format_hours(left)} à réaliser."
        )
