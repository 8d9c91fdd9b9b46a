"""What can be done to any post: its permanent address, editing, removing and bringing back."""

from contextlib import nullcontext, suppress

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from board.core.database import db
from board.core.errors import Gone
from board.curation import deciding, removing, voiding
from board.curation.abbreviations import Notation
from board.curation.states import MARKED
from board.moderation import suggesting
from board.moderation.models import Suggestion
from board.moderation.rules import may_suggest
from board.posts import differing, drafting, editing, hiding
from board.posts.models import Kind, Post, Question
from board.posts.queries import post_with_id
from board.web.displaying import question_url
from board.web.forms import body, number, once, render_body, typed
from board.web.misreading import mended, noted
from board.web.pages import POSTS, Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader, signed_in

pages = Pages("posts")


@pages.shown("/posts/<id:id>", readable=True)
def show(id: int) -> ResponseReturnValue:
    merged = db.session.get(Question, id)
    if merged is not None and merged.merged_into_id is not None:
        return redirect(url_for("questions.show", id=merged.merged_into_id), 302)
    post = post_with_id(id, reader())
    if post.replaced_by_id is not None:
        with suppress(Gone):  # what took its place was removed since
            post = post_with_id(post.replaced_by_id, reader())
    return redirect(_address(post), 302)


@pages.shown("/posts/<id:id>/edit")
def edit(id: int) -> ResponseReturnValue:
    post = post_with_id(id, reader())
    if may_suggest(reader(), post) and "problem" not in g:
        return redirect(url_for("suggestions.new", id=id), 302)
    editing.require_may_edit(reader(), post)
    draft = drafting.find(signed_in().id, drafting.target("edit", id))
    wording = editing.present_wording(post)
    notations: list[Notation] = []
    if request.args.get("corrected") == "1":
        draft, (wording, notations) = None, mended(wording)
    return page(
        "posts/edit.html",
        post=post,
        question=_question(post),
        wording=wording,
        notations=notations,
        draft=draft,
        suggestion=_suggestion(post),
        changes=_since_the_editor_began(post),
        has_verified=_has_verified(post),
    )


@pages.post(
    "/posts/<id:id>/edit",
    again="posts.edit",
    draft="edit",
    texts=("title", "body", "tags", "summary"),
    first=render_body,
    limit=POSTS,
)
@once
def update(id: int) -> ResponseReturnValue:
    post = post_with_id(id, reader())
    with voiding.still_true() if request.form.get("still_true") == "1" else nullcontext():
        editing.edit(
            me(),
            post,
            number("base_revision"),
            body=body(),
            title=typed("title"),
            tags=typed("tags"),
            summary=typed("summary"),
        )
    if (suggestion := _suggestion(post)) is not None and suggestion.outcome is None:
        suggesting.settle_changed(me(), suggestion)
    return moved(_address(post), noted("Your edit was saved.", post))


@pages.shown("/posts/<id:id>/hiding")
def remove(id: int) -> str:
    """Asks whether to remove it; the page where the reason is written without JavaScript."""
    post = post_with_id(id, reader())
    return page("posts/remove.html", post=post, question=_question(post))


@pages.post("/posts/<id:id>/hiding", again="posts.remove", texts=("reason",))
def hide(id: int) -> ResponseReturnValue:
    post = post_with_id(id, reader())
    removing.remove(me(), post, typed("reason"))
    return moved(_address(post), "Removed. You can bring it back from its page.")


@pages.post("/posts/<id:id>/hiding/end")
def restore(id: int) -> ResponseReturnValue:
    post = post_with_id(id, reader())
    hiding.restore(me(), post)
    return moved(_address(post), "It is back.")


def _has_verified(post: Post) -> bool:
    """Whether whoever edits may say that what they verified is still true."""
    standing = deciding.standing_verifications(post.id) if post.standing in MARKED else ()
    return any(each.verified_by_id == reader().id for each in standing)


def _suggestion(post: Post) -> Suggestion | None:
    """The suggestion that this edit takes over, with changes."""
    chosen = number("suggestion") or request.args.get("suggestion", 0, type=int)
    found = db.session.get(Suggestion, chosen) if chosen else None
    return found if found is not None and found.post_id == post.id else None


def _question(post: Post) -> Question:
    return db.session.get_one(Question, post.question_id)


def _address(post: Post) -> str:
    anchor = None if post.kind == Kind.QUESTION else post.id
    return question_url(post.question_id or 0, _question(post).title, anchor)


def _since_the_editor_began(post: Post) -> list[differing.Piece] | None:
    """After a conflict: how what was typed differs from what somebody else saved meanwhile."""
    if not isinstance(g.get("problem"), editing.EditConflict):
        return None
    return differing.difference(post.body_md, request.form.get("body", ""))
