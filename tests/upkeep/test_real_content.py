"""Real content: a sample of MedQuAD goes in, is served, is found, and comes out again."""

import json
from pathlib import Path

import pytest

from board.core.database import db
from board.posts.models import Answer, Question
from board.search.finding import find
from board.upkeep import checking, exporting, importing

SAMPLE = Path(__file__).parent.parent / "data" / "medquad_sample.jsonl"
LINES = [json.loads(line) for line in SAMPLE.read_text().splitlines()]


@pytest.fixture
def loaded(empty, tmp_path):
    return importing.import_file(SAMPLE, strict=True)


def test_all_of_it_goes_in(loaded, tmp_path):
    assert (loaded.imported, loaded.bad, loaded.repeated) == (200, [], [])
    assert db.session.query(Question).count() == 200
    assert db.session.query(Answer).count() == 120
    assert list(checking.findings(tmp_path)) == []


def test_it_comes_out_as_it_went_in(loaded, tmp_path):
    exporting.export_file(tmp_path / "out.jsonl")
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [line["id"] for line in out] == [line["id"] for line in LINES]
    for told, given in zip(out, LINES, strict=True):
        assert told["tags"] == given["tags"]
        assert [answer["body"] for answer in told["answers"]] == [
            answer["body"].strip() for answer in given["answers"]
        ]


def test_most_questions_are_found_by_their_own_words(loaded):
    titles = {line["id"]: line["title"] for line in LINES}
    found = 0
    for question in db.session.query(Question):
        results = find(titles[question.external_id]).results
        found += question.id in [result.question.id for result in results]
    assert found >= 190


def test_every_page_of_it_is_sound(loaded, stranger, configure):
    configure(public_reading=True)
    for question in db.session.query(Question).limit(60).all():
        page = stranger.get(f"/questions/{question.id}", follow_redirects=True)
        assert page.status_code == 200
