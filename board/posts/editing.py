"""Editing: every edit is a revision, none overwrites another silently, any can be undone."""

from dataclasses import dataclass

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict, Invalid, Missing, require
from board.core.markup import Text
from board.core.text import one_line
from board.people.models import Member, Person
from board.posts import asking, confiding, drafting, states, writing
from board.posts.models import SUMMARY_LENGTH, Kind, Post, Question, Revision
from board.posts.rules import is_own, may_edit
from board.posts.states import Action
from board.tags import naming


class EditConflict(Conflict):
    """Somebody else saved first. Both texts are shown; nothing was lost."""


@dataclass(frozen=True)
class Wording:
    """What an edit can change. Answers and comments have neither title nor tags."""

    body: Text
    title: str | None = None
    tags: tuple[str, ...] = ()


def edit(
    editor: Person,
    post: Post,
    base_revision: int,
    *,
    body: str,
    title: str = "",
    tags: str = "",
    summary: str = "",
) -> None:
    """Replace the post's words, if it still is the revision that the editor began with.

    Saving the same words changes nothing. Raises `Refused`, `Invalid` or `EditConflict`.
    """
    require_may_edit(editor, post)
    wording = checked(post, Text.of(body), title, tags)
    db.session.refresh(post, with_for_update=True)
    if base_revision != post.revision_number:
        raise EditConflict("Somebody changed this while you were writing. Nothing has been lost.")
    _revise(editor, post, wording, one_line(summary)[:SUMMARY_LENGTH])


def roll_back(editor: Person, post: Post, number: int) -> None:
    """Bring back the words of an earlier revision, as a new one. Raises `Refused` or `Missing`."""
    require_may_edit(editor, post)
    db.session.refresh(post, with_for_update=True)
    old = db.session.get(Revision, (post.id, number))
    if old is None:
        raise Missing("There is no such revision.")
    wording = Wording(Text.of(old.body_md), old.title, tuple(filter(None, old.tags.split(","))))
    _revise(editor, post, wording, f"Rolled back to revision {number}")


def require_may_edit(editor: Member, post: Post) -> None:
    """Raise `Refused` or `Gone`, in words, unless this person may edit it now."""
    require(may_edit(editor, post), "Only its author or a moderator may edit this.")
    is_theirs = is_own(editor, post) or post.owner_id == editor.id
    action = Action.EDIT_OWN if is_theirs else Action.EDIT_OTHERS
    states.check(editor, action, db.session.get_one(Post, post.question_id))


def adopt(decider: Person, post: Post, wording: Wording, editor: Person, summary: str) -> None:
    """Take over what somebody else worded; the revision is theirs. Raises `Refused`."""
    require_may_edit(decider, post)
    db.session.refresh(post, with_for_update=True)
    _revise(decider, post, wording, summary, by=editor)


def present_wording(post: Post) -> Wording:
    """The post's words as they stand now."""
    names = tuple(tag.name for tag in post.tags) if isinstance(post, Question) else ()
    return Wording(Text.of(post.body_md), post.title, names)


def checked(post: Post, body: Text, title: str, tags: str) -> Wording:
    """What was typed, as it would be kept. Raises `Invalid`."""
    if post.kind == Kind.QUESTION:
        title = writing.clean_title(title)
        return Wording(body, title, tuple(asking.check(title, body, tags)))
    if problem := writing.body_problem(body, post.kind):
        raise Invalid({"body": problem})
    return Wording(body)


def _revise(
    editor: Person, post: Post, wording: Wording, summary: str, *, by: Person | None = None
) -> None:
    before = present_wording(post)
    if isinstance(post, Question):
        tags = naming.tags_named(list(wording.tags))
        wording = Wording(wording.body, wording.title, tuple(tag.name for tag in tags))
    drafting.clear(editor.id, drafting.target("edit", post.id))
    if (before.body, before.title, set(before.tags)) == (
        wording.body,
        wording.title,
        set(wording.tags),
    ):
        return
    if post.revision_number == 1:
        _keep(post, before, 1, editor_id=post.author_id, summary="")
    signature = confiding.signature(by or editor, post)
    _keep(post, wording, post.revision_number + 1, editor_id=signature, summary=summary)
    _apply(post, wording)
    record(editor, Verb.EDITED, post, revision=post.revision_number)


def _keep(
    post: Post, wording: Wording, number: int, *, editor_id: int | None, summary: str
) -> None:
    db.session.add(
        Revision(
            post_id=post.id,
            number=number,
            editor_id=editor_id,
            edited_at=post.created_at if number == 1 else now(),
            summary=summary,
            title=wording.title,
            tags=",".join(wording.tags),
            body_md=str(wording.body),
        )
    )


def _apply(post: Post, wording: Wording) -> None:
    writing.put_text(post, wording.body, wording.title)
    post.revision_number += 1
    post.edited_at = now()
    if isinstance(post, Question):
        writing.put_tags(post, naming.tags_named(list(wording.tags)))
    assert post.question_id is not None
    if post.kind == Kind.COMMENT:
        writing.raise_version(post.question_id)
    else:
        writing.bump(post.question_id)
