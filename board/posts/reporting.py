"""Contains patient information: hidden at once, until a privacy reviewer has looked.

One word of any colleague is enough to hide: a text hidden for an hour without need costs little, a
patient read by a ward cannot be taken back. Who reported is known to the reviewers.
"""

from collections.abc import Sequence

from sqlalchemy import select

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.config import settings
from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict, Invalid, Missing, require
from board.core.signing import keyed_fingerprint
from board.core.text import one_line
from board.people.models import CONSOLE, Member, Person
from board.posts import accepting, hiding, writing
from board.posts.models import Kind, Post
from board.posts.rules import may_report, writer_id
from board.privacy.deciding import DECIDED, OWN, REFUSAL
from board.privacy.models import MESSAGE_LENGTH, Concern, Outcome, Source
from board.privacy.rules import may_decide, may_review

IN_WORDS = {Outcome.CLEARED: "put back", Outcome.PURGED: "purged"}


def report(reporter: Person, post: Post) -> Concern:
    """Hide the post from everybody but its author and reviewers, and let reviewers know.

    A second report while the first waits changes nothing.
    """
    require(may_report(reporter, post), "This was removed already, so nobody reads it any more.")
    db.session.refresh(post, with_for_update=True)
    standing = open_concern(post.id)
    if standing is not None and standing.has_hidden:
        return standing
    concern = standing or raise_concern(post, Source.READER, reporter)
    concern.source, concern.reporter_id = Source.READER, reporter.id
    concern.has_hidden = True
    _withhold(reporter, post, concern)
    record(reporter, Verb.PRIVACY_REPORTED, post)
    return concern


def raise_concern(
    post: Post, source: Source, reporter: Person | None = None, kinds: Sequence[str] = ()
) -> Concern:
    """Put a post before the reviewers; it stays visible."""
    assert post.question_id is not None
    concern = Concern(
        source=source,
        post_id=post.id,
        question_id=post.question_id,
        reporter_id=reporter.id if reporter else None,
        kinds=list(kinds),
    )
    db.session.add(concern)
    return concern


def sample(deed: Deed) -> None:
    """A reaction: of what was posted because it is not about a patient, reviewers see some.

    Which ones is decided by a fingerprint of the post, so that nobody can choose.
    """
    post = deed.subject
    if not isinstance(post, Post):
        return
    chance = int(keyed_fingerprint(f"sample {post.id} {post.revision_number}")[:8], 16) % 100
    if chance >= settings().privacy_sample_percent:
        return
    db.session.flush()
    concern = open_concern(post.id) or raise_concern(post, Source.OVERRIDE)
    kind = deed.activity.detail["kind"]
    concern.kinds = list(dict.fromkeys([*concern.kinds, kind]))


def clear(reviewer: Person, concern: Concern, message: str = "") -> None:
    """There is no patient in it: the post comes back, with a word to whoever reported it."""
    post = lock(reviewer, concern)
    message = one_line(message)[:MESSAGE_LENGTH]
    if concern.source == Source.READER and not message:
        raise Invalid({"message": "Say in a few words why. Whoever reported it will read it."})
    if concern.has_hidden:
        _put_back(post, concern)
    settle(reviewer, concern, Outcome.CLEARED, message)
    record(reviewer, Verb.PRIVACY_CLEARED, post, tells=concern.reporter_id)


def settle(reviewer: Person, concern: Concern, outcome: Outcome, message: str) -> None:
    """Note what became of a concern."""
    concern.outcome, concern.message = outcome, message
    concern.decided_at, concern.decided_by_id = now(), reviewer.id


def lock(reviewer: Person, concern: Concern) -> Post:
    """The post, held against a second reviewer. Raises `Refused` or `Conflict`."""
    post = db.session.get_one(Post, concern.post_id)
    require(may_review(reviewer, writer_id(post)), REFUSAL)
    require(may_decide(reviewer, writer_id(post)), OWN)
    db.session.refresh(concern, with_for_update=True)
    if concern.decided_at is not None:
        raise Conflict(DECIDED.format(IN_WORDS[Outcome(concern.outcome or Outcome.CLEARED)]))
    return post


def open_concern(post_id: int) -> Concern | None:
    """What reviewers have still to decide about this post."""
    return db.session.scalar(
        select(Concern).where(Concern.post_id == post_id, Concern.decided_at.is_(None))
    )


def concern_with_id(id: int, reader: Member) -> Concern:
    """A concern, for reviewers. Raises `Missing` or `Refused`."""
    concern = db.session.get(Concern, id)
    post = db.session.get(Post, concern.post_id) if concern else None
    require(may_review(reader, writer_id(post) if post else None), REFUSAL)
    if concern is None:
        raise Missing("There is no such report.")
    return concern


def _withhold(reporter: Person, post: Post, concern: Concern) -> None:
    if post.kind == Kind.ANSWER:
        standing = accepting.standing_acceptance(post.question_id or 0)
        if standing is not None and standing.answer_id == post.id:
            concern.acceptance_id = standing.id
            accepting.end_because(reporter, post, "The answer was removed.")
    post.withheld_at = now()
    if post.is_visible:
        hiding.set_hidden(post, hidden=True)
    _show_anew(post)


def _put_back(post: Post, concern: Concern) -> None:
    """It is as it was: what was removed or merged too stays so."""
    post.withheld_at = None
    if hiding.standing_hiding(post.id) is None:
        hiding.set_hidden(post, hidden=False)
    _show_anew(post)
    if concern.acceptance_id is not None:
        accepting.stand_again(CONSOLE, [concern.acceptance_id])


def _show_anew(post: Post) -> None:
    """Open pages on which a merged question's title stands."""
    if post.merged_into_id is not None:
        writing.raise_version(post.merged_into_id)
