"""Who may flag, suggest, decide, warn and suspend. The page an auditor reads."""

from board.people.models import Member, Person
from board.posts.rules import PostLike, is_own, may_edit


def may_flag(person: Member, post: PostLike) -> bool:
    """Anybody signed in; their own they can edit or remove."""
    return person.id is not None and post.hidden_at is None and not is_own(person, post)


def may_suggest(person: Member, post: PostLike) -> bool:
    """Whoever reads it and may not edit it."""
    return person.id is not None and post.hidden_at is None and not may_edit(person, post)


def may_moderate(person: Member) -> bool:
    """See the queue and decide in it."""
    return person.is_moderator


def may_let_through(person: Member, author_id: int | None) -> bool:
    """Decide about somebody's first posts; nobody about what they wrote themselves."""
    return person.is_moderator and person.id != author_id


def may_sanction(person: Member, whom: Person) -> bool:
    """Warn and suspend members; only administrators do it to moderators, nobody to themselves."""
    if person.id == whom.id or whom.is_imported or not person.is_moderator:
        return False
    return person.is_administrator or not whom.is_moderator


def may_see_conduct(person: Member, whom: Person) -> bool:
    """What is on record about somebody is theirs to read, and moderators'."""
    return person.is_moderator or (person.id is not None and person.id == whom.id)
