"""What is said of a frozen synthesis that was computed again."""

from suivi_tui.readings.scope_words import period_words, scope_words
from suivi_tui.readings.snapshots import Verification
from suivi_tui.rules.version import RULES_VERSION
from suivi_tui.store.queries.connection import Connection
from suivi_tui.vocabulary.dates import format_date
from suivi_tui.vocabulary.numbers import format_number, plural
from suivi_tui.vocabulary.typography import french


def verdict_of(checked: Verification) -> list[str]:
    """A verification in a few French sentences, what matters most first."""
    if not checked.frozen.readable:
        return [
            "Le contenu de cette synthèse ne peut pas être lu : il a été modifié hors de suivi-tui."
        ]
    sentences = [_content(checked), _figures(checked)]
    if checked.rules_changed:
        sentences.append(
            f"Les règles de calcul ont changé : version {checked.frozen.rules_version} alors, "
            f"{RULES_VERSION} aujourd'hui."
        )
    sentences.append(_proof(checked))
    if checked.changed_lines:
        lines = plural(checked.changed_lines, "ligne a changé", "lignes ont changé")
        sentences.append(f"{lines} depuis dans ce périmètre.")
    elif checked.differences and not checked.rules_changed:
        sentences.append(
            "Aucune ligne n'a changé depuis dans ce périmètre : l'écart vient d'ailleurs, les "
            "valeurs de référence par exemple."
        )
    return [french(sentence) for sentence in sentences if sentence]


def _content(checked: Verification) -> str:
    if checked.intact:
        return ""
    return (
        "L'empreinte ne correspond plus : les chiffres gardés ont été modifiés hors de suivi-tui. "
        "Vérifiez la base."
    )


def _figures(checked: Verification) -> str:
    count = len(checked.differences)
    if not count:
        return "Recalculés aujourd'hui, les chiffres sont les mêmes."
    differ = plural(count, "chiffre n'est plus le même", "chiffres ne sont plus les mêmes")
    return f"Recalculés aujourd'hui, {differ}."


def _proof(checked: Verification) -> str:
    if checked.reproduced is None:
        return (
            "L'historique de cette base ne remonte pas jusqu'à cette synthèse (base restaurée "
            "d'une sauvegarde) : elle ne peut pas être rejouée."
        )
    if checked.reproduced:
        return "Rejoués tels que la base était connue ce jour-là, ils sont retrouvés à l'identique."
    if checked.rules_changed:
        return "Avec les règles d'aujourd'hui, la base d'alors donne d'autres chiffres."
    return (
        "La base d'alors, rejouée, ne redonne pas ces chiffres : des données ont été effacées "
        "depuis, ou l'historique a été modifié hors de suivi-tui."
    )


def explanation_of(connection: Connection, checked: Verification) -> str:
    """What a frozen synthesis is made of, and how it is proven, in paragraphs."""
    frozen = checked.frozen
    if not frozen.readable:
        return "\n\n".join(verdict_of(checked))
    asked, bands = frozen.asked, frozen.asked.bands
    ages = ", ".join(band.label.lower() for band in bands.ages)
    parts = [
        f"Périmètre : {scope_words(connection, frozen.filters)} ; {period_words(frozen.filters)}.",
        f"Figée le {frozen.made}, chiffres du {format_date(asked.day)} ; un ETP compte "
        f"{format_number(asked.fte_base or 0)} h ; âges : {ages}.",
        f"Règles de calcul : version {frozen.rules_version} (aujourd'hui {RULES_VERSION}).",
        f"Empreinte (SHA-256 des filtres, des chiffres et de la version) : {frozen.fingerprint}.",
        *verdict_of(checked),
        "Comment c'est vérifié : la base est rejouée en mémoire depuis l'historique, jusqu'aux "
        "lignes connues quand la synthèse a été figée, puis évaluée avec les mêmes filtres. Les "
        "mêmes chiffres doivent revenir.",
    ]
    return "\n\n".join(french(part) for part in parts)
