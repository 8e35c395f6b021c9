from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from builders import (
    add,
    new_base,
    new_buyer,
    new_contract,
    new_eligibility,
    new_hours,
    new_operation,
    new_person,
    new_placement,
    new_statement,
)
from builders_screens import new_site
from suivi_tui.readings.field_labels import FIELDS
from suivi_tui.readings.record_names import ENTITY_LABELS, named_records, shown_moment
from suivi_tui.readings.row_history import FieldChange, batch_changes, row_history
from suivi_tui.store.base import Base
from suivi_tui.store.journal import changed, created, removed, write
from suivi_tui.store.queries.history import batches_page
from suivi_tui.store.queries.names import NAMED_ENTITIES, names_sql
from suivi_tui.store.queries.paging import Page
from suivi_tui.store.tables import JOURNALLED_NAMES
from suivi_tui.store.undo import undo


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with new_base(tmp_path) as made:
        yield made


def change(base: Base, entity: str, row: int | str, **values: str | int | None) -> None:
    lines = [changed(entity, row, name, value) for name, value in values.items()]
    write(base, lines, label="Correction")


def test_an_hour_line_tells_its_whole_story(base: Base) -> None:
    market = new_contract(base)
    placement = new_placement(base, market, new_person(base))
    row = new_hours(base, placement, 202603, 151_67)
    change(base, "hour_entry", row, validated=100_00, refusal_reason="doublon")
    change(base, "hour_entry", row, validated=0)
    last, decided, born = row_history(base.connection, "hour_entry", row)
    assert (born.action, born.label) == ("Création", "Essai : heures")
    assert born.changes == (FieldChange("declared", "Heures déclarées", "–", "151,67\u00a0h"),)
    assert decided.action == "Modification"
    assert decided.changes == (
        FieldChange("validated", "Heures validées", "–", "100,00\u00a0h"),
        FieldChange("refusal_reason", "Motif de refus", "–", "Heures déjà comptées"),
    )
    assert last.changes == (
        FieldChange("validated", "Heures validées", "100,00\u00a0h", "0,00\u00a0h"),
    )
    assert (last.author, last.structure, last.installation) == (
        "Alix Essai",
        "Maison de l'emploi",
        "suivi",
    )
    assert (last.kind, last.source_file, last.undone) == ("Saisie", "", False)


def test_values_are_written_as_people_read_them(base: Base) -> None:
    operation = new_operation(base, new_buyer(base), "Quartier Nord")
    made = new_contract(base, notified_on="2026-01-15")
    change(
        base,
        "contract",
        made.contract,
        operation=operation,
        amount_cents=35_000_00,
        notified_on="2026-02-01",
        stage="termine",
        taken_up=0,
        start=None,
    )
    entry = row_history(base.connection, "contract", made.contract)[0]
    assert [(item.label, item.old, item.new) for item in entry.changes] == [
        ("Opération", "–", "Quartier Nord"),
        ("Montant HT", "–", "35\u00a0000\u00a0€"),
        ("Notifié le", "15/01/2026", "01/02/2026"),
        ("Début", "01/01/2026", "–"),
        ("Étape", "En cours", "Terminé"),
        ("Suivi", "oui", "non"),
    ]


@pytest.mark.parametrize(
    ("code", "value", "label", "text"),
    [
        ("cadence", "trimestrielle", "Cadence des relevés", "Trimestrielle"),
        ("premier_mois", "202603", "Premier mois attendu", "mars 2026"),
        ("controle/mois_futur", "ignorer", "Contrôle « Mois à venir »", "Ignorer"),
        ("formule/heures", "15000", "Heures par pas", "150,00 h"),
        ("formule/seuil", "270000000", "Seuil de déclenchement", "2 700 000 €"),
        ("formule/volume/2", "120000", "Volume par année : année 2", "1 200,00 h"),
        ("penalite/plafond/montant_marche", "5 %", "Plafond des pénalités", "5 %"),
        ("inconnu", "x", "inconnu", "x"),
    ],
)
def test_a_term_is_told_in_words(base: Base, code: str, value: str, label: str, text: str) -> None:
    market = new_contract(base)
    term = add(base, "term", contract=market.contract, code=code, value="")
    write(base, [changed("term", term, "value", value)], label="Condition")
    last, born = row_history(base.connection, "term", term)
    told = {item.label: item.new.replace("\u00a0", " ") for item in born.changes}
    assert told["Clause"].startswith(label)
    assert [item.new.replace("\u00a0", " ") for item in last.changes] == [text]
    (change,) = batch_changes(base.connection, last.batch)
    assert label in change.name.replace("\u00a0", " ")


