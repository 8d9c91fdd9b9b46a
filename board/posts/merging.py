"""Merging two questions that ask the same: one page with both titles, undone exactly.

What stood below the one stands below the other; votes are one a person; its title is kept as "also
asked as", and its address leads on. What another feature keeps of it follows through the wiring.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import AnyRow, db
from board.core.errors import Conflict, Invalid, Missing, require
from board.people.models import Person
from board.posts import accepting, states, writing
from board.posts.hiding import set_hidden
from board.posts.models import Bookmark, Kind, Post, Question, Vote
from board.posts.records import Hiding, Merging
from board.posts.rules import writer_id
from board.posts.states import Action
from board.posts.withholding import is_safe

ITSELF = "Choose another question to merge this one into."
WITHOUT_SYNC = {"synchronize_session": False}


def merge(moderator: Person, question: Question, into: Question) -> Merging:
    """Put everything of `question` below `into`. Raises `Refused`, `Gone` or `Invalid`."""
    _hold(question, into)
    states.check(moderator, Action.MERGE, question)
    if question.id == into.id:
        raise Invalid({"into": ITSELF})
    if not states.allows(moderator, Action.MERGE, into):
        raise Invalid({"into": "That question is locked or removed. Choose one that is open."})
    made = Merging(
        question_id=question.id,
        into_id=into.id,
        merged_by_id=moderator.id,
        moved={
            "posts": _below(question.id),
            "voters": _add_votes(question, into),
            "savers": _add_bookmarks(question.id, into.id),
        },
    )
    db.session.add(made)
    _move(made.moved["posts"], question.id, into.id)
    _take_away(moderator, question)
    _lead(_merged_into(question.id), into.id)
    question.merged_into_id = into.id
    _after(question, into)
    record(moderator, Verb.MERGED, into, merged=question.id, tells=writer_id(question))
    return made


def unmerge(moderator: Person, question: Question) -> None:
    """Put everything back where it stood. Raises `Refused`, `Missing`, or `Conflict`."""
    made = standing_merging(question.id)
    if made is None:
        require(moderator.is_moderator, "Only a moderator can do that.")
        raise Missing("This question is not merged into another one.")
    into = db.session.get_one(Question, made.into_id)
    _hold(question, into)
    states.check(moderator, Action.UNMERGE, question)
    if into.merged_into_id is not None:
        raise Conflict("The other question was merged too since. Undo that merge first.")
    _lead(_merged_into(question.id), question.id)
    question.merged_into_id = None
    _bring_back(moderator, question)
    _move_back(made.moved["posts"], question.id, into.id)
    _remove_votes(made.moved["voters"], into)
    _remove_bookmarks(made.moved["savers"], into.id)
    made.ended_at, made.ended_by_id = now(), moderator.id
    accepting.end_of_moved(moderator, into)
    _after(question, into)
    record(moderator, Verb.UNMERGED, into, merged=question.id, tells=writer_id(question))


def standing_merging(question_id: int) -> Merging | None:
    """The merge that holds now."""
    return db.session.scalar(
        select(Merging).where(Merging.question_id == question_id, Merging.ended_at.is_(None))
    )


def read_under(post: Post) -> dict[int, datetime]:
    """The questions below whose numbers this post was read, and since when: its own, and what it
    was merged into, also where that was undone. Who read it is kept by the number of that time.
    """
    assert post.question_id is not None
    since, known = {post.question_id: post.created_at}, 0
    while known < len(since):
        known = len(since)
        for made in _mergings_of(list(since)):
            if post.id in made.moved["posts"] or (made.question_id in since and _is_it(post)):
                since.setdefault(made.question_id, post.created_at)
                since[made.into_id] = max(made.merged_at, post.created_at)
    return since


def _is_it(post: Post) -> bool:
    """A question's title is read on the page of what it was merged into."""
    return post.kind == Kind.QUESTION


def _mergings_of(question_ids: Sequence[int]) -> Sequence[Merging]:
    """Latest first: of several moments at which it came below one question, the first counts."""
    either = or_(Merging.question_id.in_(question_ids), Merging.into_id.in_(question_ids))
    return db.session.scalars(select(Merging).where(either).order_by(Merging.id.desc())).all()


def also_asked_as(question_ids: Sequence[int]) -> Sequence[AnyRow]:
    """(into_id, question_id, title) of what is merged into these questions and may be read."""
    return db.session.execute(
        select(Post.merged_into_id.label("into_id"), Post.id.label("question_id"), Post.title)
        .where(Post.merged_into_id.in_(question_ids), is_safe(Post))
        .order_by(Post.id)
    ).all()


def _merged_into(question_id: int) -> list[int]:
    """What was merged into it, and into that before."""
    found, latest = [], [question_id]
    while latest:
        into = Merging.into_id.in_(latest), Merging.ended_at.is_(None)
        latest = list(db.session.scalars(select(Merging.question_id).where(*into)))
        found += latest
    return found


