"""What an edit does to a verification: it ends it, in the edit's own transaction.

Whoever verified a text may say that a small correction of theirs leaves it true; so they say while
they save, and nobody else can.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import ColumnElement, Select, select

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.database import db
from board.curation import caring, deciding, states
from board.curation.deciding import Held
from board.curation.models import Ended, Verification
from board.curation.states import MARKED, Action
from board.curation.verifying import end_all
from board.people.models import CONSOLE
from board.posts.models import Answer, Kind, PostTag, Standing
from board.posts.rules import writer_id
from board.tags.models import Tag

_still_true: ContextVar[bool] = ContextVar("_still_true", default=False)


@contextmanager
def still_true() -> Iterator[None]:
    """What is edited in here was a small thing, and whoever edits it has verified the rest."""
    token = _still_true.set(True)
    try:
        yield
    finally:
        _still_true.reset(token)


def follow(deed: Deed) -> None:
    """A post was edited, or its evidence changed: end what was verified, unless it is still true.

    A question's edit can bring tags that ask for more. Raises `Refused` where it is not theirs to
    say that it is still true.
    """
    post = deed.subject
    if post.kind == Kind.QUESTION:
        _weigh(select(Answer).where(Answer.question_id == post.id))
    elif post.standing in MARKED:  # whatever it is now: the mark is bound to the words
        _after_edit(deed, deciding.held(deed.actor, post))


def follow_care(deed: Deed) -> None:
    """A tag needs more care now, or less: what is verified under it is held to that."""
    tag: Tag = deed.subject
    in_tag = select(PostTag.post_id).where(PostTag.tag_id == tag.id)
    _weigh(select(Answer).where(Answer.question_id.in_(in_tag)))


def follow_merge(deed: Deed) -> None:
    """Answers stand below another question now, with its tags: both questions are looked at."""
    for question_id in (deed.subject.id, deed.activity.detail["merged"]):
        _look_again(question_id, Answer.question_id == question_id)


def follow_return(deed: Deed) -> None:
    """A post can be read again: its tags may ask for more than when it was hidden."""
    post = deed.subject
    if post.kind != Kind.COMMENT:
        whole = post.kind == Kind.QUESTION
        _look_again(post.question_id, (Answer.question_id if whole else Answer.id) == post.id)


def _look_again(question_id: int, which: ColumnElement[bool]) -> None:
    _weigh(select(Answer).where(which))
    deciding.refresh_question(question_id)


def _after_edit(deed: Deed, held: Held) -> None:
    answer = held.answer
    after = held.after(Action.CORRECT if _still_true.get() else Action.EDIT)
    if _still_true.get():
        _keep_true(deed, held)
        return
    end_all(held.standing, _ender(deed, answer), Ended.EDITED)
    deciding.put(answer, after, Ended.EDITED)
    _tell_voided(deed, answer, deciding.concerned(held))


def _keep_true(deed: Deed, held: Held) -> None:
    """A verifier's own small correction. Of high risk they speak for themselves alone: whoever else
    verified it has not read these words.
    """
    answer, care = held.answer, caring.of_answer(held.answer)
    over = [
        each for each in held.standing if care.is_high_risk and each.verified_by_id != deed.actor.id
    ]
    end_all(over, _ender(deed, answer), Ended.EDITED)
    kept = [each for each in held.standing if each not in over]
    for each in kept:
        each.revision = answer.revision_number
    if over:
        why = caring.missing(care, len(kept)) if answer.standing == Standing.PARTLY else ""
        deciding.put(answer, Standing(answer.standing), why, needed=care.verifiers)
        _tell_voided(deed, answer, [each.verified_by_id for each in over])
    _weigh(select(Answer).where(Answer.id == answer.id))


def _tell_voided(deed: Deed, answer: Answer, people: Iterable[int]) -> None:
    tells = [id for id in people if id != writer_id(answer)]
    record(deed.actor, Verb.VERIFICATION_VOIDED, answer, tells=tells)


def _ender(deed: Deed, answer: Answer) -> int | None:
    """Whose name stands beside the end of it."""
    return None if deed.actor.id == answer.confider_id else deed.actor.id


def _weigh(answers: Select[Answer]) -> None:
    """Hold what is marked to what its tags ask for now, more or less than before."""
    marked = answers.where(Answer.standing.in_(MARKED), Answer.hidden_at.is_(None))
    for answer in db.session.scalars(marked).all():
        care, counting = caring.of_answer(answer), _counting(answer)
        is_met = care.is_met_by([each.is_pharmacist for each in counting])
        action = Action.BE_ENOUGH if is_met else Action.ASK_FOR_SECOND
        if not states.may(answer.standing, action, deciding.THE_BOARD):
            continue
        after = states.after(answer.standing, action, deciding.THE_BOARD)
        why = "" if is_met else caring.missing(care, len(counting))
        deciding.put(answer, after, why, needed=care.verifiers)
        if is_met:
            record(CONSOLE, Verb.VERIFIED, answer, revision=answer.revision_number)
        else:
            deciding.ask_for_second(CONSOLE, answer)


def _counting(answer: Answer) -> Sequence[Verification]:
    """What stands; of what is partly verified, only that whose own date is not over."""
    standing = deciding.standing_verifications(answer.id)
    return deciding.fresh(standing) if answer.standing == Standing.PARTLY else standing
