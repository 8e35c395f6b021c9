"""Import of open procurement data: contracts to qualify, completed by what is published later.

Open data say that a clause exists, never how many hours: a contract that comes in is not taken
up, and owes nothing that is known. What an import may change: ``decp_cells``.
"""

from datetime import date
from pathlib import Path

from suivi_tui.actions.decp_known import Known, known_parties
from suivi_tui.actions.decp_narrowing import Narrowing, narrowed
from suivi_tui.actions.decp_run import Mark, Run
from suivi_tui.actions.import_report import ImportReport, refused, write_import
from suivi_tui.exchange.decp import UnreadableFile, read_decp
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.text import clean


def import_decp(
    base: Base,
    path: Path,
    *,
    today: date,
    everything: bool = False,
    buyer: str | None = None,
    department: str | None = None,
    since: date | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Bring in the contracts that a file of open data publishes, in one batch.

    Only contracts with a social consideration, unless ``everything``; ``buyer`` (name or SIRET),
    ``department`` (code) and ``since`` (notified from that day on) narrow further. An unreadable
    file gives a report with its error. Raises what ``journal.write`` raises.
    """
    try:
        file = read_decp(path, today)
    except UnreadableFile as refusal:
        return refused(path.name, refusal)
    buyers = known_parties(base, "buyer")
    asked = Narrowing(everything, buyer, department, since)
    chosen = narrowed(file, asked, buyers.sirets_named)
    keys = {record.key for record in chosen.records}
    # The lots that do not come in count all the same in the numbers of those that do.
    around = [record for record in file.records if record.key in keys]
    known = Known(base, around, buyers)
    run = Run(base, known, buyers, known_parties(base, "company"), chosen.records)
    run.bring(around)
    if not dry_run:
        write_import(
            base, run.changes(), what="données ouvertes", name=file.name, sha256=file.sha256
        )
    counts = run.counts()
    left_out = file.left_out + len(file.records) - len(chosen.records)
    return ImportReport(
        clean(file.name),
        read=len(file.records) + file.left_out,
        created=counts[Mark.CREATED],
        changed=counts[Mark.CHANGED],
        unchanged=counts[Mark.UNCHANGED],
        left_out=left_out + counts[Mark.LEFT_OUT],
        warnings=(*chosen.warnings, *run.warnings),
    )
