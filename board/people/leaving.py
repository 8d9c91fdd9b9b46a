"""Somebody leaves, or comes back. What they wrote stays."""

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.errors import require
from board.people.appointing import keep_one_administrator
from board.people.models import Member, Person
from board.people.rules import may_manage_people

REFUSAL = "Only an administrator may deactivate or reactivate people."


def deactivate(administrator: Member, person: Person) -> None:
    """Take away all access from the next request on; a second time changes nothing."""
    require(may_manage_people(administrator), REFUSAL)
    if person.is_active:
        keep_one_administrator(person)
        person.deactivated_at = now()
        record(administrator, Verb.DEACTIVATED, person)


def reactivate(administrator: Member, person: Person) -> None:
    """Give access back."""
    require(may_manage_people(administrator), REFUSAL)
    require(not person.is_imported, "An imported author is a name only and cannot sign in.")
    if not person.is_active:
        person.deactivated_at = None
        record(administrator, Verb.REACTIVATED, person)