def test_a_declarant_is_named(base: Base) -> None:
    market = new_contract(base)
    term = add(base, "term", contract=market.contract, code="declarant", value=str(market.company))
    (born,) = row_history(base.connection, "term", term)
    assert "Bâtisseurs du Val" in [item.new for item in born.changes]


def test_a_month_is_written_in_letters(base: Base) -> None:
    market = new_contract(base)
    row = new_statement(base, market.obligation, market.company, 202603, "verifie")
    (born,) = row_history(base.connection, "statement", row)
    assert [(item.label, item.new) for item in born.changes] == [
        ("Obligation", "2026-01"),
        ("Déclarant", "Bâtisseurs du Val"),
        ("Mois", "mars 2026"),
        ("État", "Vérifié"),
    ]


def test_removal_undo_and_the_file_are_told(base: Base) -> None:
    source = base.new_id()
    write(base, [created("source_file", source, {"name": "marches.csv"})], label="Fichier")
    buyer = base.new_id()
    write(base, [created("buyer", buyer, {"name": "Ville"})], label="Import", source_file=source)
    write(base, [removed("buyer", buyer)], label="Suppression")
    undo(base, batches_page(base.connection)[0].batch)
    back, gone, born = row_history(base.connection, "buyer", buyer)
    assert (born.action, born.source_file, born.undone) == ("Création", "marches.csv", False)
    assert (gone.action, gone.changes, gone.undone) == ("Suppression", (), True)
    assert (back.action, back.kind) == ("Rétablissement", "Annulation")


def test_a_row_never_written_has_no_history(base: Base) -> None:
    assert row_history(base.connection, "buyer", 1) == []


def test_the_changes_of_a_batch_name_their_records(base: Base) -> None:
    site = new_site(base, 202603)
    line = f"{site.obligation}/202603/{site.placement}/1"
    write(
        base,
        [
            changed("hour_entry", line, "validated", 90_00),
            changed("participant", site.person, "commune", "Valmont"),
            removed("placement", site.placement),
            created("buyer", base.new_id(), {"name": "Agglomération"}),
        ],
        label="Divers",
    )
    batch = batches_page(base.connection)[0].batch
    changes = batch_changes(base.connection, batch)
    assert [(item.kind, item.name, item.action) for item in changes] == [
        ("Ligne d'heures", "Exemple Camille, mars 2026", "Modification"),
        ("Participant", "Exemple Camille (né(e) le 17/05/1990)", "Modification"),
        ("Affectation", "Exemple Camille (2026-01)", "Suppression"),
        ("Acheteur", "Agglomération", "Création"),
    ]
    assert changes[0].changes == (FieldChange("validated", "Heures validées", "–", "90,00\u00a0h"),)
    assert changes[3].changes == (FieldChange("name", "Nom", "–", "Agglomération"),)
    after = batch_changes(base.connection, batch, Page(after=changes[1].key))
    assert after == changes[2:]


def test_a_change_of_a_batch_shows_the_value_it_replaced(base: Base) -> None:
    buyer = new_buyer(base, "Premier")
    for name in ("Deuxième", "Troisième"):
        change(base, "buyer", buyer, name=name)
    third, second, *_ = batches_page(base.connection)
    assert batch_changes(base.connection, third.batch)[0].changes[0].old == "Deuxième"
    assert batch_changes(base.connection, second.batch)[0].changes[0].old == "Premier"


def test_a_field_of_a_newer_release_is_shown_as_it_is(base: Base) -> None:
    buyer = new_buyer(base)
    with base.door.transaction():
        base.connection.execute(
            "INSERT INTO journal (base, number, hlc, author, batch, entity, row, field, value) "
            "VALUES (1, 1, 9000000000000000000, 0, 0, 'buyer', ?, 'couleur', '\"vert\"')",
            (str(buyer),),
        )
    entry = row_history(base.connection, "buyer", buyer)[0]
    assert entry.changes == (FieldChange("couleur", "couleur", "–", "vert"),)


@pytest.mark.parametrize("entity", JOURNALLED_NAMES)
def test_every_column_of_every_table_has_a_french_label(base: Base, entity: str) -> None:
    columns = {row[1] for row in base.connection.execute(f"PRAGMA table_info({entity})")} - {
        "id",
        "removed",
    }
    assert columns == set(FIELDS[entity])
    assert entity in ENTITY_LABELS


