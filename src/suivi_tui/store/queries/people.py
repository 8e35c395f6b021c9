"""Participants: the list, and one person with eligibility, work contracts and hours."""

from typing import Any, NamedTuple

from suivi_tui.rules.indicators import Totals, totals
from suivi_tui.store.queries import follow_ups, hours
from suivi_tui.store.queries.connection import Connection
from suivi_tui.store.queries.paging import Key, Listing, Page, id_list, read_page
from suivi_tui.store.queries.words import MATCH_LIMIT, pattern, typed_words
from suivi_tui.vocabulary.choices import Criterion

_LIST = Listing(
    columns=(
        "participant.id, participant.reference, participant.last, participant.first, "
        "participant.birth, participant.sex, participant.commune, participant.prescriber, "
        "participant.entered_scheme_on"
    ),
    source="participant",
    orders={
        "name": (
            "participant.last COLLATE NOCASE",
            "participant.first COLLATE NOCASE",
            "participant.id",
        ),
        "reference": ("participant.reference", "participant.id"),
        "recent": ("participant.id",),
    },
)


class EligibilityRow(NamedTuple):
    """A criterion claimed by a person, its proof and the decision."""

    eligibility: int
    participant: int
    rank: int
    criterion: str
    proof: str
    proof_on: str | None
    decision: str
    decided_on: str | None
    ends_on: str | None
    rule_set: str


class ParticipantRow(NamedTuple):
    """A person in the list.

    ``criterion`` and ``criteria`` are labels; health and justice are shown as "Autre public
    validé" (domain.md 9). ``decision`` and ``ends_on`` are those of the main criterion.
    ``homonym``: somebody else in the base has the same name.
    """

    key: Key
    participant: int
    reference: str
    last: str
    first: str
    birth: str | None
    sex: str
    commune: str
    prescriber: str
    entered_scheme_on: str | None
    criterion: str
    criteria: tuple[str, ...]
    decision: str
    ends_on: str | None
    totals: Totals
    homonym: bool = False


def list_criterion(code: str) -> str:
    """The label of a criterion as a list may show it."""
    member = Criterion._value2member_map_.get(code)
    if not isinstance(member, Criterion):
        # What is not recognised is not shown either: it may be sensitive.
        return Criterion.OTHER.label if code else ""
    return Criterion.OTHER.label if member.sensitive else member.label


def participants_page(
    connection: Connection,
    page: Page | None = None,
    *,
    order: str = "name",
    descending: bool = False,
    filter: str = "",
) -> list[ParticipantRow]:
    """A page of participants. Orders: ``name``, ``reference``, ``recent``, each with its index.

    A filter finds words of the name, reference and commune by their beginning; it keeps at most
    ``MATCH_LIMIT`` people.
    """
    where, values = _narrowed(filter)
    rows = read_page(connection, _LIST, page or Page(), order, descending, where, values)
    listed = id_list(row[0] for _, row in rows)
    claimed: dict[int, list[EligibilityRow]] = {}
    for eligibility in _eligibilities(connection, listed):
        claimed.setdefault(eligibility.participant, []).append(eligibility)
    worked = hours.totals_of_people(connection, listed)
    alike = _homonyms(connection, listed)
    return [
        ParticipantRow._make(
            (
                key,
                *row,
                *_main(claimed.get(row[0], [])),
                worked.get(row[0], Totals()),
                row[0] in alike,
            )
        )
        for key, row in rows
    ]


def _homonyms(connection: Connection, participants: str) -> set[int]:
    """Those of some people who share their name with somebody, listed or not."""
    return {
        row[0]
        for row in connection.execute(
            "SELECT wanted.value FROM json_each(?) AS wanted "
            "CROSS JOIN participant AS person ON person.id = wanted.value WHERE EXISTS ("
            "SELECT 1 FROM participant AS other WHERE other.last = person.last COLLATE NOCASE "
            "AND other.first = person.first COLLATE NOCASE AND other.removed = 0 "
            "AND other.id <> person.id)",
            (participants,),
        )
    }


def _main(claimed: list[EligibilityRow]) -> tuple[str, tuple[str, ...], str, str | None]:
    if not claimed:
        return "", (), "", None
    labels = dict.fromkeys(list_criterion(row.criterion) for row in claimed)
    main = claimed[0]
    return list_criterion(main.criterion), tuple(labels), main.decision, main.ends_on


def count_participants(connection: Connection, filter: str = "") -> int | None:
    """How many people a filter keeps; None without a filter (counting would read them all)."""
    if not typed_words(filter):
        return None
    where, values = _narrowed(filter)
    found: int = connection.execute(
        f"SELECT count(*) FROM participant WHERE {' AND '.join(where)}", values
    ).fetchone()[0]
    return found


def _narrowed(filter: str) -> tuple[list[str], list[Any]]:
    words = typed_words(filter)
    if not words:
        return ["participant.removed = 0"], []
    matching = (
        "participant.id IN (SELECT rowid FROM search WHERE search MATCH ? "
        "AND entity = 'participant' LIMIT ?)"
    )
    return ["participant.removed = 0", matching], [pattern(words), MATCH_LIMIT]


def _eligibilities(connection: Connection, participants: str) -> list[EligibilityRow]:
    return [
        EligibilityRow(*row)
        for row in connection.execute(
            "SELECT eligibility.id, participant, rank, criterion, proof, proof_on, decision, "
            "decided_on, ends_on, rule_set FROM json_each(?) AS wanted CROSS JOIN eligibility "
            "ON eligibility.participant = wanted.value WHERE eligibility.removed = 0 "
            "ORDER BY participant, rank, eligibility.id",
            (participants,),
        )
    ]


