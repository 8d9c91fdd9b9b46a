"""How Markdown will look; nothing is stored."""

from flask.typing import ResponseReturnValue

from board.web.forms import body, render_body
from board.web.pages import Pages
from board.web.responding import page

pages = Pages("previews")


@pages.post("/preview", first=render_body, limit=None, quiet=True, while_suspended=True)
def create() -> ResponseReturnValue:
    return page("previews/_preview.html", text=body())
