"""Doses that may be misread: pointed out while somebody types and after it is posted.

Nothing is changed silently and nothing is kept from being posted.
"""

from markupsafe import Markup
from sqlalchemy import select

from board.core.database import db
from board.curation.abbreviations import Notation, corrected, find
from board.posts.editing import Wording
from board.posts.models import Post
from board.web.displaying import link

NAMED = 3


def noted(said: str, post: Post) -> str:
    """What is said after posting; with what may be misread, and the way to correct it."""
    body, title = db.session.execute(
        select(Post.body_md, Post.title).where(Post.id == post.id)
    ).one()
    found = [*find(title or ""), *find(body)]
    if not found:
        return said
    passages = ", ".join(f"“{each.passage}”" for each in found[:NAMED])
    words = Markup('{} {} may be misread: {}. <a href="{}">Look at the correction</a>')
    address = link("posts.edit", id=post.id, corrected=1)
    return words.format(said, passages, found[0].why, address)


def mended(wording: Wording) -> tuple[Wording, list[Notation]]:
    """The words with every correction, and what was corrected; for a form, never for the post."""
    in_body, in_title = find(wording.body), find(wording.title or "")
    title = corrected(wording.title, in_title) if wording.title else wording.title
    body = type(wording.body)(corrected(wording.body, in_body))
    return Wording(body, title, wording.tags), [*in_title, *in_body]
