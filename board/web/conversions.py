"""An answer that is a comment, a comment that is an answer, or one on the wrong post."""

from flask.typing import ResponseReturnValue

from board.core.database import db
from board.core.errors import require
from board.posts import converting, threads
from board.posts.models import Kind, Post, Question
from board.posts.queries import post_with_id
from board.web.displaying import question_url
from board.web.forms import number
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

pages = Pages("conversions")


@pages.shown("/posts/<id:id>/conversion")
def new(id: int) -> str:
    post = post_with_id(id, reader())
    require(reader().is_moderator, converting.REFUSAL)
    thread = threads.thread(post.question_id or 0, reader())
    return page(
        "conversions/new.html",
        post=post,
        question=thread.question,
        places=[thread.question, *(each for each in thread.answers if each.hidden_at is None)],
        last=converting.last_conversion(id),
    )


@pages.post("/posts/<id:id>/conversion", again="conversions.new")
def create(id: int) -> ResponseReturnValue:
    """An answer becomes a comment on the question, a comment an answer."""
    post = post_with_id(id, reader())
    convert = converting.to_comment if post.kind == Kind.ANSWER else converting.to_answer
    convert(me(), post)
    return _back(id, "Done. It can be undone where it was done.")


@pages.post("/posts/<id:id>/move", again="conversions.new")
def move(id: int) -> ResponseReturnValue:
    post = post_with_id(id, reader())
    converting.move(me(), post, post_with_id(number("to") or id, reader()))
    return _back(id, "Moved.")


@pages.post("/posts/<id:id>/conversion/end", again="conversions.new")
def delete(id: int) -> ResponseReturnValue:
    post = post_with_id(id, reader())
    converting.undo(me(), post)
    return _back(id, "It is as it was before.")


def _back(id: int, said: str) -> ResponseReturnValue:
    post = db.session.get_one(Post, id)
    title = db.session.get_one(Question, post.question_id).title
    return moved(question_url(post.question_id or 0, title, id), said)
