"""The records of a JSON file, in each of the shapes found in open data.

2022: ``{"marches": {"marche": [...], "contrat-concession": [...]}}``; 2019: ``{"marches": [...]}``;
a bare list; a single record.
"""

from suivi_tui.exchange.decp.faults import Faults, UnreadableFile, shown
from suivi_tui.exchange.decp.raw import RawRecord, RepeatedKeys
from suivi_tui.exchange.decp.records import Kind
from suivi_tui.exchange.decp.values import NOT_A_NUMBER, comparable, missing, stripped
from suivi_tui.vocabulary.numbers import format_number

MAX_RECORDS = 500_000
MAX_DEPTH = 12

_ROOT = "marches"
_WRAPPERS = {"marche": "marché", "contrat-concession": "concession"}
# Enough of the format to tell a record from any other JSON object.
_TELLING = frozenset(
    ("acheteur", "autoriteConcedante", "titulaires", "codeCPV", "objet", "montant", "nature")
)


def json_records(tree: object, name: str, faults: Faults) -> tuple[list[RawRecord], int]:
    """The records of a JSON file, and how many of its items are none.

    Raises :class:`UnreadableFile` when it holds something else than contracts.
    """
    found = _listed(tree, name)
    if len(found) > MAX_RECORDS:
        raise UnreadableFile(
            name,
            f"il a plus de {format_number(MAX_RECORDS)} enregistrements",
            "partagez-le en plusieurs fichiers",
        )
    records: list[RawRecord] = []
    for position, (kind, item) in enumerate(found, 1):
        fields = _fields(item)
        if fields is None:
            label = f"enregistrement {position}"
            message = f"Ce n'est pas un marché (« {shown(item)} ») : laissé de côté."
            faults.warn(label, "", message)
            continue
        record = RawRecord(kind or _kind(fields), fields, position)
        _tell_oddities(item, record, faults, "", 0)
        records.append(record)
    return records, len(found) - len(records)


def _listed(tree: object, name: str) -> list[tuple[Kind | None, object]]:
    """The items of the file, with their kind where the shape tells it."""
    root = tree
    if isinstance(tree, dict):
        fields = stripped(tree)
        root = fields.get(_ROOT, tree)
        if root is tree and _TELLING & fields.keys():
            return [(None, tree)]
    if isinstance(root, list):
        return [(None, item) for item in root]
    found: list[tuple[Kind | None, object]] = []
    if isinstance(root, dict):
        lists = stripped(root)
        recognised = False
        for key, value in lists.items():
            kind = _kind_of_list(key)
            if kind is None:
                continue
            recognised = True
            if isinstance(value, list):
                found += [(kind, item) for item in value]
            elif not missing(value):
                found.append((kind, value))
        if recognised or (root is not tree and not lists):
            return found
    raise UnreadableFile(
        name,
        "il ne contient pas de marchés publics",
        "choisissez un fichier de données essentielles (DECP)",
    )


def _kind_of_list(key: str) -> Kind | None:
    if comparable(key) in ("marche", "marches"):
        return "marché"
    return "concession" if "concession" in comparable(key) else None


def _fields(item: object) -> dict[str, object] | None:
    """The fields of a record, out of the object that sometimes wraps it."""
    if not isinstance(item, dict):
        return None
    fields = stripped(item)
    if len(fields) == 1:
        (wrapper, inner), *_ = fields.items()
        if wrapper in _WRAPPERS and isinstance(inner, dict):
            return stripped(inner)
    return fields


def _kind(fields: dict[str, object]) -> Kind:
    """The kind of a record in a list that mixes both (2019)."""
    said = f"{shown(fields.get('_type', ''))} {shown(fields.get('nature', ''))}".lower()
    if "concession" in said or "délégation" in said:
        return "concession"
    awarded = missing(fields.get("acheteur")) and not missing(fields.get("autoriteConcedante"))
    return "concession" if awarded else "marché"


def _tell_oddities(value: object, record: RawRecord, faults: Faults, path: str, depth: int) -> None:
    """Say what JSON itself gets wrong: names written twice or with spaces, values like NaN."""
    if value is NOT_A_NUMBER:
        faults.warn(record.label, path, "Valeur NaN ou infinie : lue comme vide.")
    elif depth >= MAX_DEPTH:
        return
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list) or item is NOT_A_NUMBER:
                _tell_oddities(item, record, faults, path, depth + 1)
    elif isinstance(value, dict):
        inside = f"{path}." if path else ""
        if isinstance(value, RepeatedKeys):
            for name in value.repeated:
                message = "Champ écrit deux fois : la dernière valeur est gardée."
                faults.warn(record.label, f"{inside}{name}", message)
        for name, item in value.items():
            if name != name.strip():
                message = "Nom de champ entouré d'espaces : le champ a été lu."
                faults.warn_once(record.label, f"{inside}{name}", message)
            if isinstance(item, dict | list) or item is NOT_A_NUMBER:
                _tell_oddities(item, record, faults, f"{inside}{name.strip()}", depth + 1)
