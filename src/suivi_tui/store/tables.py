"""The journalled tables by name, without importing the models; a test holds the two equal."""

JOURNALLED_NAMES: tuple[str, ...] = (
    "author",
    "base",
    "source_file",
    "batch",
    "buyer",
    "operation",
    "company",
    "contract",
    "lot",
    "contact",
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
)
HOUR_KEY = ("obligation", "month", "placement", "kind")
