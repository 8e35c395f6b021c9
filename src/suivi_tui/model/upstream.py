"""Before the contract and beside it: calibrations, commitments of buyers, who covers what."""

from suivi_tui.model import columns as column
from suivi_tui.model.columns import Row


class Calibration(Row, table=True):
    """One computation of hours for a contract or a lot, kept with its inputs.

    ``inputs`` is JSON (the figures used, with their sources), ``result`` hundredths of hours
    after ``rounding``; ``obligation`` is what it became, null while it is only a proposal.
    """

    contract: int | None = column.reference("contract", optional=True)
    lot: int | None = column.reference("lot", optional=True)
    method: str = column.words()
    inputs: str = column.words()
    result: int | None = column.optional_number()
    rounding: str = column.words()
    obligation: int | None = column.reference("obligation", optional=True)
    made_on: str = column.words()
    comment: str = column.words()


class Policy(Row, table=True):
    """A charter, a convention or a SPASER: what a buyer committed to in general."""

    buyer: int = column.reference("buyer")
    kind: str = column.words()
    name: str = column.words()
    start: str | None = column.optional_words()
    end: str | None = column.optional_words()
    text: str = column.words()


class PolicyTarget(Row, table=True):
    """One commitment of a buyer for one year: an indicator, its target, what was achieved.

    ``target`` and ``typed`` are hundredths of the unit (percent, hours, euros, number);
    ``typed`` is the value entered by hand where the base does not know it.
    """

    __tablename__ = "policy_target"

    buyer: int = column.reference("buyer")
    policy: int | None = column.reference("policy", optional=True)
    year: int = column.number()
    indicator: str = column.words()
    commitment: str = column.words()
    unit: str = column.words()
    target: int | None = column.optional_number()
    typed: int | None = column.optional_number()


class Evidence(Row, table=True):
    """What proves that a target was met: a text and where it is found, never the file."""

    policy_target: int = column.reference("policy_target")
    date: str | None = column.optional_words()
    label: str = column.words()
    link: str = column.words()


class DirectoryEntry(Row, table=True):
    """A facilitator, or the référent of a buyer or service, with the structure they work in."""

    __tablename__ = "directory_entry"

    kind: str = column.words()
    name: str = column.words()
    structure: str = column.words()
    company: int | None = column.reference("company", optional=True)
    buyer: int | None = column.reference("buyer", optional=True)
    service: str = column.words()
    role: str = column.words()
    commune: str = column.words()
    mail: str = column.words()
    phone: str = column.words()
    comment: str = column.words()


class Coverage(Row, table=True):
    """Where, and for which trade, an entry of the directory or a structure can be called.

    ``territory`` is the INSEE code of a commune or of a département, ``R`` and the INSEE code of a
    region (``R84``: Auvergne-Rhône-Alpes; ``84`` alone is Vaucluse), or '' for no territory.
    """

    entry: int | None = column.reference("directory_entry", optional=True)
    company: int | None = column.reference("company", optional=True)
    territory: str = column.words()
    trade: str = column.words()
