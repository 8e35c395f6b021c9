"""The evaluation in plain SQL, as DuckDB reads the tables: what the tests expect of the readings.

Written apart from them on purpose: only the labels of codes are shared.
"""

import duckdb

from evaluation_world import TODAY, in_duckdb
from suivi_tui.readings.filters import Filters
from suivi_tui.rules.indicators import LENGTHS
from suivi_tui.store.base import Base
from suivi_tui.vocabulary.choices import (
    BuyerKind,
    Choice,
    ClauseForm,
    CompanyKind,
    Criterion,
    EmploymentKind,
    Mode,
    Prescriber,
    Programme,
    Residence,
    Sector,
    Sex,
)

_OWED = """
CREATE TABLE owed AS SELECT o.id AS obligation, o.company, o.lot, l.number AS lot_number,
  k.id AS contract, k.number, k.buyer, b.name AS buyer_name, b.kind AS buyer_kind, b.territory,
  k.clause_form, k.sector, k.facilitator, k.amount_cents, op.id AS operation,
  coalesce(op.name, '') AS operation_name,
  coalesce(nullif(op.programme, ''), 'aucun') AS programme, c.name AS holder,
  CAST(nullif(o.start, '') AS DATE) AS site, CAST(nullif(k.start, '') AS DATE) AS began,
  CAST(coalesce(o."end", k."end") AS DATE) AS ends, o.closed_on
FROM obligation o JOIN lot l ON l.id = o.lot JOIN contract k ON k.id = l.contract
JOIN buyer b ON b.id = k.buyer LEFT JOIN company c ON c.id = o.company
LEFT JOIN operation op ON op.id = k.operation AND op.removed = 0
WHERE k.taken_up = 1 AND k.removed = 0 AND l.removed = 0 AND o.removed = 0
"""
_LINE = """
CREATE TABLE line AS SELECT h.month, h.kind, h.declared, h.validated,
  owed.* EXCLUDE (company), owed.company AS holder_id, w.id AS work, w.participant, w.employer,
  e.name AS employer_name, coalesce(nullif(w.structure_kind, ''), e.kind, '') AS structure,
  w.mode, w.type, w.qpv, coalesce(nullif(w.education, ''), p.education) AS education, p.sex,
  p.prescriber, CAST(p.birth AS DATE) AS birth, CAST(w.start AS DATE) AS hired,
  CAST(w."end" AS DATE) AS left_on,
  (SELECT criterion FROM eligibility x WHERE x.participant = p.id AND x.removed = 0
   ORDER BY x.rank, x.id LIMIT 1) AS criterion,
  (SELECT min(month) FROM hour_entry y JOIN placement z ON z.id = y.placement
   WHERE z.work_contract = w.id AND y.removed = 0 AND y.declared <> 0) AS first_month
FROM hour_entry h JOIN placement pl ON pl.id = h.placement
JOIN work_contract w ON w.id = pl.work_contract JOIN participant p ON p.id = w.participant
JOIN owed ON owed.obligation = h.obligation LEFT JOIN company e ON e.id = w.employer
WHERE h.removed = 0
"""
# A chain begins where nothing of the same person at the same employer ended 31 days before or less.
_CHAIN = """
CREATE TABLE chain AS SELECT id, sum(opens) OVER (PARTITION BY participant, employer
  ORDER BY start, id) AS rank, participant, employer FROM (
  SELECT id, participant, employer, start, CASE WHEN CAST(start AS DATE) - 31 <= max(
    CAST(coalesce("end", '9999-12-31') AS DATE)) OVER (PARTITION BY participant, employer
    ORDER BY start, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 0 ELSE 1 END AS opens
  FROM work_contract WHERE removed = 0 AND start IS NOT NULL AND employer IS NOT NULL)
"""
SUMS = (
    "coalesce(sum(declared), 0), coalesce(sum(validated), 0), "
    "coalesce(sum(declared) FILTER (validated IS NULL), 0)"
)
COUNTS = (
    "count(DISTINCT participant) FILTER (declared <> 0), "
    "count(DISTINCT work) FILTER (declared <> 0)"
)
INSERTION = (
    "structure IN ('EI', 'ACI', 'AI', 'ETTI', 'EITI', 'GEIQ', 'EA', 'EATT', 'ESAT', 'regie', 'SEP')"
)
_AT_HIRING = (
    "date_sub('year', birth, coalesce(hired, make_date(first_month // 100, first_month % 100, 1)))"
)
_LENGTH = (
    "CASE WHEN hired IS NULL THEN NULL "
    f"WHEN left_on IS NULL AND type = 'cdi' THEN '{LENGTHS[3]}' WHEN left_on IS NULL THEN NULL "
    "WHEN left_on + 1 < hired + INTERVAL 1 MONTH THEN 'Moins d''un mois' "
    f"WHEN left_on + 1 <= hired + INTERVAL 3 MONTH THEN '{LENGTHS[1]}' "
    f"WHEN left_on + 1 <= hired + INTERVAL 6 MONTH THEN '{LENGTHS[2]}' ELSE '{LENGTHS[3]}' END"
)
_AGE = (
    f"CASE WHEN {_AT_HIRING} < 26 THEN 'Moins de 26 ans' WHEN {_AT_HIRING} < 41 THEN '26 à 40 ans' "
    f"WHEN {_AT_HIRING} < 51 THEN '41 à 50 ans' WHEN {_AT_HIRING} >= 51 THEN '51 ans et plus' END"
)
_LEVEL = (
    "CASE education WHEN 'bac' THEN 'Bac' WHEN 'bac_2' THEN 'Au-delà du bac' "
    "WHEN 'cap_bep' THEN 'CAP ou BEP' WHEN 'etranger' THEN 'Diplôme étranger' END"
)
VALUES: dict[str, tuple[str, type[Choice] | None]] = {
    "sexe": ("sex", Sex),
    "age": (_AGE, None),
    "critere": ("criterion", Criterion),
    "qpv": ("qpv", Residence),
    "niveau": (_LEVEL, None),
    "prescripteur": ("prescriber", Prescriber),
    "structure": ("structure", CompanyKind),
    "modalite": ("mode", Mode),
    "contrat": ("type", EmploymentKind),
    "acheteur": ("buyer_name", None),
    "type_acheteur": ("buyer_kind", BuyerKind),
    "type_clause": ("clause_form", ClauseForm),
    "programme": ("programme", Programme),
    "secteur": ("sector", Sector),
    "mois": ("CAST(month // 100 AS VARCHAR) || '-' "
        "|| lpad(CAST(month % 100 AS VARCHAR), 2, '0')", None),
    "longueur": (_LENGTH, None),
    "territoire": ("territory", None),
    "facilitateur": ("facilitator", None),
    "montant": (
        "CASE WHEN amount_cents < 4000000 THEN 'Moins de 40 000 €' WHEN amount_cents < 10000000 "
        "THEN 'De 40 000 € à moins de 100 000 €' WHEN amount_cents IS NOT NULL "
        "THEN 'De 500 000 € à moins de 1 000 000 €' END",
        None,
    ),
    "operation": ("operation_name", None),
    "marche": ("number", None),
    "lot": ("number || CASE lot_number WHEN '0' THEN '' ELSE ' lot ' || lot_number END", None),
    "entreprise": ("holder", None),
    "employeur": ("employer_name", None),
}  # fmt: skip