class ParticipantFields(NamedTuple):
    """Every field of a person."""

    participant: int
    reference: str
    last: str
    first: str
    birth: str | None
    sex: str
    postcode: str
    commune: str
    phone: str
    mail: str
    education: str
    situation: str
    entered_scheme_on: str | None
    prescriber: str
    legal_hold: int
    last_contact: str | None


class PlacementRow(NamedTuple):
    """A work contract serving an obligation; own dates override those of the work contract."""

    placement: int
    work_contract: int
    obligation: int
    start: str | None
    end: str | None
    contract: int
    number: str
    object: str
    lot_number: str
    company: str


class WorkContractRow(NamedTuple):
    """A work contract with what was true at hiring, and its placements."""

    work_contract: int
    employer: int | None
    employer_name: str
    structure_kind: str
    mode: str
    type: str
    post: str
    rome: str
    start: str | None
    end: str | None
    weekly_hours: int | None
    qpv: str
    qpv_code: str
    education: str
    situation: str
    contract_received_on: str | None
    proof_received_on: str | None
    notice_sent_on: str | None
    placements: tuple[PlacementRow, ...]


class ParticipantSheet(NamedTuple):
    """One person; ``months`` adds up all their placements, the latest month first."""

    fields: ParticipantFields
    eligibilities: tuple[EligibilityRow, ...]
    work_contracts: tuple[WorkContractRow, ...]
    hours: tuple[hours.PersonHours, ...]
    months: tuple[tuple[int, Totals], ...]
    totals: Totals
    follow_ups: tuple[follow_ups.FollowUpRow, ...]

    @property
    def first_contract_start(self) -> str | None:
        """The earliest start of their work contracts."""
        return min((work.start for work in self.work_contracts if work.start), default=None)


_FIELDS = (
    "SELECT id, reference, last, first, birth, sex, postcode, commune, phone, mail, education, "
    "situation, entered_scheme_on, prescriber, legal_hold, last_contact FROM participant "
    "WHERE id = ? AND removed = 0"
)
_WORK = (
    "SELECT work.id, work.employer, coalesce(company.name, ''), work.structure_kind, work.mode, "
    'work.type, work.post, work.rome, work.start, work."end", work.weekly_hours, work.qpv, '
    "work.qpv_code, work.education, work.situation, work.contract_received_on, "
    "work.proof_received_on, work.notice_sent_on FROM work_contract AS work "
    "LEFT JOIN company ON company.id = work.employer "
    "WHERE work.participant = ? AND work.removed = 0 ORDER BY coalesce(work.start, '') DESC, "
    "work.id DESC"
)
_PLACEMENTS = (
    'SELECT placement.id, work.id, placement.obligation, placement.start, placement."end", '
    "contract.id, contract.number, contract.object, lot.number, company.name "
    "FROM work_contract AS work CROSS JOIN placement ON placement.work_contract = work.id "
    "AND placement.removed = 0 "
    "CROSS JOIN obligation ON obligation.id = placement.obligation "
    "CROSS JOIN lot ON lot.id = obligation.lot "
    "CROSS JOIN contract ON contract.id = lot.contract "
    "CROSS JOIN company ON company.id = obligation.company "
    "WHERE work.participant = ? ORDER BY coalesce(placement.start, work.start, ''), placement.id"
)


def participant_sheet(connection: Connection, participant: int) -> ParticipantSheet | None:
    """One person with everything around them; None when unknown or removed."""
    key = (participant,)
    fields = connection.execute(_FIELDS, key).fetchone()
    if fields is None:
        return None
    placements: dict[int, list[PlacementRow]] = {}
    for row in connection.execute(_PLACEMENTS, key):
        placements.setdefault(row[1], []).append(PlacementRow(*row))
    lines = hours.of_person(connection, participant)
    months: dict[int, list[tuple[int, int | None]]] = {}
    for line in lines:
        months.setdefault(line.month, []).append((line.declared, line.validated))
    by_month = tuple((month, totals(pairs)) for month, pairs in months.items())
    return ParticipantSheet(
        fields=ParticipantFields(*fields),
        eligibilities=tuple(_eligibilities(connection, id_list(key))),
        work_contracts=tuple(
            WorkContractRow._make((*row, tuple(placements.get(row[0], ()))))
            for row in connection.execute(_WORK, key)
        ),
        hours=tuple(lines),
        months=by_month,
        totals=sum((month for _, month in by_month), Totals()),
        follow_ups=tuple(follow_ups.of_records(connection, "participant", key)),
    )


class ClockRow(NamedTuple):
    """What the eligibility window of a person is counted from; dates ISO."""

    participant: int
    entered_scheme_on: str | None
    first_contract_start: str | None


def clock_rows(
    connection: Connection, participants: list[int]
) -> tuple[list[ClockRow], list[EligibilityRow]]:
    """For some people, when they came in and what was decided."""
    listed = id_list(participants)
    rows = [
        ClockRow(*row)
        for row in connection.execute(
            "SELECT participant.id, participant.entered_scheme_on, (SELECT min(work.start) "
            "FROM work_contract AS work WHERE work.participant = participant.id "
            "AND work.removed = 0) FROM json_each(?) AS wanted "
            "CROSS JOIN participant ON participant.id = wanted.value",
            (listed,),
        )
    ]
    return rows, _eligibilities(connection, listed)
