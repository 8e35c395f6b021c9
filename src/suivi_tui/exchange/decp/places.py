"""Where a contract is carried out, and the department that this tells."""

import re

from suivi_tui.exchange.decp.faults import RecordFaults, shown
from suivi_tui.exchange.decp.values import comparable, missing, stripped, text

_OVERSEAS = ("971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988")
DEPARTMENTS = frozenset(
    [f"{number:02d}" for number in range(1, 96) if number != 20] + ["2A", "2B", *_OVERSEAS]
)

_TOWN_CODE = re.compile(r"[0-9]{5}|2[AB][0-9]{3}")
# In the SIREN of a commune, a department, a group of communes or a local public body, the
# department follows the first two digits.
_LOCAL_SIREN = re.compile(r"2[1245678]([0-9]{3})")
_WIDE = frozenset(map(comparable, ("Code région", "Code pays")))


def place_of(value: object, told: RecordFaults) -> tuple[str, str]:
    """The place in words (``Croix (59170)``) and its department, empty when not known."""
    field = "lieuExecution"
    if missing(value):
        return "", ""
    if not isinstance(value, dict):
        return text(value), ""
    parts = stripped(value)
    code, name = text(parts.get("code"), 60), text(parts.get("nom"))
    kind = comparable(text(parts.get("typeCode"), 60))
    department = "" if kind in _WIDE else department_of_code(code)
    if code and not department and kind not in _WIDE:
        told.warn(f"{field}.code", f"Code de lieu « {shown(code)} » inconnu : département vide.")
    if name and code and comparable(name) != comparable(code):
        return f"{name} ({code})", department
    return name or code, department


def department_of_code(code: str) -> str:
    """The department of a postcode, of the code of a commune, a canton or a department itself."""
    code = code.upper().replace(" ", "")
    if code in DEPARTMENTS:
        return code
    if code.isdigit() and len(code) == 1:
        code = f"0{code}"
    elif _TOWN_CODE.fullmatch(code) and code.startswith("20"):
        # Postcodes of Corsica: 200 and 201 in the south, 202 to 206 in the north.
        code = "2A" if code[2] in "01" else "2B"
    elif _TOWN_CODE.fullmatch(code) or (code.isdigit() and 3 <= len(code) <= 4):
        code = code[:3] if code[:2] in ("97", "98") else code[:2]
    return code if code in DEPARTMENTS else ""


def department_of_buyer(siret: str) -> str:
    """The department that the SIRET of a local authority tells; empty for any other buyer."""
    found = _LOCAL_SIREN.match(siret) if len(siret) == 14 else None
    if found is None:
        return ""
    digits = found[1]
    code = digits if digits in _OVERSEAS else digits[:2]
    return code if code in DEPARTMENTS else ""
