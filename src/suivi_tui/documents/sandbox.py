"""Where the tags of a template are read: no call, no attribute of Python, few filters."""

from typing import TYPE_CHECKING, Any, Final

from suivi_tui.documents.tags import FILTERS

if TYPE_CHECKING:
    from jinja2 import Environment

_HEAVY: Final = frozenset({"*", "**", "%"})


def environment(*, escape: bool) -> "Environment":
    """A place to read tags in; ``escape`` makes XML of values. Unknown names are errors."""
    from jinja2 import StrictUndefined, Template
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Compiled templates are kept: a mass mailing reads the same one again and again."""

        # A repetition could fill the memory; no letter needs one.
        intercepted_binops = _HEAVY

        def __init__(self) -> None:
            super().__init__(autoescape=escape, undefined=StrictUndefined)
            self.globals.clear()
            self.filters = {name: self.filters[name] for name in FILTERS}
            self._known: dict[str, Template] = {}

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            raise SecurityError(f"'{operator}'")

        def call(*arguments: Any, **named: Any) -> Any:
            raise SecurityError("'('")

        def from_string(
            self, source: Any, globals: Any = None, template_class: Any = None
        ) -> Template:
            if source not in self._known:
                self._known[source] = super().from_string(source, globals, template_class)
            return self._known[source]

    return Sandbox()
