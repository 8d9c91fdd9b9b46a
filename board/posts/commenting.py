"""Commenting on a question or an answer."""

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Gone, Invalid, Refused, require
from board.core.markup import Text
from board.people.models import Person
from board.posts import confiding, drafting, states, writing
from board.posts.models import Comment, Kind, Post, Question
from board.posts.rules import may_post
from board.posts.states import Action


def comment(commenter: Person, post: Post, body: str) -> Comment:
    """Comment. Raises `Invalid` for the text, `Gone` where the post or its question is hidden."""
    require(may_post(commenter), "Sign in to comment.")
    if post.kind == Kind.COMMENT:
        raise Refused("Comment on the question or the answer, not on a comment.")
    question = db.session.get_one(Question, post.question_id)
    if not (post.is_visible and question.is_visible):
        raise Gone("This has been removed, so it takes no more comments.")
    states.check(commenter, Action.COMMENT, question)
    text = Text.of(body)
    if problem := writing.body_problem(text, Kind.COMMENT):
        raise Invalid({"body": problem})
    signed = confiding.signed(commenter, question)
    made = Comment(question_id=question.id, parent_id=post.id, **signed)
    writing.put_text(made, text)
    db.session.add(made)
    writing.bump(question.id)
    drafting.clear(commenter.id, drafting.target("comment", post.id))
    record(commenter, Verb.COMMENTED, made)
    return made
