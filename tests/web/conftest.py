"""A board on which Nadia has asked confidentially."""

import anonymous
import pytest


@pytest.fixture
def nadia(world, prepared):
    prepared("nadia", anonymous.two_join)
    return anonymous.nadia()


@pytest.fixture
def asked(world, nadia, prepared):
    """Her question, with everything on it that she can do."""
    prepared("asked", lambda: anonymous.she_asks(world, anonymous.nadia()), on="nadia")
    return anonymous.question()
