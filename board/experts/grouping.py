"""Groups: people who answer for one another. Moderators make them, members come by invitation."""

from sqlalchemy import delete, select

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict, Invalid, Missing, require
from board.core.text import one_line
from board.experts.models import LINE_LENGTH, ExpertGroup, GroupMember, GroupSeat, Membership
from board.experts.rules import may_invite, may_make_groups
from board.people.joining import HANDLE, NAME_LENGTH
from board.people.models import Member, Person
from board.tags import naming

DESCRIPTION_LENGTH = 300
RESERVED = ("new",)


def make(
    moderator: Member, handle: str, *, name: str, line: str, description: str, tags: str
) -> ExpertGroup:
    """A new group that answers for these tags. Raises `Refused` or `Invalid`."""
    require(may_make_groups(moderator), "Only a moderator may make groups.")
    handle = one_line(handle).lstrip("@").lower()
    wrong = {"handle": _handle_problem(handle)} | _problems(name, line, description)
    names = _tags(tags, wrong)
    group = ExpertGroup(handle=handle, made_by_id=moderator.id)
    db.session.add(group)
    _put(group, name, line, description, names)
    record(moderator, Verb.GROUP_CHANGED, group)
    return group


def change(
    moderator: Member, group: ExpertGroup, *, name: str, line: str, description: str, tags: str
) -> None:
    """Say otherwise what a group is and answers for. Raises `Refused` or `Invalid`."""
    require(may_make_groups(moderator), "Only a moderator may change groups.")
    names = _tags(tags, _problems(name, line, description))
    _put(group, name, line, description, names)
    record(moderator, Verb.GROUP_CHANGED, group)


def invite(inviter: Person, group: ExpertGroup, person: Person) -> None:
    """Ask somebody to be a member; they are told, and join or not. Raises `Refused` or
    `Conflict`.
    """
    allowed = may_invite(inviter, is_member=is_member(inviter.id, group.id))
    require(allowed, "Only members of the group and moderators can invite.")
    require(
        person.is_active and not person.is_imported,
        f"{person.name} has no account here, so nobody could ask them.",
    )
    row = _membership(group.id, person.id)
    if row is not None and row.status != Membership.LEFT:
        raise Conflict(f"{person.name} is {_words(row)} already.")
    _set(group, person, Membership.INVITED, inviter)
    record(inviter, Verb.GROUP_INVITED, group, tells=person.id)


def join(person: Person, group: ExpertGroup) -> None:
    """Take an invitation; a second time changes nothing. Raises `Refused`."""
    row = _membership(group.id, person.id)
    invited = row is not None and row.status != Membership.LEFT
    require(invited, "You need an invitation. Ask a member of the group.")
    assert row is not None
    if row.status == Membership.INVITED:
        row.status, row.since = Membership.MEMBER, now()
        record(person, Verb.GROUP_JOINED, group)


def leave(actor: Person, group: ExpertGroup, person: Person) -> None:
    """Somebody leaves, or does not want to join; a moderator may end it too. Raises `Refused`."""
    own = actor.id == person.id
    require(own or actor.is_moderator, "Only they themselves and moderators can end this.")
    row = _membership(group.id, person.id)
    if row is not None and row.status != Membership.LEFT:
        row.status, row.since = Membership.LEFT, now()
        record(actor, Verb.GROUP_LEFT, group)


def group_called(handle: str) -> ExpertGroup:
    """The group of this handle; raises `Missing`."""
    group = find(handle)
    if group is None:
        raise Missing(f"There is no group called {handle}.")
    return group


def find(handle: str) -> ExpertGroup | None:
    """The group of this handle, if there is one."""
    handle = one_line(handle).lstrip("@").lower()
    return db.session.scalar(select(ExpertGroup).filter_by(handle=handle))


def is_member(person_id: int | None, group_id: int | None) -> bool:
    """Whether this person is in the group."""
    row = _membership(group_id, person_id) if person_id and group_id else None
    return row is not None and row.status == Membership.MEMBER


def keep_handles_apart(deed: Deed) -> None:
    """`@name` is a person or a group: nobody joins under the name of a group."""
    if find(deed.subject.handle) is not None:
        raise Conflict(f"There is a group called {deed.subject.handle}. Choose another user name.")


def _membership(group_id: int, person_id: int) -> GroupMember | None:
    return db.session.get(GroupMember, (group_id, person_id))


def _words(row: GroupMember) -> str:
    return "a member" if row.status == Membership.MEMBER else "invited"


def _set(group: ExpertGroup, person: Person, status: Membership, inviter: Person) -> None:
    row = _membership(group.id, person.id)
    if row is None:
        row = GroupMember(group_id=group.id, person_id=person.id)
        db.session.add(row)
    row.status, row.invited_by_id, row.since = status, inviter.id, now()


def _put(group: ExpertGroup, name: str, line: str, description: str, tags: list[str]) -> None:
    group.name, group.line = one_line(name), one_line(line)
    group.description = one_line(description)
    db.session.flush()
    db.session.execute(delete(GroupSeat).where(GroupSeat.group_id == group.id))
    for tag in naming.tags_named(tags):
        db.session.add(GroupSeat(group_id=group.id, tag_id=tag.id))


def _handle_problem(handle: str) -> str:
    if not HANDLE.fullmatch(handle) or handle in RESERVED:
        return "A short name has up to 40 letters a-z, digits, dots or dashes."
    taken = select(Person.id).filter_by(handle=handle)
    if find(handle) is not None or db.session.scalar(taken) is not None:
        return f"The name {handle} is taken."
    return ""


def _problems(name: str, line: str, description: str) -> dict[str, str]:
    lengths = {
        "name": (one_line(name), NAME_LENGTH),
        "line": (one_line(line), LINE_LENGTH),
        "description": (one_line(description), DESCRIPTION_LENGTH),
    }
    wrong = {
        field: f"At most {most} characters, please."
        for field, (text, most) in lengths.items()
        if len(text) > most
    }
    return wrong if one_line(name) else wrong | {"name": "Write what colleagues call it."}


def _tags(typed: str, wrong: dict[str, str]) -> list[str]:
    """The names of the tags; raises `Invalid` with everything that is wrong."""
    wrong = {field: message for field, message in wrong.items() if message}
    try:
        names = naming.split(typed)
    except Invalid as problem:
        raise Invalid(wrong | problem.fields) from None
    if wrong:
        raise Invalid(wrong)
    return names
