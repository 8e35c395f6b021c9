"""The demonstration base: its proportions, its stories, and the same content every time."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from suivi_tui.actions.demonstration import (
    build_demonstration,
    is_demonstration,
    open_or_build,
)
from suivi_tui.readings.alerts import read_alerts
from suivi_tui.store import projection
from suivi_tui.store.base import Base, create_base, open_base
from suivi_tui.store.engine import BaseRefused
from suivi_tui.store.tables import JOURNALLED_NAMES
from suivi_tui.vocabulary.choices import Gravity
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.identifiers import siret_fault
from suivi_tui.vocabulary.months import add_months, month_of

TODAY = date(2026, 11, 22)
OTHER_DAYS = (date(2026, 1, 1), date(2026, 12, 31), date(2027, 2, 28), date(2028, 2, 29))

LINES = (
    "FROM hour_entry JOIN placement ON placement.id = hour_entry.placement "
    "JOIN work_contract ON work_contract.id = placement.work_contract "
    "JOIN participant ON participant.id = work_contract.participant "
    "JOIN obligation ON obligation.id = hour_entry.obligation "
    "JOIN lot ON lot.id = obligation.lot JOIN contract ON contract.id = lot.contract "
    "JOIN buyer ON buyer.id = contract.buyer "
    "JOIN operation ON operation.id = contract.operation "
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    path = tmp_path_factory.mktemp("demonstration") / "demonstration.db"
    build_demonstration(path, today=TODAY)
    with closing(open_base(path)) as opened:
        yield opened


def one(base: Base, query: str, *values: object) -> int:
    found = base.connection.execute(query, values).fetchone()[0]
    return int(found or 0)


def shares(base: Base, column: str) -> dict[str, float]:
    """Percents of the declared hours by value of a column."""
    total = one(base, "SELECT sum(declared) FROM hour_entry")
    rows = base.connection.execute(f"SELECT {column}, sum(declared) {LINES} GROUP BY 1")
    return {value: 100 * hours / total for value, hours in rows}


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every journalled row and the journal, but for where the file is."""
    with closing(open_base(path)) as base:
        rows = {
            name: base.connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3, 4").fetchall()
            for name in JOURNALLED_NAMES
            if name != "base"
        }
        rows["journal"] = base.connection.execute(
            "SELECT * FROM journal WHERE entity <> 'base' ORDER BY base, number"
        ).fetchall()
    return rows


def test_same_seed_and_day_give_the_same_content(tmp_path: Path) -> None:
    for name, seed in (("a.db", 7), ("b.db", 7), ("c.db", 8)):
        build_demonstration(tmp_path / name, seed=seed, today=TODAY)
    first = content(tmp_path / "a.db")
    assert first == content(tmp_path / "b.db")
    assert first["participant"] != content(tmp_path / "c.db")["participant"]


def test_base_says_what_it_is(base: Base, tmp_path: Path) -> None:
    assert is_demonstration(base)
    structure = base.connection.execute("SELECT structure FROM author").fetchone()[0]
    assert "démonstration" in structure
    with closing(create_base(tmp_path / "vraie.db")) as real:
        assert not is_demonstration(real)