def _lead(question_ids: Sequence[int], into_id: int) -> None:
    """Their addresses lead there, and their titles stand there."""
    db.session.execute(
        update(Post).where(Post.id.in_(question_ids)).values(merged_into_id=into_id),
        execution_options=WITHOUT_SYNC,
    )


def _hold(question: Question, into: Question) -> None:
    """Both rows, always in the same order, so that two merges never wait for each other."""
    for each in sorted((question, into), key=lambda post: post.id):
        db.session.refresh(each, with_for_update=True)


def _below(question_id: int) -> list[int]:
    """Everything that stands below it, what is hidden included."""
    below = select(Post.id).where(Post.question_id == question_id, Post.id != question_id)
    return list(db.session.scalars(below.order_by(Post.id)))


def _move(posts: Sequence[int], there: int, here: int) -> None:
    """Answers with their comments; comments on the question itself stand below the other one."""
    ours = Post.id.in_(posts)
    db.session.execute(
        update(Post).where(ours, Post.question_id == there).values(question_id=here),
        execution_options=WITHOUT_SYNC,
    )
    db.session.execute(
        update(Post).where(ours, Post.parent_id == there).values(parent_id=here),
        execution_options=WITHOUT_SYNC,
    )


def _move_back(posts: Sequence[int], there: int, here: int) -> None:
    """What still stands where the merge put it."""
    comments = select(Post.id).where(
        Post.id.in_(posts), Post.parent_id == here, Post.kind == Kind.COMMENT
    )
    db.session.execute(
        update(Post).where(Post.id.in_(list(db.session.scalars(comments)))).values(parent_id=there),
        execution_options=WITHOUT_SYNC,
    )
    ours = select(Post.id).where(Post.id.in_(posts), Post.question_id == here)
    moved = list(db.session.scalars(ours))
    db.session.execute(
        update(Post)
        .where(Post.question_id == here, Post.id.in_(moved) | Post.parent_id.in_(moved))
        .values(question_id=there),
        execution_options=WITHOUT_SYNC,
    )


def _add_votes(question: Question, into: Question) -> list[int]:
    """The votes of those who had none there: one a person, nobody for their own."""
    has_one = select(Vote.person_id).where(Vote.post_id == into.id)
    rows = db.session.execute(
        select(Vote.person_id, Vote.voted_at).where(
            Vote.post_id == question.id,
            Vote.person_id.not_in(has_one),
            Vote.person_id != (writer_id(into) or 0),
        )
    ).all()
    if rows:
        votes = [{"post_id": into.id, **row._mapping} for row in rows]
        db.session.execute(insert(Vote), votes)
    into.score += len(rows)
    return [row.person_id for row in rows]


def _remove_votes(voters: Sequence[int], into: Question) -> None:
    """Whoever has taken their vote back since has none to lose."""
    gone = delete(Vote).where(Vote.post_id == into.id, Vote.person_id.in_(voters))
    removed = db.session.execute(gone.returning(Vote.person_id)).all()
    into.score -= len(removed)


def _add_bookmarks(question_id: int, into_id: int) -> list[int]:
    has_one = select(Bookmark.person_id).where(Bookmark.question_id == into_id)
    rows = db.session.execute(
        select(Bookmark.person_id, Bookmark.saved_at).where(
            Bookmark.question_id == question_id, Bookmark.person_id.not_in(has_one)
        )
    ).all()
    if rows:
        kept = [{"question_id": into_id, **row._mapping} for row in rows]
        db.session.execute(insert(Bookmark), kept)
    return [row.person_id for row in rows]


def _remove_bookmarks(savers: Sequence[int], into_id: int) -> None:
    db.session.execute(
        delete(Bookmark).where(Bookmark.question_id == into_id, Bookmark.person_id.in_(savers))
    )


def _take_away(moderator: Person, question: Question) -> None:
    db.session.add(
        Hiding(
            post_id=question.id,
            hidden_by_id=moderator.id,
            by_moderator=True,
            reason="Merged into another question.",
        )
    )
    set_hidden(question, hidden=True)


def _bring_back(moderator: Person, question: Question) -> None:
    db.session.execute(
        update(Hiding)
        .where(Hiding.post_id == question.id, Hiding.ended_at.is_(None))
        .values(ended_at=now(), ended_by_id=moderator.id)
    )
    if question.withheld_at is None:
        set_hidden(question, hidden=False)


def _after(*questions: Question) -> None:
    """Count again, and tell every open page."""
    db.session.flush()
    for question in questions:
        answers = select(func.count()).where(
            Post.question_id == question.id,
            Post.kind == Kind.ANSWER,
            Post.hidden_at.is_(None),
        )
        question.answer_count = db.session.scalar(answers) or 0
        writing.refresh_lists(question.id)
        writing.raise_version(question.id)
    db.session.flush()
    db.session.expire_all()
