"""Identities made without coordination: 41 bits of milliseconds since 2020, 22 of randomness and
counter, so that two bases practically never give the same one."""

from collections.abc import Callable

EPOCH_MS = 1_577_836_800_000  # 2020-01-01T00:00:00Z
_LOW_BITS = 22
_LAST_MOMENT = (1 << 41) - 1
LATEST_MS = EPOCH_MS + _LAST_MOMENT
"""The last moment that an identity can hold, in 2089; a clock further away is broken."""


class TsidSource:
    """Makes growing 63-bit identities from a clock in milliseconds and a source of random bits.

    ``latest_ms`` is the latest moment the base knows of, on any clock: whatever the clock of this
    computer says, nothing is numbered before it (a flat battery sends laptops back to 1970).
    """

    def __init__(
        self, clock: Callable[[], int], random_bits: Callable[[int], int], latest_ms: int = 0
    ) -> None:
        self._clock = clock
        self._random_bits = random_bits
        self._floor = min(_moment(latest_ms) + 1, _LAST_MOMENT)
        self._last = -1

    def __call__(self) -> int:
        """A new identity, greater than all those made before by this source."""
        moment = max(_moment(self._clock()), self._floor)
        if moment <= self._last >> _LOW_BITS:
            # Same millisecond, or a clock that went back: count on from the last one.
            self._last += 1 + self._random_bits(4)
        else:
            # The top bit of the low part stays free, as room for the counter.
            self._last = moment << _LOW_BITS | self._random_bits(_LOW_BITS - 1)
        return self._last


def _moment(clock_ms: int) -> int:
    return min(max(clock_ms - EPOCH_MS, 1), _LAST_MOMENT)


def moment_of(identity: int) -> int:
    """When an identity was made, in milliseconds."""
    return (identity >> _LOW_BITS) + EPOCH_MS
