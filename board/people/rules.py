"""Who may do what with people."""

from fnmatch import fnmatchcase

from board.config import settings
from board.people.models import Member, Person


def may_manage_people(person: Member) -> bool:
    return person.is_administrator


def is_shared_account(username: str) -> bool:
    """Whether this is a computer's own account: whoever sits there has a name of their own."""
    name = username.lower().rpartition("\\")[2].partition("@")[0]
    return any(fnmatchcase(name, listed.lower()) for listed in settings().shared_accounts)


def may_see_helped(reader: Member, person: Person) -> bool:
    """How many colleagues somebody helped is theirs to show."""
    if not settings().personal_statistics:
        return False
    return person.shows_helped or reader.id == person.id


def may_see_inactive(reader: Member) -> bool:
    return reader.is_administrator
