"""Who may do what with seats and requests.

A rule takes whoever asks and a seat or a request, which may be an entity or a row like one.
"""

from typing import Protocol

from board.people.models import Member
from board.posts.rules import PostLike, may_see


class Held(Protocol):
    """A seat or a request, or a row that reads like one."""

    @property
    def person_id(self) -> int: ...


class RequestLike(Held, Protocol):
    """A request, or a row that reads like one."""

    @property
    def asker_id(self) -> int: ...


def is_theirs(person: Member, held: Held) -> bool:
    return person.id is not None and person.id == held.person_id


def may_nominate(person: Member) -> bool:
    return person.id is not None


def may_confirm(person: Member, seat: Held, *, is_expert: bool) -> bool:
    """An expert of that tag or a moderator; their own only a moderator."""
    return person.is_moderator or (is_expert and not is_theirs(person, seat))


def may_decline_seat(person: Member, seat: Held) -> bool:
    return is_theirs(person, seat)


def may_end(person: Member, seat: Held) -> bool:
    return is_theirs(person, seat) or person.is_moderator


def may_keep_rota(person: Member, *, is_lead: bool) -> bool:
    """Moderators, the lead of the tag, and the members of the group whose rota it is."""
    return person.is_moderator or is_lead


def may_import_rota(person: Member) -> bool:
    return person.is_moderator


def may_make_groups(person: Member) -> bool:
    return person.is_moderator


def may_invite(person: Member, *, is_member: bool) -> bool:
    return person.is_moderator or is_member


def may_take(person: Member, request: Held, *, is_member: bool) -> bool:
    """A member of the group that was asked, instead of whoever has it now."""
    return is_member and not is_theirs(person, request)


def may_hand_over(person: Member, *, is_lead: bool) -> bool:
    """What waits with somebody who is not here: moderators, and the lead of the tag."""
    return person.is_moderator or is_lead


def may_ask(person: Member, question: PostLike) -> bool:
    return person.id is not None and may_see(person, question)


def may_settle(person: Member, request: Held) -> bool:
    """Pass on or decline."""
    return is_theirs(person, request)


def may_withdraw(person: Member, request: RequestLike) -> bool:
    return person.is_moderator or (person.id is not None and person.id == request.asker_id)
