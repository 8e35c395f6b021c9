"""A group of holders that owes hours jointly: split, transfers, who did hours for whom.

The mandataire answers for the group (domain.md 1.1); what the members agree between them moves
hours from one to another and never changes what the group owes.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.hours import Hours, format_hours
from suivi_tui.vocabulary.typography import french

_NO_HOURS = Hours(0)


class Transfer(NamedTuple):
    """Hours owed that pass from one member to another; members are ids of companies."""

    giver: int
    receiver: int
    hours: Hours


class HoursFor(NamedTuple):
    """Hours that a company (member or subcontractor) worked, counted for a member."""

    worked_by: int
    counted_for: int
    hours: Hours


class MemberAccount(NamedTuple):
    """What one company owes and does within the group, in hundredths of an hour.

    ``owed`` is ``share`` + ``received`` - ``given``; ``done`` is what counts for the company, of
    which ``by_others`` was worked by others; ``for_others`` is what it worked for others;
    ``balance`` is ``for_others`` - ``by_others``; ``missing`` and ``surplus`` compare ``done``
    with ``owed``. A subcontractor owes nothing: only its work for others shows.
    """

    company: int
    share: Hours
    received: Hours
    given: Hours
    owed: Hours
    done: Hours
    by_others: Hours
    for_others: Hours

    @property
    def balance(self) -> Hours:
        """Work given to others less work received: the balances of a group sum to zero."""
        return Hours(self.for_others - self.by_others)

    @property
    def missing(self) -> Hours:
        """Hours owed and not done."""
        return Hours(max(self.owed - self.done, 0))

    @property
    def surplus(self) -> Hours:
        """Hours done beyond what is owed."""
        return Hours(max(self.done - self.owed, 0))


class JointAccount(NamedTuple):
    """The accounts of a group and their totals; ``missing`` is what the group owes jointly."""

    members: tuple[MemberAccount, ...]
    owed: Hours
    done: Hours
    missing: Hours


class TransferRefused(UserError):
    """A transfer that the group cannot make; nothing was changed."""


def split(total: Hours, weights: Mapping[int, int]) -> dict[int, Hours]:
    """Hours shared out in proportion to weights (amounts, hours, shares), to the hundredth.

    The hundredths left by rounding down go to the largest remainders, the first ones named
    first when they tie: the shares add up to ``total``. Equal shares when every weight is 0. Raises
    ValueError when there is nobody or a weight is negative.
    """
    if not weights or any(weight < 0 for weight in weights.values()):
        raise ValueError("at least one member, and no negative weight")
    whole = sum(weights.values())
    parts = dict(weights) if whole else dict.fromkeys(weights, 1)
    whole = whole or len(parts)
    # An amendment that lowers the objective is shared as one that raises it.
    sign, amount = (-1, -total) if total < 0 else (1, total)
    shares = {member: amount * part // whole for member, part in parts.items()}
    left = amount - sum(shares.values())
    by_remainder = sorted(parts, key=lambda member: -(amount * parts[member] % whole))
    for member in by_remainder[:left]:
        shares[member] += 1
    return {member: Hours(sign * share) for member, share in shares.items()}


def redistribute(shares: Mapping[int, Hours], transfers: Iterable[Transfer]) -> dict[int, Hours]:
    """What each member owes after transfers, in order; the sum never changes.

    Raises TransferRefused when a company is not a member, gives to itself, gives nothing, or
    more than it owes at that moment.
    """
    owed = dict(shares)
    for transfer in transfers:
        _check(transfer, owed)
        owed[transfer.giver] = Hours(owed[transfer.giver] - transfer.hours)
        owed[transfer.receiver] = Hours(owed[transfer.receiver] + transfer.hours)
    return owed


def _check(transfer: Transfer, owed: Mapping[int, Hours]) -> None:
    if transfer.giver not in owed or transfer.receiver not in owed:
        raise TransferRefused(
            french(
                "Un transfert va d'un membre du groupement à un autre ; rien n'a été changé, "
                "vérifiez les deux entreprises."
            )
        )
    if transfer.giver == transfer.receiver:
        raise TransferRefused(
            french(
                "Une entreprise ne peut pas se transférer des heures à elle-même ; rien n'a été "
                "changé, choisissez un autre membre."
            )
        )
    if transfer.hours <= 0:
        raise TransferRefused(
            french(
                "Un transfert porte sur un nombre d'heures supérieur à 0 ; rien n'a été changé, "
                "corrigez le nombre."
            )
        )
    if transfer.hours > owed[transfer.giver]:
        raise TransferRefused(
            french(
                f"L'entreprise ne doit que {format_hours(owed[transfer.giver])} et ne peut pas en "
                f"transférer {format_hours(transfer.hours)} ; rien n'a été changé, corrigez le "
                "nombre."
            )
        )


def joint_account(
    shares: Mapping[int, Hours],
    transfers: Iterable[Transfer] = (),
    work: Iterable[HoursFor] = (),
) -> JointAccount:
    """The account of every member, then of the subcontractors who worked for one of them.

    What a group misses is judged as a whole: the surplus of one covers the lack of another.
    Raises TransferRefused as ``redistribute``, and ValueError on hours counted for a company
    that is not a member.
    """
    moves = tuple(transfers)
    owed = redistribute(shares, moves)
    lines = tuple(work)
    if any(line.counted_for not in owed for line in lines):
        raise ValueError("hours count for members only")
    outsiders = dict.fromkeys(line.worked_by for line in lines if line.worked_by not in owed)
    members = tuple(
        _account(company, shares, owed, moves, lines) for company in (*owed, *outsiders)
    )
    total = Hours(sum(owed.values()))
    done = Hours(sum(line.hours for line in lines))
    return JointAccount(members, total, done, Hours(max(total - done, 0)))


def _account(
    company: int,
    shares: Mapping[int, Hours],
    owed: Mapping[int, Hours],
    transfers: tuple[Transfer, ...],
    work: tuple[HoursFor, ...],
) -> MemberAccount:
    counted = [line for line in work if line.counted_for == company]
    worked = [line for line in work if line.worked_by == company]
    return MemberAccount(
        company=company,
        share=shares.get(company, _NO_HOURS),
        received=Hours(sum(move.hours for move in transfers if move.receiver == company)),
        given=Hours(sum(move.hours for move in transfers if move.giver == company)),
        owed=owed.get(company, _NO_HOURS),
        done=Hours(sum(line.hours for line in counted)),
        by_others=Hours(sum(line.hours for line in counted if line.worked_by != company)),
        for_others=Hours(sum(line.hours for line in worked if line.counted_for != company)),
    )


def proposed_transfers(account: JointAccount) -> tuple[Transfer, ...]:
    """Transfers that let the surplus of some members cover what others miss, in their order.

    After them no member misses hours while another has a surplus. Nothing is decided: the
    members and the buyer agree first.
    """
    spare = {member.company: member.surplus for member in account.members if member.surplus}
    moves = []
    for member in account.members:
        missing = member.missing
        for helper in spare:
            hours = Hours(min(missing, spare[helper]))
            if hours > 0:
                moves.append(Transfer(member.company, helper, hours))
                spare[helper] = Hours(spare[helper] - hours)
                missing = Hours(missing - hours)
    return tuple(moves)
