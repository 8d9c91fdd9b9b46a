"""Upvotes: the button carries the state it leads to, so the same press twice changes nothing."""

from flask.typing import ResponseReturnValue

from board.core.database import db
from board.posts import voting
from board.posts.models import Post
from board.posts.queries import post_with_id
from board.web.displaying import question_url
from board.web.forms import pressed
from board.web.pages import Pages
from board.web.responding import changed
from board.web.visiting import me, reader

pages = Pages("votes")


@pages.post("/posts/<id:id>/vote")
def create(id: int) -> ResponseReturnValue:
    post = post_with_id(id, reader())
    is_mine = pressed("vote", "A vote is given (1) or taken back (0).")
    deed = voting.vote if is_mine else voting.withdraw
    deed(me(), post)
    db.session.refresh(post)
    title = db.session.get_one(Post, post.question_id).title
    return changed(
        "posts/_vote.html",
        back_to=question_url(post.question_id or 0, title, post.id),
        post=post,
        is_mine=is_mine,
    )
