"""The tables in one place: which are journalled, which stay local, and the SQL that makes them."""

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable
from sqlmodel import SQLModel

from suivi_tui.model import (
    buyers,
    cases,
    contracts,
    evaluations,
    keeping,
    people,
    statements,
    upstream,
)

JOURNALLED: tuple[type[SQLModel], ...] = (
    keeping.Author,
    keeping.BaseIdentity,
    buyers.Buyer,
    buyers.Operation,
    buyers.Company,
    keeping.SourceFile,
    keeping.Batch,
    contracts.Contract,
    contracts.Lot,
    buyers.Contact,
    cases.Document,
    buyers.FollowUp,
    contracts.ContractEvent,
    contracts.LotCompany,
    contracts.Term,
    contracts.Obligation,
    contracts.ObligationEvent,
    contracts.RecordSeen,
    people.Participant,
    people.Eligibility,
    people.WorkContract,
    people.Placement,
    people.Statement,
    people.HourEntry,
    statements.SourceLine,
    statements.ImportProfile,
    statements.MatchMemory,
    cases.Target,
    cases.Need,
    cases.Proposal,
    cases.AlertMark,
    cases.PenaltyCase,
    cases.Outcome,
    cases.Refusal,
    upstream.Calibration,
    upstream.Policy,
    upstream.PolicyTarget,
    upstream.Evidence,
    upstream.DirectoryEntry,
    upstream.Coverage,
    evaluations.Review,
    evaluations.Snapshot,
    evaluations.ExportLog,
)
LOCAL: tuple[type[SQLModel], ...] = (keeping.Draft, keeping.LocalSetting, keeping.BackupLog)

# An hour line is found by its obligation (the key); by its person through the placement, with
# what an evaluation adds up, so that it reads this index alone.
INDEXES: tuple[str, ...] = (
    "CREATE INDEX hour_entry_placement ON hour_entry "
    "(placement, month, declared, validated, removed)",
    "CREATE INDEX journal_row ON journal (entity, row)",
    "CREATE INDEX journal_batch ON journal (batch)",
    "CREATE INDEX batch_kind ON batch (kind)",
    "CREATE INDEX contract_buyer ON contract (buyer)",
    "CREATE INDEX contract_number ON contract (number)",
    "CREATE INDEX contract_stage ON contract (taken_up, stage)",
    "CREATE INDEX contract_taken_up ON contract (taken_up, id) WHERE removed = 0",
    "CREATE INDEX contract_operation ON contract (operation)",
    "CREATE INDEX operation_buyer ON operation (buyer)",
    "CREATE INDEX company_sorted ON company (name COLLATE NOCASE) WHERE removed = 0",
    "CREATE INDEX lot_contract ON lot (contract)",
    "CREATE INDEX lot_company_lot ON lot_company (lot)",
    "CREATE INDEX lot_company_company ON lot_company (company)",
    "CREATE INDEX contract_event_contract ON contract_event (contract)",
    "CREATE INDEX obligation_lot ON obligation (lot)",
    "CREATE INDEX obligation_company ON obligation (company)",
    "CREATE INDEX obligation_event_obligation ON obligation_event (obligation)",
    "CREATE INDEX contact_company ON contact (company)",
    "CREATE INDEX contact_buyer ON contact (buyer)",
    "CREATE INDEX contact_contract ON contact (contract)",
    "CREATE INDEX contact_lot ON contact (lot) WHERE lot IS NOT NULL",
    "CREATE INDEX follow_up_subject ON follow_up (entity, subject)",
    "CREATE INDEX follow_up_due ON follow_up (due) WHERE done IS NULL",
    "CREATE INDEX term_contract ON term (contract)",
    "CREATE INDEX participant_name ON participant (last, first)",
    "CREATE INDEX participant_sorted ON participant (last COLLATE NOCASE, first COLLATE NOCASE) "
    "WHERE removed = 0",
    "CREATE INDEX participant_reference ON participant (reference)",
    "CREATE INDEX eligibility_participant ON eligibility (participant, rank)",
    "CREATE INDEX work_contract_participant ON work_contract (participant)",
    "CREATE INDEX work_contract_employer ON work_contract (employer)",
    'CREATE INDEX work_contract_end ON work_contract ("end") WHERE removed = 0',
    "CREATE INDEX placement_work_contract ON placement (work_contract)",
    "CREATE INDEX placement_obligation ON placement (obligation)",
    "CREATE INDEX statement_obligation ON statement (obligation, month)",
    "CREATE INDEX statement_sender ON statement (sender, month)",
    "CREATE INDEX record_seen_key ON record_seen (source_key)",
    "CREATE INDEX source_line_hours ON source_line (obligation, month, placement)",
    "CREATE INDEX source_line_file ON source_line (file)",
    "CREATE INDEX source_file_sha256 ON source_file (sha256)",
    "CREATE INDEX import_profile_shape ON import_profile (shape)",
    "CREATE INDEX document_subject ON document (entity, subject)",
    "CREATE INDEX target_obligation ON target (obligation)",
    "CREATE INDEX need_company ON need (company)",
    "CREATE INDEX need_obligation ON need (obligation)",
    "CREATE INDEX proposal_need ON proposal (need)",
    "CREATE INDEX proposal_participant ON proposal (participant)",
    "CREATE INDEX alert_mark_subject ON alert_mark (code, subject)",
    "CREATE INDEX penalty_case_obligation ON penalty_case (obligation)",
    "CREATE INDEX outcome_participant ON outcome (participant)",
    "CREATE INDEX refusal_contract ON refusal (contract)",
    "CREATE INDEX calibration_contract ON calibration (contract)",
    "CREATE INDEX policy_buyer ON policy (buyer)",
    "CREATE INDEX policy_target_buyer ON policy_target (buyer, year)",
    "CREATE INDEX evidence_target ON evidence (policy_target)",
    "CREATE INDEX directory_entry_sorted ON directory_entry (name COLLATE NOCASE) "
    "WHERE removed = 0",
    "CREATE INDEX directory_entry_buyer ON directory_entry (buyer)",
    "CREATE INDEX coverage_entry ON coverage (entry)",
    "CREATE INDEX coverage_company ON coverage (company)",
    "CREATE INDEX coverage_territory ON coverage (territory)",
    "CREATE INDEX review_contract ON review (contract)",
    "CREATE INDEX match_memory_text ON match_memory (sender, entity, text)",
)
# Names are stored folded in the search table; full detail, because a hyphenated name is a phrase.
SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5"
    "(words, entity UNINDEXED, row UNINDEXED, tokenize='unicode61 remove_diacritics 2', "
    "prefix='1 2 3')"
)


def table_name(model: type[SQLModel]) -> str:
    """The name of a model's table."""
    return str(model.__tablename__)


def schema_statements() -> list[str]:
    """The SQL that makes an empty base, in order."""
    dialect = sqlite.dialect()
    models: tuple[type[SQLModel], ...] = (*JOURNALLED, keeping.JournalLine, *LOCAL)
    tables = [SQLModel.metadata.tables[table_name(model)] for model in models]
    creations = [str(CreateTable(table).compile(dialect=dialect)).strip() for table in tables]
    return [*creations, *INDEXES, SEARCH]