def test_every_name_and_number_is_fictional(base: Base) -> None:
    for reference, last in base.connection.execute("SELECT reference, last FROM participant"):
        assert reference.startswith("DEMO-")
        assert last.endswith("-Démo")
    for name, mail, phone in base.connection.execute("SELECT name, mail, phone FROM contact"):
        assert name.endswith("-Démo")
        assert mail.endswith("@exemple.fr")
        assert phone.startswith("01 99 00 ")
    sirets = [
        row[0]
        for table in ("company", "buyer")
        for row in base.connection.execute(f"SELECT siret FROM {table}")
    ]
    assert len(set(sirets)) == len(sirets)
    assert all(siret.startswith("999") and siret_fault(siret) is None for siret in sirets)


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("SELECT count(*) FROM contract WHERE taken_up = 1 AND operation > 0", 40, 40),
        ("SELECT count(*) FROM contract WHERE taken_up = 1 AND stage = 'projet'", 4, 4),
        ("SELECT count(*) FROM operation", 25, 27),
        ("SELECT count(*) FROM obligation", 60, 60),
        ("SELECT count(*) FROM participant", 120, 120),
        ("SELECT count(*) FROM work_contract", 150, 160),
        ("SELECT count(*) FROM hour_entry", 620, 680),
        ("SELECT sum(hours) / 100 FROM obligation_event WHERE firm = 1", 61_000, 63_000),
        ("SELECT sum(declared) / 100 FROM hour_entry", 47_500, 49_000),
        ("SELECT sum(validated) / 100 FROM hour_entry", 45_000, 46_500),
        ("SELECT sum(declared - validated) / 100 FROM hour_entry", 850, 950),
        ("SELECT sum(declared) / 100 FROM hour_entry WHERE validated IS NULL", 1_500, 1_800),
        ("SELECT avg(declared) / 100 FROM hour_entry", 72, 78),
        ("SELECT count(*) FROM hour_entry WHERE declared = 15167", 25, 90),
        ("SELECT count(*) FROM contract WHERE stage = 'a_qualifier' AND taken_up = 0", 6, 6),
        ("SELECT count(*) FROM follow_up WHERE kind = 'refus_clause'", 1, 1),
        ("SELECT count(*) FROM contract WHERE clause_form = 'condition' AND operation", 35, 35),
        ("SELECT count(*) FROM contract WHERE clause_form = 'condition_critere'", 2, 2),
        ("SELECT count(*) FROM contract WHERE clause_form = 'reserve_insertion'", 1, 1),
        ("SELECT count(*) FROM contract WHERE clause_form = 'marche_insertion'", 1, 1),
        ("SELECT count(*) FROM contract WHERE clause_form = 'formation'", 1, 1),
        ("SELECT count(*) FROM participant WHERE sex = 'F'", 24, 28),
        ("SELECT count(*) FROM participant WHERE education IN ('cap_bep', 'sans_diplome')", 84, 96),
        ("SELECT count(*) FROM participant WHERE education = ''", 8, 11),
        ("SELECT count(*) FROM participant WHERE prescriber = ''", 5, 7),
        ("SELECT count(*) FROM participant WHERE prescriber = 'france_travail'", 42, 50),
        ("SELECT count(*) FROM participant WHERE prescriber = 'mission_locale'", 20, 26),
        ("SELECT count(*) FROM eligibility WHERE rank = 1 AND criterion = 'DELD'", 38, 38),
        ("SELECT count(*) FROM eligibility WHERE rank = 1 AND criterion = 'RSA'", 29, 29),
        ("SELECT count(*) FROM eligibility WHERE rank = 1 AND criterion = 'JEUNE'", 24, 24),
        ("SELECT count(DISTINCT name || structure) FROM author", 2, 2),
    ],
)
def test_volumes(base: Base, query: str, low: int, high: int) -> None:
    assert low <= one(base, query) <= high


def test_sizes_of_objectives(base: Base) -> None:
    rows = base.connection.execute(
        "SELECT sum(hours) / 100 FROM obligation_event WHERE firm = 1 GROUP BY obligation"
    )
    sizes = sorted(row[0] for row in rows)
    assert len(sizes) == 60
    assert 420 <= (sizes[29] + sizes[30]) / 2 <= 480
    assert sum(size < 300 for size in sizes) == 20
    assert [size for size in sizes if size >= 4_000] == [4_200, 6_000, 9_500]


@pytest.mark.parametrize(
    ("column", "value", "percent"),
    [
        ("work_contract.structure_kind", "entreprise", 47),
        ("work_contract.structure_kind", "ETTI", 20),
        ("work_contract.structure_kind", "ETT", 8),
        ("work_contract.structure_kind", "GEIQ", 9),
        ("work_contract.structure_kind", "EI", 8),
        ("work_contract.structure_kind", "AI", 4),
        ("work_contract.structure_kind", "regie", 3),
        ("work_contract.type", "cdi", 25),
        ("work_contract.type", "mission_insertion", 17),
        ("work_contract.type", "cddi", 16),
        ("work_contract.type", "cdd", 16),
        ("work_contract.type", "mission", 11),
        ("contract.sector", "batiment", 26),
        ("contract.sector", "travaux_publics", 20),
        ("contract.sector", "eau_dechets", 17),
        ("contract.sector", "nettoyage", 15),
        ("contract.sector", "autres_services", 14),
        ("contract.sector", "espaces_verts", 5),
        ("buyer.kind", "departement", 12),
        ("buyer.kind", "bailleur_social", 13),
        ("buyer.kind", "commune", 8),
        ("buyer.kind", "region", 4),
        ("buyer.kind", "etablissement_public", 4),
        ("buyer.kind", "etat", 3),
        ("buyer.kind", "prive", 1),
    ],
)
def test_shares_of_hours(base: Base, column: str, value: str, percent: int) -> None:
    assert shares(base, column)[value] == pytest.approx(percent, abs=1.5)


