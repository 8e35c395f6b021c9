"""Alerts of a contract as a whole: nothing owed yet, nobody to follow it, an answer, a clause."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suivi_tui.reference.alert_limits import EuropeanPeriod
from suivi_tui.reference.loader import AlertThresholds
from suivi_tui.rules.alert_facts import ContractFacts
from suivi_tui.rules.alert_kinds import (
    ANSWER_DUE,
    CLAUSE_REQUIRED,
    NO_FACILITATOR,
    OBJECTIVE_UNKNOWN,
    TEXT_DIFFERS,
    Alert,
    AlertKind,
    days_until,
)
from suivi_tui.rules.answers import answer_day
from suivi_tui.vocabulary.choices import BuyerKind, Category, ClauseForm, Gravity, Stage
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP, plural

_SHOWN_DIFFERENCES = 3
_UPSTREAM = ("", Stage.TO_QUALIFY.value, Stage.PROJECT.value, Stage.CONSULTATION.value)
# A criterion alone is no condition of execution (L2112-2-1, domain.md 2.1).
_SOCIAL = frozenset(
    str(form.value) for form in ClauseForm if form not in (ClauseForm.NONE, ClauseForm.CRITERION)
)


class PurchaseFacts(NamedTuple):
    """A contract as its buyer prepares it.

    ``launched_on`` is when its consultation was launched, ``answer_due`` the day on which the
    buyer waits for the facilitator, ``answer_weeks`` how long that buyer waits since it asked, and
    ``answered_on`` when it got its answer. ``grounded`` when the reason not to put a social
    condition is written; ``network_operator`` an entité adjudicatrice.
    """

    contract: ContractFacts
    category: str = ""
    buyer_kind: str = ""
    amount: Money | None = None
    clause_form: str = ""
    launched_on: date | None = None
    answer_due: date | None = None
    answer_weeks: int | None = None
    grounded: bool = False
    asked_on: date | None = None
    answered_on: date | None = None
    network_operator: bool = False

    @property
    def due(self) -> date | None:
        """When the buyer waits for an answer; None once it has it."""
        if self.answered_on is not None:
            return None
        return answer_day(self.answer_due, self.asked_on, self.launched_on, self.answer_weeks)

    @property
    def public(self) -> bool:
        """Whether public procurement law applies."""
        private = self.buyer_kind == BuyerKind.PRIVATE.value
        return not private and self.clause_form != ClauseForm.PRIVATE.value


def contract_alert(
    kind: AlertKind,
    contract: int | None,
    message: str,
    *,
    gravity: Gravity | None = None,
    measure: int = 0,
    due: date | None = None,
) -> Alert:
    """An alert of a contract, or of the whole base without one."""
    return Alert(
        code=kind.code,
        gravity=gravity or kind.gravity,
        contract=contract,
        lot=None,
        obligation=None,
        company=None,
        participant=None,
        month=None,
        message=message,
        action=kind.action,
        about="" if contract is None else f"marche:{contract}",
        measure=measure,
        due=due,
    )


def contract_without_obligation(facts: ContractFacts) -> list[Alert]:
    """``objectif_a_saisir`` for a contract that runs and carries no obligation at all."""
    if facts.obligations or not facts.under_way:
        return []
    message = f"Aucune obligation saisie{NBSP}: les heures à réaliser ne sont pas connues."
    return [contract_alert(OBJECTIVE_UNKNOWN, facts.contract, message)]


def no_facilitator(facts: ContractFacts) -> list[Alert]:
    """``sans_facilitateur``: the contract runs and nobody is said to follow it.

    Where nobody is ever named, nothing is missing: one person follows everything.
    """
    if facts.led or not facts.followed or facts.stage != Stage.RUNNING.value:
        return []
    return [
        contract_alert(NO_FACILITATOR, facts.contract, "Personne n'est désigné pour le suivre.")
    ]


def text_differs(facts: ContractFacts) -> list[Alert]:
    """``texte_different``: the base no longer says what the text that was sent says."""
    if not facts.followed or facts.text is None or not facts.text.differences:
        return []
    found = facts.text.differences
    told = f"{NBSP}; ".join(difference.sentence for difference in found[:_SHOWN_DIFFERENCES])
    others = len(found) - _SHOWN_DIFFERENCES
    more = f", et {plural(others, 'autre', 'autres')}" if others > 0 else ""
    when = format_date(facts.text.sent_on)
    message = f"La base ne dit plus ce que dit le texte envoyé le {when}, {told}{more}."
    return [contract_alert(TEXT_DIFFERS, facts.contract, message, measure=len(found))]


def answer_due(facts: PurchaseFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``reponse_acheteur``: a buyer waits for an answer on a contract that it prepares."""
    due = facts.due
    if due is None or facts.grounded or not facts.contract.followed:
        return []
    if facts.contract.stage not in _UPSTREAM:
        return []
    days = days_until(due, today)
    if days > limits.answer_days:
        return []
    if days < 0:
        when = f"était attendue pour le {format_date(due)}"
    elif days == 0:
        when = "est attendue aujourd'hui"
    else:
        when = f"est attendue pour le {format_date(due)}, dans {plural(days, 'jour', 'jours')}"
    message = f"La réponse à l'acheteur {when}."
    return [
        contract_alert(ANSWER_DUE, facts.contract.contract, message, measure=int(days < 0), due=due)
    ]


