"""What all posts have in common when they are written: checked text, excerpt, tags, counters."""

from collections.abc import Sequence

from sqlalchemy import update

from board.core.clock import now
from board.core.database import db
from board.core.markup import Text, plain
from board.core.text import one_line, shorten
from board.posts.models import (
    BODY_LENGTH,
    COMMENT_LENGTH,
    EXCERPT_LENGTH,
    TITLE_LENGTH,
    Kind,
    Post,
    PostTag,
    Question,
)
from board.tags.models import Tag


def title_problem(title: str) -> str | None:
    """What is wrong with this title, if anything."""
    if not title:
        return "Write your question here, in one sentence."
    if len(title) > TITLE_LENGTH:
        return f"At most {TITLE_LENGTH} characters, please: the details go into the box below."
    return None


def body_problem(body: str, kind: str) -> str | None:
    """What is wrong with this text, if anything. A question's title may say it all."""
    longest = COMMENT_LENGTH if kind == Kind.COMMENT else BODY_LENGTH
    if not body and kind != Kind.QUESTION:
        return "There is no text yet."
    if len(body) > longest:
        return f"That is {len(body):,} characters; at most {longest:,} fit here."
    return None


def put_text(post: Post, body: Text, title: str | None = None) -> None:
    """Give a post its words: source, HTML, and the first line that lists show."""
    post.title = title
    post.body_md = str(body)
    post.body_html = body.html
    post.excerpt = shorten(plain(body.html), EXCERPT_LENGTH)


def clean_title(title: str) -> str:
    """A title on one line."""
    return one_line(title)


def put_tags(question: Question, tags: Sequence[Tag]) -> None:
    """Make these the question's tags, and keep the tags' counts right. The question has an id."""
    wanted = {tag.id: tag for tag in tags}
    present = {link.tag_id: link for link in question.tag_links}
    for tag_id in sorted(present.keys() - wanted.keys()):
        question.tag_links.remove(present[tag_id])
        _count(tag_id, -1)
    for tag_id in sorted(wanted.keys() - present.keys()):
        question.tag_links.append(_link(question, wanted[tag_id]))
        _count(tag_id, +1)
    for position, tag in enumerate(tags):
        next(link for link in question.tag_links if link.tag_id == tag.id).position = position
    db.session.flush()


def refresh_lists(question_id: int) -> None:
    """Copy what tag lists are ordered by from the question to its tag rows."""
    db.session.flush()
    db.session.execute(
        update(PostTag)
        .where(PostTag.post_id == Post.id, Post.id == question_id)
        .values(
            department_id=Post.department_id,
            score=Post.score,
            answer_count=Post.answer_count,
            active_at=Post.active_at,
            hidden_at=Post.hidden_at,
        )
        .execution_options(synchronize_session=False)
    )


def raise_version(question_id: int) -> None:
    """The question's page shows something else now: whoever has it open will be told."""
    db.session.execute(update(Post).where(Post.id == question_id).values(version=Post.version + 1))


def count_answers(question_id: int, change: int) -> None:
    """Count one visible answer more or less."""
    db.session.execute(
        update(Post).where(Post.id == question_id).values(answer_count=Post.answer_count + change)
    )


def bump(question_id: int) -> None:
    """Something new stands in the thread: raise its version, move it up where lists show news."""
    db.session.flush()
    db.session.execute(
        update(Post).where(Post.id == question_id).values(version=Post.version + 1, active_at=now())
    )
    refresh_lists(question_id)


def _link(question: Question, tag: Tag) -> PostTag:
    return PostTag(
        post_id=question.id,
        tag_id=tag.id,
        tag=tag,
        department_id=question.department_id,
        score=question.score,
        answer_count=question.answer_count,
        created_at=question.created_at,
        active_at=question.active_at,
        hidden_at=question.hidden_at,
    )


def _count(tag_id: int, change: int) -> None:
    db.session.execute(
        update(Tag).where(Tag.id == tag_id).values(question_count=Tag.question_count + change)
    )
