"""Targets beside hours: reached, missed so far, impossible to tell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.targets import Target, WorkDone, summary, target_reading
from suivi_tui.vocabulary.hours import Hours


def work(
    participant: int, hours: int = 100, sex: str = "", residence: str = "", employment: str = ""
) -> WorkDone:
    return WorkDone(participant, Hours(hours), sex, residence, employment)


# Ten people: 3 women, 6 men, 1 unknown; 4 of QPV, 5 not, 1 to check; 100 h each.
TEAM = [
    work(1, 10_000, "F", "oui", "apprentissage"),
    work(2, 10_000, "F", "oui", "cdi"),
    work(3, 10_000, "F", "non", "professionnalisation"),
    work(4, 10_000, "H", "oui", "cdd"),
    work(5, 10_000, "H", "oui", "cdd"),
    work(6, 10_000, "H", "non", "cdd"),
    work(7, 10_000, "H", "non", "cdd"),
    work(8, 10_000, "H", "non", "cdd"),
    work(9, 10_000, "H", "non", ""),
    work(10, 10_000, "", "inconnu", "cdd"),
]


@pytest.mark.parametrize(
    ("target", "state", "missing"),
    [
        (Target("personnes", 9), "atteinte", 0),
        (Target("personnes", 10), "atteinte", 0),
        (Target("personnes", 11), "manquante", 1),
        (Target("femmes", 3), "atteinte", 0),
        (Target("femmes", 4), "indeterminee", 1),
        (Target("femmes", 5), "manquante", 2),
        (Target("habitants_qpv", 4), "atteinte", 0),
        (Target("habitants_qpv", 5), "indeterminee", 1),
        (Target("habitants_qpv", 6), "manquante", 2),
        # Shares, in hundredths of a per cent.
        (Target("habitants_qpv", 4_000, True), "atteinte", 0),
        (Target("habitants_qpv", 4_001, True), "indeterminee", 1),
        (Target("habitants_qpv", 5_000, True), "indeterminee", 1),
        (Target("habitants_qpv", 5_001, True), "manquante", 2),
        (Target("femmes", 3_000, True), "atteinte", 0),
        # Hours, in hundredths.
        (Target("heures_alternance", 20_000), "atteinte", 0),
        (Target("heures_alternance", 20_001), "indeterminee", 1),
        (Target("heures_alternance", 30_001), "manquante", 10_001),
        (Target("heures_qpv", 40_000), "atteinte", 0),
        (Target("heures_qpv", 50_001), "manquante", 10_001),
        (Target("heures_qpv", 4_000, True), "atteinte", 0),
        (Target("heures_qpv", 500, True), "atteinte", 0),
        (Target("heures_alternance", 10_000, True), "manquante", 80_000),
    ],
)
def test_targets_at_their_limit(target: Target, state: str, missing: int) -> None:
    reading = target_reading(target, TEAM)
    assert (reading.state.value, reading.missing) == (state, missing)


@pytest.mark.parametrize(
    ("lines", "done", "unknown"),
    [
        # A person counts once, as soon as one contract does.
        ([work(1, residence="oui"), work(1, residence="non")], 1, 0),
        ([work(1, residence="oui"), work(1)], 1, 0),
        ([work(1, residence="non"), work(1)], 0, 1),
        ([work(1, residence="non"), work(1, residence="non")], 0, 0),
        ([work(1, residence="oui"), work(2, residence="oui")], 2, 0),
        # Without hours that count, nobody was employed.
        ([work(1, 0, residence="oui")], 0, 0),
        ([], 0, 0),
    ],
)
def test_people_are_counted_once(lines: list[WorkDone], done: int, unknown: int) -> None:
    reading = target_reading(Target("habitants_qpv", 5), lines)
    assert (reading.done, reading.unknown) == (done, unknown)


def test_a_share_of_nobody_cannot_be_told() -> None:
    reading = target_reading(Target("femmes", 3_000, True), [])
    assert (reading.state.value, reading.needed, reading.missing) == ("indeterminee", None, 0)
    assert target_reading(Target("femmes", 1), []).state.value == "manquante"


def test_nobody_can_say_of_a_kind_that_is_not_known() -> None:
    reading = target_reading(Target("inconnue", 3), [])
    assert reading.state.value == "indeterminee"
    assert "inconnue" in reading.sentence


def test_sentences() -> None:
    readings = [
        target_reading(Target("habitants_qpv", 5_000, True), TEAM),
        target_reading(Target("heures_alternance", 30_001), TEAM),
        target_reading(Target("femmes", 3), TEAM),
    ]
    assert [reading.sentence.replace("\u00a0", " ") for reading in readings] == [
        "Habitants de QPV (personnes) : 4, soit 40 % (objectif : 50 % des personnes), "
        "1 à vérifier. Impossible à dire.",
        "Heures en alternance : 200,00 h (objectif : 300,01 h), 100,00 h à vérifier, "
        "il manque 100,01 h. Pas encore atteinte.",
        "Femmes (personnes) : 3 (objectif : 3), 1 à vérifier. Atteinte.",
    ]
    assert summary(readings).replace("\u00a0", " ") == (
        "1 cible atteinte, 1 pas encore atteinte, 1 impossible à dire"
    )


LINES = st.lists(
    st.builds(
        WorkDone,
        participant=st.integers(1, 5),
        hours=st.integers(0, 20_000).map(Hours),
        sex=st.sampled_from(["F", "H", ""]),
        residence=st.sampled_from(["oui", "non", "inconnu", ""]),
        employment=st.sampled_from(["apprentissage", "cdi", ""]),
    ),
    max_size=8,
)
KINDS = ["personnes", "femmes", "habitants_qpv", "heures_qpv", "heures_alternance"]


@settings(max_examples=60, deadline=None)
@given(LINES, st.sampled_from(KINDS), st.integers(0, 10))
def test_more_work_never_loses_a_target_by_number(
    lines: list[WorkDone], kind: str, value: int
) -> None:
    target = Target(kind, value)
    before = target_reading(target, lines)
    after = target_reading(target, [*lines, work(6, 100, "F", "oui", "apprentissage")])
    assert after.done > before.done
    assert after.missing <= before.missing
    assert before.done + before.unknown <= before.total