def clause_required(facts: PurchaseFacts, limits: AlertThresholds, today: date) -> list[Alert]:
    """``seuil_europeen``: at or above the European threshold, no social condition, no ground.

    For consultations launched since the law applies (domain.md 2.2). When the launch or the
    category is not known, information only: it is to be checked. A contract that nobody follows
    and whose launch is unknown is counted by ``clauses_to_check``.
    """
    found = _clause(facts, limits, today)
    if found is None or (facts.launched_on is None and not facts.contract.taken_up):
        return []
    message, gravity = found
    return [contract_alert(CLAUSE_REQUIRED, facts.contract.contract, message, gravity=gravity)]


def clauses_to_check(
    purchases: Iterable[PurchaseFacts], limits: AlertThresholds, today: date
) -> list[Alert]:
    """``seuil_europeen`` for contracts that nobody follows: their number only."""
    concerns = tuple(
        ("contract", facts.contract.contract)
        for facts in purchases
        if facts.launched_on is None
        and not facts.contract.taken_up
        and _clause(facts, limits, today) is not None
    )
    count = len(concerns)
    if not count:
        return []
    contracts = plural(count, "marché non suivi", "marchés non suivis")
    message = (
        f"{contracts} à partir du seuil européen, sans condition sociale ni motif écrit, dont la "
        f"date de lancement est inconnue{NBSP}: à vérifier."
    )
    alert = contract_alert(CLAUSE_REQUIRED, None, message, gravity=Gravity.INFO, measure=count)
    return [alert._replace(about="marches_non_suivis", concerns=concerns)]


def _clause(
    facts: PurchaseFacts, limits: AlertThresholds, today: date
) -> tuple[str, Gravity | None] | None:
    """What is wrong with the clause of a contract, and how grave it is; None when nothing is."""
    contract, since, amount = facts.contract, limits.clause_since, facts.amount
    closed = contract.closed_on is not None or contract.stage == Stage.CLOSED.value
    if since is None or amount is None or closed or facts.grounded or not facts.public:
        return None
    if facts.clause_form in _SOCIAL:
        return None
    launched = facts.launched_on
    if launched is None:
        known = [day for day in (contract.notified_on, contract.start) if day is not None]
        if today < since or any(day < since for day in known):
            return None
    elif launched < since:
        return None
    period = _period(limits.european, launched or today)
    if period is None:
        return None
    sure, threshold = _threshold(period, facts, amount)
    if amount < threshold:
        return None
    what = (
        f"Montant de {format_money(amount)}, seuil européen de {format_money(threshold)} atteint, "
        "sans condition sociale ni motif écrit"
    )
    if launched is None:
        return f"{what}{NBSP}: date de lancement inconnue, à vérifier.", Gravity.INFO
    when = f"consultation lancée le {format_date(launched)}"
    if not sure:
        return f"{what}{NBSP}: {when}, catégorie inconnue, à vérifier.", Gravity.INFO
    return f"{what}{NBSP}: {when}.", None


def _period(periods: Iterable[EuropeanPeriod], day: date) -> EuropeanPeriod | None:
    """The thresholds in force on a day."""
    return max((period for period in periods if period.valid_from <= day), default=None)


def _threshold(period: EuropeanPeriod, facts: PurchaseFacts, amount: Money) -> tuple[bool, Money]:
    """The threshold of a contract, and whether it is surely its own.

    Of an unknown category the highest one when it is reached, else the lowest one, to be checked.
    """
    lowest = period.state if facts.buyer_kind == BuyerKind.STATE.value else period.others
    if facts.network_operator:
        lowest = period.network
    if facts.category == Category.WORKS.value:
        return True, period.works
    if facts.category in (Category.SUPPLIES.value, Category.SERVICES.value):
        return True, lowest
    return (True, period.works) if amount >= period.works else (False, lowest)
