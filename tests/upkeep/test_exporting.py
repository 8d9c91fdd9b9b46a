"""Questions out, and in again."""

import gzip
import json

import pytest

from board.core.database import db
from board.posts import accepting, asking, commenting, editing, hiding, voting
from board.posts.models import Post, Question
from board.upkeep import importing
from board.upkeep.exporting import export_file


@pytest.fixture
def exported(tmp_path, world):
    """Export the board; returns the lines."""

    def do(name="out.jsonl"):
        db.session.commit()
        export_file(tmp_path / name)
        raw = (tmp_path / name).read_bytes()
        text = gzip.decompress(raw) if name.endswith(".gz") else raw
        return [json.loads(line) for line in text.splitlines()]

    return do


def test_a_question_with_everything_on_it(exported, world):
    voting.vote(world.amina, world.insulin_answer)
    accepting.accept(world.amina, world.insulin_answer)
    commenting.comment(world.ruth, world.insulin, "Which pen?")
    first = exported()[0]
    assert first["title"] == "How long does a started insulin pen keep?"
    assert first["body"] == "It is **not** in the fridge."
    assert first["tags"] == ["insulin", "storage"]
    assert first["author"] == "Amina Yusuf"
    assert first["urgency"] == "when_you_can"
    assert first["created_at"] == "2026-06-05T12:02:00+00:00"
    assert [comment["body"] for comment in first["comments"]] == ["Which pen?"]
    [answer] = first["answers"]
    assert (answer["score"], answer["accepted"]) == (1, True)
    assert [comment["author"] for comment in answer["comments"]] == ["Priya Nair"]


def test_what_is_removed_stays_in_the_house(exported, world):
    hiding.hide(world.priya, world.pump)
    hiding.hide(world.jonas, world.insulin_answer)
    hiding.hide(world.ruth, world.gloves_answer, "x")
    lines = exported()
    assert [line["title"] for line in lines] == [
        "How long does a started insulin pen keep?",
        "Which gloves for cytotoxic drugs?",
    ]
    assert [line["answers"] for line in lines] == [[], []]
    assert "Thank you." not in json.dumps(lines)


def test_a_gzipped_export(exported):
    assert exported("out.jsonl.gz") == exported("out.jsonl")


def test_a_name_that_two_have_is_replaced_by_the_handle(exported, world):
    world.ruth.name = "Jonas Weber"
    assert exported()[0]["answers"][0]["author"] == "jonas"


def test_an_export_that_fails_leaves_the_old_file(tmp_path, world, monkeypatch):
    file = tmp_path / "out.jsonl"
    file.write_text("old")
    monkeypatch.setattr("board.upkeep.exporting._questions", lambda: iter([1, object()]))
    with pytest.raises(TypeError):
        export_file(file)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_importing_ones_own_export_changes_nothing(exported, tmp_path, world):
    exported()
    before = db.session.query(Post).count()
    report = importing.import_file(tmp_path / "out.jsonl")
    assert (report.imported, report.known) == (0, 3)
    assert db.session.query(Post).count() == before


def test_a_full_export_makes_the_same_board_again(exported, tmp_path, world, start_afresh):
    voting.vote(world.amina, world.insulin_answer)
    voting.vote(world.ruth, world.insulin_answer)
    voting.vote(world.priya, world.insulin)
    accepting.accept(world.amina, world.insulin_answer)
    commenting.comment(world.ruth, world.insulin, "Which *pen*?")
    editing.edit(world.jonas, world.insulin_answer, 1, body="Four weeks.\n\n- or less")
    first = exported("first.jsonl")
    start_afresh()
    report = importing.import_file(tmp_path / "first.jsonl")
    assert (report.imported, report.bad) == (3, [])
    assert exported("second.jsonl") == first
    assert db.session.query(Question).filter(Question.accepted_id.is_not(None)).count() == 2


def test_a_confidential_question_comes_back_without_its_asker(
    exported, tmp_path, world, start_afresh
):
    question = asking.ask_confidentially(world.amina, "How is it given?")
    commenting.comment(world.amina, question, "By mouth?")
    commenting.comment(world.jonas, question, "Which one?")
    lines = exported("first.jsonl")
    assert "author" not in lines[-1]
    assert [each.get("author") for each in lines[-1]["comments"]] == [None, "Jonas Weber"]
    start_afresh()
    importing.import_file(tmp_path / "first.jsonl")
    assert exported("second.jsonl") == lines
    question = db.session.query(Question).filter_by(title="How is it given?").one()
    assert (question.author_id, question.confider_id, question.shown_as) == (None, None, "")
