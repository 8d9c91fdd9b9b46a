"""Suggested edits: anybody words a post better, its author or a moderator decides."""

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import AnySelect, db
from board.core.errors import Conflict, Invalid, Missing, require
from board.core.markup import Text
from board.core.text import one_line
from board.curation.models import Ended
from board.moderation.models import WORDS_LENGTH, Outcome, Ruling, Suggestion
from board.moderation.rules import may_suggest
from board.people.models import Person
from board.posts import confiding, drafting, editing, states
from board.posts.differing import Piece, difference
from board.posts.editing import Wording
from board.posts.history import Comparison
from board.posts.models import SUMMARY_LENGTH, Post, Revision, Standing
from board.posts.rules import is_own, writer_id
from board.posts.states import Action

IN_QUEUE = "suggested"  # the kind of item that a suggestion is
OTHERWISE = "You can edit this yourself: nobody has to be asked."
SAME = "Nothing is different yet. Change the text as you would have it."
MOVED = (
    "It was edited since this was suggested, so it cannot be taken over as it is. "
    "Press Change it, bring the two together, and save."
)


def suggest(
    person: Person,
    post: Post,
    base_revision: int,
    *,
    body: str,
    title: str = "",
    tags: str = "",
    summary: str = "",
) -> Suggestion:
    """Word it differently. Raises `Refused`, `Invalid`, or `Conflict` while one of theirs waits."""
    question = db.session.get_one(Post, post.question_id)
    states.check(person, Action.SUGGEST, question)
    require(may_suggest(person, post), OTHERWISE)
    wording = editing.checked(post, Text.of(body), title, tags)
    if _is_same(editing.present_wording(post), wording):
        raise Invalid({"body": SAME})
    if db.session.scalar(_open(post.id).where(Suggestion.person_id == person.id)) is not None:
        raise Conflict("A suggestion of yours waits here already. Withdraw it to make another.")
    made = Suggestion(
        post_id=post.id,
        question_id=question.id,
        person_id=person.id,
        base_revision=min(base_revision, post.revision_number) or post.revision_number,
        title=wording.title,
        tags=",".join(wording.tags),
        summary=one_line(summary)[:SUMMARY_LENGTH],
        body_md=str(wording.body),
    )
    db.session.add(made)
    drafting.clear(person.id, drafting.target("edit", post.id))
    record(person, Verb.EDIT_SUGGESTED, made, tells=writer_id(post))
    return made


def accept(decider: Person, suggestion: Suggestion) -> None:
    """Take it over as it is; the revision is the suggester's. Raises `Conflict` if it moved on."""
    _hold(decider, suggestion)
    post = suggestion.post
    if post.revision_number != suggestion.base_revision:
        raise editing.EditConflict(MOVED)
    editing.adopt(decider, post, wording_of(suggestion), suggestion.person, suggestion.summary)
    _decide(decider, suggestion, Outcome.ACCEPTED)


def settle_changed(decider: Person, suggestion: Suggestion) -> None:
    """It was taken over with changes: the edit has just been saved in the decider's own words."""
    _hold(decider, suggestion)
    _decide(decider, suggestion, Outcome.CHANGED)


def decline(decider: Person, suggestion: Suggestion, reply: str) -> None:
    """Leave the post as it is, and say why. Raises `Invalid` without words."""
    _hold(decider, suggestion)
    if not one_line(reply):
        raise Invalid({"words": "Say in a few words why not. Whoever suggested it reads it."})
    _decide(decider, suggestion, Outcome.DECLINED, reply)


def withdraw(person: Person, suggestion: Suggestion) -> None:
    """Its suggester does not want it any more."""
    require(person.id == suggestion.person_id, "Only whoever suggested it can withdraw it.")
    _require_open(suggestion)
    suggestion.outcome = Outcome.WITHDRAWN
    suggestion.decided_by_id, suggestion.decided_at = person.id, now()
    record(person, Verb.SUGGESTION_WITHDRAWN, suggestion)


def reopen(decider: Person, suggestion: Suggestion) -> None:
    """Undo a decision: the words that were taken over go, and it waits again. Raises `Conflict`."""
    post = suggestion.post
    theirs = _open(post.id).where(Suggestion.person_id == suggestion.person_id)
    if db.session.scalar(theirs) is not None:
        raise Conflict("Whoever suggested it has suggested something else since.")
    if suggestion.outcome == Outcome.ACCEPTED:
        if post.revision_number != suggestion.base_revision + 1:
            raise Conflict("It was edited since, so this cannot be undone from here.")
        editing.roll_back(decider, post, suggestion.base_revision)
        suggestion.base_revision = post.revision_number
    suggestion.outcome, suggestion.reply = None, ""
    suggestion.decided_by_id = suggestion.decided_at = None


