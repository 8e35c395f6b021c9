"""A record as a file gives it, before its values are read: the same for every shape of file."""

from dataclasses import dataclass

from suivi_tui.exchange.decp.records import Kind
from suivi_tui.exchange.decp.values import text


class RepeatedKeys(dict[str, object]):
    """A JSON object in which some names came back: the last value of each was kept."""

    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The fields of one record in the shape of JSON, names without spaces around them.

    ``unit`` and ``position`` say where it stands (``enregistrement`` 3, ``ligne`` 12). In a CSV
    file (``textual``) every value is a text, and only the columns that exist can be missing.
    """

    kind: Kind
    fields: dict[str, object]
    position: int
    unit: str = "enregistrement"
    textual: bool = False

    @property
    def label(self) -> str:
        """How messages name the record: ``enregistrement 3, marché 2022-242``."""
        number = text(self.fields.get("id"), 60) or "sans numéro"
        return f"{self.unit} {self.position}, {self.kind} {number}"
