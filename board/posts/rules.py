"""Who may do what with posts. The page an auditor reads.

A rule takes whoever asks and a post, which may be an entity or a row with the same columns.
"""

from datetime import datetime, timedelta
from typing import Protocol

from board.core.clock import now
from board.people.models import Member
from board.posts.models import Hiding, Kind

UNDO_DAYS = 30


class PostLike(Protocol):
    """A post, or a row that reads like one."""

    @property
    def kind(self) -> str: ...
    @property
    def author_id(self) -> int | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...


class AcceptanceLike(Protocol):
    """A standing acceptance, or a row that reads like one."""

    @property
    def by_moderator(self) -> bool: ...


def is_own(person: Member, post: PostLike) -> bool:
    return person.id is not None and person.id == post.author_id


def may_post(person: Member) -> bool:
    """Ask, answer and comment."""
    return person.id is not None


def may_see(person: Member, post: PostLike) -> bool:
    return post.hidden_at is None or is_own(person, post) or person.is_moderator


def may_edit(person: Member, post: PostLike) -> bool:
    return post.hidden_at is None and (is_own(person, post) or person.is_moderator)


def may_vote(person: Member, post: PostLike) -> bool:
    return (
        person.id is not None
        and post.kind in (Kind.QUESTION, Kind.ANSWER)
        and post.hidden_at is None
        and not is_own(person, post)
    )


def may_accept(person: Member, question: PostLike, standing: AcceptanceLike | None = None) -> bool:
    """The asker and moderators accept; an asker cannot undo what a moderator accepted."""
    if person.is_moderator:
        return True
    return is_own(person, question) and not (standing is not None and standing.by_moderator)


def may_hide(person: Member, post: PostLike, *, answered_by_others: bool = False) -> bool:
    """Their own, unless it is a question that others have answered; moderators anything."""
    return person.is_moderator or (is_own(person, post) and not answered_by_others)


def may_reopen(person: Member, question: PostLike, by_moderator: bool | None) -> bool:
    """Moderators always; the asker what they closed themselves."""
    return person.is_moderator or (is_own(person, question) and not by_moderator)


def may_restore(person: Member, post: PostLike, hiding: Hiding) -> bool:
    """Moderators always; an author what they hid themselves, for 30 days."""
    if person.is_moderator:
        return True
    recent = hiding.hidden_at > now() - timedelta(days=UNDO_DAYS)
    return is_own(person, post) and hiding.hidden_by_id == person.id and recent
