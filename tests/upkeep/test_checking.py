"""Looking for what is wrong with a board, and putting it right."""

from pathlib import Path

import pytest
from sqlalchemy import text

from board.core.database import db
from board.delivery import choosing, mailing, queries
from board.posts import accepting, voting
from board.search.finding import find
from board.upkeep import checking


def messages(folder):
    return [finding.message for finding in checking.findings(folder)]


@pytest.fixture
def folder(world, tmp_path):
    voting.vote(world.amina, world.insulin_answer)
    voting.vote(world.jonas, world.insulin)
    accepting.accept(world.amina, world.insulin_answer)
    db.session.commit()
    return tmp_path


def test_a_board_that_was_only_used_is_sound(folder):
    assert messages(folder) == []


DRIFT = [
    ("UPDATE post SET score = 9 WHERE id = 2", "scores"),
    ("UPDATE post SET answer_count = 7 WHERE id = 1", "numbers of answers"),
    ("UPDATE post SET accepted_id = NULL WHERE id = 1", "accepted answers"),
    ("UPDATE post SET used_count = 4 WHERE id = 2", "numbers of uses"),
    ("UPDATE post_tag SET score = 4 WHERE post_id = 1", "copies in tags"),
    ("UPDATE tag SET question_count = 99", "numbers of questions in tags"),
    ("DELETE FROM search_document WHERE question_id = 1", "not found by the words"),
    ("UPDATE search_document SET title = 'zinc' WHERE question_id = 1", "not found by the words"),
    ("UPDATE search_word SET questions = 9 WHERE stem = 'insulin'", "counted wrong"),
    ("DELETE FROM search_word WHERE stem = ''", "counted wrong"),
]


@pytest.mark.parametrize(("harm", "words"), DRIFT, ids=[harm for harm, _ in DRIFT])
def test_drift_is_found_and_put_right(folder, harm, words):
    db.session.execute(text(harm))
    db.session.commit()
    found = list(checking.findings(folder))
    assert any(words in finding.message for finding in found)
    for finding in found:
        finding.repair()
    assert messages(folder) == []
    assert find("insulin").total == 1


def test_a_secret_key_that_everybody_can_read(folder):
    secret = Path(folder) / "secret.key"
    secret.write_text("x")
    secret.chmod(0o644)
    [finding] = checking.findings(folder)
    assert "can be read by everybody" in finding.message
    finding.repair()
    assert messages(folder) == []


def test_mail_that_is_set_up_by_half_is_told(folder, configure):
    configure(mail_host="relay.hospital.example", webhook_allowed=("10.0.0.0/8",))
    assert [message.split(":")[0] for message in messages(folder)] == [
        "Mail is off",
        "Webhooks are off",
    ]


def test_a_relay_that_does_not_answer_is_told(folder, configure, world):
    configure(
        mail_host="127.0.0.1",
        mail_port=9,
        mail_sender="board@hospital.example",
        board_address="https://board.hospital.example",
    )
    choosing.choose(world.amina, "daily", "amina@hospital.example")
    db.session.commit()
    mailing.send_mail()
    [message] = messages(folder)
    assert "Waiting for the mail relay: 1." in message
    assert queries.in_a_line() == "mail: 1 waiting, 0 failed"