def narrowed(filters: Filters) -> str:
    """What filters ask of an obligation, a company apart."""
    asked = ["true"]
    if filters.buyers:
        asked.append(f"buyer IN ({', '.join(map(str, filters.buyers))})")
    for name in ("territory", "programme", "facilitator"):
        if getattr(filters, name):
            asked.append(f"{name} = '{getattr(filters, name).replace(chr(39), chr(39) * 2)}'")
    for name in ("operation", "contract", "lot"):
        if getattr(filters, name) is not None:
            asked.append(f"{name} = {getattr(filters, name)}")
    return " AND ".join(asked)


def of_lines(filters: Filters) -> str:
    """What filters ask of a line."""
    asked = [narrowed(filters)]
    asked.append(f"month BETWEEN {filters.first or 0} AND {filters.last or 999_999}")
    if filters.company is not None:
        asked.append(f"(holder_id = {filters.company} OR employer = {filters.company})")
    return " AND ".join(asked)


def of_owed(filters: Filters) -> str:
    """What filters ask of an obligation that is owed."""
    holder = "" if filters.company is None else f" AND company = {filters.company}"
    return narrowed(filters) + holder


def opened(base: Base) -> duckdb.DuckDBPyConnection:
    database = in_duckdb(base)
    for statement in (_OWED, _LINE, _CHAIN):
        database.execute(statement)
    return database


def expected_by(day: str) -> str:
    """SQL of the hours of each obligation expected by the evening of a day: a linear schedule of
    its initial volume and of one amendment, exact until it is rounded half up."""
    return f"""
    SELECT obligation, CASE WHEN site IS NULL OR ends IS NULL THEN 0 ELSE
      (2 * (h1 * d1 * n2 + h2 * d2 * n1) + n1 * n2) // (2 * n1 * n2) END AS hours FROM (
      SELECT obligation, site, ends, h1, h2,
        CASE WHEN {day} < site THEN 0 WHEN {day} >= ends THEN 1 ELSE {day} - site + 1 END AS d1,
        CASE WHEN {day} >= ends OR {day} < site THEN 1 ELSE ends - site + 1 END AS n1,
        CASE WHEN {day} < since THEN 0 WHEN {day} >= ends THEN 1 ELSE {day} - since + 1 END AS d2,
        CASE WHEN {day} >= ends OR {day} < since THEN 1 ELSE ends - since + 1 END AS n2
      FROM promised)"""


def promise(database: duckdb.DuckDBPyConnection, filters: Filters) -> None:
    """The initial volume and the amendment of each obligation owed, as known on TODAY."""
    database.execute(
        f"""CREATE OR REPLACE TABLE promised AS SELECT owed.*,
        coalesce(first.hours, 0)::HUGEINT AS h1, coalesce(more.hours, 0)::HUGEINT AS h2,
        greatest(site, coalesce(CAST(more.date AS DATE), site)) AS since,
        first.hours IS NOT NULL OR more.hours IS NOT NULL AS known
        FROM owed
        LEFT JOIN obligation_event first ON first.obligation = owed.obligation
          AND first.kind = 'initial' AND first.removed = 0
        LEFT JOIN obligation_event more ON more.obligation = owed.obligation
          AND more.kind = 'avenant' AND more.firm = 1 AND more.removed = 0
          AND more.date <= '{TODAY}'
        WHERE {of_owed(filters)}"""
    )
