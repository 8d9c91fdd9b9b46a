"""Commenting on a question or an answer."""

from flask.typing import ResponseReturnValue
from htmx_flask import request

from board.core.database import db
from board.posts import commenting, drafting, threads
from board.posts.models import Question
from board.posts.queries import post_with_id
from board.web.displaying import question_url
from board.web.forms import body, once, render_body
from board.web.misreading import noted
from board.web.pages import POSTS, Pages
from board.web.responding import changed, page
from board.web.visiting import me, reader, signed_in

pages = Pages("comments")


@pages.shown("/posts/<id:id>/comments/new")
def new(id: int) -> str:
    post = post_with_id(id, reader())
    draft = drafting.find(signed_in().id, drafting.target("comment", id))
    kept, sequence = (draft.body, draft.sequence) if draft else ("", 0)
    question = db.session.get_one(Question, post.question_id)
    form = "comments/_form.html" if request.htmx else "comments/new.html"
    return page(form, post=post, question=question, kept=kept, sequence=sequence)


@pages.post(
    "/posts/<id:id>/comments",
    again="comments.new",
    draft="comment",
    texts=("body",),
    first=render_body,
    limit=POSTS,
)
@once
def create(id: int) -> ResponseReturnValue:
    post = post_with_id(id, reader())
    comment = commenting.comment(me(), post, body())
    thread = threads.thread(comment.question_id or 0, reader())
    address = question_url(thread.question.id, thread.question.title)
    return changed(
        "comments/_comments.html",
        back_to=f"{address}#post-{comment.id}",
        address=address,
        said=noted("Your comment was posted.", comment),
        post=thread.post(id),
        question=thread.question,
        comments=thread.comments.get(post.id, []),
    )
