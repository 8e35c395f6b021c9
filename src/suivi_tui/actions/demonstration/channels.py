"""The routes by which hours are worked: a structure, a work contract, a usual month.

Shares by route follow a real département's observatory (domain.md 5.1, 5.2).
"""

from dataclasses import dataclass

from suivi_tui.vocabulary.choices import CompanyKind, EmploymentKind, Mode


@dataclass(frozen=True, slots=True)
class Channel:
    """A route: how people are hired, by whom, for how long.

    ``structure`` names the insertion structure or agency that employs, '' for the holder itself.
    ``line`` is the usual number of hours of a month on a site, ``shortest`` and ``longest`` the
    months of a work contract, ``weekly`` its weekly hours.
    """

    kind: CompanyKind
    structure: str
    mode: Mode
    employment: EmploymentKind
    line: int
    shortest: int
    longest: int
    weekly: int = 35

    @property
    def staffing(self) -> bool:
        """Whether hours are worked by the mission, and invoiced."""
        return self.kind in (CompanyKind.ETTI, CompanyKind.ETT)

    @property
    def learning(self) -> bool:
        """Whether it is a work-study contract."""
        return self.employment in (
            EmploymentKind.APPRENTICESHIP,
            EmploymentKind.PROFESSIONAL_TRAINING,
        )


_ORDINARY, _DIRECT, _LENT = CompanyKind.ORDINARY, Mode.DIRECT, Mode.STAFFING
_SERVED = Mode.SUBCONTRACT
_INSERTION = EmploymentKind.INSERTION_FIXED_TERM

CHANNELS: dict[str, Channel] = {
    "CDI": Channel(_ORDINARY, "", _DIRECT, EmploymentKind.PERMANENT, 109, 5, 10),
    "CDD": Channel(_ORDINARY, "", _DIRECT, EmploymentKind.FIXED_TERM, 86, 4, 6),
    "APP": Channel(_ORDINARY, "", _DIRECT, EmploymentKind.APPRENTICESHIP, 80, 5, 10),
    "PEC": Channel(_ORDINARY, "", _DIRECT, EmploymentKind.ASSISTED, 66, 3, 6, 26),
    "FORM": Channel(_ORDINARY, "", Mode.TRAINING, EmploymentKind.INTERNSHIP, 93, 3, 4),
    "ETTI": Channel(CompanyKind.ETTI, "etti", _LENT, EmploymentKind.INSERTION_MISSION, 66, 3, 5),
    "ETTIM": Channel(CompanyKind.ETTI, "etti", _LENT, EmploymentKind.MISSION, 66, 3, 5),
    "ETT": Channel(CompanyKind.ETT, "ett", _LENT, EmploymentKind.MISSION, 66, 3, 5),
    "GEIQ": Channel(
        CompanyKind.GEIQ, "geiq", _LENT, EmploymentKind.PROFESSIONAL_TRAINING, 85, 5, 9
    ),
    "EI": Channel(CompanyKind.EI, "ei", _SERVED, _INSERTION, 72, 4, 7, 30),
    "AI": Channel(CompanyKind.AI, "ai", _LENT, _INSERTION, 40, 4, 7, 20),
    "REGIE": Channel(CompanyKind.REGIE, "regie", _SERVED, _INSERTION, 60, 4, 7, 26),
    "ACI": Channel(CompanyKind.ACI, "aci", _SERVED, _INSERTION, 62, 4, 6, 26),
    "EA": Channel(CompanyKind.EA, "ea", _SERVED, EmploymentKind.SPRINGBOARD, 77, 3, 5),
}


def read_teams(text: str) -> dict[str, int]:
    """Hours by route, from ``CDI 700 ETTI 1200``."""
    words = text.split()
    return {name: int(hours) for name, hours in zip(words[::2], words[1::2], strict=True)}