def test_every_record_has_a_name(base: Base) -> None:
    assert set(NAMED_ENTITIES) == set(JOURNALLED_NAMES) - {"hour_entry"}
    for entity in NAMED_ENTITIES:
        base.connection.execute(names_sql(entity), ("[1]",)).fetchall()


def test_names_tell_records_apart(base: Base) -> None:
    site = new_site(base, 202603)
    claimed = new_eligibility(base, site.person, "QPV", rank=2)
    contact = add(base, "contact", company=site.company, role="Conducteur de travaux")
    names = named_records(
        base.connection,
        [
            ("contract", site.contract),
            ("obligation", site.obligation),
            ("eligibility", claimed),
            ("contact", contact),
            ("planète", 1),
        ],
    )
    assert {key[0]: (name.title, name.detail) for key, name in names.items()} == {
        "contract": ("2026-01 Réhabilitation d'une école", "Ville de Valmont"),
        "obligation": ("2026-01", "Bâtisseurs du Val"),
        "eligibility": ("Exemple Camille", ""),
        "contact": ("Conducteur de travaux", "Bâtisseurs du Val"),
    }
    assert names["obligation", site.obligation].contract == site.contract


def test_an_instant_is_shown_in_a_zone() -> None:
    assert shown_moment("2026-03-31T10:05:00+00:00", UTC) == "31/03/2026 10:05"
    assert shown_moment("2026-03-31T10:05:00") == "31/03/2026 10:05"
    assert shown_moment("hier") == "hier"


@pytest.mark.parametrize(
    ("entity", "kind", "title"),
    [
        ("contract", "Marché", "2026-01 École des Tilleuls"),
        ("participant", "Participant", "CANARI Jeanne"),
        ("company", "Entreprise", "Bâtisseurs du Val"),
    ],
)
def test_a_follow_up_names_what_it_is_about(base: Base, entity: str, kind: str, title: str) -> None:
    made = new_contract(base, number="2026-01", object="École des Tilleuls")
    person = new_person(base, last="CANARI", first="Jeanne")
    subject = {"contract": made.contract, "participant": person, "company": made.company}[entity]
    row = base.new_id()
    values = {"entity": entity, "subject": subject, "kind": "appel", "date": "2026-03-02",
              "text": "Rappeler"}  # fmt: skip
    write(base, [created("follow_up", row, values)], label="Échange")
    (entry,) = row_history(base.connection, "follow_up", row)
    said = {item.label: item.new for item in entry.changes}
    assert (said["Concerne"], said["Fiche"]) == (kind, title)
    (shown,) = batch_changes(base.connection, entry.batch)
    assert {item.label: item.new for item in shown.changes} == said
    change(base, "follow_up", row, text="Rappelé")
    latest = row_history(base.connection, "follow_up", row)[0]
    assert [item.label for item in latest.changes] == ["Texte"]


def test_a_mark_and_a_penalty_tell_no_code_nor_computation(base: Base) -> None:
    market = new_contract(base)
    mark = add(base, "alert_mark", code="retard", subject=f"obligation:{market.obligation}",
               state="vue", measure=2_000_000_000_004, made_on="2026-03-01")  # fmt: skip
    case = add(base, "penalty_case", obligation=market.obligation, kind="heures",
               basis='{"propose": 6000000}', amount_cents=60_000_00)  # fmt: skip
    limit = add(base, "term", contract=market.contract, code="alerte/fin_proche/jours", value="1")
    told = {
        entity: {item.label: item.new.replace("\u00a0", " ") for item in born.changes}
        for entity, row in (("alert_mark", mark), ("penalty_case", case), ("term", limit))
        for born in row_history(base.connection, entity, row)
    }
    assert told["alert_mark"]["Alerte"] == "Retard sur les heures attendues"
    assert not {"Mesure de la cause", "À propos de"} & told["alert_mark"].keys()
    assert told["penalty_case"]["Base de calcul"] == "détail du calcul"
    assert told["term"]["Clause"] == "Alerte : Fin proche : jours d'avance"
    assert told["term"]["Valeur"] == "1 jour"
    (change,) = batch_changes(
        base.connection, row_history(base.connection, "alert_mark", mark)[0].batch
    )
    assert change.name.startswith("Retard sur les heures attendues")
