"""What waits in the queue of the demonstration hospital, from `demo/moderation.toml`."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from board.core.database import db
from board.moderation import flagging, suggesting
from board.people.models import Person
from board.posts.models import Answer, Post, Question


def flag(people: Mapping[str, Person], told: Mapping[str, Any]) -> None:
    """Somebody flags a post of the story."""
    words = told.get("words", "")
    flagging.flag(people[told["person"]], _post(people, told), told["reason"], words)


def suggest(people: Mapping[str, Person], told: Mapping[str, Any]) -> None:
    """Somebody words a post of the story better."""
    post = _post(people, told)
    body = post.body_md.replace(told["replace"], told["with"])
    suggesting.suggest(
        people[told["person"]],
        post,
        post.revision_number,
        body=body,
        summary=told["summary"],
    )


def _post(people: Mapping[str, Person], told: Mapping[str, Any]) -> Post:
    """The question, or the answer to it by somebody."""
    question = db.session.scalars(select(Question).filter_by(title=told["question"])).one()
    if "answer_by" not in told:
        return question
    author = people[told["answer_by"]]
    mine = select(Answer).filter_by(question_id=question.id, author_id=author.id)
    return db.session.scalars(mine.order_by(Answer.id)).first() or question
