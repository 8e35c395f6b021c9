"""The forms of the directory: a person, and where somebody can be called."""

from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.form import Values
from suivi_tui.tui.widgets.fields import ChoiceField, Field, TextField
from suivi_tui.tui.widgets.record_field import RecordField
from suivi_tui.vocabulary.choices import DirectoryKind, Sector, options
from suivi_tui.vocabulary.text import NOTES_LIMIT

if TYPE_CHECKING:
    from suivi_tui.store.queries.directory import CoverageRow, EntryFields

Buyers = list[tuple[int, str]]


def entry_fields(buyers: Buyers, known: "EntryFields | None" = None) -> list[Field[Any]]:
    """A facilitator, a référent, a prescriber; ``buyers`` are (id, name)."""

    def was(name: str) -> Any:
        return getattr(known, name) or None if known is not None else None

    return [
        TextField("name", "Nom", required=True, initial=was("name")),
        ChoiceField("kind", "Fonction", options=options(DirectoryKind), required=True,
                    initial=was("kind"), hint="facilitateur, référent…"),
        TextField("structure", "Structure", initial=was("structure"),
                  hint="maison de l'emploi, PLIE…"),
        RecordField("buyer", "Acheteur", records=buyers, initial=was("buyer"),
                    hint="d'un référent"),
        TextField("service", "Service", initial=was("service")),
        TextField("role", "Rôle", initial=was("role")),
        TextField("commune", "Commune", initial=was("commune")),
        TextField("phone", "Téléphone", initial=was("phone")),
        TextField("mail", "Courriel", initial=was("mail")),
        TextField("comment", "Commentaire", initial=was("comment"), limit=NOTES_LIMIT),
    ]  # fmt: skip


def save_entry(base: Any, entry: int | None, values: Values) -> int:
    """Create or change a person of the directory; its id."""
    from suivi_tui.actions.directory import save_entry as save

    return save(base, entry, values).row


def known_buyers(base: Any) -> Buyers:
    """Id and name of every buyer."""
    from suivi_tui.store.queries.entry import identities

    return [(row, name) for row, name, _ in identities(base.connection, "buyer")]


def coverage_fields(known: "CoverageRow | None" = None, label: str = "") -> list[Field[Any]]:
    """Where somebody can be called, and for which trade; ``label`` is the territory in French."""
    return [
        TextField("territory", "Territoire", initial=label or None,
                  hint="commune, code postal, département, région"),
        ChoiceField("trade", "Métier", options=options(Sector),
                    initial=known.trade or None if known is not None else None,
                    hint="vide : tous"),
    ]  # fmt: skip
