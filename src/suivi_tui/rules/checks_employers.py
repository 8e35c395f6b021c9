"""Which employer goes with which route and which work contract (domain.md 5.1 to 5.3).

Only what contradicts is said: a kind of structure, a route or a contract that is unknown or
"autre" fits everything.
"""

from typing import Final

from suivi_tui.rules.checks_facts import CheckedLine
from suivi_tui.vocabulary.choices import CompanyKind, EmploymentKind, Mode, label_of
from suivi_tui.vocabulary.numbers import NBSP

_STAFFING: Final = (
    CompanyKind.ETTI,
    CompanyKind.AI,
    CompanyKind.GEIQ,
    CompanyKind.EATT,
    CompanyKind.ETT,
)
# Who may sign a contract that only some structures sign (domain.md 5.2).
_SIGNED_BY: Final = {
    EmploymentKind.INSERTION_MISSION: (CompanyKind.ETTI,),
    EmploymentKind.MISSION: (CompanyKind.ETT, CompanyKind.EATT),
    EmploymentKind.INSERTION_FIXED_TERM: (
        CompanyKind.ACI,
        CompanyKind.EI,
        CompanyKind.AI,
        CompanyKind.REGIE,
    ),
    EmploymentKind.INSERTION_PERMANENT: (
        CompanyKind.EI,
        CompanyKind.ACI,
        CompanyKind.AI,
        CompanyKind.ETTI,
        CompanyKind.REGIE,
    ),
    EmploymentKind.SPRINGBOARD: (CompanyKind.EA, CompanyKind.EATT),
}
# What a structure that signs few contracts signs; work-study contracts go with all of them.
_WORK_STUDY: Final = (EmploymentKind.APPRENTICESHIP, EmploymentKind.PROFESSIONAL_TRAINING)
_SIGNS: Final = {
    CompanyKind.ETTI: (EmploymentKind.INSERTION_MISSION, EmploymentKind.INSERTION_PERMANENT),
    CompanyKind.ETT: (EmploymentKind.MISSION, EmploymentKind.PERMANENT),
    CompanyKind.EATT: (EmploymentKind.MISSION, EmploymentKind.SPRINGBOARD),
}
# No work contract of ordinary law: users of an ESAT, self-employed, detained people.
_NO_WORK_CONTRACT: Final = (CompanyKind.ESAT, CompanyKind.EITI, CompanyKind.PRISON)


def employer_and_mode(line: CheckedLine) -> str:
    """``employeur_modalite``: who employs does not go with the route.

    A direct hire is made by a company of the lot; staff is provided by ETTI, AI, GEIQ, EATT or
    ETT, and those do not take a part of the works.
    """
    work = line.placement.work_contract
    kind, who = _kind(work.structure_kind), work.employer_name or "l'employeur"
    if work.mode == Mode.DIRECT.value:
        members = line.placement.obligation.members
        if work.employer is None or not members or work.employer in members:
            return ""
        return f"Embauche directe, mais {who} n'est pas une entreprise de ce lot."
    if kind is None:
        return ""
    if work.mode == Mode.STAFFING.value and kind not in _STAFFING:
        return (
            f"Mise à disposition par {who} ({kind.short}){NBSP}: seules {_shorts(_STAFFING)} "
            "mettent du personnel à disposition."
        )
    if work.mode == Mode.SUBCONTRACT.value and kind in _STAFFING:
        return (
            f"Sous-traitance à {who} ({kind.short}), qui met du personnel à disposition et ne "
            "prend pas de part de travaux."
        )
    return ""


def employer_and_contract(line: CheckedLine) -> str:
    """``employeur_contrat``: who employs does not sign that kind of work contract.

    An ETTI signs missions, never the CDI of the holder; a CDDI is signed by ACI, EI, AI, régie.
    """
    work = line.placement.work_contract
    kind, found = _kind(work.structure_kind), EmploymentKind._value2member_map_.get(work.type)
    if kind is None or not isinstance(found, EmploymentKind) or found is EmploymentKind.OTHER:
        return ""
    label = label_of(EmploymentKind, work.type)
    if kind in _NO_WORK_CONTRACT:
        return f"{label} avec {kind.short}{NBSP}: cette structure ne signe pas ce contrat."
    signs = _SIGNS.get(kind)
    if signs is not None and found not in (*signs, *_WORK_STUDY):
        told = " ou ".join(_in_a_sentence(item.label) for item in signs)
        return f"{label} avec {kind.short}{NBSP}: contrat attendu, {told}."
    signed_by = _SIGNED_BY.get(found)
    if signed_by is not None and kind not in signed_by:
        return f"{label} avec {kind.short}{NBSP}: ce contrat est signé par {_shorts(signed_by)}."
    return ""


def _kind(code: str) -> CompanyKind | None:
    found = CompanyKind._value2member_map_.get(code)
    known = isinstance(found, CompanyKind) and found is not CompanyKind.OTHER
    return found if known and isinstance(found, CompanyKind) else None


def _shorts(kinds: tuple[CompanyKind, ...]) -> str:
    names = [_in_a_sentence(kind.short) for kind in kinds]
    return " ou ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _in_a_sentence(label: str) -> str:
    """A label inside a sentence: its capital falls, unless it is a set of initials."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
