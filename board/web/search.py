"""Searching."""

from flask import request

from board.core.errors import Missing
from board.search.finding import find
from board.web.pages import Pages
from board.web.responding import page

pages = Pages("search")


@pages.shown("/search", readable=True)
def index() -> str:
    after = request.args.get("after", "0")
    if not (after.isascii() and after.isdecimal() and len(after) < 6):
        raise Missing("That page does not exist. Start again from the first one.")
    found = find(request.args.get("q", ""), int(after))
    return page("search/index.html", found=found, parts=["more"])
