"""Twenty-four statement files as different senders make them, of one invented world.

``SAMPLES`` are what the reading, the matching and the import are judged on. Nothing in them
comes from a real file.
"""

from statement_samples import everyday, totals_and_days, unusual, weeks
from statement_samples.expected import Expected, Sample
from statement_samples.world import TODAY

__all__ = ["SAMPLES", "TODAY", "Expected", "Sample"]

SAMPLES: tuple[Sample, ...] = (
    *everyday.SAMPLES,
    *weeks.SAMPLES,
    *totals_and_days.SAMPLES,
    *unusual.SAMPLES,
)
