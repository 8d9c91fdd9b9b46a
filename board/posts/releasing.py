"""Posting what had been put aside for a privacy reviewer, as its author would have; or giving it
back to them. Named in the wiring for the forms whose text can be held.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from board.config import settings
from board.core.database import db
from board.core.errors import Gone, Invalid, Refused, require
from board.core.markup import Text
from board.people.models import Person
from board.posts import answering, asking, commenting, confiding, drafting, editing, writing
from board.posts.models import Draft, Kind, Post, Question, Urgency
from board.privacy.elsewhere import Writing

NO_LONGER = "What this belongs to has been removed, so it cannot be posted any more. Return it."
BETWEEN = "\n\n---\n\n"
EDITS = ("edit", "suggestion")  # both are written in the same draft


def is_confidential(author: Person, held: Writing) -> bool:
    """Whether it would be posted without its author's name: the reviewers do not read it either."""
    if held.form == "question":
        return _is_ticked(held)
    target = db.session.get(Post, held.target_id or 0)
    question = target and db.session.get(Post, target.question_id)
    return question is not None and confiding.is_confider(author, question)


def check(author: Person, held: Writing) -> None:
    """Raise what posting it would raise for its words, or for what it belongs to."""
    body = Text.of(held.fields.get("body", ""))
    if held.form == "question":
        require(settings().confidential_asking or not _is_ticked(held), confiding.OFF)
        title = writing.clean_title(held.fields.get("title", ""))
        asking.check(title, body, _tags(held), _urgency(held))
        return
    post = target_of(held)
    kind = Kind(post.kind) if held.form in EDITS else Kind(held.form)
    if kind == Kind.QUESTION:
        asking.check(writing.clean_title(held.fields.get("title", "")), body, _tags(held))
    elif problem := writing.body_problem(body, kind):
        raise Invalid({"body": problem})


def post(author: Person | None, held: Writing) -> int:
    """Post it as its author; returns the post's id. A newer draft of theirs stays as it is."""
    with as_author(author, held) as writer:
        return _posted(writer, held).id


@contextmanager
def as_author(author: Person | None, held: Writing) -> Iterator[Person]:
    """In here it is posted; a newer draft of its author's stays as it is."""
    if author is None:
        raise Refused("It came without an author, so it cannot be posted as anybody's.")
    with _keeping_draft(author.id, _draft_of(held)):
        yield author


def give_back(author_id: int, held: Writing) -> None:
    """Put it among its author's drafts, below what they have written there since."""
    name = _draft_of(held)
    texts = dict(held.fields)
    evidence = drafting.evidence_in(texts)
    newer = drafting.find(author_id, name)
    if newer is not None and not newer.is_sent and (newer.title or newer.body):
        title, body = texts.get("title", ""), texts.get("body", "")
        older = title if title == newer.title else "\n\n".join(filter(None, (title, body)))
        older = body if title == newer.title else older
        evidence = newer.evidence or evidence
        is_confidential = newer.is_confidential or _is_ticked(held)
        texts = {field: getattr(newer, field) for field in drafting.TEXT_FIELDS}
        texts["confidential"] = "1" if is_confidential else ""
        texts["body"] = BETWEEN.join(filter(None, (newer.body, older)))
    drafting.keep(author_id, name, texts, evidence=evidence)


def _posted(author: Person, held: Writing) -> Post:
    body, title = held.fields.get("body", ""), held.fields.get("title", "")
    if held.form == "question":
        ask = asking.ask_confidentially if _is_ticked(held) else asking.ask
        return ask(author, title, body, _tags(held), _urgency(held))
    target = target_of(held)
    if held.form == "answer":
        assert isinstance(target, Question)
        return answering.answer(author, target, body)
    if held.form == "comment":
        return commenting.comment(author, target, body)
    base = held.fields.get("base_revision", "")
    editing.edit(
        author,
        target,
        int(base) if base.isdecimal() else 0,
        body=body,
        title=title,
        tags=_tags(held),
        summary=held.fields.get("summary", ""),
    )
    return target


def target_of(held: Writing) -> Post:
    """The post it belongs to. Raises `Gone`."""
    target = db.session.get(Post, held.target_id or 0)
    question = target and db.session.get(Post, target.question_id)
    if target is None or question is None or not (target.is_visible and question.is_visible):
        raise Gone(NO_LONGER)
    return target


def _is_ticked(held: Writing) -> bool:
    return held.fields.get("confidential") == "1"


def _tags(held: Writing) -> str:
    return held.fields.get("tags", "")


def _urgency(held: Writing) -> str:
    """A form without the choice means no hurry."""
    return held.fields.get("urgency", Urgency.WHEN_YOU_CAN)


def _draft_of(held: Writing) -> str:
    return drafting.target("edit" if held.form in EDITS else held.form, held.target_id)


@contextmanager
def _keeping_draft(author_id: int, name: str) -> Iterator[None]:
    """The deed empties the draft of its form, but that may be something newer by now."""
    draft = drafting.find(author_id, name)
    columns = [column.key for column in Draft.__table__.columns if not column.primary_key]
    before = {key: getattr(draft, key) for key in columns} if draft else {}
    yield
    if draft is not None:
        db.session.refresh(draft)
        for key, value in before.items():
            setattr(draft, key, value)
        draft.sequence += 1
