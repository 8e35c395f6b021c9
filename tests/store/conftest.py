"""Cleans up what the samples of the store leave behind."""

from collections.abc import Iterator

import pytest

from store_samples import Sample, remove_template, sample


@pytest.fixture(scope="session", autouse=True)
def _no_template_left() -> Iterator[None]:
    yield
    remove_template()


@pytest.fixture
def small(tmp_path) -> Iterator[Sample]:
    """A small open base, closed at the end."""
    made = sample(tmp_path)
    yield made
    made.base.close()
