"""What is not wrong for the base but looks odd to the eye: remarks of a verification."""

import sqlite3

from suivi_tui.vocabulary.identifiers import siret_fault
from suivi_tui.vocabulary.numbers import plural

# More than this in a month is not a number of hours: 24 h a day, 31 days, in hundredths.
_HOURS_OF_A_MONTH = 74_400
_COUNTS = (
    (
        "homonymes",
        "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM participant "
        "WHERE removed = 0 AND last <> '' GROUP BY lower(last), lower(first), birth "
        "HAVING count(*) > 1)",
        "personne porte le même nom et la même date de naissance qu'une autre",
        "personnes portent le même nom et la même date de naissance qu'une autre",
    ),
    (
        "entreprises_en_double",
        "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM company "
        "WHERE removed = 0 AND siret IS NOT NULL GROUP BY siret HAVING count(*) > 1)",
        "entreprise a le même SIRET qu'une autre",
        "entreprises ont le même SIRET qu'une autre",
    ),
    (
        "heures_impossibles",
        "SELECT count(*) FROM hour_entry WHERE removed = 0 "
        f"AND abs(declared) > {_HOURS_OF_A_MONTH}",
        "ligne dépasse 24 heures par jour",
        "lignes dépassent 24 heures par jour",
    ),
    (
        "dates_inversees",
        'SELECT count(*) FROM contract WHERE removed = 0 AND "end" < start',
        "marché finit avant de commencer",
        "marchés finissent avant de commencer",
    ),
)


def remarks(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """(control, French sentence, how many) of each thing that looks odd."""
    found = [
        (control, f"{plural(number, one, many)}.", number)
        for control, sql, one, many in _COUNTS
        if (number := int(connection.execute(sql).fetchone()[0]))
    ]
    wrong = sum(
        siret_fault(siret) is not None
        for (siret,) in connection.execute(
            "SELECT siret FROM company WHERE removed = 0 AND siret IS NOT NULL "
            "UNION ALL SELECT siret FROM buyer WHERE removed = 0 AND siret IS NOT NULL"
        )
    )
    if wrong:
        noun = plural(wrong, "SIRET n'est pas valable", "SIRET ne sont pas valables")
        found.append(("siret", f"{noun}.", wrong))
    return found