def test_shares_that_add_values(base: Base) -> None:
    types, buyers = shares(base, "work_contract.type"), shares(base, "buyer.kind")
    assert types["apprentissage"] + types["professionnalisation"] == pytest.approx(14, abs=1.5)
    assert buyers["intercommunalite"] + buyers["sem_syndicat"] == pytest.approx(55, abs=1.5)
    landlords = buyers["bailleur_social"]
    renewal = one(base, f"SELECT sum(declared) {LINES} WHERE programme = 'npnru'")
    total = one(base, "SELECT sum(declared) FROM hour_entry")
    assert 100 * renewal / total / landlords == pytest.approx(0.5, abs=0.06)
    served = (
        f"SELECT count(DISTINCT obligation.company) {LINES} WHERE work_contract.employer = "
        "(SELECT id FROM company WHERE kind = 'ETTI')"
    )
    assert one(base, served) == 9


def test_people_by_sex_age_and_address(base: Base) -> None:
    people = base.connection.execute(
        "SELECT sex, birth, min(work_contract.start), max(work_contract.qpv = 'oui'), "
        "max(programme = 'npnru'), max(sector = 'nettoyage'), max(lot.trade = 'Gros œuvre') "
        + LINES
        + "GROUP BY participant.id"
    ).fetchall()
    ages = [
        (date.fromisoformat(hired) - date.fromisoformat(birth)).days // 365.25
        for _, birth, hired, *_ in people
    ]
    assert sum(age < 26 for age in ages) / len(ages) == pytest.approx(0.30, abs=0.04)
    assert sum(age >= 50 for age in ages) / len(ages) == pytest.approx(0.20, abs=0.04)
    qpv = [inside for _, _, _, inside, *_ in people]
    assert sum(qpv) / len(qpv) == pytest.approx(0.35, abs=0.04)
    renewal = [inside for _, _, _, inside, renewal, *_ in people if renewal]
    assert sum(renewal) / len(renewal) == pytest.approx(0.60, abs=0.1)
    cleaning = [sex == "F" for sex, *_, cleans, _ in people if cleans]
    assert sum(cleaning) / len(cleaning) == pytest.approx(0.65, abs=0.12)
    structural = [sex == "F" for sex, *_, builds in people if builds]
    assert sum(structural) / len(structural) < 0.12


def test_months_have_the_shape_of_a_year(base: Base) -> None:
    hours = dict(
        base.connection.execute("SELECT month, avg(declared) FROM hour_entry GROUP BY month")
    )
    assert min(hours) == add_months(month_of(TODAY), -23)
    assert max(hours) == month_of(TODAY)
    for month, low, high in ((202508, 0.3, 0.62), (202608, 0.3, 0.62), (202512, 0.6, 0.92)):
        around = (hours[add_months(month, -1)] + hours[add_months(month, 1)]) / 2
        assert low <= hours[month] / around <= high


def test_a_third_of_the_last_statements_is_missing(base: Base) -> None:
    expected = missing = 0
    for back in (1, 2):
        month = add_months(month_of(TODAY), -back)
        first = f"{month // 100}-{month % 100:02d}-28"
        rows = base.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM statement WHERE statement.obligation = obligation.id "
            'AND statement.month = ?) FROM obligation WHERE start <= ? AND "end" >= ? '
            "AND closed_on IS NULL",
            (month, first, first),
        ).fetchall()
        expected += len(rows)
        missing += sum(not seen for (seen,) in rows)
    assert missing / expected == pytest.approx(1 / 3, abs=0.05)


