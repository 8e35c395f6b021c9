"""The data dictionary of an export, in French Markdown: what each column is and may hold."""

from collections.abc import Iterable, Sequence

from suivi_tui.exchange.columns import Column, ColumnType
from suivi_tui.exchange.csv_out import Dialect
from suivi_tui.vocabulary.typography import french

_KINDS = {
    ColumnType.TEXT: "texte",
    ColumnType.NOTES: "texte libre",
    ColumnType.HOURS: "heures, deux décimales",
    ColumnType.MONEY: "euros, deux décimales",
    ColumnType.DECIMAL: "nombre, deux décimales",
    ColumnType.INTEGER: "nombre entier",
    ColumnType.MONTH: "mois (AAAA-MM)",
    ColumnType.DATE: "date (AAAA-MM-JJ)",
    ColumnType.BIRTH: "date (AAAA-MM-JJ), l'année seule sans les noms",
    ColumnType.CHOICE: "liste fermée",
    ColumnType.SIRET: "SIRET, 14 chiffres",
    ColumnType.CPV: "code CPV, 8 chiffres",
    ColumnType.POSTCODE: "code postal, 5 chiffres",
    ColumnType.FLAG: "oui ou non",
}
_FORMS = (
    "Format tableur (par défaut) : séparateur `;`, UTF-8 avec marque d'ordre, virgule décimale. "
    "Format `rfc4180` : séparateur `,`, UTF-8, point décimal. Une cellule vide : non renseigné."
)


def dictionary(
    name: str, title: str, columns: Sequence[Column], remarks: Iterable[str] = ()
) -> str:
    """The Markdown page of one table."""
    lines = [f"# {title}", "", f"Tableau : `{name}`.", ""]
    for remark in (*remarks, _FORMS):
        lines += [remark, ""]
    lines += columns_table(columns)
    closed = [column for column in columns if column.choice is not None]
    if closed:
        lines += ["", "## Listes fermées", ""]
        for column in closed:
            assert column.choice is not None
            lines.append(f"* `{column.name}` : {_values(column)}.")
    return french("\n".join(lines)) + "\n"


def columns_table(columns: Sequence[Column]) -> list[str]:
    """The lines of the table that tells each column: name, kind, whether it is always there."""
    lines = ["| Colonne | Ce que c'est | Type | Toujours remplie |", "|---|---|---|---|"]
    for column in columns:
        kind = _KINDS[ColumnType.CHOICE if column.choice is not None else column.kind]
        always = "oui" if column.required and not column.may_be_empty else "non"
        names = " (vide sans les noms)" if column.nominative and not _is_birth(column) else ""
        lines.append(f"| `{column.name}` | {column.description}{names} | {kind} | {always} |")
    return lines


def dialect_words(dialect: Dialect) -> str:
    """How the files of a dialect are written, for the page of a folder of files."""
    mark = "avec" if dialect.byte_order_mark else "sans"
    return french(
        f"Séparateur `{dialect.delimiter}`, UTF-8 {mark} marque d'ordre, séparateur décimal "
        f"`{dialect.decimal}`, dates AAAA-MM-JJ."
    )


def _is_birth(column: Column) -> bool:
    return column.kind is ColumnType.BIRTH


def _values(column: Column) -> str:
    assert column.choice is not None
    return " ; ".join(member.label for member in column.choice)
