"""What reading a file line by line has to say: warnings, lines left out, the lines themselves."""

from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar


class LineWarning(NamedTuple):
    """One remark in plain French about one field of one line.

    ``record`` is the number of the line as a spreadsheet shows it (that of the header when the
    remark is about a column), ``field`` the name of the column, empty for the whole line.
    """

    record: int
    field: str
    message: str


L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class LinesFile(Generic[L]):
    """The lines of one file that could be read.

    ``left_out`` has exactly one entry for each line that was not kept, so that the lines read
    are ``len(lines) + len(left_out)``; rows without any text are not lines. ``columns`` names
    the columns of ours that the file has. ``sha256`` is the fingerprint of the file.
    """

    name: str
    sha256: str
    lines: list[L]
    warnings: list[LineWarning] = field(default_factory=list)
    left_out: list[LineWarning] = field(default_factory=list)
    columns: frozenset[str] = frozenset()

    @property
    def read(self) -> int:
        """How many lines the file holds, kept or left out."""
        return len(self.lines) + len(self.left_out)
