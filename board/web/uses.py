"""I used this: one press, and the same press again takes it back."""

from flask.typing import ResponseReturnValue

from board.core.database import db
from board.curation import reporting
from board.posts.models import Post
from board.posts.queries import answer_with_id
from board.web.displaying import question_url
from board.web.forms import pressed
from board.web.pages import Pages
from board.web.responding import changed
from board.web.visiting import me, reader

pages = Pages("uses")


@pages.post("/answers/<id:id>/use")
def create(id: int) -> ResponseReturnValue:
    answer = answer_with_id(id, reader())
    is_used = pressed("used", "An answer was used (1) or not (0).")
    deed = reporting.use if is_used else reporting.unuse
    deed(me(), answer)
    db.session.refresh(answer)
    title = db.session.get_one(Post, answer.question_id).title
    return changed(
        "answers/_uses.html",
        back_to=question_url(answer.question_id or 0, title, id),
        said="Noted. Thank you." if is_used else "Taken back.",
        post=answer,
        is_used=is_used,
    )
