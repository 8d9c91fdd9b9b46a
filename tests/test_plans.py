"""How the databases find what lists show: by seeking, never by walking or sorting."""

from datetime import timedelta

import pytest
from sqlalchemy import event, insert, select, text

from board.core.clock import now
from board.core.database import db, is_sqlite
from board.posts import lists
from board.posts.lists import Tab
from board.posts.models import Post, PostTag
from board.tags.naming import tag_called

MANY = 100_000
BATCH = 20_000


@pytest.fixture
def crowd(world):
    """A hundred thousand questions nobody has voted for, all in one tag, most in one ward,
    imported a thousand at the same moment.
    """
    tag, moment = tag_called("insulin").id, now()
    ward, other = world.amina.department_id, world.jonas.department_id
    for start in range(0, MANY, BATCH):
        rows = [
            {
                "kind": "question",
                "title": f"Number {number}?",
                "created_at": moment - timedelta(minutes=number // 1000),
                "active_at": moment - timedelta(minutes=number // 1000),
                "department_id": ward if number % 100 else other,
                "answer_count": number % 2,
            }
            for number in range(start, start + BATCH)
        ]
        db.session.execute(insert(Post.__table__), rows)
    db.session.execute(
        text(
            "INSERT INTO post_tag (post_id, tag_id, position, department_id, score, answer_count,"
            " created_at, active_at) SELECT id, :tag, 0, department_id, score, answer_count,"
            " created_at, active_at FROM post WHERE question_id IS NULL"
        ),
        {"tag": tag},
    )
    db.session.execute(text("UPDATE post SET question_id = id WHERE question_id IS NULL"))
    db.session.execute(text("ANALYZE"))
    db.session.flush()
    return tag, ward


def plans(work):
    """The plans of all statements that `work` runs."""
    captured = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        captured.append((statement, parameters))

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    prefix = "EXPLAIN QUERY PLAN " if is_sqlite() else "EXPLAIN "
    connection = db.session.connection()
    return [
        " | ".join(str(tuple(row)) for row in connection.exec_driver_sql(prefix + sql, values))
        for sql, values in captured
    ]


def assert_seeks(found):
    for plan in found:
        if is_sqlite():
            assert "SCAN post" not in plan.replace("SCAN post_tag USING", "SCAN post USING"), plan
            assert "TEMP B-TREE" not in plan, plan
        else:
            assert "Seq Scan on post" not in plan, plan
            assert "Sort" not in plan, plan


@pytest.mark.parametrize("which", ["all", "tag", "department", "both"])
def test_no_list_walks_or_sorts(crowd, which):
    tag, ward = crowd
    filters = {
        "all": {},
        "tag": {"tag_id": tag},
        "department": {"department_id": ward},
        "both": {"tag_id": tag, "department_id": ward},
    }[which]
    for tab in Tab:
        page = lists.questions(tab, **filters)
        assert len(page.rows) == 20
        assert_seeks(plans(lambda tab=tab: lists.questions(tab, **filters)))
        assert_seeks(
            plans(lambda tab=tab, page=page: lists.questions(tab, after=page.next, **filters))
        )


def test_a_page_deep_in_a_list_where_all_are_equal_seeks_to_its_place(crowd):
    """`(score, id) < (0, n)` would walk through everything with a score of 0."""
    [plan] = plans(lambda: lists.questions(Tab.VOTES, after="0~50000"))
    if is_sqlite():
        assert "score=? AND rowid<?" in plan or "score=? AND id<?" in plan, plan
    else:
        assert "score = 0" in plan, plan
        assert "id < 50000" in plan.split("Index Cond")[1], plan


def test_a_thread_is_found_by_its_question(crowd, world):
    from board.posts import threads

    assert_seeks(plans(lambda: threads.thread(1, world.amina)))


def test_the_lists_give_what_is_there(crowd):
    tag, _ = crowd
    first = lists.questions(Tab.UNANSWERED, tag_id=tag)
    assert all(row.answer_count == 0 for row in first.rows)
    count = db.session.scalar(
        select(PostTag.post_id).where(PostTag.tag_id == tag).limit(1).offset(MANY)
    )
    assert count is not None
