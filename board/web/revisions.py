"""What a post said before, and going back to it."""

from flask import request
from flask.typing import ResponseReturnValue

from board.config import settings
from board.core.database import db, glance
from board.core.errors import Missing, require
from board.posts import editing, history, topics
from board.posts.models import Question, Revision
from board.posts.queries import post_with_id
from board.privacy import guarding
from board.web.displaying import question_url
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

SHOWN = 10
IDENTIFYING = (
    "That revision holds what may identify a patient, so it does not come back as it is. "
    "Press Edit instead, and write the text without it."
)

pages = Pages("revisions")


def _look_through() -> None:
    """An old revision may be from before anybody looked: it comes back only without a patient."""
    arguments = request.view_args or {}
    with glance() as before:
        old = before.get(Revision, (arguments["id"], arguments["number"]))
        tags = topics.of_post(before, arguments["id"], old.tags if old else None)
    if old is not None and settings().privacy_check:
        texts = {"title": old.title or "", "body": old.body_md}
        spotted = guarding.look(texts, guarding.policy(), (), reader(), tags)
        require(not any(each.is_strong for each in spotted), IDENTIFYING)


@pages.shown("/posts/<id:id>/revisions", readable=True)
def index(id: int) -> str:
    post = post_with_id(id, reader())
    newest = post.revision_number + 1
    before = request.args.get("before", newest, type=int)
    if not 1 < before <= newest:
        raise Missing("There are no such revisions.")
    steps, older = history.steps(id, before=before, size=SHOWN)
    question = db.session.get_one(Question, post.question_id)
    return page("revisions/index.html", post=post, question=question, steps=steps, older=older)


@pages.shown("/posts/<id:id>/revisions/compare", readable=True)
def compare(id: int) -> str:
    post = post_with_id(id, reader())
    old = request.args.get("from", 1, type=int)
    new = request.args.get("to", post.revision_number, type=int)
    return page(
        "revisions/compare.html",
        post=post,
        question=db.session.get_one(Question, post.question_id),
        old=old,
        new=new,
        comparison=history.comparison(post, old, new),
    )


@pages.post("/posts/<id:id>/revisions/<id:number>/rollback", first=_look_through)
def restore(id: int, number: int) -> ResponseReturnValue:
    post = post_with_id(id, reader())
    editing.roll_back(me(), post, number)
    title = db.session.get_one(Question, post.question_id).title
    return moved(
        question_url(post.question_id or 0, title, post.id), f"Rolled back to revision {number}."
    )
