"""Looking again at everything that was posted, after the rules or the settings changed.

The worker does it by itself, a batch at a time, where it looked with other rules last (`Look`).
Hits go before the privacy reviewers and stay visible until they decide.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from board.activity.recording import Deed, note
from board.activity.verbs import Verb
from board.config import settings
from board.core.clock import now
from board.core.database import AnyRow, AnySelect, changes, db, reading
from board.people.models import CONSOLE
from board.posts import topics
from board.posts.models import Post
from board.posts.reporting import open_concern, raise_concern
from board.privacy import guarding, knowing, queries, rule_pack
from board.privacy.models import Concern, Held, Look, Outcome, Source, WaitsFor
from board.privacy.rule_pack import Pack

BATCH = 50  # a second at most, and every post is read before the writer's lock is taken


@dataclass(frozen=True)
class Hit:
    """A post in which something is found that would be held today."""

    post: AnyRow | Post
    kinds: Sequence[str]
    passages: Sequence[str]


def look_again() -> int:
    """Due work: the next batch, where the rules are others than those of the last look."""
    look = _read_one(queries.last_look())
    if not settings().privacy_check:  # what is posted meanwhile nobody looks through
        return _note(look, rules="") if look is not None and look.rules else 0
    pack = rule_pack.present()
    if look is None or not pack.finds_no_more_than(look.rules, look.allowed):
        return _begin(pack)
    if set(look.allowed) != pack.allowed:
        return _note(look, allowed=sorted(pack.allowed))
    return 0 if look.finished_at else _go_on(look)


def rescan(say: Callable[[int], None]) -> AnyRow | None:
    """Look through everything now; returns how that went, or None when a board that runs with
    other rules than this console has begun anew.
    """
    began = _begin(rule_pack.present())
    while True:
        look = _read_one(queries.last_look())
        if look is None or look.id != began:
            return None
        if look.finished_at is not None:
            return look
        _go_on(look)
        say(look.looked)


def follow_return(deed: Deed) -> None:
    """A reaction: a post is back that nobody could read while everything was looked through."""
    if settings().privacy_check:
        post = deed.subject
        tags = topics.of_post(db.session, post.id)
        if (hit := _hit(post, tags)).kinds:
            _raise([hit])


def begin_with_nothing() -> None:
    """A new board: whatever is posted will have been looked through with today's rules."""
    pack = rule_pack.present()
    look = Look(rules=pack.rules, allowed=sorted(pack.allowed), finished_at=now())
    db.session.add(look)


def _begin(pack: Pack) -> int:
    """Begin at the first post; returns the number of this look."""
    there = _read_one(select(func.max(Post.id), func.count()).where(Post.hidden_at.is_(None)))
    last_id, total = there or (0, 0)
    look = Look(
        rules=pack.rules,
        allowed=sorted(pack.allowed),
        last_id=last_id or 0,
        total=total,
        finished_at=None if total else now(),
    )
    db.session.add(look)
    db.session.commit()
    return look.id


def _go_on(look: AnyRow) -> int:
    """One batch; 0 when somebody else was quicker."""
    posts = _read(
        select(Post.id, Post.question_id, Post.title, Post.body_md, Post.edited_at)
        .where(Post.id > look.cursor, Post.id <= look.last_id, Post.hidden_at.is_(None))
        .order_by(Post.id)
        .limit(BATCH)
    )
    with reading():
        tags = topics.of_questions(db.session, {post.question_id for post in posts})
        db.session.rollback()
    hits = [_hit(post, tags.get(post.question_id, topics.NONE)) for post in posts]
    raised = _raise([hit for hit in hits if hit.kinds])
    done = _note(
        look,
        cursor=posts[-1].id if posts else look.last_id,
        looked=look.looked + len(posts),
        found=look.found + raised,
        finished_at=None if len(posts) == BATCH else now(),
    )
    return done and (len(posts) or 1)


def _hit(post: AnyRow | Post, tags: Set[str]) -> Hit:
    texts = {"title": post.title or "", "body": post.body_md}
    found = guarding.look(texts, guarding.policy(), (), CONSOLE, tags)
    strong = [each for each in found if each.is_strong]
    kinds = sorted({each.kind.value for each in strong})
    return Hit(post, kinds, [each.passage for each in strong])


def _raise(hits: Sequence[Hit]) -> int:
    """Put them before the reviewers, each once; returns how many posts are new to them."""
    seen = _seen([hit.post.id for hit in hits])
    raised = 0
    for hit in hits:
        id, edited_at = hit.post.id, hit.post.edited_at
        looked_at = seen.get(id)
        if looked_at is not None and (edited_at is None or looked_at >= edited_at):
            continue
        if knowing.unknown(id, hit.passages):
            raised += _put_before_reviewers(hit)
    return raised


def _put_before_reviewers(hit: Hit) -> bool:
    """False where they have it before them already; they will see what else is in it."""
    knowing.remember(hit.post.id, hit.passages)
    concern = open_concern(hit.post.id)
    if concern is None:
        raise_concern(db.session.get_one(Post, hit.post.id), Source.RESCAN, kinds=hit.kinds)
        return True
    concern.kinds = list(dict.fromkeys([*concern.kinds, *hit.kinds]))
    return False


def _seen(ids: Sequence[int]) -> dict[int, Any]:
    """When a privacy reviewer last read these posts and let them stand."""
    cleared = select(Concern.post_id, func.max(Concern.decided_at)).where(
        Concern.post_id.in_(ids), Concern.outcome == Outcome.CLEARED
    )
    released = select(Held.post_id, func.max(Held.decided_at)).where(
        Held.post_id.in_(ids),
        Held.outcome == Outcome.RELEASED,
        Held.waits_for == WaitsFor.REVIEWER,
    )
    both: tuple[AnySelect, AnySelect] = (
        cleared.group_by(Concern.post_id),
        released.group_by(Held.post_id),
    )
    seen: dict[int, Any] = {}
    for rows in both:
        for id, at in db.session.execute(rows):
            seen[id] = max(at, seen.get(id, at))
    return seen


def _note(look: AnyRow, **values: Any) -> int:
    """Keep how far this look is, unless somebody else went on with it meanwhile."""
    unless_moved = (
        update(Look)
        .where(Look.id == look.id, Look.cursor == look.cursor, Look.rules == look.rules)
        .where(Look.looked == look.looked)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    if changes(db.session, unless_moved) != 1:
        db.session.rollback()
        return 0
    if values.get("finished_at"):
        counts = {name: values[name] for name in ("looked", "found")}
        note(db.session, Verb.PRIVACY_LOOKED_AGAIN, "board", **counts)
    db.session.commit()
    return 1


def _read(query: AnySelect) -> Sequence[AnyRow]:
    """Rows, in a transaction of their own: nobody waits while the rules work on them."""
    with reading():
        rows = db.session.execute(query).all()
        db.session.rollback()
    return rows


def _read_one(query: AnySelect) -> AnyRow | None:
    return next(iter(_read(query)), None)
