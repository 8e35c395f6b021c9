"""A group that owes jointly: whatever moves inside, the sums stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi_tui.rules.joint_obligation import (
    HoursFor,
    Transfer,
    TransferRefused,
    joint_account,
    proposed_transfers,
    redistribute,
    split,
)
from suivi_tui.vocabulary.hours import Hours

LEAD, SECOND, THIRD, SUBCONTRACTOR = 1, 2, 3, 9


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (1_000, {LEAD: 1}, [1_000]),
        (1_000, {LEAD: 70, SECOND: 30}, [700, 300]),
        # The hundredth left goes to the largest remainder, to the first when they tie.
        (1_000, {LEAD: 1, SECOND: 1, THIRD: 1}, [334, 333, 333]),
        (1_001, {LEAD: 1, SECOND: 1}, [501, 500]),
        (100, {LEAD: 1, SECOND: 5}, [17, 83]),
        (1, {LEAD: 1, SECOND: 2}, [0, 1]),
        (0, {LEAD: 1, SECOND: 2}, [0, 0]),
        (1_000, {LEAD: 0, SECOND: 0}, [500, 500]),
        (1_000, {LEAD: 0, SECOND: 4}, [0, 1_000]),
        (-1_000, {LEAD: 1, SECOND: 1, THIRD: 1}, [-334, -333, -333]),
    ],
)
def test_split(total: int, weights: dict[int, int], shares: list[int]) -> None:
    assert list(split(Hours(total), weights).values()) == shares


@pytest.mark.parametrize("weights", [{}, {LEAD: -1}])
def test_nothing_to_split_between(weights: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="member"):
        split(Hours(1), weights)


SHARES = {LEAD: Hours(7_000), SECOND: Hours(3_000), THIRD: Hours(0)}


def test_transfers_move_what_is_owed() -> None:
    moves = [Transfer(LEAD, THIRD, Hours(7_000)), Transfer(THIRD, SECOND, Hours(1))]
    assert redistribute(SHARES, moves) == {LEAD: 0, SECOND: 3_001, THIRD: 6_999}


@pytest.mark.parametrize(
    ("transfer", "said"),
    [
        (Transfer(LEAD, SUBCONTRACTOR, Hours(1)), "d'un membre du groupement"),
        (Transfer(SUBCONTRACTOR, LEAD, Hours(1)), "d'un membre du groupement"),
        (Transfer(LEAD, LEAD, Hours(1)), "à elle-même"),
        (Transfer(LEAD, SECOND, Hours(0)), "supérieur à 0"),
        (Transfer(LEAD, SECOND, Hours(-1)), "supérieur à 0"),
        (Transfer(LEAD, SECOND, Hours(7_001)), "ne doit que 70,00\u00a0h"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(transfer: Transfer, said: str) -> None:
    with pytest.raises(TransferRefused, match=said):
        redistribute(SHARES, [transfer])


def test_who_did_hours_for_whom() -> None:
    account = joint_account(
        SHARES,
        [Transfer(LEAD, THIRD, Hours(500))],
        [
            HoursFor(LEAD, LEAD, Hours(6_000)),
            HoursFor(LEAD, SECOND, Hours(1_000)),
            HoursFor(SUBCONTRACTOR, LEAD, Hours(900)),
            HoursFor(SECOND, SECOND, Hours(1_500)),
        ],
    )
    found = {
        member.company: (member.owed, member.done, member.balance, member.missing, member.surplus)
        for member in account.members
    }
    assert found == {
        LEAD: (6_500, 6_900, 1_000 - 900, 0, 400),
        SECOND: (3_000, 2_500, -1_000, 500, 0),
        THIRD: (500, 0, 0, 500, 0),
        SUBCONTRACTOR: (0, 0, 900, 0, 0),
    }
    # Jointly, the surplus of one covers the lack of another.
    assert (account.owed, account.done, account.missing) == (10_000, 9_400, 600)
    assert proposed_transfers(account) == (Transfer(SECOND, LEAD, Hours(400)),)


def test_hours_count_for_members_only() -> None:
    with pytest.raises(ValueError, match="members"):
        joint_account(SHARES, (), [HoursFor(LEAD, SUBCONTRACTOR, Hours(1))])


@pytest.mark.parametrize(("done", "missing"), [(9_999, 1), (10_000, 0), (10_001, 0)])
def test_a_group_at_its_limit(done: int, missing: int) -> None:
    work = [HoursFor(SECOND, SECOND, Hours(done))]
    assert joint_account(SHARES, (), work).missing == missing


MEMBERS = st.dictionaries(st.integers(1, 6), st.integers(0, 10**9), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.integers(-(10**7), 10**7), MEMBERS)
def test_shares_add_up_to_the_total(total: int, weights: dict[int, int]) -> None:
    shares = split(Hours(total), weights)
    whole = sum(weights.values())
    assert sum(shares.values()) == total
    for member, weight in weights.items() if whole else ():
        assert abs(shares[member] * whole - total * weight) < whole


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 10_000).map(Hours), min_size=2, max_size=4),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 9_000)), max_size=6),
)
def test_exchanges_and_transfers_balance_to_zero(
    owed: list[Hours], done: list[tuple[int, int, int]]
) -> None:
    shares = dict(enumerate(owed))
    work = [HoursFor(by, for_ % len(owed), Hours(hours)) for by, for_, hours in done]
    account = joint_account(shares, (), work)
    assert sum(member.balance for member in account.members) == 0
    after = joint_account(shares, proposed_transfers(account), work)
    assert after.owed == account.owed == sum(owed)
    assert sum(m.received for m in after.members) == sum(m.given for m in after.members)
    missing = sum(member.missing for member in after.members)
    surplus = sum(member.surplus for member in after.members)
    assert missing == after.missing
    assert not (missing and surplus)
