"""Everybody has read what the cast did before the test begins."""

from functools import partial

import pytest
import settled


@pytest.fixture(autouse=True)
def quiet(world):
    settled.nothing_waits()


@pytest.fixture
def seat_for(world):
    """`seat_for(jonas, "insulin")`: a confirmed expert of this tag."""
    return partial(settled.seat, world)


@pytest.fixture
def newcomer(world):
    """`newcomer("noor")`: one more person."""
    return settled.join
