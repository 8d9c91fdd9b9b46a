"""Who is what to an answer. What each of them may do with it stands in `states`.

The page an auditor reads first: a verification is never the author's, and a moderator stands in
only where no other expert for the question's tags is left to decide.
"""

from dataclasses import dataclass

from board.curation.states import Role
from board.people.models import Member


@dataclass(frozen=True)
class Bench:
    """By id: who wrote an answer, who is an expert for one of its tags, who has verified it."""

    author_id: int | None
    experts: frozenset[int]
    verifiers: frozenset[int]

    @property
    def others(self) -> frozenset[int]:
        """The experts who neither wrote nor verified it: who is left to decide."""
        return self.experts - self.verifiers - {self.author_id}


def roles_of(person: Member, bench: Bench) -> frozenset[Role]:
    """Everything this person is to the answer."""
    if person.id is None:
        return frozenset()
    is_so = {
        Role.MEMBER: True,
        Role.AUTHOR: person.id == bench.author_id,
        Role.EXPERT: person.id in bench.experts,
        Role.VERIFIER: person.id in bench.verifiers,
        Role.MODERATOR: person.is_moderator,
        Role.STAND_IN: person.is_moderator and not bench.others,
    }
    return frozenset(role for role, holds in is_so.items() if holds)


def may_set_care(person: Member) -> bool:
    """How much care a tag's answers need."""
    return person.is_moderator


def may_hand_over(person: Member) -> bool:
    """Give somebody's tags and reviews to somebody else."""
    return person.is_moderator


def may_register(person: Member, *, is_expert: bool) -> bool:
    """Keep the registry of guidelines: an expert for any tag, or a moderator."""
    return person.id is not None and (is_expert or person.is_moderator)


def may_see_health(person: Member) -> bool:
    return person.is_moderator
