"""A synthesis as a file: where to, how written, with names or not, masked or not."""

from pathlib import Path
from typing import Any, Final, NamedTuple

from suivi_tui.readings.filters import Filters
from suivi_tui.tui.dialogs.form import Form, Values
from suivi_tui.tui.screens.base import SuiviScreen
from suivi_tui.tui.screens.shared.export_writing import once_read, write_export
from suivi_tui.tui.screens.shared.exporting import NAMES, WITH, WITHOUT
from suivi_tui.tui.screens.shared.path_field import PathField
from suivi_tui.tui.widgets.fields import ChoiceField, Field
from suivi_tui.vocabulary.numbers import NBSP

FORMATS: Final = (("EXCEL", "Tableur (; et virgule)"), ("RFC4180", "RFC 4180 (, et point)"))
MASKED, SHOWN = "masques", "montres"
MASKS: Final = (
    (MASKED, "Masqués (tableau publiable)"),
    (SHOWN, "Montrés (usage interne)"),
)


# What the command line writes without accents, as a screen says it.
_CALLED: Final = {
    "marches": "marchés",
    "synthese": "synthèse",
    "anru": "ANRU",
    "rapport_acheteur": "rapport acheteur",
    "spaser": "SPASER",
    "donnees": "données",
    "fse": "FSE+",
}


class Synthesis(NamedTuple):
    """Something that ``exporter`` writes; ``folder`` is the whole base, a file by table.

    ``named`` ones may hold the names of people, ``public`` ones mask the groups of a few.
    """

    name: str
    title: str
    about: str
    named: bool
    public: bool
    scoped: bool
    folder: bool = False

    @property
    def called(self) -> str:
        """Its name with its accents."""
        return _CALLED.get(self.name, self.name)

    @property
    def names_text(self) -> str:
        """What the list says of names."""
        return "noms au choix" if self.named else "masquées" if self.public else "sans les noms"


def syntheses() -> list[Synthesis]:
    """Everything that can be exported, in the order of ``exporter --liste``."""
    from suivi_tui.exchange.syntheses.catalogue import CATALOGUE, FOLDER, FOLDER_ABOUT, LISTED

    found = []
    for name, title in LISTED.items():
        if name == FOLDER:
            found.append(Synthesis(name, title, FOLDER_ABOUT, True, False, False, True))
            continue
        export = CATALOGUE[name]
        found.append(
            Synthesis(name, title, export.about, export.named, export.public, export.scoped)
        )
    return found


def ask_synthesis(screen: SuiviScreen[Any], wanted: Synthesis, filters: Filters) -> None:
    """Ask where and how, warn of sensitive texts, write."""
    today = screen.suivi.today

    def where(base: Any) -> Path:
        from suivi_tui.actions.export_view import default_target

        proposed = default_target(wanted.name.replace("_", "-"), today)
        return proposed.with_suffix("") if wanted.folder else proposed

    def ask(proposed: Path) -> None:
        def answered(values: Values | None) -> None:
            if values is not None:
                # A name typed without a folder goes where the proposed one would have gone.
                target = proposed.parent / values["path"]
                if not wanted.folder and not target.suffix:
                    target = target.with_suffix(".csv")
                _write(screen, wanted, filters, target, values)

        form = Form(f"Exporter{NBSP}: {wanted.called}", _fields(wanted, proposed))
        screen.suivi.push_screen(form, answered)

    screen.read("export", where, ask)


def _fields(wanted: Synthesis, proposed: Path) -> list[Field[Any]]:
    label = "Dossier à créer" if wanted.folder else "Fichier"
    fields: list[Field[Any]] = [
        PathField("path", label, initial=proposed, required=True),
        ChoiceField("format", "Format", options=FORMATS, initial=FORMATS[0][0], required=True),
    ]
    if wanted.named:
        fields.append(
            ChoiceField("names", "Personnes", options=NAMES, initial=WITHOUT, required=True)
        )
    if wanted.public:
        fields.append(
            ChoiceField("masks", "Groupes de moins de 5", options=MASKS, initial=MASKED,
                        required=True)
        )  # fmt: skip
    return fields


def _write(
    screen: SuiviScreen[Any], wanted: Synthesis, filters: Filters, target: Path, values: Values
) -> None:
    nominative, masked = values.get("names") == WITH, values.get("masks") != SHOWN
    today = screen.suivi.today

    def look(base: Any) -> Any:
        from suivi_tui.actions.export_scan import sensitive_texts

        return sensitive_texts(base.connection, wanted.name, nominative)

    def save(base: Any, path: Path) -> int:
        from suivi_tui.exchange.csv_out import Dialect

        dialect = Dialect[values["format"]]
        if wanted.folder:
            from suivi_tui.actions.export_everything import export_everything

            return export_everything(base, path, dialect, nominative)
        from suivi_tui.actions.export import SynthesisScope, export_table

        scope = SynthesisScope(
            today=today, filters=filters if wanted.scoped else Filters(), masked=masked
        )
        return export_table(base, wanted.name, path, dialect, nominative, scope)

    # A folder that holds something is refused when it is written: nothing in it is replaced.
    once_read(screen, look, lambda: write_export(screen, target, save, overwrite=wanted.folder))
