"""Asking confidentially: whoever asked keeps every right, and stands nowhere as the author.

A confidential question, and whatever its asker writes below it, has no `author_id`: what reads
authors finds nobody, whether or not it has heard of confidential questions. Who it was stands in
`confider_id`, which rules compare and nothing shows. `shown_as` is what readers see instead.
"""

from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, case, func, select, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core.database import db
from board.core.errors import require
from board.people.models import Person
from board.posts import writing
from board.posts.models import Post, Question, Revision
from board.posts.records import Acceptance, Closure
from board.posts.rules import may_disclose, may_look_up_asker

MANY = 10  # among so many, a profession names nobody
OFF = "Questions are asked under one's name here. Take the tick away, or ask a moderator."
ONLY_MODERATORS = "Only a moderator may look up who asked a confidential question."
ONLY_THEIRS = "Only whoever asked confidentially can decide to show their name."

# What somebody does to what is another's as a moderator or an expert, and pages name them for it.
_BY_OTHERS = (
    Verb.ANSWER_REINSTATED,
    Verb.ANSWER_SUPERSEDED,
    Verb.ANSWER_WITHDRAWN,
    Verb.CLOSED,
    Verb.EDITED,
    Verb.EXPERT_ASKED,
    Verb.HID,
    Verb.MENTIONED,
    Verb.PROBLEM_SETTLED,
    Verb.REOPENED,
    Verb.REQUEST_WITHDRAWN,
    Verb.RESTORED,
    Verb.SUGGESTION_ACCEPTED,
    Verb.SUGGESTION_DECLINED,
    Verb.VERIFICATION_VOIDED,
    Verb.VERIFICATION_WITHDRAWN,
    Verb.VERIFIED,
)
# What is done as a reader, as one who was asked, or as a moderator to a question as a whole.
_BY_ANYBODY = (
    Verb.EDIT_SUGGESTED,
    Verb.LOCKED,
    Verb.MERGED,
    Verb.POST_MOVED,
    Verb.POST_MOVED_BACK,
    Verb.PRIVACY_CLEARED,
    Verb.PRIVACY_PURGED,
    Verb.PRIVACY_REPORTED,
    Verb.PROBLEM_REPORTED,
    Verb.REQUEST_DECLINED,
    Verb.REQUEST_PASSED,
    Verb.REQUEST_TAKEN,
    Verb.UNLOCKED,
    Verb.UNMERGED,
    Verb.UNSAFE_REPORTED,
)


class Confided(Protocol):
    """A post, or a row that reads like one."""

    @property
    def confider_id(self) -> int | None: ...


def confide(asker: Person) -> dict[str, Any]:
    """How a new question keeps its asker to itself: no author and no department. Raises `Refused`.

    What is shown instead is settled now. Looked up again later, it would change on the day
    that the asker is promoted, or when colleagues leave.
    """
    require(settings().confidential_asking, OFF)
    return {"confider_id": asker.id, "shown_as": shown_as(asker.profession)}


def shown_as(profession: str) -> str:
    """What readers see instead of the name: the profession if many share it, else nothing."""
    profession = profession.strip()
    with_it = select(func.count()).where(
        func.lower(func.trim(Person.profession)) == profession.lower(),
        Person.deactivated_at.is_(None),
        Person.is_imported.is_(False),
    )
    is_common = bool(profession) and (db.session.scalar(with_it) or 0) >= MANY
    return _within_a_sentence(profession) if is_common else ""


def signed(person: Person, question: Question) -> dict[str, Any]:
    """Whose a new post below this question is: the asker of a confidential one stays unnamed."""
    if is_confider(person, question):
        return {"confider_id": person.id, "shown_as": question.shown_as}
    return {"author_id": person.id}


def signature(person: Person, post: Confided) -> int | None:
    """Who is written down for what somebody does with a post: nobody, where it is the confider."""
    return None if is_confider(person, post) else person.id


def is_confider(person: Person, post: Confided) -> bool:
    """Whether this is whoever asked confidentially, or what they wrote below it."""
    return post.confider_id is not None and post.confider_id == person.id


def named_actor(actor_id: int | None, verb: Verb, subject: Any) -> int | None:
    """Whose name news of a deed may carry: nobody's, where a confidential asker did it as such.

    What they do as a moderator or an expert to what is not theirs carries their name, as anywhere
    else: where pages name them and news did not, everybody would know who asked.
    """
    question_id = getattr(subject, "question_id", None)
    question = db.session.get(Post, question_id) if actor_id and question_id else None
    if question is None or question.confider_id != actor_id:
        return actor_id
    owners = [getattr(subject, name, None) for name in ("author_id", "confider_id", "asker_id")]
    is_as_another = verb in _BY_OTHERS and actor_id not in owners
    return actor_id if is_as_another or verb in _BY_ANYBODY else None


def shown(table: FromClause) -> ColumnElement[str | None]:
    """Beside a post's row: what is shown of its author, None where that is a name or unknown."""
    return case((table.c.author_id.is_(None), table.c.shown_as)).label("shown_as")


def look_up(moderator: Person, question: Question) -> Person:
    """Who asked; looking is recorded, and whoever asked is told. Raises `Refused`."""
    require(may_look_up_asker(moderator, question), ONLY_MODERATORS)
    record(moderator, Verb.ASKER_LOOKED_UP, question)
    return db.session.get_one(Person, question.confider_id)


def disclose(asker: Person, question: Question) -> None:
    """Show the name after all, on everything the asker wrote and did here. There is no way back:
    a name that was read cannot be taken away. Raises `Refused`.
    """
    require(may_disclose(asker, question), ONLY_THEIRS)
    db.session.refresh(question, with_for_update=True)
    if question.confider_id is None:
        return
    _sign_what_was_done(asker, question)
    question.department_id = asker.department_id
    _change(
        update(Post)
        .where(Post.question_id == question.id, Post.confider_id == asker.id)
        .values(author_id=asker.id, confider_id=None, shown_as=None)
    )
    db.session.expire_all()
    writing.raise_version(question.id)
    writing.refresh_lists(question.id)
    record(asker, Verb.ASKER_DISCLOSED, question)


def _sign_what_was_done(asker: Person, question: Question) -> None:
    """The acceptances, closings and edits that were nobody's become the asker's."""
    theirs = select(Post.id).where(Post.question_id == question.id, Post.confider_id == asker.id)
    _change(
        update(Revision)
        .where(Revision.post_id.in_(theirs), Revision.editor_id.is_(None))
        .values(editor_id=asker.id)
    )
    for record_of, signed_by in ((Acceptance, "accepted_by_id"), (Closure, "closed_by_id")):
        unsigned = getattr(record_of, signed_by).is_(None), record_of.by_moderator.is_(False)
        _change(
            update(record_of)
            .where(record_of.question_id == question.id, *unsigned)
            .values({signed_by: asker.id})
        )


def _change(statement: Any) -> None:
    db.session.flush()
    db.session.execute(statement.execution_options(synchronize_session=False))


def _within_a_sentence(profession: str) -> str:
    """`Staff nurse` becomes `staff nurse`; `ODP` stays."""
    is_abbreviation = profession[1:2].isupper()
    return profession if is_abbreviation else profession[:1].lower() + profession[1:]
