"""The journalled tables by name, without importing the models; a test holds the two equal."""

JOURNALLED_NAMES: tuple[str, ...] = (
    "author",
    "base",
    "buyer",
    "operation",
    "company",
    "source_file",
    "batch",
    "contract",
    "lot",
    "contact",
    "document",
    "follow_up",
    "contract_event",
    "lot_company",
    "term",
    "obligation",
    "obligation_event",
    "record_seen",
    "participant",
    "eligibility",
    "work_contract",
    "placement",
    "statement",
    "hour_entry",
    "source_line",
    "import_profile",
    "match_memory",
    "target",
    "need",
    "proposal",
    "alert_mark",
    "penalty_case",
    "outcome",
    "refusal",
    "calibration",
    "policy",
    "policy_target",
    "evidence",
    "directory_entry",
    "coverage",
    "review",
    "snapshot",
    "export_log",
)
HOUR_KEY = ("obligation", "month", "placement", "kind")
TABLES_OF_FORMAT: dict[int, tuple[str, ...]] = {
    2: (
        "source_line",
        "import_profile",
        "match_memory",
        "document",
        "target",
        "need",
        "proposal",
        "alert_mark",
        "penalty_case",
        "outcome",
        "refusal",
    ),
    3: (
        "calibration",
        "policy",
        "policy_target",
        "evidence",
        "directory_entry",
        "coverage",
        "review",
        "snapshot",
        "export_log",
    ),
}
"""The tables that came with each format after the first; older bases do not have them yet."""


def required_tables(version: int) -> frozenset[str]:
    """The tables without which a base of a format is damaged."""
    later = {name for since, names in TABLES_OF_FORMAT.items() if since > version for name in names}
    return frozenset({*JOURNALLED_NAMES, "journal", "local_setting"} - later)
