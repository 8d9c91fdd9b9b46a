"""What lies in the queue of this feature's own, with what can be decided about each."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from board.core.database import db
from board.core.errors import Missing
from board.core.queueing import Decision, Detail, QueueKind
from board.moderation import (
    flagging,
    kinds_of_answers,
    reminding,
    sanctioning,
    screening,
    suggesting,
)
from board.moderation.models import Outcome
from board.people.models import Person
from board.posts import accepting, hiding
from board.posts.models import OUT_OF_USE, RELIABLE, Answer, Post, Question, Standing
from board.privacy import holding

REMOVED_BECAUSE = "A colleague flagged this and a moderator agreed."


def _show_post(post_id: int) -> Mapping[str, Any]:
    post = db.session.get_one(Post, post_id)
    return {
        "post": post,
        "question": db.session.get_one(Question, post.question_id),
        "parent": db.session.get(Post, post.parent_id) if post.parent_id else None,
        "history": sanctioning.history(post.author_id) if post.author_id else None,
    }


def _show_flags(post_id: int) -> Mapping[str, Any]:
    return {**_show_post(post_id), "flags": flagging.on_post(post_id)}


def _show_suggestion(id: int) -> Mapping[str, Any]:
    suggestion = suggesting.suggestion_with_id(id)
    return {
        **_show_post(suggestion.post_id),
        "suggestion": suggestion,
        "comparison": suggesting.comparison(suggestion),
    }


def _show_answers(question_id: int) -> Mapping[str, Any]:
    best = _best(question_id)
    return {**_show_post(question_id), "best": best, "version": str(best.id) if best else ""}


def _best(question_id: int) -> Answer | None:
    """The answer that stands highest on the page, of those that may be followed."""
    return db.session.scalar(
        select(Answer)
        .where(
            Answer.question_id == question_id,
            Answer.hidden_at.is_(None),
            Answer.standing.not_in(OUT_OF_USE),
        )
        .order_by(
            Answer.standing == Standing.EXPIRED,
            Answer.standing.not_in(RELIABLE),
            Answer.score.desc(),
            Answer.created_at,
            Answer.id,
        )
        .limit(1)
    )


def _remove(moderator: Person, post_id: int, words: str) -> Detail:
    post = db.session.get_one(Post, post_id)
    was_visible, accepted = post.is_visible, accepting.acceptances_of(post_id)
    kept = kinds_of_answers.remove(moderator, post, words or REMOVED_BECAUSE)
    flags = flagging.settle(moderator, post_id, Outcome.UPHELD, words)
    return {**kept, "flags": flags, "hid": was_visible, "accepted": accepted}


def _uphold(moderator: Person, post_id: int, words: str) -> Detail:
    return {"flags": flagging.settle(moderator, post_id, Outcome.UPHELD, words)}


def _dismiss(moderator: Person, post_id: int, words: str) -> Detail:
    """Nothing is wrong: an answer that was said to be unsafe may be used again."""
    kept = kinds_of_answers.clear(moderator, db.session.get_one(Post, post_id))
    return {**kept, "flags": flagging.settle(moderator, post_id, Outcome.DECLINED, words)}


def _undo_flags(moderator: Person, post_id: int, detail: Detail) -> None:
    if detail.get("hid"):
        hiding.restore(moderator, db.session.get_one(Post, post_id))
    kinds_of_answers.put_back(moderator, post_id, detail)
    accepting.stand_again(moderator, detail.get("accepted", []))
    flagging.unsettle(detail["flags"])


def _accept_suggestion(moderator: Person, id: int, words: str) -> Detail:
    suggesting.accept(moderator, suggesting.suggestion_with_id(id))
    return {}


def _decline_suggestion(moderator: Person, id: int, words: str) -> Detail:
    reply = words or "It is better left as it is. Thank you all the same."
    suggesting.decline(moderator, suggesting.suggestion_with_id(id), reply)
    return {}


def _undo_suggestion(moderator: Person, id: int, detail: Detail) -> None:
    suggesting.reopen(moderator, suggesting.suggestion_with_id(id))


def _show_first(id: int) -> Mapping[str, Any]:
    held = screening.held_with_id(id)
    target = db.session.get(Post, held.target_id) if held.target_id else None
    named = None if held.is_confidential else held.author_id
    return {
        "post": None,
        "question": db.session.get(Question, target.question_id) if target else None,
        "parent": target if target is not None and held.form == "comment" else None,
        "held": held,
        "fields": holding.writing_of(held).fields,
        "history": sanctioning.history(named) if named is not None else None,
    }


def _let_through(moderator: Person, id: int, words: str) -> Detail:
    screening.let_through(moderator, screening.held_with_id(id))
    return {}


def _turn_down(moderator: Person, id: int, words: str) -> Detail:
    screening.turn_down(moderator, screening.held_with_id(id), words)
    return {}


def _undo_first(moderator: Person, id: int, detail: Detail) -> None:
    screening.wait_again(moderator, screening.held_with_id(id))


def _leave(moderator: Person, question_id: int, words: str) -> Detail:
    return {}


def _undo_nothing(moderator: Person, question_id: int, detail: Detail) -> None:
    """The ruling itself was all."""


def _accept_best(moderator: Person, question_id: int, words: str) -> Detail:
    best = _best(question_id)
    if best is None:
        raise Missing("There is no answer that could be accepted.")
    accepting.accept(moderator, best)
    return {"answer": best.id}


def _withdraw_acceptance(moderator: Person, question_id: int, detail: Detail) -> None:
    answer = db.session.get_one(Answer, detail["answer"])
    accepting.withdraw(moderator, answer, "Accepted in the queue by mistake.")


_ABOUT_FLAGS = (
    Decision("remove", "Remove it", "removed", "r", _remove, _undo_flags, is_grave=True),
    Decision("uphold", "Right, but it stays", "upheld, it stays", "u", _uphold, _undo_flags),
    Decision("dismiss", "Nothing wrong", "nothing wrong", "n", _dismiss, _undo_flags),
)

UNSAFE = QueueKind(
    "unsafe",
    "Flagged as unsafe",
    True,
    flagging.unsafe,
    "queue/_flags.html",
    _show_flags,
    _ABOUT_FLAGS,
    flagging.own,
)
FLAGGED = QueueKind(
    "flagged",
    "Flagged",
    True,
    flagging.other,
    "queue/_flags.html",
    _show_flags,
    _ABOUT_FLAGS,
    flagging.own,
)
SUGGESTED = QueueKind(
    suggesting.IN_QUEUE,
    "Suggested edit",
    True,
    suggesting.waiting,
    "queue/_suggestion.html",
    _show_suggestion,
    (
        Decision("accept", "Accept", "accepted", "a", _accept_suggestion, _undo_suggestion),
        Decision("decline", "Decline", "declined", "n", _decline_suggestion, _undo_suggestion),
    ),
    suggesting.own,
)
FIRST = QueueKind(
    "first",
    "First post of somebody new",
    True,
    screening.waiting,
    "queue/_first.html",
    _show_first,
    (
        Decision("let", "Let it through", "let through", "a", _let_through, _undo_first),
        Decision("turn", "Turn it down", "turned down", "n", _turn_down, _undo_first),
    ),
)
UNANSWERED = QueueKind(
    "unanswered",
    "No answer for a day",
    False,
    reminding.unanswered,
    "queue/_unanswered.html",
    _show_post,
    (Decision("leave", "Look again in 3 days", "left for 3 days", "s", _leave, _undo_nothing),),
)
NOT_ACCEPTED = QueueKind(
    "unaccepted",
    "Answered, nothing accepted for a week",
    False,
    reminding.not_accepted,
    "queue/_unaccepted.html",
    _show_answers,
    (
        Decision(
            "accept",
            "Accept this answer",
            "an answer was accepted",
            "a",
            _accept_best,
            _withdraw_acceptance,
        ),
        Decision("leave", "Leave it as it is", "left as it is", "s", _leave, _undo_nothing),
    ),
)
