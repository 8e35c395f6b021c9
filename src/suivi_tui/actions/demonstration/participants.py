"""The rows of people: identity, criteria and proofs, work contracts, placements."""

from dataclasses import dataclass
from datetime import date, timedelta

from suivi_tui.actions.demonstration.names import MEN, REFERENCE, WOMEN, mail
from suivi_tui.actions.demonstration.posts import Post
from suivi_tui.actions.demonstration.profiles import Profile
from suivi_tui.actions.demonstration.trades import TRADES
from suivi_tui.actions.demonstration.world import PEOPLE, World, iso
from suivi_tui.store.journal import Change, Value
from suivi_tui.vocabulary.choices import Criterion, Decision, Proof, Residence, Sex
from suivi_tui.vocabulary.dates import add_calendar_months
from suivi_tui.vocabulary.numbers import plural

_WINDOW_MONTHS = 24
_COMMUNES = (
    ("99100", "Valorme"),
    ("99100", "Valorme"),
    ("99100", "Valorme"),
    ("99110", "Villeneuve-d'Orme"),
    ("99120", "Saint-Aubin-sur-Orme"),
    ("99130", "La Chapelle-en-Orme"),
)
_PROOFS = {
    Criterion.LONG_TERM: Proof.EMPLOYMENT_SERVICE,
    Criterion.RSA: Proof.BENEFITS,
    Criterion.YOUNG: Proof.IDENTITY,
    Criterion.SENIOR: Proof.IDENTITY,
    Criterion.INSERTION: Proof.INSERTION_PASS,
    Criterion.DISABILITY: Proof.DISABILITY,
    Criterion.OPINION: Proof.OPINION,
    Criterion.QPV: Proof.ADDRESS,
    Criterion.LOW_QUALIFICATION: Proof.REFERRAL,
}
_RULES = "CCAG 2021"


@dataclass(slots=True)
class Person:
    """A person being written: what the stories may still change before it is."""

    profile: Profile
    first: str
    last: str
    entered_on: date
    decided_on: date
    proof: str
    proof_on: date | None
    birth: date
    row: int = 0


@dataclass(slots=True)
class Placed:
    """A post that has its rows: whose it is, its work contract, its placements."""

    post: Post
    person: Person
    work_contract: int
    placement: int
    second_placement: int | None = None


def people_of(world: World, profiles: list[Profile]) -> list[Person]:
    """People with their names and the dates of their eligibility."""
    ordered = sorted(
        profiles, key=lambda profile: (profile.path.hired_on, profile.path.first.obligation.id)
    )
    return [_person(world, profile) for profile in ordered]


def _person(world: World, profile: Profile) -> Person:
    hired = profile.path.hired_on
    decided = hired - timedelta(days=world.rng.randint(2, 12))
    return Person(
        profile,
        world.rng.choice(WOMEN if profile.sex is Sex.WOMAN else MEN),
        world.surnames(),
        entered_on=hired,
        decided_on=decided,
        proof=_PROOFS[profile.criterion].value,
        proof_on=decided - timedelta(days=world.rng.randint(1, 45)),
        birth=profile.birth,
    )


def plan_people(world: World, people: list[Person]) -> list[Placed]:
    """Write people and their posts, month of hiring by month of hiring."""
    months: dict[int, list[Change]] = {}
    counts: dict[int, int] = {}
    placed = []
    for rank, person in enumerate(people, 1):
        hired = world.timeline.offset(person.profile.path.hired_on)
        months.setdefault(hired, []).extend(_identity(world, person, rank))
        counts[hired] = counts.get(hired, 0) + 1
        for post in person.profile.path.posts:
            placed.append(_post(world, person, post, months))
    for offset, lines in sorted(months.items()):
        label = f"Embauches {world.timeline.of_month(offset)}"
        if offset in counts:
            new = plural(counts[offset], "nouvelle personne", "nouvelles personnes")
            label = f"{label}\u00a0: {new}"
        world.plan(world.timeline.day(offset, 28), PEOPLE, label, lines, author=offset % 2)
    return placed