def cost_a_mark(ruling: Ruling) -> bool:
    """Whether what was undone had taken a verified mark away, which does not come back with the
    words: nobody stands behind them until somebody has read them as they are now.
    """
    if ruling.kind != IN_QUEUE:
        return False
    post = suggestion_with_id(ruling.subject_id).post
    return post.standing == Standing.POSTED and post.standing_why == Ended.EDITED


def suggestion_with_id(id: int) -> Suggestion:
    """The suggestion; raises `Missing`."""
    found = db.session.get(Suggestion, id)
    if found is None:
        raise Missing("There is no such suggestion.")
    return found


def on_post(post_id: int) -> list[Suggestion]:
    """Every suggestion for a post that has its words still, those that wait first."""
    has_words = func.coalesce(Suggestion.title, "").concat(Suggestion.body_md) != ""
    mine = (
        select(Suggestion)
        .where(Suggestion.post_id == post_id, has_words)
        .order_by(Suggestion.id.desc())
    )
    return sorted(db.session.scalars(mine.limit(50)), key=lambda each: each.outcome is not None)


def waiting() -> AnySelect:
    """Suggestions nobody has decided, since when; not for what is out of sight."""
    question = aliased(Post)
    return (
        select(Suggestion.id.label("id"), Suggestion.suggested_at.label("since"))
        .join(Post, Post.id == Suggestion.post_id)
        .join(question, question.id == Post.question_id)
        .where(
            Suggestion.outcome.is_(None),
            Post.hidden_at.is_(None),
            question.hidden_at.is_(None),
        )
    )


def own(person_id: int) -> AnySelect:
    """Those this person made."""
    return select(Suggestion.id.label("id")).where(
        Suggestion.outcome.is_(None), Suggestion.person_id == person_id
    )


def wording_of(suggestion: Suggestion) -> Wording:
    """The words it has."""
    tags = tuple(filter(None, suggestion.tags.split(",")))
    return Wording(Text.of(suggestion.body_md), suggestion.title, tags)


def comparison(suggestion: Suggestion) -> Comparison:
    """What it changes: of the post, or, once decided, of what the suggester had before them."""
    old = _before(suggestion)
    return Comparison(
        _changed(old.title or "", suggestion.title or ""),
        _changed(", ".join(old.tags), suggestion.tags.replace(",", ", ")),
        _changed(str(old.body), suggestion.body_md),
    )


def _before(suggestion: Suggestion) -> Wording:
    base = db.session.get(Revision, (suggestion.post_id, suggestion.base_revision))
    if suggestion.outcome is None or base is None:
        return editing.present_wording(suggestion.post)
    return Wording(Text(base.body_md), base.title, tuple(filter(None, base.tags.split(","))))


def _changed(old: str, new: str) -> list[Piece] | None:
    return None if old == new else difference(old, new)


def _is_same(old: Wording, new: Wording) -> bool:
    return (old.body, old.title, set(old.tags)) == (new.body, new.title, set(new.tags))


def _hold(decider: Person, suggestion: Suggestion) -> None:
    db.session.refresh(suggestion, with_for_update={"key_share": True})
    post = suggestion.post
    editing.require_may_edit(decider, post)
    require(
        decider.is_moderator or is_own(decider, post),
        "Its author or a moderator decides about this.",
    )
    _require_open(suggestion)


def _require_open(suggestion: Suggestion) -> None:
    if suggestion.outcome is not None:
        who = suggestion.decided_by.name if suggestion.decided_by else "Somebody"
        raise Conflict(f"{who} has decided this already: {suggestion.outcome}.")


def _decide(decider: Person, suggestion: Suggestion, outcome: Outcome, reply: str = "") -> None:
    suggestion.outcome, suggestion.reply = outcome, one_line(reply)[:WORDS_LENGTH]
    suggestion.decided_by_id = confiding.signature(decider, suggestion.post)
    suggestion.decided_at = now()
    declined = outcome is Outcome.DECLINED
    verb = Verb.SUGGESTION_DECLINED if declined else Verb.SUGGESTION_ACCEPTED
    record(decider, verb, suggestion, tells=suggestion.person_id)


def _open(post_id: int) -> AnySelect:
    return select(Suggestion.id).where(Suggestion.post_id == post_id, Suggestion.outcome.is_(None))