@pytest.mark.parametrize(
    ("trade", "company", "owed", "validated"),
    [
        ("Démolition", "Démolitions Pavane", 400, 460),
        ("Menuiseries extérieures", "Menuiseries Alubrane", 460, 55),
        ("Chauffage et ventilation", "Génie Climatique Aurelval", 250, 205),
        ("Peinture", "Décors Tréval", 360, 260),
        ("Peinture", "Peintures Sorlinne", 260, 0),
        ("Couverture", "Couvertures Mistrane", 290, 110),
        ("Terrassement et VRD", "Terrassements Valorme", 1_495, None),
        ("Plomberie", "Plomberie Sanival", 280, 90),
    ],
)
def test_lots_of_the_stories(
    base: Base, trade: str, company: str, owed: int, validated: int | None
) -> None:
    query = (
        "SELECT (SELECT sum(hours) FROM obligation_event AS event "
        "WHERE event.obligation = obligation.id AND firm = 1) / 100, "
        "coalesce((SELECT sum(validated) FROM hour_entry "
        "WHERE hour_entry.obligation = obligation.id), 0) / 100 "
        "FROM obligation JOIN lot ON lot.id = obligation.lot "
        "JOIN company ON company.id = obligation.company WHERE lot.trade = ? AND company.name = ?"
    )
    found = base.connection.execute(query, (trade, company)).fetchall()
    assert any(row[0] == owed and (validated is None or row[1] == validated) for row in found)


def story_of(base: Base, company: str, column: str, trade: str = "%") -> str | None:
    row = base.connection.execute(
        f"SELECT obligation.{column} FROM obligation JOIN lot ON lot.id = obligation.lot "
        "JOIN company ON company.id = obligation.company "
        "WHERE company.name = ? AND lot.trade LIKE ?",
        (company, trade),
    ).fetchone()
    return None if row[0] is None else str(row[0])


def test_dates_of_the_stories(base: Base) -> None:
    four_months = add_calendar_months(TODAY, 4).isoformat()
    assert story_of(base, "Menuiseries Alubrane", '"end"') == four_months
    assert (story_of(base, "Peintures Sorlinne", "start") or "") > TODAY.isoformat()
    assert story_of(base, "Plomberie Sanival", "outcome") == "neutralisee"
    assert story_of(base, "Démolitions Pavane", "outcome") == "realisee"
    last = one(
        base,
        "SELECT max(month) FROM statement JOIN obligation ON obligation.id = statement.obligation "
        "JOIN company ON company.id = obligation.company WHERE company.name = ?",
        "Couvertures Mistrane",
    )
    assert last == add_months(month_of(TODAY), -4)


@pytest.mark.parametrize(
    ("query", "least"),
    [
        # Two people of one name and two birth dates.
        (
            "SELECT count(*) FROM participant AS one JOIN participant AS other USING (last, first) "
            "WHERE one.id < other.id AND one.birth <> other.birth",
            1,
        ),
        # One person on two sites the same month, under one work contract.
        (
            "SELECT count(*) FROM (SELECT 1 FROM hour_entry JOIN placement "
            "ON placement.id = hour_entry.placement GROUP BY work_contract, month "
            "HAVING count(DISTINCT placement.obligation) = 2)",
            1,
        ),
        ("SELECT count(*) FROM hour_entry WHERE refusal_reason = 'avant_validation'", 1),
        (
            "SELECT count(*) FROM hour_entry AS twin JOIN hour_entry AS first "
            "USING (obligation, month, declared) WHERE twin.refusal_reason = 'doublon' "
            "AND twin.validated = 0 AND first.validated = first.declared",
            1,
        ),
        (
            "SELECT count(*) FROM hour_entry JOIN placement ON placement.id = hour_entry.placement "
            "JOIN work_contract ON work_contract.id = placement.work_contract "
            "WHERE declared = 18700 AND validated IS NULL AND weekly_hours = 3000",
            1,
        ),
        ("SELECT count(*) FROM hour_entry WHERE declared < 0 AND comment LIKE 'Avoir%'", 1),
        ("SELECT count(*) FROM hour_entry WHERE refusal_reason = 'hors_eligibilite'", 1),
        ("SELECT count(*) FROM obligation_event WHERE kind = 'avenant' AND hours = 19500", 1),
        ("SELECT count(*) FROM obligation_event WHERE kind = 'commande'", 5),
        (
            "SELECT count(*) FROM obligation_event WHERE kind = 'transfert' "
            "AND counterpart IS NOT NULL",
            2,
        ),
        (
            "SELECT count(*) FROM contract_event AS stop JOIN contract_event AS restart "
            "USING (contract) WHERE stop.kind = 'arret' AND restart.kind = 'reprise' "
            "AND julianday(restart.date) - julianday(stop.date) = 42",
            1,
        ),
        ("SELECT count(*) FROM lot_company WHERE role = 'mandataire'", 2),
        ("SELECT count(*) FROM lot_company WHERE role = 'cotraitant'", 2),
        ("SELECT count(*) FROM follow_up WHERE kind = 'attestation' AND done IS NOT NULL", 1),
        ("SELECT count(*) FROM follow_up WHERE kind = 'dispense' AND text LIKE '%82%'", 1),
        (
            "SELECT count(*) FROM follow_up WHERE kind = 'penalite' "
            "AND text LIKE '%100\u00a0h x 60\u00a0€%'",
            1,
        ),
    ],
)
def test_stories(base: Base, query: str, least: int) -> None:
    assert one(base, query) >= least


