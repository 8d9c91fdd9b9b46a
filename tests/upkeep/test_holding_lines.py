"""`board import --hold`: lines with a patient wait for a reviewer, the rest goes in."""

import json

import pytest
from sqlalchemy import func, select

from board.core.database import db
from board.core.errors import Refused
from board.people import appointing
from board.people.models import CONSOLE
from board.posts.models import Question
from board.privacy import deciding
from board.privacy.models import Held
from board.upkeep import importing

STRONG = "Patient with NHS number 999 012 3454 has a pump."


@pytest.fixture
def file(tmp_path):
    lines = [
        {"id": "a", "title": "Which pump?", "body": "Clean."},
        {"id": "b", "title": "Whose pump?", "answers": [{"body": STRONG}]},
        {"id": "c", "title": "A 94 year old lady asks", "body": "It only warns."},
    ]
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def titles():
    rows = select(Question.title).where(Question.external_id.is_not(None)).order_by(Question.id)
    return db.session.scalars(rows).all()


def test_without_it_everything_goes_in_and_is_counted(world, file):
    report = importing.import_file(file)
    assert (report.imported, report.held) == (3, 0)
    assert report.identifying == {"nhs_number": 1, "age_over_89": 1}


def test_a_line_with_a_patient_waits(world, file):
    report = importing.import_file(file, hold=True)
    assert (report.imported, report.held) == (2, 1)
    assert titles() == ["Which pump?", "A 94 year old lady asks"]
    held = db.session.scalar(select(Held))
    assert (held.form, held.author_id, held.kinds) == ("import", None, ["nhs_number"])
    assert "012" not in str(held.payload) + str(held.findings)


def test_a_second_import_holds_nothing_twice(world, file):
    importing.import_file(file, hold=True)
    report = importing.import_file(file, hold=True)
    assert (report.imported, report.held, report.known) == (0, 0, 3)
    assert db.session.scalar(select(func.count()).select_from(Held)) == 1


def test_released_it_goes_in(world, file):
    importing.import_file(file, hold=True)
    appointing.let_review(CONSOLE, world.priya, reviews=True)
    held = db.session.scalar(select(Held))
    with pytest.raises(Refused):
        deciding.release(world.ruth, held)
    id = deciding.release(world.priya, held)
    db.session.commit()
    assert db.session.get(Question, id).title == "Whose pump?"
    assert importing.import_file(file, hold=True).known == 3


def test_the_reviewers_page_shows_all_its_texts(world, file, signed_in):
    importing.import_file(file, hold=True)
    tomasz = signed_in("tomasz")
    page = tomasz.get("/privacy/held/1").text
    assert "999 012 3454" in page
    assert "an import" in page
    assert "Return it to its author" not in page
    assert tomasz.send("/privacy/held/1/return", message="No.").status_code == 422
