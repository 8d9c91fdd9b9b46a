"""The Help page, at the same place on every page."""

from board.config import settings
from board.web.pages import Pages
from board.web.responding import page

pages = Pages("help")


@pages.shown("/help", public=True)
def show() -> str:
    return page("help/show.html", text=settings().help_text)
