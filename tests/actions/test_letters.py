"""Letters: who gets one and who does not, what it says, how it is filed; nothing half made."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from builders import (
    add,
    new_base,
    new_company,
    new_contract,
    new_eligibility,
    new_hours,
    new_person,
    new_placement,
    new_statement,
)
from letter_world import (
    SIRET,
    TODAY,
    LetterWorld,
    body_of,
    docx_text,
    follow_ups,
    mail_of,
    raw_xml,
    rows,
)
from suivi_tui import paths
from suivi_tui.actions.letters import (
    EVERYBODY,
    Made,
    NothingToMake,
    Prepared,
    make,
    mark_sent,
    prepare,
)
from suivi_tui.actions.undoing import undo_last
from suivi_tui.documents.certificates import CertificateScope
from suivi_tui.documents.letter import Subject
from suivi_tui.documents.variables import VARIABLES
from suivi_tui.vocabulary.choices import Criterion, DocumentKind, FollowUpKind
from suivi_tui.vocabulary.months import Month


@pytest.fixture
def world(tmp_path: Path) -> Iterator[LetterWorld]:
    with new_base(tmp_path) as base:
        yield LetterWorld(base)


def made_of(world: LetterWorld, prepared: Prepared, folder: Path) -> list[Made]:
    """Make what was prepared; every template got exactly the variables it may name."""
    for letter in prepared.letters:
        assert set(letter.values) == VARIABLES[letter.kind].known
    return make(world.base, prepared, folder)


def said(prepared: Prepared) -> dict[str, str]:
    """Why, by who is left out, plain spaces."""
    return {one.who: one.why.replace("\u00a0", " ") for one in prepared.left_out}


def test_one_mail_a_company_for_all_its_sites_in_one_batch(
    world: LetterWorld, tmp_path: Path
) -> None:
    paths.save_settings(paths.load_settings()._replace(author="Alix Essai", town="Valmont"))
    batches = len(rows(world.base, "SELECT 1 FROM batch"))
    prepared = prepare(world.base, None, today=TODAY)
    assert [one.to.company for one in prepared.letters] == ["Alpha Bâtiment"]
    steps: list[tuple[int, int]] = []
    made = make(world.base, prepared, tmp_path / "out", lambda *step: steps.append(step))
    assert steps == [(0, 1), (1, 1)]
    word, mail = made[0].word, made[0].mail
    # Names hold the kind, the SIRET and the day.
    assert (word.name, mail.name) == (
        f"relance_1-{SIRET}-2026-11-22.docx",
        f"relance_1-{SIRET}-2026-11-22.eml",
    )
    text = docx_text(word)
    assert "Valmont, le 22 novembre 2026" in text
    assert "À l'attention de Sam Référent, Référente insertion" in text
    assert "les 4 relevés d'heures suivants ne me sont pas parvenus" in text
    assert "PT-7 | Pont neuf | septembre et octobre 2026 | 15/10/2026" in text
    assert "VX-44, lot 1 | Groupe scolaire | septembre et octobre 2026 | 15/10/2026" in text
    assert "article L. 2112-2 du code de la commande publique" in text
    assert "avant le 7 décembre 2026" in text
    assert "{" not in text and "%}" not in raw_xml(word.read_bytes())

    message = mail_of(mail)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "Sam Référent <insertion@alpha.example>"
    assert "septembre et octobre 2026" in message["Subject"].replace("\u00a0", " ")
    assert "- PT-7, Pont neuf : septembre et octobre 2026\n" in body_of(message)
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == word.name
    assert attached.get_payload(decode=True) == word.read_bytes()

    (document,) = rows(
        world.base,
        "SELECT entity, subject, kind, template, made_on, sent_on, length(sha256) FROM document",
    )
    assert document == (
        "company", world.alpha, "relance_1", "relance_1.docx", "2026-11-22", None, 64,
    )  # fmt: skip
    (line,) = follow_ups(world.base)
    assert line[:6] == (
        "company", world.alpha, FollowUpKind.REMINDER.value, "2026-11-22", "2026-12-07", None,
    )  # fmt: skip
    assert "VX-44, lot 1" in str(line[6])
    assert len(rows(world.base, "SELECT 1 FROM batch")) == batches + 1
    undo_last(world.base)
    assert not follow_ups(world.base)


def test_nobody_is_reminded_of_a_month_without_activity_locked_or_not_followed(
    world: LetterWorld, tmp_path: Path
) -> None:
    base, school, bridge = world.base, world.school.obligation, world.bridge.obligation
    gamma = new_company(base, "Gamma Peinture")
    new_contract(base, number="NON", company=gamma, taken_up=0, start="2026-01-01")
    new_statement(base, school, world.alpha, 202609, "sans_activite")
    new_statement(base, bridge, world.alpha, 202610, "verrouille")
    (letter,) = prepare(base, None, today=TODAY).letters
    lines = [(one["marche"], one["mois"]) for one in letter.values["releves"]]
    assert lines == [("PT-7", "septembre 2026"), ("VX-44, lot 1", "octobre 2026")]
    new_statement(base, school, world.alpha, 202610, "sans_activite")
    new_statement(base, bridge, world.alpha, 202609)
    prepared = prepare(base, None, today=TODAY)
    assert prepared.letters == ()
    # Two reasons for one company: its two sites.
    assert sorted(one.why for one in prepared.left_out) == [
        "mois verrouillé, octobre 2026",
        "sans activité déclarée, octobre 2026",
    ]
    with pytest.raises(NothingToMake):
        make(base, prepared, tmp_path / "out")
    # Asked for by name, at a level, it is the same.
    assert not prepare(
        base, DocumentKind.REMINDER_2, Subject("company", world.alpha), today=TODAY
    ).letters
    asked = prepare(base, DocumentKind.REMINDER_1, Subject("company", gamma), today=TODAY)
    assert (asked.letters, said(asked)) == ((), {"Gamma Peinture": "rien n'est attendu d'elle"})


def test_the_level_follows_what_was_filed(world: LetterWorld, tmp_path: Path) -> None:
    base = world.base

    def on(days: int) -> Prepared:
        return prepare(base, None, today=TODAY + timedelta(days=days))

    make(base, on(0), tmp_path)
    assert on(15).letters == ()
    assert said(on(15)) == {"Alpha Bâtiment": "déjà relancée le 22/11/2026"}
    second = on(16)
    assert [one.kind for one in second.letters] == [DocumentKind.REMINDER_2]
    made = make(base, second, tmp_path)
    text = docx_text(made[0].word)
    assert "Malgré ma relance du 22 novembre 2026, les 4 relevés d'heures" in text
    assert "j'en informerai Ville de Valmont. L'acheteur peut seul adresser" in text
    # The first one waits for nothing any more.
    assert [line[5] for line in follow_ups(base)] == ["2026-12-08", None]
    new_statement(base, world.plumbing.obligation, world.beta, 202611)
    # November became late meanwhile: one mail again, which speaks of everything.
    (third,) = on(33).letters
    assert third.kind is DocumentKind.REMINDER_2
    assert third.values["mois"] == "septembre, octobre et novembre 2026"
    for obligation in (world.school.obligation, world.bridge.obligation):
        new_statement(base, obligation, world.alpha, 202611)
    assert "proposez une mise en demeure" in said(on(33))["Alpha Bâtiment"]
    (forced,) = prepare(
        base, DocumentKind.REMINDER_1, Subject("company", world.alpha),
        today=TODAY + timedelta(days=33),
    ).letters  # fmt: skip
    assert forced.kind is DocumentKind.REMINDER_1


def test_a_certificate_waits_for_pending_hours_unless_a_reason_is_given(
    world: LetterWorld, tmp_path: Path
) -> None:
    base, lot = world.base, Subject("obligation", world.plumbing.obligation)
    new_hours(base, world.placed, 202611, 40_00)
    kind = DocumentKind.CERTIFICATE
    refused = prepare(base, kind, lot, today=TODAY)
    assert refused.letters == ()
    assert refused.question.replace("\u00a0", " ").startswith("40,00 h restent à valider :")
    with pytest.raises(NothingToMake):
        make(base, refused, tmp_path)
    reason = CertificateScope(reason="l'acheteur solde le marché ce mois-ci")
    made = made_of(world, prepare(base, kind, lot, today=TODAY, scope=reason), tmp_path)
    text = docx_text(made[0].word)
    assert "Lot 2 (Plomberie) | 1 000,00 h | 300,00 h | 700,00 h" in text
    assert "300,00 h ont été validées, réalisées par 1 personne" in text
    assert "partiellement satisfaite : il reste 700,00 h à réaliser" in text
    assert "Réserve : 40,00 h déclarées ne sont pas encore vérifiées" in text
    assert "motif suivant : l'acheteur solde le marché ce mois-ci" in text
    assert rows(base, "SELECT entity, subject FROM document") == [lot]
    # No address is known: the draft is made all the same, to nobody.
    assert not made[0].addressed
    assert mail_of(made[0].mail)["To"] is None


def test_certificates_by_contract_subcontractor_and_period(
    world: LetterWorld, tmp_path: Path
) -> None:
    base, contract = world.base, Subject("contract", world.school.contract)
    kind = DocumentKind.CERTIFICATE
    whole = prepare(base, kind, contract, today=TODAY)
    assert [one.to.company for one in whole.letters] == ["Bêta Plomberie"]
    assert said(whole) == {"Alpha Bâtiment": "aucune heure à attester"}
    agency = prepare(base, kind, contract, today=TODAY, scope=CertificateScope(employer=world.etti))
    text = docx_text(made_of(world, agency, tmp_path)[0].word)
    assert "réalisées par Intérim Plus, pour le compte du titulaire Bêta Plomberie, au" in text
    assert "Lot 2 (Plomberie) | – | 300,00 h | –" in text
    period = CertificateScope(first=Month(202609), last=Month(202609))
    lot = Subject("obligation", world.plumbing.obligation)
    september = prepare(base, kind, lot, today=TODAY, scope=period)
    text = docx_text(made_of(world, september, tmp_path)[0].word)
    assert "Attestation partielle : heures de la période indiquée" in text
    assert "Période : du 1er septembre 2026 au 30 septembre 2026" in text
    assert "150,00 h ont été validées" in text
    new_hours(base, world.placed, 202611, 700_00, 700_00)
    done = prepare(base, kind, lot, today=TODAY)
    text = docx_text(made_of(world, done, tmp_path)[0].word)
    assert "Attestation portant sur la totalité de l'obligation" in text
    assert "L'obligation d'insertion est satisfaite." in text


def test_an_eligibility_notice_a_hire_never_says_the_criterion(
    world: LetterWorld, tmp_path: Path
) -> None:
    base, agency = world.base, Subject("company", world.etti)
    doubtful = new_person(base, "Attente", "Noa")
    new_eligibility(base, doubtful, decision="a_verifier")
    new_placement(base, world.plumbing, doubtful, employer=world.etti)
    kind = DocumentKind.ELIGIBILITY_NOTICE
    prepared = prepare(base, kind, agency, today=TODAY)
    assert said(prepared) == {"Noa ATTENTE": "éligibilité non validée"}
    (made,) = made_of(world, prepared, tmp_path)
    text = docx_text(made.word)
    assert "Camille EXEMPLE, que vous employez (Plombier, CDD) du 1er septembre 2026 au" in text
    assert "prises en compte du 1er septembre 2026 au 31 août 2028" in text
    assert "VX-44, lot 2 | École Jules Ferry | Bêta Plomberie" in text
    for criterion in Criterion:
        assert criterion.label not in text and str(criterion.value) not in text
    sent = rows(base, "SELECT notice_sent_on FROM work_contract WHERE employer = ? "
                "ORDER BY id", world.etti)  # fmt: skip
    assert sent == [("2026-11-22",), (None,)]
    (line,) = follow_ups(base)
    assert line[:3] == ("participant", world.camille, FollowUpKind.MAIL.value)
    assert "Camille" not in str(line[6]) and "Camille" not in made.word.name
    again = prepare(base, kind, Subject("participant", world.camille), today=TODAY)
    assert said(again) == {"Camille EXEMPLE": "avis déjà adressé le 22/11/2026"}


def test_outcomes_are_asked_once_a_point_of_the_structure(
    world: LetterWorld, tmp_path: Path
) -> None:
    base, kind = world.base, DocumentKind.OUTCOME_REQUEST
    (made,) = made_of(world, prepare(base, kind, EVERYBODY, today=TODAY), tmp_path)
    text = docx_text(made.word)
    assert "Vous avez employé 1 personne" in text
    assert "Camille EXEMPLE | Plombier | 31/10/2026 | À la sortie |" in text
    asked = rows(base, "SELECT participant, point, asked_on, situation FROM outcome")
    assert asked == [(world.camille, "sortie", "2026-11-22", "")]
    lines = [line[:2] for line in follow_ups(base)]
    assert lines == [("company", world.etti), ("participant", world.camille)]
    one = Subject("participant", world.camille)
    again = prepare(base, kind, one, today=TODAY)
    assert said(again) == {"Camille EXEMPLE": "déjà demandée le 22/11/2026 (à la sortie)"}
    assert not prepare(base, kind, one, today=date(2027, 1, 30)).letters
    (later,) = prepare(base, kind, one, today=date(2027, 1, 31)).letters
    assert later.values["parcours_demandes"][0]["moment"] == "À 3 mois"
    assert not prepare(base, kind, one, today=date(2028, 1, 31)).letters


def test_a_meeting_brief_puts_lots_side_by_side_and_names_nobody(
    world: LetterWorld, tmp_path: Path
) -> None:
    prepared = prepare(
        world.base, DocumentKind.MEETING_BRIEF, Subject("contract", world.school.contract),
        today=TODAY,
    )  # fmt: skip
    (made,) = made_of(world, prepared, tmp_path)
    text = docx_text(made.word)
    assert "Fiche de réunion : Groupe scolaire" in text
    assert "Ville de Valmont · Quai Sud · situation au 22 novembre 2026" in text
    assert "300,00 h validées sur 2 000,00 h dues (15 %)" in text
    assert "Marché, lot | VX-44, lot 1 | VX-44, lot 2\n" in text
    assert "Validées | 0,00 h (0 %) | 300,00 h (30 %)\n" in text
    assert "Aucun relevé ni aucune heure pour septembre 2026." in text
    assert "Camille" not in text and "Exemple" not in text
    assert mail_of(made.mail)["To"] == "Lou Mairie <lou@ville.example>"
    (line,) = follow_ups(world.base)
    assert line[:2] == ("contract", world.school.contract)


def test_formal_notice_and_penalty_are_drafts_for_the_buyer(
    world: LetterWorld, tmp_path: Path
) -> None:
    base, obligation = world.base, world.school.obligation
    about = Subject("obligation", obligation)
    nothing = prepare(base, DocumentKind.PENALTY, about, today=TODAY)
    assert "aucune pénalité enregistrée" in said(nothing)["VX-44, lot 1"]
    basis = (
        '{"propose": 6000000, "au": "2026-11-20", "etapes": '
        '["Heures manquantes : 1 000,00 h x 60 euros"]}'
    )
    case = add(base, "penalty_case", obligation=obligation, kind="heures", basis=basis,
               notice_on="2026-10-05", amount_cents=60_000_00, decision="proposee",
               efforts="Trois annonces <sans> réponse")  # fmt: skip
    prepared = prepare(base, DocumentKind.PENALTY, Subject("penalty_case", case), today=TODAY)
    (made,) = made_of(world, prepared, tmp_path)
    text = docx_text(made.word)
    assert "Heures manquantes : 1 000,00 h x 60 euros" in text
    assert "Montant proposé, hors taxes : 60 000 €" in text
    assert "l'acheteur seul décide d'appliquer une pénalité" in text
    assert "Mise en demeure reçue le | 5 octobre 2026" in text
    assert "Trois annonces <sans> réponse" in text
    notice = prepare(base, DocumentKind.FORMAL_NOTICE, about, today=TODAY)
    (made,) = made_of(world, notice, tmp_path)
    text = docx_text(made.word)
    assert "le programme propose et documente : l'acheteur vérifie, décide et signe" in (
        text.lower()
    )
    assert "les relevés d'heures de 2 mois n'ont pas été transmis (septembre et octobre" in text
    assert "dans un délai de 15 jours à compter de la réception" in text
    assert mail_of(made.mail)["To"] == "Lou Mairie <lou@ville.example>"
    mark_sent(base, made.document, date(2026, 11, 30), date(2026, 12, 16))
    sent = rows(
        base,
        "SELECT document.sent_on, follow_up.due FROM document JOIN follow_up "
        "ON follow_up.document = document.id WHERE document.id = ?",
        made.document,
    )
    assert sent == [("2026-11-30", "2026-12-16")]
    quiet = prepare(
        base, DocumentKind.FORMAL_NOTICE, Subject("obligation", world.plumbing.obligation),
        today=date(2026, 10, 20),
    )  # fmt: skip
    assert said(quiet) == {"VX-44, lot 2": "ni retard ni relevé manquant"}
