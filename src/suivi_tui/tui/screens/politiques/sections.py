"""What the sheet of a buyer's policy says for a year, line by line, and how each is counted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from suivi_tui.readings.policies import UNITS, Aim, PolicyYear
from suivi_tui.readings.policy_formulas import Computed, gap_text, value_text
from suivi_tui.tui.screens.shared.sheet import Section, SheetLine
from suivi_tui.tui.screens.shared.texts import day, joined, period, said
from suivi_tui.vocabulary.choices import PolicyIndicator, PolicyKind, RefusalGround, label_of
from suivi_tui.vocabulary.money import format_money
from suivi_tui.vocabulary.numbers import NBSP, format_number, format_percent, plural

if TYPE_CHECKING:
    from suivi_tui.store.queries.policies import EvidenceRow, PolicyRow, RefusalRow

NO_POLICY = "Aucune charte, convention ou SPASER. Touche c pour en ajouter une."
NO_AIM = "Aucun engagement cette année. Touche a pour en ajouter un, r pour reprendre ceux d'avant."


class Explained(NamedTuple):
    """What « Expliquer » says of a line: a title and its text."""

    title: str
    text: str


def sections_of(found: PolicyYear) -> list[Section]:
    """The parts of the sheet."""
    return [
        Section("Textes", [_policy(one) for one in found.policies], NO_POLICY),
        Section("Engagements", list(_aims(found)), NO_AIM),
        Section("Calculé", list(_figures(found))),
        Section("Considérations", list(_considerations(found))),
        Section("Sans clause", list(_refusals(found)), "Aucun motif enregistré cette année."),
    ]


def _policy(row: "PolicyRow") -> SheetLine:
    kind = label_of(PolicyKind, row.kind, "Engagement")
    return SheetLine(
        joined([row.name, kind, period(row.start, row.end), row.text]), "", "policy", row.policy
    )


def _aims(found: PolicyYear) -> Iterator[SheetLine]:
    for aim in found.aims:
        yield _aim(found, aim)
        for proof in aim.evidence:
            yield _evidence(proof)


def _aim(found: PolicyYear, aim: Aim) -> SheetLine:
    row, unit = aim.row, aim.unit
    computed = value_text(aim.computed.value, unit) if aim.computed is not None else ""
    typed = value_text(row.typed, unit)
    state = {True: "atteint", False: "non atteint", None: ""}[aim.reached]
    text = joined(
        [
            row.commitment or aim.indicator.label,
            said("cible", value_text(row.target, unit)),
            said("calculé", computed),
            said("saisi", typed),
            said("écart", gap_text(aim.gap, unit)),
            plural(len(aim.evidence), "preuve", "preuves") if aim.evidence else "sans preuve",
        ]
    )
    tone = "alerte" if aim.reached is False else ""
    return SheetLine(text, state, "policy_target", row.policy_target, tone, _explained(found, aim))


def _evidence(row: "EvidenceRow") -> SheetLine:
    text = joined([f"  ↳ {row.label}", row.link])
    return SheetLine(text, day(row.date), "evidence", row.evidence)


def _figures(found: PolicyYear) -> Iterator[SheetLine]:
    for indicator, computed in found.figures.items():
        figure = value_text(computed.value, UNITS[indicator]) or "–"
        yield SheetLine(
            joined([indicator.label, computed.formula]),
            figure,
            about=Explained(indicator.label, _counted(found, indicator, computed)),
        )
    reference = found.reference
    if reference.social_share is not None:
        target = reference.social_share
        share = format_percent(target.share)
        text = f"Repère du plan national {target.first_year}-{target.last_year}"
        yield SheetLine(text, share, tone="muted", about=Explained(
            "Repère national", f"{share} des marchés avec une considération sociale, de "
            f"{target.first_year} à {target.last_year}.\n\nSource : {target.source} "
            f"({target.confidence}). Ce n'est pas un engagement de l'acheteur."))  # fmt: skip
    if reference.spaser_amount is not None and found.share.amount >= reference.spaser_amount:
        text = f"Achats de l'année au-dessus de {format_money(reference.spaser_amount)}"
        yield SheetLine(f"{text} : SPASER à prévoir", tone="alerte", about=Explained(
            "SPASER", f"Montant connu des marchés notifiés : {format_money(found.share.amount)}."
            f"\n\nSeuil : {reference.spaser_source}."))  # fmt: skip


def _considerations(found: PolicyYear) -> Iterator[SheetLine]:
    share = found.share
    told = [
        f"{plural(share.contracts, 'marché notifié', 'marchés notifiés')} en {found.year}",
        f"dont {format_number(found.open_data)} des données ouvertes" if found.open_data else "",
        f"{format_number(found.undated)} sans date de notification" if found.undated else "",
    ]
    yield SheetLine(joined(told), format_money(share.amount), tone="total")
    for line in share.lines:
        if not line.contracts:
            continue
        label = line.consideration.label if line.consideration is not None else "Non renseigné"
        count = plural(line.contracts, "marché", "marchés")
        yield SheetLine(joined([label, count]), format_money(line.amount), about=Explained(
            label, f"{count} sur {format_number(share.contracts)}.\n\nUn marché avec une clause "
            "et un critère est sur deux lignes : elles ne s'additionnent pas."))  # fmt: skip


def _refusals(found: PolicyYear) -> Iterator[SheetLine]:
    for ground in found.refusals:
        label = label_of(RefusalGround, ground.ground, "Motif à préciser")
        yield SheetLine(label, plural(len(ground.refusals), "marché", "marchés"), tone="total")
        for row in ground.refusals:
            yield _refusal(row)


def _refusal(row: "RefusalRow") -> SheetLine:
    text = joined([f"  {row.number or row.object}", row.object if row.number else "", row.text])
    return SheetLine(text, day(row.date), "contract", row.contract)


def _explained(found: PolicyYear, aim: Aim) -> Explained:
    unit = aim.unit
    parts = [
        joined(
            [
                said("Cible", value_text(aim.row.target, unit) or "à saisir"),
                said("Écart", gap_text(aim.gap, unit)),
            ]
        )
    ]
    if aim.computed is not None:
        parts.append(_counted(found, aim.indicator, aim.computed))
    if aim.row.typed is not None:
        typed = f"Saisi à la main{NBSP}: {value_text(aim.row.typed, unit)}."
        parts.append(typed if aim.typed_only else f"{typed} C'est le calculé qui est jugé.")
    parts.append("La cible est atteinte quand le réalisé est au moins égal à elle.")
    return Explained(aim.row.commitment or aim.indicator.label, "\n\n".join(parts))


def _counted(found: PolicyYear, indicator: PolicyIndicator, computed: Computed) -> str:
    figure = value_text(computed.value, UNITS[indicator]) or "–"
    return "\n\n".join([f"Calculé{NBSP}: {figure}", computed.formula, computed.rule,
                        f"Compté sur : {found.name}, {found.year}."])  # fmt: skip
