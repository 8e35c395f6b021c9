"""Identities made without coordination: 41 bits of milliseconds since 2020, 22 of randomness and
counter, so that two bases practically never give the same one."""

from collections.abc import Callable

EPOCH_MS = 1_577_836_800_000  # 2020-01-01T00:00:00Z
_LOW_BITS = 22
_LOW_MASK = (1 << _LOW_BITS) - 1


class TsidSource:
    """Makes growing 63-bit identities from a clock in milliseconds and a source of random bits."""

    def __init__(self, clock: Callable[[], int], random_bits: Callable[[int], int]) -> None:
        self._clock = clock
        self._random_bits = random_bits
        self._last = 0

    def __call__(self) -> int:
        """A new identity, greater than all those made before by this source."""
        moment = max(self._clock() - EPOCH_MS, 0) << _LOW_BITS
        if moment >> _LOW_BITS <= self._last >> _LOW_BITS:
            # Same millisecond, or a clock that went back: count on from the last one.
            self._last += 1 + self._random_bits(4)
        else:
            # The top bit of the low part stays free, as room for the counter.
            self._last = moment | (self._random_bits(_LOW_BITS - 1) & _LOW_MASK)
        return self._last
