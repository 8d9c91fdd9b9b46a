"""Who of a thread may have read a post: for the report after a purge. Named in the wiring."""

from collections.abc import Iterator

from sqlalchemy import select

from board.core.database import db
from board.posts import merging
from board.posts.models import Bookmark, Kind, Post, Revision, Vote
from board.privacy.elsewhere import Seen

WROTE = {
    Kind.QUESTION: "asked the question",
    Kind.ANSWER: "answered in the thread",
    Kind.COMMENT: "commented in the thread",
}


def exposed(question_id: int, post_id: int) -> Iterator[Seen]:
    """Who wrote it, edited it, wrote in its thread, voted for it, or saved the question; of a
    question that was merged, or undone from that, under both numbers.

    Whoever asked confidentially is among those whom the inbox told, or who had it open; to say
    here what they wrote would name them.
    """
    del question_id
    addresses = list(merging.read_under(db.session.get_one(Post, post_id)))
    for post in db.session.scalars(select(Post).where(Post.question_id.in_(addresses))):
        if post.author_id is not None:
            how = "wrote it" if post.id == post_id else WROTE[Kind(post.kind)]
            yield Seen(post.author_id, how, post.created_at)
    for revision in db.session.scalars(select(Revision).where(Revision.post_id == post_id)):
        if revision.editor_id is not None:
            yield Seen(revision.editor_id, "edited it", revision.edited_at)
    for vote in db.session.scalars(select(Vote).where(Vote.post_id == post_id)):
        yield Seen(vote.person_id, "voted for it", vote.voted_at)
    for saved in db.session.scalars(select(Bookmark).where(Bookmark.question_id.in_(addresses))):
        yield Seen(saved.person_id, "saved the question", saved.saved_at)
