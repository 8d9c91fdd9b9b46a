"""Flags: calling a moderator, and what came of it."""

from flask.typing import ResponseReturnValue

from board.core.database import db
from board.core.errors import require
from board.core.limits import Limit
from board.moderation import flagging, sanctioning
from board.moderation.models import Reason
from board.moderation.rules import may_flag
from board.posts.models import Question
from board.posts.queries import post_with_id
from board.web.displaying import question_url
from board.web.forms import once, typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader, signed_in

FLAGS = Limit("flag", 20, 3600)

pages = Pages("flags")


@pages.shown("/posts/<id:id>/flags/new")
def new(id: int) -> str:
    post = post_with_id(id, reader())
    require(may_flag(reader(), post), flagging.OWN)
    question = db.session.get_one(Question, post.question_id)
    return page("flags/new.html", post=post, question=question, reasons=Reason)


@pages.post(
    "/posts/<id:id>/flags",
    again="flags.new",
    texts=("words",),
    limit=FLAGS,
    while_suspended=True,
)
@once
def create(id: int) -> ResponseReturnValue:
    """Who is suspended still says that something is unsafe."""
    if typed("reason") != Reason.UNSAFE:
        sanctioning.require_not_suspended(me())
    post = post_with_id(id, reader())
    flagging.flag(me(), post, typed("reason"), typed("words"))
    title = db.session.get_one(Question, post.question_id).title
    said = "Thank you. A moderator looks at it, and you hear what came of it."
    return moved(question_url(post.question_id or 0, title, id), said)


@pages.shown("/flags")
def mine() -> str:
    """What somebody flagged themselves; the queue is for moderators."""
    return page("flags/mine.html", flags=flagging.flagged_by(signed_in().id))
