"""The cast of the records tests."""

import pytest
from tests.cast import Cast, gather


@pytest.fixture
def cast(db: None) -> Cast:
    """Units and people, in the test's own transaction."""
    return gather()
