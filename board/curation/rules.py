"""Who is what to an answer. What each of them may do with it stands in `states`.

The page an auditor reads first: a verification is never the author's, and a moderator stands in
only where no other expert for the question's tags is left to decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from board.curation.states import Role
from board.people.models import Member


@dataclass(frozen=True)
class Bench:
    """By id: who wrote an answer, who is an expert for one of its tags, who has verified it, and
    who else wrote a part of it.
    """

    author_id: int | None
    experts: frozenset[int]
    verifiers: frozenset[int]
    contributors: frozenset[int] = frozenset()

    @property
    def others(self) -> frozenset[int]:
        """The experts who neither wrote nor verified it: who is left to decide."""
        return self.experts - self.verifiers - self.contributors - {self.author_id}


def verifiers_needed(*, is_high_risk: bool) -> int:
    """How many different people have to verify an answer."""
    return 2 if is_high_risk else 1


def contributors(
    wrote: Iterable[tuple[int, int]], verified: Iterable[tuple[int, int]], needed: int
) -> frozenset[int]:
    """Who wrote a revision that not as many others as are needed have verified since.

    Both are pairs of a person and a revision. What somebody who had verified the rest put right,
    and said that it is still true, counts as verified by them.
    """
    verified = list(verified)
    found = set()
    for person_id, number in wrote:
        since = {verifier for verifier, revision in verified if revision >= number}
        if person_id not in since and len(since) < needed:
            found.add(person_id)
    return frozenset(found)


def roles_of(person: Member, bench: Bench) -> frozenset[Role]:
    """Everything this person is to the answer."""
    if person.id is None:
        return frozenset()
    is_so = {
        Role.MEMBER: True,
        Role.AUTHOR: person.id == bench.author_id,
        Role.CONTRIBUTOR: person.id in bench.contributors,
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


def may_see_readers(person: Member) -> bool:
    """Who had a question open, for an answer that nobody should follow any more."""
    return person.is_moderator
