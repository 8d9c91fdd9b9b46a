"""Suggested edits: wording somebody else's post better, and deciding about it."""

from flask import url_for
from flask.typing import ResponseReturnValue

from board.core.database import db
from board.core.errors import require
from board.moderation import releasing, suggesting
from board.moderation.models import Suggestion
from board.moderation.rules import may_suggest
from board.posts import drafting, editing
from board.posts.models import Post, Question
from board.posts.queries import post_with_id
from board.posts.rules import may_edit
from board.web.concerns import REPORTS
from board.web.displaying import question_url
from board.web.forms import body, number, once, render_body, typed
from board.web.pages import POSTS, Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader, signed_in

pages = Pages("suggestions")


@pages.shown("/posts/<id:id>/suggestions")
def index(id: int) -> str:
    post = post_with_id(id, reader())
    found = suggesting.on_post(id)
    compared = [(each, suggesting.comparison(each)) for each in found]
    return page(
        "suggestions/index.html",
        post=post,
        question=_question(post),
        compared=compared,
        may_decide=may_edit(reader(), post),
    )


@pages.shown("/posts/<id:id>/suggestions/new")
def new(id: int) -> str:
    post = post_with_id(id, reader())
    require(may_suggest(reader(), post), suggesting.OTHERWISE)
    return page(
        "suggestions/new.html",
        post=post,
        question=_question(post),
        wording=editing.present_wording(post),
        draft=drafting.find(signed_in().id, drafting.target("edit", id)),
    )


@pages.post(
    "/posts/<id:id>/suggestions",
    again="suggestions.new",
    draft="edit",
    held_as="suggestion",
    texts=("title", "body", "tags", "summary"),
    first=render_body,
    limit=POSTS,
)
@once
def create(id: int) -> ResponseReturnValue:
    post = post_with_id(id, reader())
    suggesting.suggest(
        me(),
        post,
        number("base_revision"),
        body=body(),
        title=typed("title"),
        tags=typed("tags"),
        summary=typed("summary"),
    )
    return moved(_address(post), "Thank you. Its author or a moderator decides; you are told.")


@pages.post("/suggestions/<id:id>/acceptance")
def accept(id: int) -> ResponseReturnValue:
    suggestion = _visible(id)
    suggesting.accept(me(), suggestion)
    return moved(_address(suggestion.post), "Taken over. The history names who suggested it.")


@pages.post("/suggestions/<id:id>/refusal", again="suggestions.show", texts=("words",))
def decline(id: int) -> ResponseReturnValue:
    suggestion = _visible(id)
    suggesting.decline(me(), suggestion, typed("words"))
    return moved(_all(suggestion), "Declined. Whoever suggested it is told why.")


@pages.post("/suggestions/<id:id>/withdrawal")
def withdraw(id: int) -> ResponseReturnValue:
    suggestion = _visible(id)
    suggesting.withdraw(me(), suggestion)
    return moved(_all(suggestion), "Withdrawn.")


@pages.post("/suggestions/<id:id>/patient-information", limit=REPORTS, while_suspended=True)
def report(id: int) -> ResponseReturnValue:
    """It contains patient information."""
    suggestion = _visible(id)
    releasing.put_aside(me(), suggestion)
    return moved(_all(suggestion), "Hidden. A privacy reviewer will look at it.")


@pages.shown("/suggestions/<id:id>")
def show(id: int) -> str:
    """The page of all suggestions for the post, this one among them."""
    return index(_visible(id).post_id)


def _visible(id: int) -> Suggestion:
    suggestion = suggesting.suggestion_with_id(id)
    post_with_id(suggestion.post_id, reader())
    return suggestion


def _question(post: Post) -> Question:
    return db.session.get_one(Question, post.question_id)


def _address(post: Post) -> str:
    return question_url(post.question_id or 0, _question(post).title, post.id)


def _all(suggestion: Suggestion) -> str:
    return url_for("suggestions.index", id=suggestion.post_id)
