"""Words that may hold a patient's details, wherever they would be read but in their own thread.

A thread keeps its own rule: author and reviewers read there what is withheld. Everywhere else (the
page of a duplicate, the queue, lists, news, mails) nobody does; a tombstone may be read by anybody.
"""

from typing import Any

from sqlalchemy import ColumnElement, case, or_

HIDDEN_TITLE = "A question that is hidden: it may contain patient information"


def is_safe(post: Any) -> ColumnElement[bool]:
    """Whether anybody may read its words. `post` is the table, an alias of it, or the entity."""
    columns = getattr(post, "c", post)
    return or_(columns.withheld_at.is_(None), columns.purge_number.is_not(None))


def safe_title(post: Any) -> ColumnElement[Any]:
    """The title of a question, for a place that is not its own page."""
    columns = getattr(post, "c", post)
    return case((is_safe(post), columns.title), else_=HIDDEN_TITLE).label("title")


def safe_excerpt(post: Any) -> ColumnElement[Any]:
    """How a post begins, for a place that is not its own page."""
    columns = getattr(post, "c", post)
    return case((is_safe(post), columns.excerpt), else_="").label("excerpt")
