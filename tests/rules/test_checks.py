"""Each check of entered hours: what it says just before, at and just after its limit."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.reference.loader import PlausibilityLimits
from suivi_tui.rules.checks import CHECKS, findings_of, gravest
from suivi_tui.rules.checks_eligibility import split_of_hours
from suivi_tui.rules.checks_facts import (
    CheckedLine,
    CheckedObligation,
    CheckedPlacement,
    CheckedWorkContract,
    OtherHours,
    Standing,
    standing_of,
)
from suivi_tui.rules.eligibility import EligibilityFacts, EligibilityWindow, eligibility_windows
from suivi_tui.vocabulary.choices import CheckGravity
from suivi_tui.vocabulary.hours import Hours
from suivi_tui.vocabulary.months import Month

LIMITS = PlausibilityLimits(
    month_alert=Hours(190_67),
    month_critical=Hours(212_57),
    weekly_reference=Hours(35_00),
    month_reference=Hours(151_67),
    tolerance=Fraction(5, 4),
)
HOLDER, AGENCY = 1, 2
WINDOW = EligibilityWindow(date(2023, 1, 1), date(2027, 12, 31))
GRAVITIES = {check.code: check.gravity for check in CHECKS}


def obligation(number: int = 10, **fields: Any) -> CheckedObligation:
    """An obligation of the holder; its dates limit nothing unless given."""
    return CheckedObligation(number, f"2026-{number}", HOLDER, frozenset({HOLDER}), **fields)


def work(number: int = 20, **fields: Any) -> CheckedWorkContract:
    """A contract of 35 h signed by the holder."""
    given: dict[str, Any] = {"weekly_hours": Hours(35_00), "employer": HOLDER, **fields}
    return CheckedWorkContract(number, **given)


def placement(number: int = 30, **fields: Any) -> CheckedPlacement:
    """A placement without dates on an obligation."""
    fields = {"obligation": obligation(), "work_contract": work(), **fields}
    return CheckedPlacement(number, **fields)


def line(month: int = 202603, hours: int = 100_00, **fields: Any) -> CheckedLine:
    """A line that nothing questions, but for ``fields``."""
    fields = {
        "placement": placement(),
        "kind": 1,
        "today": date(2026, 6, 30),
        "limits": LIMITS,
        "windows": (WINDOW,),
        **fields,
    }
    return CheckedLine(month=Month(month), hours=Hours(hours), **fields)


def other(hours: int, **fields: Any) -> OtherHours:
    """Hours of the same person elsewhere, pending."""
    placed = placement(31, obligation=obligation(11), work_contract=work(21, **fields))
    return OtherHours(placed, 1, Hours(hours), Hours(hours))


def codes(checked: CheckedLine) -> list[str]:
    return [finding.code for finding in findings_of(checked)]


def message(checked: CheckedLine, code: str) -> str:
    said = {finding.code: finding.message for finding in findings_of(checked)}
    return said.get(code, "")


def within(where: str, **dates: date) -> dict[str, Any]:
    """A placement of which one part has dates."""
    if where == "placement":
        return {"placement": placement(**dates)}
    return {"placement": placement(obligation=obligation(**dates))}


def test_a_plain_line_raises_nothing() -> None:
    assert codes(line()) == []


def test_codes_are_stable_and_every_text_fits() -> None:
    assert [check.code for check in CHECKS] == [
        "mois_verrouille", "mois_futur", "hors_marche", "hors_obligation", "hors_affectation",
        "personne_refusee", "personne_sans_decision", "avant_decision", "apres_eligibilite",
        "eligibilite_partielle", "duree_maximale", "temps_de_travail", "deux_obligations",
        "ligne_deja_recue", "releve_verifie", "employeur_modalite", "employeur_contrat",
        "regularisation",
    ]  # fmt: skip
    for check in CHECKS:
        assert len(check.label) <= 36
        assert check.help.endswith(".")
        assert check.rule.__doc__ and f"``{check.code}``" in check.rule.__doc__


@pytest.mark.parametrize(
    ("code", "where", "first", "last"),
    [
        ("hors_marche", "obligation", "contract_start", "contract_end"),
        ("hors_obligation", "obligation", "start", "end"),
        ("hors_affectation", "placement", "start", "end"),
    ],
)
def test_outside_dates_by_whole_months(code: str, where: str, first: str, last: str) -> None:
    begin: Any = within(where, **{first: date(2026, 3, 31)})
    assert codes(line(202603, 6_00, **begin)) == []
    assert codes(line(202602, **begin)) == [code]
    until: Any = within(where, **{last: date(2024, 2, 29)})
    assert codes(line(202402, **until)) == []
    assert codes(line(202403, **until)) == [code]
    ended: Any = within(where, **{last: date(2026, 3, 1)})
    assert codes(line(202603, 6_00, **ended)) == []
    assert codes(line(202604, **ended)) == [code]


@pytest.mark.parametrize(
    ("field", "code"),
    [("closed_on", "hors_obligation"), ("contract_closed_on", "hors_marche")],
)
def test_hours_after_closing(field: str, code: str) -> None:
    closed: Any = within("obligation", **{field: date(2026, 3, 15)})
    assert codes(line(202603, **closed)) == []
    assert codes(line(202604, **closed)) == [code]
    assert "clôture" in message(line(202604, **closed), code)
    assert "(15/03/2026)" in message(line(202604, **closed), code)


@pytest.mark.parametrize(
    ("today", "month", "found"),
    [
        (date(2026, 3, 31), 202603, []),
        (date(2026, 3, 31), 202604, ["mois_futur"]),
        (date(2026, 4, 1), 202604, []),
        (date(2025, 12, 31), 202601, ["mois_futur"]),
    ],
)
def test_a_month_to_come(today: date, month: int, found: list[str]) -> None:
    assert codes(line(month, today=today)) == found
    assert codes(line(month, -1_00, today=today, corrects=Month(202601))) == found


def test_a_locked_or_verified_statement_speaks_of_changes_only() -> None:
    assert codes(line(locked=True)) == ["mois_verrouille"]
    assert codes(line(locked=True, before=Hours(99_00))) == ["mois_verrouille"]
    assert codes(line(locked=True, before=Hours(100_00))) == []
    assert codes(line(verified=True)) == ["releve_verifie"]
    assert codes(line(verified=True, before=Hours(100_00))) == []
    assert codes(line(hours=0, locked=True, before=Hours(100_00))) == ["mois_verrouille"]


@pytest.mark.parametrize(
    ("decisions", "standing", "found"),
    [
        ([], Standing.UNKNOWN, ["personne_sans_decision"]),
        ([""], Standing.PENDING, ["personne_sans_decision"]),
        (["en_attente", "refusee"], Standing.PENDING, ["personne_sans_decision"]),
        (["refusee", "refusee"], Standing.REFUSED, ["personne_refusee"]),
        (["refusee", "validee"], Standing.ACCEPTED, []),
    ],
)
def test_a_refused_or_undecided_person(
    decisions: list[str], standing: Standing, found: list[str]
) -> None:
    assert standing_of(decisions) is standing
    assert codes(line(standing=standing)) == found
    # Nothing more is said about windows that nobody opened.
    assert standing is Standing.ACCEPTED or codes(line(standing=standing, windows=())) == found


@pytest.mark.parametrize(
    ("opens", "closes", "found"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), []),
        (date(2026, 3, 2), date(2026, 3, 31), ["eligibilite_partielle"]),
        (date(2026, 3, 31), date(2028, 3, 30), ["eligibilite_partielle"]),
        (date(2026, 4, 1), date(2028, 3, 31), ["avant_decision"]),
        (date(2024, 3, 1), date(2026, 3, 30), ["eligibilite_partielle"]),
        (date(2024, 3, 1), date(2026, 3, 1), ["eligibilite_partielle"]),
        (date(2024, 3, 1), date(2026, 2, 28), ["apres_eligibilite"]),
    ],
)
def test_before_within_and_after_the_window(opens: date, closes: date, found: list[str]) -> None:
    assert codes(line(windows=(EligibilityWindow(opens, closes),))) == found


def test_the_window_of_a_29_february_ends_on_the_eve_of_its_anniversary() -> None:
    accepted = [EligibilityFacts("validee", date(2024, 2, 1))]
    windows = eligibility_windows(accepted, date(2024, 2, 29), 24)
    assert codes(line(202402, windows=windows)) == ["eligibilite_partielle"]
    assert "1\u00a0jour sur 29" in message(line(202402, windows=windows), "eligibilite_partielle")
    assert codes(line(202602, windows=windows)) == ["eligibilite_partielle"]
    assert "27/02/2026" in message(line(202602, windows=windows), "eligibilite_partielle")
    assert codes(line(202603, windows=windows)) == ["apres_eligibilite"]


def test_the_split_of_the_month_in_which_the_window_ends() -> None:
    windows = (EligibilityWindow(date(2024, 3, 16), date(2026, 3, 15)),)
    assert message(line(hours=151_67, windows=windows), "eligibilite_partielle") == (
        "Éligible jusqu'au 15/03/2026, 15\u00a0jours sur 31\u00a0: 73,39\u00a0h sur "
        "151,67\u00a0h compteraient."
    )
    # Only the days of the placement are worked: from the 11th on, 5 days of 21.
    placed = placement(start=date(2026, 3, 11))
    said = message(line(hours=105_00, windows=windows, placement=placed), "eligibilite_partielle")
    assert "5\u00a0jours sur 21\u00a0: 25,00\u00a0h sur 105,00\u00a0h" in said
    # A new validation on the 26th, after a gap.
    again = (*windows, EligibilityWindow(date(2026, 3, 26), date(2028, 3, 25)))
    assert message(line(hours=31_00, windows=again), "eligibilite_partielle").startswith(
        "Éligible 21\u00a0jours sur 31\u00a0: 21,00\u00a0h"
    )


def test_between_two_windows_the_first_one_has_ended() -> None:
    windows = (
        EligibilityWindow(date(2023, 1, 1), date(2026, 2, 10)),
        EligibilityWindow(date(2026, 4, 20), date(2028, 4, 19)),
    )
    assert "10/02/2026" in message(line(windows=windows), "apres_eligibilite")
    assert codes(line(windows=())) == ["apres_eligibilite"]


@given(st.integers(-500_00, 744_00), st.integers(0, 31), st.integers(0, 31))
@settings(max_examples=40, deadline=None)
def test_a_split_adds_up(hours: int, eligible: int, outside: int) -> None:
    counted, rest = split_of_hours(Hours(hours), eligible, eligible + outside)
    assert counted + rest == hours
    assert min(0, hours) <= counted <= max(0, hours)
    if eligible + outside:
        exact = Fraction(hours * eligible, eligible + outside)
        assert abs(counted - exact) <= Fraction(1, 2)
        # What does not count is what the other days are worth.
        mirrored, _ = split_of_hours(Hours(hours), outside, eligible + outside)
        assert abs(rest - mirrored) <= 1


@pytest.mark.parametrize(
    ("hours", "elsewhere", "most"),
    [
        (190_67, 0, ""),
        (190_68, 0, "plus de 190,67\u00a0h"),
        (100_00, 90_67, ""),
        (100_00, 90_68, "plus de 190,67\u00a0h"),
        (212_57, 0, "plus de 190,67\u00a0h"),
        (212_58, 0, "plus de 212,57\u00a0h"),
        (250_00, -60_00, ""),
    ],
)
def test_longer_than_a_month_can_be(hours: int, elsewhere: int, most: str) -> None:
    # Two full-time contracts: the weekly time allows more than the law does.
    found = line(hours=hours, others=(other(elsewhere or 1, employer=AGENCY),) if elsewhere else ())
    assert ("duree_maximale" in codes(found)) == bool(most)
    assert most in message(found, "duree_maximale")
    assert ("tous contrats réunis" in message(found, "duree_maximale")) == bool(elsewhere and most)


@pytest.mark.parametrize(
    ("month", "hours", "weekly", "end", "found"),
    [
        (202602, 175_00, 35_00, None, []),  # 4 weeks of 35 h, a quarter more
        (202602, 175_01, 35_00, None, ["temps_de_travail"]),
        (202402, 181_25, 35_00, None, []),  # 29 days
        (202402, 181_26, 35_00, None, ["temps_de_travail"]),
        (202603, 110_71, 20_00, None, []),
        (202603, 110_72, 20_00, None, ["temps_de_travail"]),
        (202602, 175_01, None, None, ["temps_de_travail"]),  # unknown: 35 h
        (202603, 43_75, 35_00, date(2026, 3, 5), []),  # Sunday to Thursday: a whole week
        (202603, 43_76, 35_00, date(2026, 3, 5), ["temps_de_travail"]),
    ],
)
def test_more_than_the_weekly_time(
    month: int, hours: int, weekly: int | None, end: date | None, found: list[str]
) -> None:
    contract = work(weekly_hours=weekly, end=end)
    assert codes(line(month, hours, placement=placement(work_contract=contract))) == found


def test_weekly_times_add_up_by_contract_and_not_by_line() -> None:
    half = {"weekly_hours": Hours(10_00)}
    mine = placement(work_contract=work(**half))
    allowed = 55_35  # 10 h over 31 days, a quarter more
    alone = line(hours=allowed + 1, placement=mine)
    assert codes(alone) == ["temps_de_travail"]
    second = other(1, employer=AGENCY, **half)
    assert "temps_de_travail" not in codes(alone._replace(others=(second,)))
    same = OtherHours(placement(32, work_contract=work(**half)), 2, Hours(1), Hours(1))
    assert "temps_de_travail" in codes(alone._replace(others=(same,)))
    refused = second._replace(declared=Hours(20_00), acquired=Hours(0))
    assert "temps_de_travail" not in codes(alone._replace(others=(refused,)))


@pytest.mark.parametrize(
    ("here", "there", "found"),
    [(False, False, True), (True, False, True), (False, True, True), (True, True, False)],
)
def test_two_obligations_in_a_month(here: bool, there: bool, found: bool) -> None:
    elsewhere = other(40_00, employer=AGENCY)._replace(pooled=there)
    checked = line(hours=50_00, pooled=here, others=(elsewhere,))
    assert codes(checked) == (["deux_obligations"] if found else [])
    assert not found or "40,00\u00a0h en mars 2026 sur 2026-11" in message(
        checked, "deux_obligations"
    )


def test_refused_hours_elsewhere_are_no_second_obligation() -> None:
    elsewhere = other(40_00, employer=AGENCY)._replace(acquired=Hours(0))
    assert codes(line(hours=50_00, others=(elsewhere,))) == []
    here = placement(33, work_contract=work(23))
    beside = OtherHours(here, 1, Hours(40_00), Hours(40_00))
    assert codes(line(hours=50_00, others=(beside,))) == []


@pytest.mark.parametrize(
    ("hours", "employer", "received"),
    [(40_00, HOLDER, True), (40_01, HOLDER, False), (40_00, AGENCY, False), (40_00, None, False)],
)
def test_the_same_line_received_twice(hours: int, employer: int | None, received: bool) -> None:
    checked = line(hours=hours, others=(other(40_00, employer=employer),))
    assert ("ligne_deja_recue" in codes(checked)) == received


def test_where_the_same_line_already_is() -> None:
    training = OtherHours(placement(), 2, Hours(40_00), Hours(40_00))
    checked = line(hours=40_00, others=(training,))
    assert "en heures de formation" in message(checked, "ligne_deja_recue")
    twice = OtherHours(placement(34, work_contract=work(24)), 1, Hours(40_00), Hours(40_00))
    checked = line(hours=40_00, others=(twice,))
    assert "autre contrat de travail" in message(checked, "ligne_deja_recue")
    # Equal shares between two contracts that pool their hours are no double.
    pooled = other(40_00)._replace(pooled=True)
    assert codes(line(hours=40_00, pooled=True, others=(pooled,))) == []


@pytest.mark.parametrize(
    ("mode", "kind", "employer", "found"),
    [
        ("direct", "entreprise", HOLDER, False),
        ("direct", "EI", HOLDER, False),
        ("direct", "ETTI", AGENCY, True),
        ("direct", "entreprise", AGENCY, True),
        ("direct", "entreprise", None, False),
        *[("mise_a_disposition", kind, AGENCY, False)
          for kind in ("ETTI", "AI", "GEIQ", "EATT", "ETT", "", "autre")],
        *[("mise_a_disposition", kind, AGENCY, True)
          for kind in ("entreprise", "EI", "ACI", "EA", "ESAT", "regie")],
        *[("sous_traitance", kind, AGENCY, False)
          for kind in ("entreprise", "EI", "ACI", "EA", "ESAT", "regie", "")],
        *[("sous_traitance", kind, AGENCY, True) for kind in ("ETTI", "AI", "GEIQ", "ETT")],
        ("formation", "ETTI", AGENCY, False),
        ("", "ETTI", AGENCY, False),
    ],
)  # fmt: skip
def test_employer_and_mode(mode: str, kind: str, employer: int | None, found: bool) -> None:
    contract = work(mode=mode, structure_kind=kind, employer=employer, employer_name="Structure")
    assert codes(line(placement=placement(work_contract=contract))) == (
        ["employeur_modalite"] if found else []
    )


@pytest.mark.parametrize(
    ("kind", "type", "found"),
    [
        ("ETTI", "mission_insertion", False),
        ("ETTI", "cdi_inclusion", False),
        ("ETTI", "apprentissage", False),
        ("ETTI", "cdi", True),
        ("ETTI", "cddi", True),
        ("ETTI", "mission", True),
        ("ETT", "mission", False),
        ("ETT", "cdi", False),
        ("ETT", "mission_insertion", True),
        ("EATT", "mission", False),
        ("EATT", "cdd_tremplin", False),
        ("entreprise", "cdi", False),
        ("entreprise", "cdd", False),
        ("entreprise", "mission", True),
        ("entreprise", "cddi", True),
        *[(kind, "cddi", False) for kind in ("ACI", "EI", "AI", "regie")],
        *[(kind, "cddi", True) for kind in ("GEIQ", "EA", "ETT")],
        ("EA", "cdd_tremplin", False),
        ("EI", "cdd_tremplin", True),
        ("EI", "cdi_inclusion", False),
        ("GEIQ", "professionnalisation", False),
        ("ESAT", "cdd", True),
        ("ESAT", "autre", False),
        ("EITI", "cdi", True),
        ("autre", "cddi", False),
        ("", "cddi", False),
        ("ETTI", "", False),
        ("ETTI", "type d'une autre version", False),
    ],
)
def test_employer_and_contract(kind: str, type: str, found: bool) -> None:
    contract = work(structure_kind=kind, type=type)
    assert codes(line(placement=placement(work_contract=contract))) == (
        ["employeur_contrat"] if found else []
    )


def test_what_an_employer_signs_is_said() -> None:
    contract = work(structure_kind="ETTI", type="cdi")
    checked = line(placement=placement(work_contract=contract))
    assert message(checked, "employeur_contrat") == (
        "CDI avec ETTI\u00a0: contrat attendu, mission d'intérim d'insertion ou CDI inclusion."
    )


@pytest.mark.parametrize(
    ("hours", "corrects", "found"),
    [(-1, None, True), (-1, 202602, False), (0, None, False), (1, None, False)],
)
def test_a_negative_line_is_to_be_attached(hours: int, corrects: int | None, found: bool) -> None:
    # Hours taken back are judged by nothing else, wherever they stand.
    outside = placement(end=date(2020, 1, 1)) if hours < 0 else placement()
    checked = line(hours=hours, corrects=corrects, placement=outside, standing=Standing.ACCEPTED)
    assert codes(checked) == (["regularisation"] if found else [])


def test_a_contract_sets_the_gravity_of_a_check() -> None:
    checked = line(standing=Standing.PENDING, others=(other(40_00, employer=AGENCY),), hours=50_00)
    usual = findings_of(checked)
    assert [finding.gravity for finding in usual] == [CheckGravity.WARN, CheckGravity.WARN]
    assert gravest(usual) is CheckGravity.WARN
    said = findings_of(
        checked,
        {
            "deux_obligations": CheckGravity.ALERT,
            "personne_sans_decision": CheckGravity.IGNORE,
            "code d'une autre version": CheckGravity.ALERT,
        },
    )
    assert [(finding.code, finding.gravity) for finding in said] == [
        ("deux_obligations", CheckGravity.ALERT)
    ]
    assert gravest(said) is CheckGravity.ALERT
    silent = findings_of(checked, dict.fromkeys(GRAVITIES, CheckGravity.IGNORE))
    assert silent == () and gravest(silent) is None
