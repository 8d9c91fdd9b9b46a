"""Everybody has read what the cast did before the test begins."""

import pytest
import settled


@pytest.fixture(autouse=True)
def quiet(world):
    settled.nothing_waits()
