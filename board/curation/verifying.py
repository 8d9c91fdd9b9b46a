"""Verifying an answer, and taking that back."""

from collections.abc import Sequence

from sqlalchemy import select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core.clock import now
from board.core.database import db
from board.core.errors import Invalid
from board.core.text import one_line
from board.curation import caring, deciding, describing, problems
from board.curation.caring import Care
from board.curation.deciding import Held, Seen
from board.curation.describing import Described
from board.curation.models import WORDS_LENGTH, Ended, Verification
from board.curation.states import Action, Role
from board.experts.models import Seat, Status
from board.experts.reaching import today
from board.people.models import Person
from board.people.queries import is_vouched
from board.posts.confiding import signature
from board.posts.models import Answer, PostTag, Standing

A_MODERATOR = "a moderator"


def verify(
    verifier: Person,
    answer: Answer,
    seen: Seen,
    note: str = "",
    described: Described | None = None,
) -> None:
    """Stand behind this very text. Of high risk it takes two, and a pharmacist for a dose.

    What it rests on may be put right in the same breath; that voids what others verified before.
    Raises `Refused`, `Invalid` without evidence, `Outpaced` when it was changed or decided.
    """
    held = deciding.hold(verifier, answer, seen)
    if described is not None and describing.describe(verifier, answer, described):
        held = deciding.held(verifier, answer)
    care, made = caring.of_answer(answer), _made(verifier, held, note)
    made.review_by = care.review_by(today())
    others = [each for each in deciding.fresh(held.standing) if each.verified_by_id != verifier.id]
    is_enough = care.is_met_by([each.is_pharmacist for each in (*others, made)])
    after = held.after(Action.VERIFY if is_enough else Action.VERIFY_PARTLY)
    describing.require_evidence(answer)
    over = _over(verifier, held, others, is_enough=is_enough)
    end_all(over, verifier.id, Ended.RENEWED)
    db.session.add(made)
    answer.owner_id = verifier.id if answer.owner_id is None or is_enough else answer.owner_id
    deciding.put(answer, after, _why(after, care, [*others, made]), needed=care.verifiers)
    record(verifier, Verb.VERIFIED, answer, revision=seen.revision, tells=deciding.concerned(held))
    if is_enough:
        _settle_reports(verifier, answer)
    else:
        deciding.ask_for_second(verifier, answer)


def withdraw(person: Person, answer: Answer, seen: Seen, reason: str = "") -> None:
    """The verification no longer holds. Whoever else than a verifier does it says why."""
    held = deciding.hold(person, answer, seen)
    after = held.after(Action.END_VERIFICATION)
    reason = said(reason)
    if Role.VERIFIER not in held.roles and not reason:
        raise Invalid({"reason": "Say in a few words why. Whoever verified it will read it."})
    end_all(held.standing, signature(person, answer), Ended.TAKEN_BACK, reason)
    deciding.put(answer, after, Ended.TAKEN_BACK)
    record(person, Verb.VERIFICATION_WITHDRAWN, answer, tells=deciding.concerned(held))


def _settle_reports(verifier: Person, answer: Answer) -> None:
    """Whoever verifies it has read what colleagues say is wrong with it: they hear of it."""
    settled = problems.close_reports(verifier, answer)
    if settled:
        tells = sorted({each.person_id for each in settled})
        record(verifier, Verb.PROBLEM_SETTLED, answer, tells=tells)


def end_all(
    standing: Sequence[Verification], person_id: int | None, why: Ended, reason: str = ""
) -> None:
    """End these verifications; the record of them stays."""
    for each in standing:
        each.ended_at, each.ended_by_id, each.why_ended = now(), person_id, why
        each.reason = reason
    db.session.flush()


def said(words: str) -> str:
    """A reason or a note, on one line and as long as it may be."""
    return one_line(words)[:WORDS_LENGTH]


def _made(verifier: Person, held: Held, note: str) -> Verification:
    tag_id = None if Role.EXPERT not in held.roles else _tag_of(verifier, held.answer)
    department = verifier.department.name if verifier.department else verifier.name
    return Verification(
        answer_id=held.answer.id,
        verified_by_id=verifier.id,
        revision=held.answer.revision_number,
        verified_at=now(),
        as_moderator=tag_id is None,
        tag_id=tag_id,
        shown_as=A_MODERATOR if tag_id is None else department,
        is_pharmacist=_is_pharmacist(verifier),
        note=said(note),
    )


def _is_pharmacist(verifier: Person) -> bool:
    """By the site's list of professions, word for word, and never by what they said themselves."""
    profession = verifier.profession.casefold()
    is_listed = profession in (each.casefold() for each in settings().pharmacist_professions)
    vouched = select(is_vouched()).select_from(Person).where(Person.id == verifier.id)
    return is_listed and bool(db.session.scalar(vouched))


def _tag_of(verifier: Person, answer: Answer) -> int | None:
    """The first tag of the question that they are an expert for."""
    return db.session.scalar(
        select(PostTag.tag_id)
        .join(Seat, Seat.tag_id == PostTag.tag_id)
        .where(
            PostTag.post_id == answer.question_id,
            Seat.person_id == verifier.id,
            Seat.status == Status.CONFIRMED,
        )
        .order_by(PostTag.position)
        .limit(1)
    )


def _over(
    verifier: Person, held: Held, kept: Sequence[Verification], *, is_enough: bool
) -> Sequence[Verification]:
    """Whose verification gives way to the one made now: their own, and where what stands now
    carries the answer alone, those whose date is over.
    """
    if is_enough or held.answer.standing == Standing.PARTLY:
        return [each for each in held.standing if each not in kept]
    return [each for each in held.standing if each.verified_by_id == verifier.id]


def _why(after: Standing, care: Care, verifications: Sequence[Verification]) -> str:
    """For readers: what is still missing."""
    return "" if after != Standing.PARTLY else caring.missing(care, len(verifications))
