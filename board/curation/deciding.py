"""What every decision about an answer has in common: it is held, it is as it was seen, the table
says what follows, and the copies that readers see are made anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, select, update

from board.activity.recording import Actor, Deed, record
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Conflict, Gone
from board.curation import caring, states
from board.curation.models import Verification
from board.curation.rules import Bench, contributors, roles_of
from board.curation.states import Action, Role
from board.experts.queries import expert_seats
from board.experts.reaching import today
from board.people.models import CONSOLE, Member, Person
from board.people.models import Role as PersonRole
from board.posts import states as question_states
from board.posts import writing
from board.posts.models import Answer, Kind, Post, Revision, Standing
from board.posts.rules import writer_id

# How a question stands, by the best of its answers.
BEST_FIRST = (Standing.VERIFIED, Standing.REVIEW_DUE, Standing.EXPIRED, Standing.PARTLY)
THE_BOARD = frozenset({Role.BOARD})


class Outpaced(Conflict):
    """Somebody else decided, or changed the text, after this page was shown."""

    def __init__(self, message: str, revision: int) -> None:
        super().__init__(message)
        self.revision = revision


@dataclass(frozen=True)
class Seen:
    """How the answer stood on the page that somebody decided on."""

    revision: int
    standing: str


@dataclass(frozen=True)
class Held:
    """An answer nobody else can decide about until this transaction ends."""

    answer: Answer
    bench: Bench
    roles: frozenset[Role]
    standing: Sequence[Verification]

    def after(self, action: Action) -> Standing:
        """Where this leads. Raises `Refused` or `Conflict`."""
        return states.after(self.answer.standing, action, self.roles)


def hold(person: Member, answer: Answer, seen: Seen) -> Held:
    """Take hold of it for a decision. Raises `Gone`, `Refused` in a locked question, or `Outpaced`
    if it is not as it was seen.
    """
    db.session.refresh(answer, with_for_update=True)
    if not answer.is_visible:
        raise Gone("This answer has been removed.")
    check_open(person, answer)
    if answer.revision_number != seen.revision:
        message = "The text was changed after you opened it. Read what changed, then decide."
        raise Outpaced(message, seen.revision)
    if answer.standing != seen.standing:
        message = "Somebody was quicker: it stands differently now. Look, and decide again."
        raise Outpaced(message, seen.revision)
    return held(person, answer)


def check_open(person: Member, answer: Answer) -> None:
    """Raise `Refused` or `Gone` unless its question lets this person decide about its answers."""
    question = db.session.get_one(Post, answer.question_id)
    question_states.check(person, question_states.Action.CURATE, question)


def held(person: Member, answer: Answer) -> Held:
    """What is known for a decision about an answer that this transaction holds already."""
    standing = standing_verifications(answer.id)
    # Where a second one is waited for, whoever verified it too long ago may do so again.
    counting = standing if answer.standing != Standing.PARTLY else fresh(standing)
    verifiers = frozenset(each.verified_by_id for each in counting)
    bench = Bench(writer_id(answer), _experts(answer), verifiers, _contributors(answer))
    return Held(answer, bench, roles_of(person, bench), standing)


def standing_verifications(answer_id: int) -> Sequence[Verification]:
    """Those that have not ended, oldest first."""
    found = select(Verification).filter_by(answer_id=answer_id, ended_at=None)
    return db.session.scalars(found.order_by(Verification.id)).all()


def fresh(verifications: Sequence[Verification]) -> list[Verification]:
    """Those whose own review date is not over."""
    day = today()
    return [each for each in verifications if each.review_by > day]


def put(answer: Answer, standing: Standing, why: str = "", *, needed: int = 1) -> None:
    """Make the answer stand so, with copies of what is on record; its question too.

    `needed`: how many verifications count, the earliest of whose dates is the answer's.
    """
    db.session.flush()
    verifications = standing_verifications(answer.id)
    answer.standing, answer.standing_why = standing, why
    answer.verified_by = " and ".join(dict.fromkeys(each.shown_as for each in verifications))
    answer.verified_at = max((each.verified_at for each in verifications), default=None)
    answer.review_by = _review_by(verifications, needed)
    db.session.flush()
    assert answer.question_id is not None
    refresh_question(answer.question_id)
    writing.raise_version(answer.question_id)


def refresh_question(question_id: int) -> None:
    """A question stands as the best of its answers that can be read."""
    place = case(
        {state.value: number for number, state in enumerate(BEST_FIRST)}, value=Post.standing
    )
    best = db.session.scalar(
        select(Post.standing)
        .where(
            Post.question_id == question_id,
            Post.kind == Kind.ANSWER,
            Post.hidden_at.is_(None),
            Post.standing.in_(BEST_FIRST),
        )
        .order_by(place)
        .limit(1)
    )
    db.session.execute(
        update(Post).where(Post.id == question_id).values(standing=best or Standing.POSTED)
    )


def follow(deed: Deed) -> None:
    """An answer was removed or came back: its question may stand differently."""
    if deed.subject.kind == Kind.ANSWER:
        refresh_question(deed.subject.question_id)


def concerned(held: Held) -> list[int]:
    """Whoever wrote it, verified it or looks after it: who is told of a decision."""
    people = {writer_id(held.answer), held.answer.owner_id, *held.bench.verifiers}
    return sorted(id for id in people if id is not None)


def ask_for_second(actor: Actor, answer: Answer) -> None:
    """Tell whoever may give it the verification it still needs: the other experts for its tags, or
    where none is left the moderators; never its author, nor whoever verified it already.
    """
    bench = held(CONSOLE, answer).bench
    tells = bench.others or _moderators() - bench.verifiers - {bench.author_id}
    record(actor, Verb.SECOND_NEEDED, answer, tells=sorted(tells))


def _moderators() -> frozenset[int]:
    roles = (PersonRole.MODERATOR, PersonRole.ADMINISTRATOR)
    at_work = select(Person.id).where(Person.role.in_(roles), Person.deactivated_at.is_(None))
    return frozenset(db.session.scalars(at_work))


def _review_by(verifications: Sequence[Verification], needed: int) -> date | None:
    days = sorted((each.review_by for each in verifications), reverse=True)
    return days[min(needed, len(days)) - 1] if days else None


def _contributors(answer: Answer) -> frozenset[int]:
    revisions = select(Revision).where(
        Revision.post_id == answer.id, Revision.editor_id.is_not(None)
    )
    wrote = [(each.editor_id or 0, each.number) for each in db.session.scalars(revisions)]
    if not wrote:
        return frozenset()
    verified = select(Verification).where(Verification.answer_id == answer.id)
    since = [(each.verified_by_id, each.revision) for each in db.session.scalars(verified)]
    return contributors(wrote, since, caring.of_answer(answer).verifiers)


def _experts(answer: Answer) -> frozenset[int]:
    return frozenset(db.session.scalars(expert_seats(answer.question_id)))
