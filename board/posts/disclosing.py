"""What somebody wrote, keeps and found useful."""

from sqlalchemy import select

from board.core.disclosing import Record, rows
from board.posts.models import Bookmark, Draft, Post, Vote

_WRITTEN = select(
    Post.id, Post.kind, Post.title, Post.body_md.label("text"), Post.created_at, Post.hidden_at
).order_by(Post.id.desc())


def posts(person_id: int) -> Record:
    """Questions, answers and comments of theirs, removed ones too."""
    query = _WRITTEN.where(Post.author_id == person_id)
    return Record(
        "posts", "What you wrote", "Everybody here can read it, under your name.", rows(query)
    )


def confided(person_id: int) -> Record:
    """What they asked confidentially and wrote below it, removed posts too."""
    query = _WRITTEN.add_columns(Post.shown_as.label("readers_see")).where(
        Post.confider_id == person_id
    )
    about = (
        "Everybody here can read it, without your name. A moderator can look up that it was you;"
        " you are told."
    )
    return Record(
        "confided",
        "What you asked without your name",
        about,
        rows(query.where(Post.confider_id == person_id)),
    )


def drafts(person_id: int) -> Record:
    """What they have begun to write."""
    query = (
        select(
            Draft.target,
            Draft.title,
            Draft.body,
            Draft.tags,
            Draft.summary,
            Draft.evidence,
            Draft.saved_at,
        )
        .filter_by(person_id=person_id, is_sent=False)
        .order_by(Draft.saved_at.desc())
    )
    about = "Only you can see them. Thrown away after 30 days."
    return Record("drafts", "What you have begun to write", about, rows(query))


def saved(person_id: int) -> Record:
    """Questions they want to find again."""
    query = select(Bookmark.question_id, Bookmark.saved_at).filter_by(person_id=person_id)
    about = "Only you can see them."
    return Record("saved", "Questions you saved", about, rows(query.order_by(Bookmark.saved_at)))


def votes(person_id: int) -> Record:
    """What they found useful."""
    query = select(Vote.post_id, Vote.voted_at).filter_by(person_id=person_id)
    about = "Others see how many, not who."
    return Record("votes", "What you found useful", about, rows(query.order_by(Vote.voted_at)))
