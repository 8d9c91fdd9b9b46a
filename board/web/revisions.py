"""What a post said before, and going back to it."""

from flask import request
from flask.typing import ResponseReturnValue

from board.core.database import db
from board.core.errors import Missing
from board.posts import editing, history
from board.posts.models import Question
from board.posts.queries import post_with_id
from board.web.displaying import question_url
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

SHOWN = 10

pages = Pages("revisions")


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


@pages.post("/posts/<id:id>/revisions/<id:number>/rollback")
def restore(id: int, number: int) -> ResponseReturnValue:
    post = post_with_id(id, reader())
    editing.roll_back(me(), post, number)
    title = db.session.get_one(Question, post.question_id).title
    return moved(
        question_url(post.question_id or 0, title, post.id), f"Rolled back to revision {number}."
    )
