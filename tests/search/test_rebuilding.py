"""Making everything that is searched anew."""

import pytest
from sqlalchemy import delete, text, update

from board.core.database import db
from board.posts import asking, commenting
from board.search import rebuilding, vocabulary
from board.search.finding import find
from board.search.models import SearchDocument, SearchWord
from board.search.rebuilding import drifted, rebuild, strays


def silent(_done):
    pass


def searched():
    """Documents and words, as they are."""
    return [
        sorted(tuple(row) for row in db.session.execute(text(statement)))
        for statement in (
            "SELECT question_id, types, title, names, tags, body, accepted, answers, comments "
            "FROM search_document",
            "SELECT stem, word, length, tail, questions, headings FROM search_word",
        )
    ]


def found(query):
    return [result.question.id for result in find(query).results]


@pytest.fixture
def before(world):
    commenting.comment(world.amina, world.pump, "A kinked line?")
    db.session.commit()
    return searched()


def test_rebuilding_what_is_right_changes_nothing(world, before):
    assert rebuild(silent) == 3
    assert searched() == before


def test_lost_documents_and_words_are_made_anew(world, before):
    db.session.execute(delete(SearchDocument))
    db.session.execute(delete(SearchWord))
    db.session.commit()
    assert found("insulin") == []
    rebuild(silent)
    assert searched() == before
    assert found("insulin") == [world.insulin.id]
    assert found("kinked") == [world.pump.id]


def test_lost_documents_alone(world, before):
    db.session.execute(delete(SearchDocument))
    db.session.commit()
    rebuild(silent)
    assert searched() == before


def test_lost_words_alone(world, before):
    db.session.execute(delete(SearchWord))
    db.session.commit()
    rebuild(silent)
    assert vocabulary.drift() == {}
    assert searched() == before


def test_after_lost_words_a_correction_is_a_word_again(world):
    db.session.execute(delete(SearchWord))
    db.session.commit()
    rebuild(silent)
    assert find("oclusion").searched == "occlusion"


def test_wrong_documents_are_put_right(world, before):
    db.session.execute(
        update(SearchDocument).filter_by(question_id=world.insulin.id).values(title="zinc")
    )
    db.session.commit()
    assert found("zinc") == []  # the vocabulary does not know it
    assert drifted() == [world.insulin.id]
    rebuild(silent)
    assert drifted() == []
    assert searched() == before


def test_the_index_of_a_wrong_document_forgets_its_words(world):
    db.session.execute(
        update(SearchDocument).filter_by(question_id=world.insulin.id).values(body="zinc")
    )
    db.session.commit()
    rebuild(silent)
    asking.ask(world.amina, "Is zinc safe?")
    assert found("zinc") == [7]


def test_a_document_that_nobody_may_read_goes(world, before):
    db.session.execute(
        text("UPDATE post SET hidden_at = created_at WHERE id = :id"), {"id": world.gloves.id}
    )
    db.session.commit()
    assert strays() == [world.gloves.id]
    assert rebuild(silent) == 2
    assert strays() == []
    assert found("cytotoxic") == []
    assert db.session.get(SearchWord, "cytotox") is None
    assert vocabulary.drift() == {}


def test_hidden_comments_and_answers_stay_out(world):
    for id in (world.insulin_answer.id, world.insulin_comment.id):
        db.session.execute(
            text("UPDATE post SET hidden_at = created_at WHERE id = :id"), {"id": id}
        )
    db.session.commit()
    assert drifted() == [world.insulin.id]
    rebuild(silent)
    assert found("leaflet") == []
    assert found("insulin") == [world.insulin.id]


def test_many_questions_are_done_in_batches(world, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    for number in range(4):
        asking.ask(world.amina, f"Zinc {number}?")
    db.session.commit()
    before, told = searched(), []
    db.session.execute(delete(SearchDocument))
    db.session.execute(delete(SearchWord))
    db.session.commit()
    assert rebuild(told.append) == 7
    assert told == [2, 4, 6, 7]
    assert searched() == before


def test_no_post_is_touched(world):
    def posts():
        return [tuple(row) for row in db.session.execute(text("SELECT * FROM post ORDER BY id"))]

    before = posts()
    rebuild(silent)
    assert posts() == before


def test_an_empty_board_is_rebuilt_at_once(empty):
    assert rebuild(silent) == 0
    assert searched()[0] == []
