"""One declaration per command: key, label, help, scope, when it works.

The footer, the palette, the help screen and the key map are all read from here. Commands that
belong to one screen are declared on that screen (``SuiviScreen.commands``) with the same class.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from textual.binding import Binding, BindingType

GLOBAL: Final = "global"
LIST: Final = "list"
GRID: Final = "grid"
WALL: Final = "wall"

FOOTER_LABELS: Final = 6

_KEY_NAMES: Final = {
    "escape": "Échap",
    "enter": "Entrée",
    "tab": "Tab",
    "question_mark": "?",
    "slash": "/",
    "equals_sign": "=",
    "space": "Espace",
    "delete": "Suppr",
    "backspace": "Retour arrière",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "Page préc.",
    "pagedown": "Page suiv.",
    "home": "Début",
    "end": "Fin",
    "plus": "+",
}


def key_name(key: str) -> str:
    """How a key of Textual is written for a French reader: ``ctrl+z`` is ``Ctrl+Z``."""
    *modifiers, last = key.split("+")
    names = [{"ctrl": "Ctrl", "shift": "Maj", "alt": "Alt"}.get(name, name) for name in modifiers]
    if last in _KEY_NAMES:
        last = _KEY_NAMES[last]
    elif modifiers or (len(last) > 1 and last[0] == "f" and last[1:].isdigit()):
        last = last.upper()
    return "+".join([*names, last])


class Command(NamedTuple):
    """Something a key does.

    ``keys`` are Textual's names separated by commas, the first one is shown. ``label`` is what
    the footer and the palette show, ``help`` one sentence. ``footer`` is the rank of the label in
    the footer (0: never there). ``available`` is asked with the screen on top; None: always.
    """

    name: str
    keys: str
    label: str
    help: str
    scope: str = GLOBAL
    group: str = "Général"
    footer: int = 0
    palette: bool = True
    priority: bool = False
    parameters: tuple[str, ...] = ()
    available: Callable[[Any], bool] | None = None

    @property
    def action(self) -> str:
        """The action as Textual writes it."""
        inside = ", ".join(repr(parameter) for parameter in self.parameters)
        return f"{self.name}({inside})" if inside else self.name

    @property
    def shown_key(self) -> str:
        """The first key, in French."""
        return key_name(self.keys.split(",")[0]) if self.keys else ""

    @property
    def all_keys(self) -> str:
        """Every key, in French, for the help screen."""
        return " ".join(key_name(key) for key in self.keys.split(",") if key)

    def works_on(self, screen: object) -> bool:
        """Whether the command makes sense now, on ``screen``."""
        return self.available is None or self.available(screen)

    def binding(self) -> Binding:
        """The key map entry of Textual for this command."""
        return Binding(
            self.keys,
            self.action,
            self.label,
            show=False,
            priority=self.priority,
            tooltip=self.help,
        )


def bindings_of(commands: Iterable[Command]) -> list[BindingType]:
    """The key map of several commands; those without a key live in the palette only."""
    return [command.binding() for command in commands if command.keys]


class Destination(NamedTuple):
    """A screen reached by a digit: its name in ``screens.SCREENS``, its title, its purpose."""

    key: str
    name: str
    label: str
    help: str


DESTINATIONS: Final = (
    Destination(
        "1",
        "tableau_de_bord",
        "Tableau de bord",
        "Ce qui est à faire aujourd'hui, ce qui est en retard, où en est l'année.",
    ),
    Destination("2", "saisie", "Saisie", "Les relevés du mois et la grille des heures."),
    Destination("3", "marches", "Marchés", "Les marchés, leurs lots, leurs obligations."),
    Destination("4", "participants", "Participants", "Les personnes, leur éligibilité."),
    Destination("5", "entreprises", "Entreprises et structures", "Qui doit quoi, et qui appeler."),
    Destination("6", "alertes", "Alertes", "Tout ce qui demande un regard, par gravité."),
    Destination("7", "evaluation", "Évaluation", "Les chiffres, les répartitions, les synthèses."),
    Destination("8", "amont", "Amont", "Les achats à venir, les calibrages, les textes de clause."),
    Destination("9", "annuaire", "Annuaire", "Les facilitateurs, les référents, les structures."),
    Destination("0", "historique", "Historique", "Les changements, l'annulation, les imports."),
)


# Reached by the palette: their names are those of ``screens.PAGES``.
PAGES: Final = (
    Destination("", "courriers", "Courriers", "Les courriers préparés, les relances du mois."),
    Destination(
        "",
        "penalites",
        "Pénalités",
        "Les dossiers de pénalité de tous les marchés, et ce que l'acheteur a décidé.",
    ),
    Destination("", "profils_import", "Profils d'import", "Les mises en page retenues."),
    Destination("", "noms_retenus", "Noms retenus", "Qui sont les noms des fichiers importés."),
    Destination(
        "",
        "besoins",
        "Besoins des entreprises",
        "Les postes à pourvoir, les personnes proposées et les réponses.",
    ),
    Destination(
        "",
        "pieces_manquantes",
        "Pièces manquantes",
        "Les embauches en cours sans contrat, justificatif ou avis d'éligibilité.",
    ),
    Destination(
        "",
        "points_a_demander",
        "Points à demander",
        "La situation des personnes sorties, à la sortie, à 3, 6 et 12 mois.",
    ),
    Destination("", "motifs", "Motifs sans clause", "Le registre des achats sans clause."),
    Destination("", "calibrage", "Calibrage", "Calculer les heures d'insertion d'un marché."),
    Destination(
        "",
        "echanges_a_faire",
        "Échanges à faire",
        "Appels, courriels, visites et promesses dont le jour approche ou est passé.",
    ),
    Destination(
        "",
        "syntheses_figees",
        "Synthèses figées",
        "Les synthèses gardées telles qu'envoyées, et si leurs chiffres ont changé.",
    ),
    Destination(
        "",
        "politiques",
        "Politiques d'achat",
        "Chartes, SPASER : engagements des acheteurs, cibles, réalisé, preuves, bilan.",
    ),
    Destination(
        "",
        "syntheses",
        "Synthèses",
        "Les tableaux à envoyer, ce qui leur manque, les fichiers.",
    ),
    Destination(
        "",
        "effet_clause",
        "Avec et sans clause",
        "La durée et le coût des marchés, prévus et constatés, avec clause et sans.",
    ),
)


def _shown(name: str) -> Callable[[Any], bool]:
    return lambda screen: name in getattr(screen.app, "screens_known", {})


def _asks(method: str) -> Callable[[Any], bool]:
    """Available when the screen says so in the method named ``method``."""
    return lambda screen: bool(getattr(screen, method, lambda: False)())


def _app_has(attribute: str) -> Callable[[Any], bool]:
    return lambda screen: getattr(screen.app, attribute, None) is not None


def _can_read(screen: Any) -> bool:
    """On a screen of the application, once there is a base."""
    return bool(getattr(screen.app, "screens_known", None)) and hasattr(screen, "read")


def _can_import(screen: Any) -> bool:
    """On a screen of the application, over a base that can be changed."""
    app = screen.app
    return (
        bool(getattr(app, "screens_known", None)) and not app.read_only and hasattr(screen, "read")
    )


def _can_enter_a_line(screen: Any) -> bool:
    """Where a file could be imported, but while a cell is being typed."""
    return _can_import(screen) and not getattr(screen.focused, "editing", False)


SCREEN_COMMANDS: Final = tuple(
    Command(
        "go_to_screen",
        place.key,
        place.label,
        place.help,
        group="Écrans",
        parameters=(place.name,),
        available=_shown(place.name),
    )
    for place in DESTINATIONS
)

PAGE_COMMANDS: Final = tuple(
    Command(
        "open_page",
        "",
        page.label,
        page.help,
        group="Écrans",
        parameters=(page.name,),
        available=_can_read,
    )
    for page in PAGES
)

GLOBAL_COMMANDS: Final = (
    *SCREEN_COMMANDS,
    Command("filter", "slash", "Filtrer", "Filtrer la liste par quelques lettres.", footer=50,
            available=_asks("can_filter")),
    Command("go_to_record", "ctrl+o", "Aller à…", "Aller à une fiche par quelques lettres.",
            footer=75, available=_app_has("search")),
    Command("quick_entry", "ctrl+n", "Saisir une ligne",
            "Saisir des heures en une ligne : dupont 2026-10 151,67.", footer=89,
            available=_can_enter_a_line),
    Command("undo", "ctrl+z", "Annuler", "Annuler le dernier changement enregistré.", footer=70,
            available=_asks("can_undo")),
    Command("export", "e", "Exporter", "Exporter ce qui est affiché.", footer=60,
            available=_asks("can_export")),
    Command("back", "escape", "Retour", "Revenir en arrière.", footer=90, palette=False,
            available=_asks("can_go_back")),
    Command("help", "question_mark,f1", "Aide", "Les touches de cet écran.", footer=95),
    Command("palette", "ctrl+p", "Palette", "Chercher une commande par son nom.", footer=80,
            palette=False, priority=True, available=_asks("can_open_palette")),
    *PAGE_COMMANDS,
    Command("guide", "", "Guide", "Lire le guide de l'application."),
    Command("import_file", "i", "Importer…", "Importer un tableau ou des données ouvertes.",
            footer=88, available=_can_import),
    Command("choose_theme", "", "Changer de thème", "Choisir les couleurs de l'application."),
    Command("quit", "ctrl+q", "Quitter", "Quitter l'application ; tout est déjà enregistré.",
            priority=True),
    Command("quit", "q", "Quitter", "Quitter l'application.", footer=99, palette=False),
    Command("help_quit", "ctrl+c", "Copier", "Copier le texte sélectionné.", palette=False),
)  # fmt: skip

LIST_COMMANDS: Final = (
    Command("cursor_up", "up,k", "Monter", "Ligne précédente.", LIST, "Liste", palette=False),
    Command("cursor_down", "down,j", "Descendre", "Ligne suivante.", LIST, "Liste", palette=False),
    Command("page_up", "pageup", "Page préc.", "Page précédente.", LIST, "Liste", palette=False),
    Command("page_down", "pagedown", "Page suiv.", "Page suivante.", LIST, "Liste", palette=False),
    Command("first", "home,g", "Début", "Première ligne.", LIST, "Liste", palette=False),
    Command("last", "end,G", "Fin", "Dernière ligne.", LIST, "Liste", palette=False),
    Command("select", "enter", "Ouvrir", "Ouvrir la ligne.", LIST, "Liste", 40, palette=False),
    Command("sort_next", "s", "Trier", "Trier par la colonne suivante.", LIST, "Liste", 65),
    Command("sort_reverse", "S", "Inverser", "Inverser l'ordre du tri.", LIST, "Liste"),
)

_MOVES: Final = (
    ("cursor_up", "up", "Monter", "Ligne précédente."),
    ("cursor_down", "down", "Descendre", "Ligne suivante."),
    ("cursor_left", "left,shift+tab", "Mois précédent", "Aller au mois précédent."),
    ("cursor_right", "right,tab", "Mois suivant", "Aller au mois suivant."),
    ("page_up", "pageup", "Page préc.", "Page précédente."),
    ("page_down", "pagedown", "Page suiv.", "Page suivante."),
    ("first", "ctrl+home", "Début", "Première ligne."),
    ("last", "ctrl+end", "Fin", "Dernière ligne."),
    ("first_column", "home", "Premier mois", "Aller au premier mois."),
    ("last_column", "end", "Dernier mois", "Aller au dernier mois."),
)

GRID_COMMANDS: Final = (
    *(
        Command(name, keys, label, sentence, GRID, "Grille", palette=False)
        for name, keys, label, sentence in _MOVES
    ),
    Command("leave_down", "enter", "Enregistrer", "Enregistrer la case et descendre.", GRID,
            "Grille", 10, palette=False),
    Command("edit", "f2", "Modifier", "Modifier la case sans l'effacer.", GRID, "Grille",
            palette=False),
    Command("empty_cell", "delete,backspace", "Vider", "Vider la case.", GRID, "Grille",
            palette=False),
    Command("repeat_previous", "equals_sign", "Mois préc.",
            "Répéter les heures du mois précédent.", GRID, "Grille", 20, palette=False),
    Command("validate_column", "v", "Valider", "Valider les heures du mois.", GRID, "Grille", 30),
    Command("no_activity", "n", "Sans activité", "Marquer le mois sans activité.", GRID, "Grille",
            40),
)  # fmt: skip

WALL_COMMANDS: Final = (
    *(
        Command(name, keys, label, sentence, WALL, "Relevés", palette=False)
        for name, keys, label, sentence in _MOVES
    ),
    Command("select", "enter", "Ouvrir", "Ouvrir la grille de ce mois.", WALL, "Relevés", 10,
            palette=False),
)  # fmt: skip

SCOPES: Final = {
    GLOBAL: GLOBAL_COMMANDS,
    LIST: LIST_COMMANDS,
    GRID: GRID_COMMANDS,
    WALL: WALL_COMMANDS,
}


def find(commands: Iterable[Command], name: str, parameters: tuple[object, ...]) -> Command | None:
    """The command that an action names, or None when the action is not a command."""
    for command in commands:
        if command.name == name and command.parameters == parameters:
            return command
    return None


def allowed(commands: Iterable[Command], name: str, parameters: tuple[object, ...],
            screen: object) -> bool:  # fmt: skip
    """What ``check_action`` answers: a command is allowed when it works now."""
    command = find(commands, name, parameters)
    return command is None or command.works_on(screen)


def footer_of(commands: Iterable[Command], screen: object) -> list[Command]:
    """At most six commands that work now, the most useful first; help is always among them."""
    ranked = sorted(
        (command for command in commands if command.footer and command.works_on(screen)),
        key=lambda command: command.footer,
    )
    kept = ranked[:FOOTER_LABELS]
    wanted = [command for command in ranked[FOOTER_LABELS:] if command.name == "help"]
    return [*kept[: FOOTER_LABELS - 1], *wanted] if wanted else kept
