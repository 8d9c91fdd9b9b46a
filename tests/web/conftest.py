"""A board on which Nadia has asked confidentially; one on which every form has what it needs."""

import anonymous
import guarded
import pytest
import settled


@pytest.fixture
def nadia(world, prepared):
    prepared("nadia", anonymous.two_join)
    return anonymous.nadia()


@pytest.fixture
def asked(world, nadia, prepared):
    """Her question, with everything on it that she can do."""
    prepared("asked", lambda: anonymous.she_asks(world, anonymous.nadia()), on="nadia")
    return anonymous.question()


@pytest.fixture
def furnished(world, prepared):
    """There is a group. Ruth has saved a search and announced something. Tomasz has verified the
    answer about gloves, which nobody is an expert for; Ruth another one, a year ago.
    """
    prepared("furnished", lambda: guarded.furnish(world))


@pytest.fixture
def reviewer(signed_in, world):
    """Ruth, with the right to let through what identifies a patient."""
    settled.let_review(world.ruth)
    return signed_in("ruth")
