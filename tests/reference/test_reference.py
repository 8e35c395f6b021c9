"""Reference data: complete, sourced, and what a user's file changes."""

import re
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from suivi_tui.reference.alert_limits import contract_limit, contract_limit_codes, with_terms
from suivi_tui.reference.loader import fte_bases, thresholds
from suivi_tui.reference.values import Confidence, ReferenceRefused, reference_values
from suivi_tui.vocabulary.choices import Proof
from suivi_tui.vocabulary.errors import UserError


def test_defaults_of_the_rules() -> None:
    limits = thresholds()
    assert (limits.alerts.pace_minimum, limits.alerts.pace_months) == (Fraction(4, 5), 3)
    assert (limits.alerts.statement_due_day, limits.alerts.statement_months_back) == (15, 12)
    assert limits.alerts.eligibility_end_days == 60
    assert (limits.alerts.end_days, limits.alerts.no_participant_days) == (90, 60)
    assert (limits.plausibility.month_alert, limits.plausibility.month_critical) == (19067, 21257)
    assert limits.plausibility.weekly_reference == 3500
    assert limits.plausibility.month_reference == 15167
    assert limits.eligibility.months == 24


def test_limits_that_a_contract_may_set() -> None:
    limits = thresholds().alerts
    for code in contract_limit_codes():
        value = contract_limit(code)
        assert (
            value is not None
            and value.label
            and code == "alerte/" + value.key[8:].replace(".", "/")
        )
        assert with_terms(limits, {code: "1"}) != limits or value.number == 1
    said = {"alerte/retard/part_du_temps_critique": "1/2", "alerte/fin_proche/jours": "120"}
    changed = with_terms(limits, said)
    assert (changed.pace_time_left, changed.end_days) == (Fraction(1, 2), 120)
    for code, text in (
        ("alerte/fin_proche/jours", "-1"),
        ("alerte/fin_proche/jours", ""),
        ("alerte/conservation/mois", "1"),
        ("jours", "1"),
    ):
        assert with_terms(limits, {code: text}) is limits


def test_european_thresholds_by_period() -> None:
    limits = thresholds().alerts
    assert limits.clause_since == date(2026, 8, 22)
    assert [period.valid_from.year for period in limits.european] == [2024, 2026]
    assert limits.european[-1][1:] == (540400000, 21600000, 14000000, 43200000)


def test_every_proof_has_a_validity() -> None:
    months = thresholds().eligibility.proof_months
    assert set(months) == {proof.value for proof in Proof}
    assert months["attestation_ft"] == 3
    assert months["justificatif_domicile"] == 6
    assert months["piece_identite"] is None


def test_full_time_bases() -> None:
    bases = fte_bases()
    assert bases.default == 1600
    assert [base.hours for base in bases.bases] == [1600, 1607, 1820]


def test_every_value_says_where_it_comes_from() -> None:
    for key, value in reference_values().items():
        assert value.key == key
        assert value.label and value.source and value.unit, key
        assert value.confidence is not Confidence.LOCAL, key
        assert value.confidence.label, key


def test_the_counting_window_is_to_be_confirmed() -> None:
    assert reference_values()["eligibilite.duree_mois"].confidence.label == "à confirmer"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "reference.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_local_file_changes_only_what_it_names(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[alertes.fin_proche]\njours = 120\n[vraisemblance]\nheures_mois_alerte = "180,5"\n'
        "[eligibilite]\nduree_mois = 18\n"
        '[eligibilite.justificatif]\nattestation_ft = "illimitée"\n[etp]\nbase = 1607\n',
    )
    changed, usual = thresholds(path), thresholds()
    assert changed.alerts.end_days == 120
    assert changed.alerts.end_critical_days == usual.alerts.end_critical_days
    assert changed.plausibility.month_alert == 18050
    assert changed.eligibility.months == 18
    assert changed.eligibility.proof_months["attestation_ft"] is None
    assert fte_bases(path).default == 1607
    value = reference_values(path)["eligibilite.duree_mois"]
    assert value.confidence is Confidence.LOCAL
    # The defaults are not touched by what one file says.
    assert usual.alerts.end_days == 90


def test_a_local_value_may_give_its_source(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "[eligibilite.duree_mois]\nvalue = 12\nsource = 'Charte locale'\nconfidence = 'sure'\n"
        "valid_from = 2026-07-01\n",
    )
    value = reference_values(path)["eligibilite.duree_mois"]
    assert (value.number, value.source, value.confidence) == (12, "Charte locale", Confidence.SURE)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[alertes.fin_proche]\njour = 120\n", "alertes.fin_proche.jour"),
        ("[inconnu]\njours = 1\n", "inconnu.jours"),
        ("duree = 3\n", "duree"),
        ("[alertes.fin_proche]\njours = -1\n", "alertes.fin_proche.jours"),
        ("[alertes.fin_proche]\njours = 1.5\n", "alertes.fin_proche.jours"),
        ("[alertes.fin_proche]\njours = true\n", "alertes.fin_proche.jours"),
        ("[alertes.fin_proche]\njours = 'beaucoup'\n", "alertes.fin_proche.jours"),
        ("[alertes.fin_proche]\njours = 999999999\n", "alertes.fin_proche.jours"),
        ("[alertes.retard]\nrythme_minimal = 101\n", "alertes.retard.rythme_minimal"),
        ("[alertes.retard]\npart_du_temps_critique = '1/0'\n", "part_du_temps_critique"),
        ("[alertes.releve_manquant]\njour_limite = 0\n", "alertes.releve_manquant.jour_limite"),
        ("[vraisemblance]\ntolerance = nan\n", "vraisemblance.tolerance"),
        ("[vraisemblance]\ntolerance = inf\n", "vraisemblance.tolerance"),
        ("[vraisemblance]\ntolerance = 1e999999999\n", "vraisemblance.tolerance"),
        ("[etp]\nbase = 0\n", "etp.base"),
        ("[etp.base]\nvalue = 1607\nconfidence = 'certain'\n", "etp.base"),
        ("[etp.base]\nvalue = 1607\nvalid_from = '2026'\n", "etp.base"),
    ],
)
def test_a_wrong_local_value_is_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ReferenceRefused) as refused:
        thresholds(write(tmp_path, text))
    assert named in str(refused.value)
    assert isinstance(refused.value, UserError)


def test_a_key_of_a_former_release_says_its_new_name(tmp_path: Path) -> None:
    text = "[calibrage.cout_horaire]\nbas = 25\n"
    with pytest.raises(ReferenceRefused, match=r"usage\u00a0» \(low\)"):
        thresholds(write(tmp_path, text))


def test_no_source_names_our_own_notes() -> None:
    sources = [value.source for value in reference_values().values()]
    assert not [each for each in sources if "domain.md" in each or re.search(r"\bS\d\d\b", each)]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[alertes", b"jours = \n"])
def test_an_unreadable_local_file_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "reference.toml"
    path.write_bytes(content)
    with pytest.raises(ReferenceRefused, match=r"reference\.toml"):
        thresholds(path)


def test_a_missing_local_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReferenceRefused, match=r"absent\.toml"):
        thresholds(tmp_path / "absent.toml")


def test_loading_imports_nothing_but_the_standard_library() -> None:
    script = (
        "import sys; from suivi_tui.reference.loader import thresholds; thresholds(); "
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    foreign = set(run.stdout.split()) & {
        "textual",
        "rich",
        "sqlmodel",
        "sqlalchemy",
        "pydantic",
        "sqlite3",
    }
    assert not foreign