def _identity(world: World, person: Person, rank: int) -> list[Change]:
    profile, rng = person.profile, world.rng
    postcode, commune = rng.choice(_COMMUNES[:3] if profile.qpv is Residence.YES else _COMMUNES)
    person.row, change = world.create(
        "participant",
        {
            "reference": f"{REFERENCE}{rank:03d}",
            "last": person.last,
            "first": person.first,
            "birth": iso(person.birth),
            "sex": profile.sex.value,
            "postcode": postcode,
            "commune": commune,
            "phone": world.numbers.mobile(),
            "mail": mail(person.first, person.last) if rng.random() < 0.7 else "",
            "education": profile.education,
            "situation": profile.situation.value,
            "entered_scheme_on": iso(person.entered_on),
            "prescriber": profile.prescriber,
            "last_contact": iso(person.decided_on),
        },
    )
    return [change, *_eligibilities(world, person)]


def _eligibilities(world: World, person: Person) -> list[Change]:
    profile = person.profile
    criteria = [profile.criterion]
    if profile.qpv is Residence.YES and world.rng.random() < 0.6:
        criteria.append(Criterion.QPV)
    if profile.education in ("sans_diplome", "cap_bep") and world.rng.random() < 0.3:
        criteria.append(Criterion.LOW_QUALIFICATION)
    changes = []
    for rank, criterion in enumerate(criteria, 1):
        # A person without proof has none for the other criteria either.
        proof = person.proof if rank == 1 or not person.proof else _PROOFS[criterion].value
        proven = person.proof_on if proof else None
        values: dict[str, Value] = {
            "participant": person.row,
            "rank": rank,
            "criterion": criterion.value,
            "proof": proof,
            "proof_on": iso(proven),
            "decision": Decision.ACCEPTED.value,
            "decided_on": iso(person.decided_on),
            "ends_on": iso(
                add_calendar_months(person.entered_on, _WINDOW_MONTHS) - timedelta(days=1)
            )
            if rank == 1
            else None,
            "rule_set": _RULES,
        }
        changes.append(world.create("eligibility", values)[1])
    return changes


def _post(world: World, person: Person, post: Post, months: dict[int, list[Change]]) -> Placed:
    """A work contract in the month of its start, a second site in the month it begins."""
    obligation, channel, profile = post.obligation, post.channel, person.profile
    trade = TRADES[obligation.lot_plan.trade]
    employer = world.companies[channel.structure] if channel.structure else obligation.company
    work_contract, contract_change = world.create(
        "work_contract",
        {
            "participant": person.row,
            "employer": employer,
            "structure_kind": channel.kind.value,
            "mode": channel.mode.value,
            "type": channel.employment.value,
            "post": f"{trade.post} en alternance" if channel.learning else trade.post,
            "rome": trade.rome,
            "start": iso(post.start),
            "end": iso(post.end),
            "weekly_hours": post.weekly * 100,
            "qpv": profile.qpv.value,
            "qpv_code": "QN09901X" if profile.qpv is Residence.YES else "",
            "education": profile.education,
            "situation": profile.situation.value,
        },
    )
    # A permanent employee or an apprentice may leave the site and stay in the company.
    left = post.last_day if post.outlasts and post.last_day <= world.timeline.today else None
    placement, change = _placement(world, work_contract, obligation.id, post.start, left)
    begun = months.setdefault(world.timeline.offset(post.start), [])
    begun += [contract_change, change]
    placed = Placed(post, person, work_contract, placement)
    if post.second is not None:
        other, lines = post.second
        start = max(world.timeline.day(min(lines), 1), post.start)
        placed.second_placement, change = _placement(
            world, work_contract, other.id, start, world.timeline.day(max(lines), 31)
        )
        months.setdefault(min(lines), []).append(change)
    return placed


def _placement(
    world: World, work_contract: int, obligation: int, start: date, end: date | None
) -> tuple[int, Change]:
    return world.create(
        "placement",
        {
            "work_contract": work_contract,
            "obligation": obligation,
            "start": iso(start),
            "end": iso(end),
        },
    )
