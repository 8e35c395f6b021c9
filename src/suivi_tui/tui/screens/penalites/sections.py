"""What the penalty desk shows, line by line: the amount and its steps before anything else."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from suivi_tui.tui.plain import shown, wrapped
from suivi_tui.tui.screens.penalites import words
from suivi_tui.tui.screens.shared.sheet import Section, SheetLine
from suivi_tui.tui.screens.shared.texts import joined
from suivi_tui.vocabulary.choices.penalties import Breach
from suivi_tui.vocabulary.money import Money, format_money
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.readings.penalties import PenaltyFile
    from suivi_tui.readings.penalty_basis import Case

FACT: Final = "constat/"
"""Before the code of the breach that a line is about."""

MEANS: Final = "moyens"
STEP: Final = "etape"
SHOWN: Final = 40
NO_TERM: Final = "Aucune pénalité saisie. Touche c pour dire ce que prévoit le marché."
NO_EFFORT: Final = "Aucun échange, aucun besoin noté pour cette entreprise."
NO_CASE: Final = "Aucun dossier. Touche s pour enregistrer cette proposition."


def sections_of(file: "PenaltyFile", width: int) -> list[Section]:
    """The parts of the desk; long sentences are cut to ``width`` cells, so that the steps can be
    read without moving."""
    return [
        Section("Proposition", list(_proposal(file, width))),
        Section("Calcul", list(_steps(file, width)), "Rien à calculer."),
        Section("Constats", list(_findings(file, width))),
        Section("Moyens", list(_means(file, width)), NO_EFFORT),
        Section("Conditions", [
            SheetLine(text, "lot" if term.lot is not None else "", "term", term.term)
            for term in file.terms
            for text in [words.term_words(term.code, term.value)]
        ], NO_TERM),
        Section("Dossiers", [_case(case) for case in file.own_cases], NO_CASE),
    ]  # fmt: skip


def _proposal(file: "PenaltyFile", width: int) -> Iterator[SheetLine]:
    amount = format_money(file.penalty.amount)
    yield SheetLine(words.DECIDES, amount, tone="total")
    for sentence in file.warnings:
        yield from _wrapped(sentence, width, "alerte")
    if file.unnoticed:
        yield SheetLine("Touche l pour préparer la mise en demeure.", tone="muted")
    if file.waiting:
        yield SheetLine("Touche c pour retenir la valeur de l'indice.", tone="muted")


def _steps(file: "PenaltyFile", width: int) -> Iterator[SheetLine]:
    for line in file.penalty.lines:
        yield from _wrapped(line.text, width, "", format_money(line.amount), STEP)
    penalty = file.penalty
    if penalty.waived:
        text = "Écarté : tous les moyens sont prouvés"
        yield SheetLine(text, format_money(penalty.waived), STEP)
    if file.clauses.caps:
        yield SheetLine("Avant plafonds", format_money(penalty.before_caps), STEP)
    if penalty.lines:
        yield SheetLine("Montant proposé", format_money(penalty.amount), STEP, tone="total")


def _findings(file: "PenaltyFile", width: int) -> Iterator[SheetLine]:
    sanctioned = {written.breach for written in file.clauses.penalties}
    for breach, finding in file.findings.items():
        if breach in sanctioned:
            tone = "" if finding.facts is not None else "muted"
            yield from _wrapped(words.finding_words(finding), width, tone, "", FACT + breach.value)
        elif finding.facts is not None:
            text = f"{words.finding_words(finding)} · sans pénalité dans ce marché"
            yield from _wrapped(text, width, "muted", "", FACT + breach.value)


def _means(file: "PenaltyFile", width: int) -> Iterator[SheetLine]:
    waivable = any(written.waived_if_means_proven for written in file.clauses.penalties)
    state = "prouvés" if file.typed.means_proven else "non prouvés"
    told = f"Tous les moyens : {state} (touche m)"
    if not waivable:
        told = f"{told} ; le marché n'en fait pas un motif de remise"
    yield from _wrapped(told, width, "ok" if file.typed.means_proven else "", "", MEANS)
    if file.typed.efforts:
        yield from _wrapped(file.typed.efforts, width, "", "", MEANS)
    for row in file.notices[:SHOWN]:
        yield SheetLine(words.notice_words(row), "", "follow_up", row.follow_up)
    proposed: dict[int, list[str]] = {}
    for proposal in file.proposals:
        proposed.setdefault(proposal.need, []).append(words.proposal_words(proposal))
    for need in file.needs[:SHOWN]:
        yield SheetLine(words.need_words(need), "", "need", need.need)
        for text in proposed.get(need.need, ()):
            yield SheetLine(text, "", "need", need.need)
    noticed = {row.follow_up for row in file.notices}
    others = [row for row in file.exchanges if row.follow_up not in noticed]
    for exchange in others[:SHOWN]:
        yield SheetLine(words.exchange_words(exchange), "", "follow_up", exchange.follow_up)
    if len(others) > SHOWN:
        yield SheetLine(f"… et {len(others) - SHOWN} autres échanges", tone="muted")
    if not (file.notices or file.needs or others):
        yield SheetLine(NO_EFFORT, tone="muted")


def _case(case: "Case") -> SheetLine:
    amount = case.row.amount_cents
    figure = "" if amount is None else format_money(Money(amount))
    waits = case.retained is None
    text = words.case_words(case)
    return SheetLine(text, figure, "penalty_case", case.row.case, "info" if waits else "")


def _wrapped(
    text: str, width: int, tone: str = "", figure: str = "", entity: str = ""
) -> Iterator[SheetLine]:
    """A sentence on as many lines as it takes; its figure is on the last one, as in a sum."""
    text = shown(text, multiline=True)
    for sign in "×=":
        text = text.replace(f" {sign} ", f"{NBSP}{sign} ")
    parts = wrapped(text, max(20, width - 2))
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        indent = "" if place == 0 else NBSP * 2
        yield SheetLine(indent + part, figure if last else "", entity, 0, tone)


def breach_of(line: SheetLine) -> Breach:
    """The breach that a line of facts is about."""
    return Breach(line.entity.removeprefix(FACT))


def title_of(file: "PenaltyFile", on: str) -> str:
    """The contract, the company and the day of the desk."""
    row = file.row
    lot = f"lot {row.lot_number}" if row.lot_number not in ("", "0") else ""
    return joined([row.number or row.object, lot, row.company_name, f"au {on}"])
