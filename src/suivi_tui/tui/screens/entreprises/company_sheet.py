"""What the sheet of a company or structure says, line by line."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from suivi_tui.rules.hire_papers import missing_papers
from suivi_tui.rules.rate import achievement_rate
from suivi_tui.tui.screens.besoins.words import contract_words, count_words
from suivi_tui.tui.screens.shared.follow_up_lines import follow_up_section
from suivi_tui.tui.screens.shared.hire_sheet import Hire
from suivi_tui.tui.screens.shared.papers import papers_brief
from suivi_tui.tui.screens.shared.sheet import Section, SheetLine
from suivi_tui.tui.screens.shared.texts import day, hours, joined, month, period, said, worked
from suivi_tui.vocabulary import choices
from suivi_tui.vocabulary.choices import CompanyKind, LotRole, label_of
from suivi_tui.vocabulary.identifiers import siret_fault
from suivi_tui.vocabulary.numbers import format_percent

if TYPE_CHECKING:
    from suivi_tui.readings.needs import NeedReading
    from suivi_tui.store.queries.companies import CompanyRoleRow, CompanySheet, EmployeeRow
    from suivi_tui.store.queries.contacts import ContactRow
    from suivi_tui.store.queries.standing import ObligationStanding
    from suivi_tui.store.queries.statements import StatementRow


def sections_of(sheet: "CompanySheet", needs: "list[NeedReading]", today: date) -> list[Section]:
    """The parts of the sheet."""
    owing = {(standing.row.contract, standing.row.lot) for standing in sheet.obligations}
    roles = [role for role in sheet.roles if (role.contract, role.lot) not in owing]
    employed = [
        SheetLine(
            joined(
                [
                    f"En tant qu'employeur, depuis janvier {today.year}",
                    said("validées", worked(sheet.employed.validated)),
                ]
            ),
            hours(sheet.employed.declared),
            tone="total",
        ),
        *(_employee(row, today) for row in sheet.employees),
    ]
    return [
        Section("Identité", list(_identity(sheet))),
        Section("À appeler", [_contact(row) for row in sheet.contacts],
                "Aucun contact. Touche c pour en ajouter un."),
        Section("Obligations", [_obligation(item) for item in sheet.obligations],
                "Ne doit rien en ce moment."),
        Section("Autres lots", list(map(_role, roles))),
        Section("Besoins", list(_needs(needs))),
        Section("Relevés", list(map(_statement, sheet.statements)),
                "Aucun relevé reçu d'elle."),
        Section("Personnes", employed if sheet.employees else [],
                "N'emploie personne sous clause."),
        follow_up_section(sheet.follow_ups, today.isoformat()),
    ]  # fmt: skip


def _identity(sheet: "CompanySheet") -> Iterator[SheetLine]:
    fields = sheet.fields
    yield SheetLine(
        joined([fields.name, label_of(CompanyKind, fields.kind), fields.commune]),
        "",
        "company",
        fields.company,
    )
    fault = siret_fault(fields.siret) if fields.siret else None
    text = joined([said("SIRET", fields.siret or "à saisir"), fault or "",
                   said("NAF", fields.naf)])  # fmt: skip
    yield SheetLine(text, "", "company", fields.company, "alerte" if fault else "")


def _contact(row: "ContactRow") -> SheetLine:
    where = "pour un marché" if row.contract or row.lot else ""
    text = joined(
        [row.name or row.role, row.role if row.name else "", row.service, row.mail, where]
    )
    return SheetLine(text, row.phone, "contact", row.contact)


def _obligation(standing: "ObligationStanding") -> SheetLine:
    row, totals = standing.row, standing.totals
    lot = "" if row.lot_number in ("", "0") else f" lot {row.lot_number}"
    owed = hours(standing.owed) or "objectif à saisir"
    rate = achievement_rate(totals.validated, standing.owed) if standing.owed is not None else None
    closed = "" if row.under_way else "close"
    text = joined(
        [
            f"{row.number or row.object}{lot}",
            row.operation_name or row.buyer_name,
            f"validées {hours(totals.validated)} sur {owed}",
            said("à valider", worked(totals.pending)),
            closed,
        ]
    )
    figure = format_percent(rate) if rate is not None else ""
    return SheetLine(text, figure, "obligation", row.obligation, "muted" if closed else "")


def _role(row: "CompanyRoleRow") -> SheetLine:
    lot = "" if row.lot_number in ("", "0") else f" lot {row.lot_number}"
    share = f"part confiée {hours(row.share_hours)}" if row.share_hours else ""
    text = joined([f"{row.number or row.object}{lot}", label_of(LotRole, row.role), share])
    return SheetLine(text)


def _statement(row: "StatementRow") -> SheetLine:
    state = label_of(choices.StatementStatus, row.status)
    received = f"reçu le {day(row.received_on)}" if row.received_on else ""
    return SheetLine(joined([month(row.month), state, received, row.reference]), "", "statement",
                     row.statement)  # fmt: skip


def _needs(needs: "list[NeedReading]") -> Iterator[SheetLine]:
    """The count, then every need, those still open first."""
    if not needs:
        return
    # Imported here: the reading asks the base, this module only writes.
    from suivi_tui.readings.needs import count_needs

    yield SheetLine(count_words(count_needs(needs)), tone="total")
    for reading in sorted(needs, key=lambda one: not one.open):
        row = reading.row
        text = joined(
            [
                row.post,
                f"{reading.hired} sur {row.number} pourvus",
                f"pour le {day(row.wanted_on)}" if row.wanted_on else "",
                contract_words(row),
                "" if reading.open else f"clos le {day(row.closed_on)}",
            ]
        )
        waiting = len(reading.waiting)
        figure = "" if not reading.open else f"{waiting} en attente" if waiting else "à proposer"
        tone = "muted" if not reading.open or reading.filled else ""
        yield SheetLine(text, "pourvu" if reading.filled else figure, "need", row.need, tone)


def _employee(row: "EmployeeRow", today: date) -> SheetLine:
    kind = label_of(choices.EmploymentKind, row.type)
    name = f"{row.last} {row.first}".strip()
    current = row.end is None or row.end >= today.isoformat()
    return SheetLine(
        joined([name, kind, papers_brief(row), period(row.start, row.end)]),
        worked(row.declared),
        "participant",
        row.participant,
        "alerte" if current and missing_papers(row) else "",
        Hire(row.work_contract, name),
    )


def kind_label(code: str) -> str:
    """The kind of a company in a narrow column."""
    member = CompanyKind._value2member_map_.get(code)
    return member.short if isinstance(member, CompanyKind) else code or "à préciser"
