"""Letters: what would be made and why some are left out, then the files and their filing.

``prepare`` writes nothing. ``make`` writes a letter and a mail draft for each, files each one as
a document and a follow-up, all in one batch; nothing is sent from here.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from suivi_tui import paths
from suivi_tui.actions.letter_files import Written, put_in_place, stem_of, take_away
from suivi_tui.documents.briefs import meeting_briefs
from suivi_tui.documents.certificates import CertificateScope, certificates
from suivi_tui.documents.eligibility_notices import eligibility_notices
from suivi_tui.documents.filling import Filler
from suivi_tui.documents.for_signature import formal_notices, penalty_proposals
from suivi_tui.documents.letter import Found, LeftOut, Letter, Sender, Subject
from suivi_tui.documents.mail import address_of, draft
from suivi_tui.documents.outcome_requests import outcome_requests
from suivi_tui.documents.reminders import reminders
from suivi_tui.documents.templates import read_template
from suivi_tui.model.inputs import checked
from suivi_tui.reference.letters import letter_delays
from suivi_tui.reference.loader import thresholds
from suivi_tui.store.base import Base
from suivi_tui.store.clock import latest_clock
from suivi_tui.store.journal import Change, Receipt, changed, created, write
from suivi_tui.store.queries import entry, penalties
from suivi_tui.store.queries import letters as queries
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.choices import DocumentKind, FollowUpKind
from suivi_tui.vocabulary.errors import UserError
from suivi_tui.vocabulary.numbers import NBSP, plural
from suivi_tui.vocabulary.text import NOTES_LIMIT, clean

REMINDERS = (DocumentKind.REMINDER_1, DocumentKind.REMINDER_2)
EVERYBODY = Subject("", 0)
"""Letters to everybody to whom one is due: reminders of the month, outcomes to ask."""
_WHOLE = CertificateScope()

Progress = Callable[[int, int], None]
"""Told how many letters are ready, of how many; may raise to give up, nothing being written."""


class NothingToMake(UserError):
    """No letter is to be made; the sentence says why. Nothing was written."""


class BaseMoved(UserError):
    """The base changed between the preview and the making of the letters."""

    def __init__(self) -> None:
        super().__init__(
            "La base a changé depuis l'aperçu : aucun courrier n'a été écrit. Relisez l'aperçu, "
            "puis recommencez."
        )


class Request(NamedTuple):
    """What was asked. ``kind`` None: reminders, each at the level that it calls for."""

    kind: DocumentKind | None
    subject: Subject
    today: date
    scope: CertificateScope = _WHOLE


class Prepared(NamedTuple):
    """What would be made: to whom, about what; what is left out and why.

    ``question`` asks the reason without which some letters wait. ``moment`` is when the base was
    read.
    """

    request: Request
    letters: tuple[Letter, ...]
    left_out: tuple[LeftOut, ...]
    question: str
    moment: int

    def without(self, keys: Collection[str]) -> "Prepared":
        """The same without some letters, which the person put aside."""
        return self._replace(letters=tuple(one for one in self.letters if one.key not in keys))


class Made(NamedTuple):
    """A letter that was made and filed; ``addressed`` is False for a draft without recipient."""

    document: int
    kind: DocumentKind
    company: str
    word: Path
    mail: Path
    addressed: bool


def prepare(
    base: Base,
    kind: DocumentKind | None,
    subject: Subject = EVERYBODY,
    *,
    today: date,
    scope: CertificateScope = _WHOLE,
) -> Prepared:
    """What would be made of a kind about a subject; writes nothing.

    Subjects: company, contract, or ``EVERYBODY`` for reminders; participant, company, contract or
    work_contract for eligibility notices; participant, company or ``EVERYBODY`` for outcomes;
    contract or obligation for certificates; operation or contract for briefs; obligation for
    formal notices; obligation or penalty_case for penalties. Raises ReferenceRefused.
    """
    request = Request(kind, subject, today, scope)
    found = _found(base, request)
    return Prepared(request, *found, latest_clock(base.connection))


def _found(base: Base, request: Request) -> Found:
    connection, (kind, subject, today, scope) = base.connection, request
    user_file = paths.reference_file()
    limits, delays, sender = thresholds(user_file), letter_delays(user_file), sender_of(base)
    if kind is None or kind in REMINDERS:
        return reminders(
            connection,
            today,
            limits.alerts,
            delays,
            sender,
            companies=[subject.id] if subject.entity == "company" else None,
            contract=subject.id if subject.entity == "contract" else None,
            level=None if kind is None else REMINDERS.index(kind) + 1,
        )
    if kind is DocumentKind.ELIGIBILITY_NOTICE:
        return eligibility_notices(connection, today, limits.eligibility.months, sender, subject)
    if kind is DocumentKind.OUTCOME_REQUEST:
        about = subject if subject.entity else None
        return outcome_requests(connection, today, delays, sender, about)
    if kind is DocumentKind.CERTIFICATE:
        return certificates(connection, today, sender, subject, scope)
    if kind is DocumentKind.MEETING_BRIEF:
        return meeting_briefs(connection, today, limits, sender, subject)
    if kind is DocumentKind.FORMAL_NOTICE:
        return formal_notices(connection, today, limits, delays, sender, subject.id)
    obligation, case = _penalty(connection, subject)
    return penalty_proposals(connection, today, limits, delays, sender, obligation, case)


def _penalty(connection: Connection, subject: Subject) -> tuple[int, int | None]:
    if subject.entity != "penalty_case":
        return subject.id, None
    row = penalties.one(connection, subject.id)
    return (row.obligation if row else 0), subject.id


def sender_of(base: Base) -> Sender:
    """Who writes: the settings, else the author of the base."""
    known = paths.load_settings()
    author = entry.record(base.connection, "author", int(base.setting("author") or 0)) or {}
    return Sender(
        author=known.author or str(author.get("name") or ""),
        structure=known.structure or str(author.get("structure") or ""),
        role=known.role,
        phone=known.phone,
        mail=known.mail,
        address=known.address,
        town=known.town,
    )


def make(
    base: Base,
    prepared: Prepared,
    folder: Path,
    progress: Progress | None = None,
    *,
    templates: Path | None = None,
) -> list[Made]:
    """Write the letters and their mail drafts into a folder, and file them in one batch.

    Everything or nothing: raises NothingToMake, BaseMoved, TemplateRefused, NotWritten, or what
    ``progress`` raises, the base and the folder being then as before.
    """
    base.require_writable()
    if not prepared.letters:
        raise NothingToMake(
            prepared.question or "Aucun courrier n'est à préparer : rien n'a été écrit."
        )
    if prepared.moment != latest_clock(base.connection):
        _require_unchanged(base, prepared)
    source = templates or paths.templates_directory()
    fillers = {
        kind: Filler(read_template(source, kind))
        for kind in dict.fromkeys(one.kind for one in prepared.letters)
    }
    written = list(_written(base, prepared, fillers, progress))
    placed = put_in_place(folder, written)
    try:
        return _filed(base, prepared, fillers, written, placed)
    except BaseException:
        take_away([path for both in placed for path in both])
        raise


def _require_unchanged(base: Base, prepared: Prepared) -> None:
    """Nobody gets a letter that would not be made any more, or that would say something else."""
    now = {one.key: one for one in _found(base, prepared.request).letters}
    if any(now.get(one.key) != one for one in prepared.letters):
        raise BaseMoved


def _written(
    base: Base,
    prepared: Prepared,
    fillers: dict[DocumentKind, Filler],
    progress: Progress | None,
) -> Iterator[Written]:
    today, total = prepared.request.today, len(prepared.letters)
    known = queries.companies(
        base.connection,
        {one.subject.id for one in prepared.letters if one.subject.entity == "company"},
    )
    for done, letter in enumerate(prepared.letters):
        if progress is not None:
            progress(done, total)
        filler, company = fillers[letter.kind], known.get(letter.subject.id)
        stem = stem_of(letter.key, letter.subject.id, company.siret if company else None, today)
        word = filler.word(letter.values)
        subject, body = filler.mail(letter.values)
        yield Written(stem, word, draft(letter.to, subject, body, (f"{stem}.docx", word)))
    if progress is not None:
        progress(total, total)


def _filed(
    base: Base,
    prepared: Prepared,
    fillers: dict[DocumentKind, Filler],
    written: Sequence[Written],
    placed: Sequence[tuple[Path, Path]],
) -> list[Made]:
    """One document and its follow-up for each letter, in one batch."""
    today = prepared.request.today.isoformat()
    reminded = [
        one.subject.id for one in prepared.letters if one.follow_up is FollowUpKind.REMINDER
    ]
    # A new reminder takes the place of the one that got no answer.
    changes = [
        changed("follow_up", row, "done", today)
        for row in queries.open_reminders(base.connection, reminded)
    ]
    made: list[Made] = []
    for letter, files, (word, mail) in zip(prepared.letters, written, placed, strict=True):
        document = base.new_id()
        template = fillers[letter.kind].template
        changes.append(
            created(
                "document",
                document,
                {
                    "entity": letter.subject.entity,
                    "subject": letter.subject.id,
                    "kind": letter.kind.value,
                    "template": template.name,
                    "version": template.version,
                    "sha256": files.sha256,
                    "made_on": today,
                    "sent_on": None,
                },
            )
        )
        changes += _traces(base, letter, document, today)
        addressed = address_of(letter.to) is not None
        made.append(Made(document, letter.kind, letter.to.company, word, mail, addressed))
    kinds = list(dict.fromkeys(one.kind.label for one in prepared.letters))
    label = f"{plural(len(made), 'courrier', 'courriers')}{NBSP}: {', '.join(kinds)}"
    write(base, changes, label=label)
    return made


def _traces(base: Base, letter: Letter, document: int, today: str) -> Iterator[Change]:
    """The follow-ups of a letter, and what it changes of the records that it speaks of."""
    for subject in (letter.subject, *letter.also):
        due = letter.answer_by.isoformat() if letter.answer_by else None
        values = {
            "entity": subject.entity,
            "subject": subject.id,
            "kind": letter.follow_up.value,
            "date": today,
            "due": due if subject == letter.subject else None,
            "done": None if due and subject == letter.subject else today,
            "text": clean(f"{letter.kind.label}{NBSP}: {letter.about}", NOTES_LIMIT),
        }
        yield created(
            "follow_up", base.new_id(), {**checked("follow_up", values), "document": document}
        )
    for work_contract in letter.notified:
        yield changed("work_contract", work_contract, "notice_sent_on", today)
    for one in letter.asked:
        if one.outcome is not None:
            yield changed("outcome", one.outcome, "asked_on", today)
            continue
        values = {
            "participant": one.participant,
            "path": one.path,
            "point": one.point.value,
            "asked_on": today,
        }
        yield created("outcome", base.new_id(), checked("outcome", values))


def mark_sent(
    base: Base, document: int, sent_on: date | None, answer_by: date | None = None
) -> Receipt:
    """Say when a letter was sent (None: not yet), and until when its answer is awaited.

    A formal notice, once signed and sent, leaves a delay from that day: its deadline takes the
    place of the day on which the signature was to be asked about.
    """
    known = queries.document(base.connection, document)
    if known is None:
        raise NothingToMake("Ce courrier n'est plus dans la base : rien n'a été modifié.")
    day = sent_on.isoformat() if sent_on else None
    changes = [] if day == known.sent_on else [changed("document", document, "sent_on", day)]
    if answer_by is None and sent_on is not None and changes:
        answer_by = _deadline(known, sent_on)
    if answer_by is not None and known.follow_up is not None:
        due = answer_by.isoformat()
        if due != known.due:
            changes.append(changed("follow_up", known.follow_up, "due", due))
    return write(base, changes, label="Date d'envoi d'un courrier")


def _deadline(known: queries.DocumentRow, sent_on: date) -> date | None:
    """The last day that a formal notice leaves; None for another letter."""
    if known.kind != DocumentKind.FORMAL_NOTICE.value:
        return None
    return sent_on + timedelta(days=letter_delays(paths.reference_file()).notice_days)
