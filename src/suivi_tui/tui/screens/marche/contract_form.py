"""The form of a contract that is there: another name of buyer is asked about, never guessed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from suivi_tui.tui.dialogs.choose import Choice, Choose
from suivi_tui.tui.plain import shown
from suivi_tui.tui.screens.marche.forms import RENAMED, Names
from suivi_tui.tui.screens.shared.asking import AskingForm
from suivi_tui.tui.widgets.fields import Field
from suivi_tui.vocabulary.numbers import NBSP

if TYPE_CHECKING:
    from suivi_tui.store.queries.contracts import ContractFields

RENAME, OTHER, NEW = "rename", "other", "new"


class ContractForm(AskingForm):
    """Asks what a name of buyer that nobody has means: the same one renamed, another, a new one."""

    def __init__(self, fields: Sequence[Field[Any]], known: "ContractFields", names: Names) -> None:
        super().__init__("Marché", fields, record=known.contract)
        self.known = known
        self.names = names
        self.meant: str = ""

    def action_save(self) -> None:
        """Save, once it is known which buyer is meant."""
        field = next(item for item in self.fields if item.key == "buyer")
        if not field.check() or isinstance(field.value(), int) or self.meant == field.text:
            super().action_save()
            return
        name, was = field.text, self.known.buyer_name
        listed = [
            Choice(RENAME, f"Renommer «{NBSP}{shown(was)}{NBSP}»", "sur tous ses marchés"),
            Choice(OTHER, "Choisir un autre acheteur connu", "ce marché seulement"),
            Choice(NEW, f"Créer «{NBSP}{shown(name)}{NBSP}»", "nouvel acheteur"),
        ]
        self.app.push_screen(Choose("Cet acheteur n'est pas connu", listed), self._answered)

    def _answered(self, what: str | None) -> None:
        field = next(item for item in self.fields if item.key == "buyer")
        if what == OTHER:
            listed = [Choice(row, name) for row, name in self.names.buyers]
            self.app.push_screen(Choose("Quel acheteur ?", listed), self._other)
        elif what == NEW:
            self.meant = field.text
            super().action_save()
        elif what == RENAME:
            kept = self.known.buyer
            self._give({"buyer": kept, RENAMED: (kept, field.value())})
        else:
            field.focus_input()

    def _other(self, buyer: int | None) -> None:
        if buyer is None:
            self.fields[0].focus_input()
        else:
            self._give({"buyer": buyer})

    def _give(self, meant: dict[str, Any]) -> None:
        """Close with the values of the form, the buyer being the one that was meant."""
        faulty = [item for item in self.fields if not item.check()]
        if faulty:
            faulty[0].focus_input()
        else:
            self.dismiss({item.key: item.value() for item in self.fields} | meant)