@pytest.mark.parametrize(("kind", "days"), [("suivi_parcours", 0), ("reunion", 1)])
def test_what_is_due(base: Base, kind: str, days: int) -> None:
    due = (TODAY + timedelta(days=days)).isoformat()
    query = "SELECT count(*) FROM follow_up WHERE kind = ? AND due = ? AND done IS NULL"
    assert one(base, query, kind, due) == 1


def test_history_shows_months_of_life(base: Base) -> None:
    days = [row[0][:10] for row in base.connection.execute("SELECT made_on FROM batch ORDER BY id")]
    assert days == sorted(days)
    assert len(set(days)) > 60
    assert days[-1] < TODAY.isoformat()
    kinds = {row[0] for row in base.connection.execute("SELECT DISTINCT kind FROM batch")}
    assert kinds == {"saisie", "import"}


def test_tables_equal_the_journal_and_hold_together(base: Base) -> None:
    assert base.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for entity in JOURNALLED_NAMES:
        rebuilt, stored = projection.expected_rows(base.connection, entity)
        expected = base.connection.execute(rebuilt, {"entity": entity}).fetchall()
        assert sorted(expected, key=repr) == sorted(
            base.connection.execute(stored).fetchall(), key=repr
        )


def check_alerts(base: Base, today: date) -> None:
    alerts = read_alerts(base.connection, today)
    critical = {alert.contract for alert in alerts if alert.gravity is Gravity.CRITICAL}
    assert 25 <= len(alerts) <= 60
    assert 1 <= len(critical) <= 4
    codes = [alert.code for alert in alerts]
    assert codes.count("justificatif_manquant") <= 3
    assert {"retard", "fin_proche", "releve_manquant", "heures_invraisemblables"} <= set(codes)
    assert {"heures_hors_eligibilite", "eligibilite_fin", "demarrage_a_saisir"} <= set(codes)
    assert "Peintures Sorlinne" not in {alert.company_name for alert in alerts}


def test_alerts_read_true(base: Base) -> None:
    check_alerts(base, TODAY)


@pytest.mark.parametrize("today", OTHER_DAYS)
def test_any_day(tmp_path: Path, today: date) -> None:
    path = tmp_path / "autre.db"
    build_demonstration(path, seed=today.day, today=today)
    with closing(open_base(path)) as base:
        check_alerts(base, today)
        assert one(base, "SELECT count(*) FROM participant") == 120
        assert 620 <= one(base, "SELECT count(*) FROM hour_entry") <= 680
        assert 47_500 <= one(base, "SELECT sum(declared) / 100 FROM hour_entry") <= 49_000
        written = base.connection.execute("SELECT max(substr(made_on, 1, 10)) FROM batch")
        assert written.fetchone()[0] < today.isoformat()
        first = one(base, "SELECT min(month) FROM hour_entry")
        assert first == add_months(month_of(today), -23)


def test_an_existing_demonstration_is_kept_and_another_base_refused(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    assert open_or_build(path, today=TODAY)
    before = path.read_bytes()
    assert not open_or_build(path, seed=2, today=TODAY)
    assert path.read_bytes() == before
    other = tmp_path / "vraie.db"
    create_base(other).close()
    with pytest.raises(BaseRefused, match="démonstration"):
        open_or_build(other, today=TODAY)
