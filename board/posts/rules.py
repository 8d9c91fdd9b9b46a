"""Who may do what with posts. The page an auditor reads.

A rule takes whoever asks and a post, which may be an entity or a row with the same columns.
"""

from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement

from board.core.clock import now
from board.people.models import Member
from board.posts.models import Kind, Standing
from board.posts.records import Hiding
from board.privacy.rules import may_review

UNDO_DAYS = 30


class PostLike(Protocol):
    """A post, or a row that reads like one."""

    @property
    def kind(self) -> str: ...
    @property
    def author_id(self) -> int | None: ...
    @property
    def confider_id(self) -> int | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...
    @property
    def withheld_at(self) -> datetime | None: ...
    @property
    def purge_number(self) -> int | None: ...
    @property
    def owner_id(self) -> int | None: ...
    @property
    def standing(self) -> str: ...
    @property
    def merged_into_id(self) -> int | None: ...


class AcceptanceLike(Protocol):
    """A standing acceptance, or a row that reads like one."""

    @property
    def by_moderator(self) -> bool: ...


def writer_id(post: PostLike) -> int | None:
    """Whose post it is, named or not: for rights and news, never to be shown."""
    return post.confider_id if post.author_id is None else post.author_id


def is_own(person: Member, post: PostLike) -> bool:
    return person.id is not None and person.id == writer_id(post)


def may_post(person: Member) -> bool:
    """Ask, answer and comment."""
    return person.id is not None


def may_see(person: Member, post: PostLike) -> bool:
    """Who reads a post. What may hold a patient's details: its author and privacy reviewers."""
    if post.hidden_at is None or is_own(person, post):
        return True
    if post.withheld_at is not None:
        return may_review(person, writer_id(post))
    return person.is_moderator


def may_read_text(person: Member, post: PostLike) -> bool:
    """In a thread, what is withheld or purged keeps its place, without its words."""
    return post.purge_number is None and (post.withheld_at is None or may_see(person, post))


def may_report(person: Member, post: PostLike) -> bool:
    """Say that it contains patient information: anybody who reads it, its author too.

    The title of a merged question is read where it was merged; what was removed is still there for
    moderators, and has to be purged like anything else.
    """
    if person.id is None or post.purge_number is not None:
        return False
    is_read = post.hidden_at is None or post.withheld_at is not None or bool(post.merged_into_id)
    return is_read or is_own(person, post) or person.is_moderator or may_review(person)


def seen_by_anybody(post: Any) -> ColumnElement[bool]:
    """Which posts may leave the pages of people who signed in: on a wall screen, on a printed
    sheet, in a feed. `post` is the table or an alias of it. A new state that hides a post from
    some readers belongs here too.
    """
    shown: ColumnElement[bool] = post.c.hidden_at.is_(None)
    return shown


def may_edit(person: Member, post: PostLike) -> bool:
    """Its author, a moderator, and whoever looks after it since they verified it."""
    looks_after = person.id is not None and person.id == post.owner_id
    return post.hidden_at is None and (is_own(person, post) or looks_after or person.is_moderator)


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


def may_set_urgency(person: Member, question: PostLike) -> bool:
    return is_own(person, question)


def may_hide(person: Member, post: PostLike, *, answered_by_others: bool = False) -> bool:
    """Their own, unless others have answered it, or may have followed it; moderators anything."""
    may_be_followed = post.kind == Kind.ANSWER and post.standing != Standing.POSTED
    own = is_own(person, post) and not answered_by_others and not may_be_followed
    return person.is_moderator or own


def may_reopen(person: Member, question: PostLike, by_moderator: bool | None) -> bool:
    """Moderators always; the asker what they closed themselves."""
    return person.is_moderator or (is_own(person, question) and not by_moderator)


def may_restore(person: Member, post: PostLike, hiding: Hiding) -> bool:
    """Moderators always; an author what they hid themselves, for 30 days. Not before a privacy
    reviewer has decided about it.
    """
    if post.withheld_at is not None:
        return False
    if person.is_moderator:
        return True
    recent = hiding.hidden_at > now() - timedelta(days=UNDO_DAYS)
    return is_own(person, post) and hiding.hidden_by_id == person.id and recent


def may_look_up_asker(person: Member, question: PostLike) -> bool:
    return person.is_moderator and question.confider_id not in (None, person.id)


def may_disclose(person: Member, question: PostLike) -> bool:
    """Show the name after all: whoever asked confidentially, and nobody else."""
    return person.id is not None and person.id == question.confider_id
