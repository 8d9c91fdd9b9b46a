"""Limits: counted for each person, never for a ward behind one address."""

import pytest

from board.core.limits import Limit
from board.web import answers, questions
from board.web.application import Board


@pytest.fixture
def few(app: Board, configure, monkeypatch):
    configure(ratelimit_enabled=True)
    for name in ("questions.create", "votes.create"):
        monkeypatch.setattr(app.view_functions[name], "limit", Limit(f"test-{name}", 2, 60))


def test_somebody_too_quick_is_told_how_long_to_wait_and_loses_nothing(signed_in, few):
    amina = signed_in("amina")
    for number in range(2):
        assert amina.send("/questions", title=f"Number {number}").status_code == 303
    page = amina.send("/questions", title="Number 3", body="Precious words")
    assert page.status_code == 429
    assert 0 < int(page.headers["Retry-After"]) <= 60
    assert "Precious words" in page.text


def test_the_colleague_beside_them_is_not_held_up(signed_in, few):
    amina, jonas = signed_in("amina"), signed_in("jonas")
    for _ in range(3):
        amina.send("/posts/2/vote", vote=1)
    assert amina.send("/posts/2/vote", vote=1).status_code == 429
    assert jonas.send("/posts/1/vote", vote=1).status_code == 303


def test_what_was_refused_counts_too(signed_in, few):
    amina = signed_in("amina")
    for _ in range(2):
        assert amina.send("/questions", title="").status_code == 422
    assert amina.send("/questions", title="Fine").status_code == 429


def test_without_limits_nothing_is_counted(signed_in, few, configure):
    configure(ratelimit_enabled=False)
    amina = signed_in("amina")
    for _ in range(4):
        assert amina.send("/posts/2/vote", vote=1).status_code == 303


@pytest.mark.parametrize("view", [questions.create, answers.create])
def test_posting_has_a_limit_of_its_own(view):
    assert (view.limit.most, view.limit.seconds) == (30, 600)
