"""Buyers and companies that open data name: found in the base, completed, or made."""

from collections.abc import Callable, Iterable

from suivi_tui.actions.reconcile import Identities
from suivi_tui.exchange.decp import PublishedHolder
from suivi_tui.store.journal import Change, Value, changed, created
from suivi_tui.vocabulary.numbers import NBSP
from suivi_tui.vocabulary.text import fold

_SIRET = "SIRET"


class Parties:
    """The buyers, or the companies, of the base and those that this import makes.

    The format of 2022 publishes no name: a party that has none is called by its identifier until
    a file names it.
    """

    def __init__(
        self,
        entity: str,
        rows: Iterable[tuple[int, str, str | None]],
        new_id: Callable[[], int],
    ) -> None:
        self._entity = entity
        self._known = {row: (name, siret) for row, name, siret in rows}
        self._identities = Identities(
            (row, "" if _is_identifier(name, siret) else name, siret)
            for row, (name, siret) in self._known.items()
        )
        self._new_id = new_id
        self.changes: list[Change] = []
        self.completed = 0

    def find(self, siret: str, name: str) -> list[int]:
        """Those that these can be, by SIRET, else by a name that no other SIRET bears."""
        return self._identities.find(name, siret or None)

    def sirets_named(self, name: str) -> set[str]:
        """The SIRETs of those that bear a name."""
        wanted = fold(name)
        return {siret for known, siret in self._known.values() if siret and fold(known) == wanted}

    def name_of(self, row: int) -> str:
        """How the base calls one of them, or will after this import."""
        return self._known[row][0]

    def row(self, siret: str, name: str, identifier: str = "") -> int:
        """The one that these name, completed when it lacked its SIRET or its name, else a new one.

        ``identifier`` calls the one that has neither SIRET nor name (a foreign VAT number).
        """
        found = self.find(siret, name or identifier)
        if found:
            self.complete(found[0], siret, name)
            return found[0]
        row = self._new_id()
        called = name or (_identifier(siret) if siret else identifier)
        values: dict[str, Value] = {"name": called, "siret": siret or None}
        self.changes.append(created(self._entity, row, values))
        self._known[row] = (called, siret or None)
        self._identities.add(row, name or ("" if siret else identifier), siret or None)
        return row

    def complete(self, row: int, siret: str, name: str) -> None:
        """Fill the SIRET or the name that a known one lacks."""
        known_name, known_siret = self._known[row]
        before = len(self.changes)
        if siret and not known_siret:
            self.changes.append(changed(self._entity, row, "siret", siret))
            self._identities.learn_siret(row, siret)
            known_siret = siret
        if name and (not known_name or _is_identifier(known_name, known_siret)):
            self.changes.append(changed(self._entity, row, "name", name))
            known_name = name
            self._identities.add(row, name, None)
            if known_siret:
                self._identities.learn_siret(row, known_siret)
        self._known[row] = (known_name, known_siret)
        self.completed += len(self.changes) - before

    def holder(self, holder: PublishedHolder) -> int:
        """The company that a published holder names, made when it is not known."""
        if holder.id_type == _SIRET:
            return self.row(holder.id, holder.name)
        return self.row("", holder.name, _other_identifier(holder))

    def find_holder(self, holder: PublishedHolder) -> list[int]:
        """The known companies that a published holder can be."""
        if holder.id_type == _SIRET:
            return self.find(holder.id, holder.name)
        return self.find("", holder.name or _other_identifier(holder))


def _other_identifier(holder: PublishedHolder) -> str:
    return f"{holder.id_type} {holder.id}".strip()


def _identifier(siret: str) -> str:
    return f"{_SIRET}{NBSP}{siret}"


def _is_identifier(name: str, siret: str | None) -> bool:
    return bool(siret) and name == _identifier(siret or "")
