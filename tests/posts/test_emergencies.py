"""Words that mean somebody may be in danger now."""

import pytest

from board.posts.emergencies import heard_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Patient NOT BREATHING, what now?", ["not breathing"]),
        ("He is not  breathing!", ["not breathing"]),
        ("Cardiac arrest in bay 3", ["arrest"]),
        ("NEWS 7 and rising", ["NEWS 7+"]),
        ("NEWS2 score of 9, deteriorating", ["deteriorating", "NEWS 7+"]),
        ("news: 12", ["NEWS 7+"]),
        ("Adrenaline stat?", ["stat"]),
        ("NEWS 6 since noon", []),
        ("Good news 2026", []),
        ("Which statin is static?", []),
        ("How long does an insulin pen keep?", []),
        ("", []),
    ],
)
def test_the_sites_words_are_heard_as_words(world, text, words):
    assert heard_in(text) == words


def test_in_the_title_as_in_the_details(world):
    assert heard_in("What now?", "She is choking.") == ["choking"]


def test_the_words_are_the_sites(world, configure):
    configure(emergency_words=("crash call", "PEWS 5+"))
    assert heard_in("Crash call?") == ["crash call"]
    assert heard_in("PEWS 5") == ["PEWS 5+"]
    assert heard_in("not breathing") == []
    configure(emergency_words=())
    assert heard_in("crash call") == []
