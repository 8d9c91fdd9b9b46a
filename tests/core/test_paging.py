"""Pages by keyset."""

import pytest
from sqlalchemy import insert, select

from board.core.clock import now
from board.core.database import db
from board.core.errors import Missing
from board.core.paging import Listing
from board.posts.models import Kind, Post


@pytest.fixture
def many(world):
    """Thirty questions, most of them with the same score."""
    moment = now()
    rows = [
        {"kind": "question", "title": str(number), "score": number // 25, "created_at": moment}
        for number in range(30)
    ]
    db.session.execute(insert(Post.__table__), rows)
    keys = select(Post.id.label("id"), Post.score.label("page_key")).where(
        Post.kind == Kind.QUESTION, Post.title.regexp_match("^[0-9]+$")
    )
    return Listing(keys, Post.score, Post.id, select)


def all_pages(listing, size):
    after, rows = None, []
    while True:
        page = listing.page(after, size)
        assert len(page.rows) <= size
        rows += page.rows
        if page.next is None:
            return rows
        after = page.next


@pytest.mark.parametrize("size", [1, 7, 29, 30, 31])
def test_pages_give_every_row_once_in_order(many, size):
    rows = all_pages(many, size)
    assert len({row.id for row in rows}) == 30
    assert [(row.page_key, row.id) for row in rows] == sorted(
        ((row.page_key, row.id) for row in rows), reverse=True
    )


def test_a_row_that_appears_meanwhile_does_not_shift_the_next_page(many):
    first = many.page(None, 10)
    db.session.execute(insert(Post.__table__), [{"kind": "question", "title": "99", "score": 9}])
    second = many.page(first.next, 10)
    assert {row.id for row in first.rows}.isdisjoint(row.id for row in second.rows)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "~",
        "1~",
        "~1",
        "1~x",
        "99999999999~1",
        "1~99999999999",
        "1~1~1",
        "²~1",
        "1 OR 1=1~1",
    ],
)
def test_a_cursor_that_is_none_is_missing(many, cursor):
    with pytest.raises(Missing):
        many.page(cursor, 10)


def test_a_date_cursor_that_is_none_is_missing(world):
    keys = select(Post.id.label("id"), Post.created_at.label("page_key"))
    with pytest.raises(Missing):
        Listing(keys, Post.created_at, Post.id, select).page("yesterday~1")
