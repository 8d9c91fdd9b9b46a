"""Asking a question."""

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Invalid, require
from board.core.markup import Text
from board.people.models import Person
from board.posts import confiding, drafting, writing
from board.posts.models import Kind, Question, Urgency
from board.posts.rules import may_post
from board.tags import naming

UNKNOWN_URGENCY = "Choose by when you need it: this shift, this week, or when somebody can."


def ask(
    asker: Person, title: str, body: str = "", tags: str = "", urgency: str = Urgency.WHEN_YOU_CAN
) -> Question:
    """Ask, under comma separated tags. Raises `Invalid` with a message for each field."""
    signed = Question(author_id=asker.id, department_id=asker.department_id)
    return _ask(asker, signed, title, body, tags, urgency)


def ask_confidentially(
    asker: Person, title: str, body: str = "", tags: str = "", urgency: str = Urgency.WHEN_YOU_CAN
) -> Question:
    """Ask without showing one's name. Raises `Refused` where the site does not want that."""
    signed = Question(**confiding.confide(asker))
    return _ask(asker, signed, title, body, tags, urgency)


def check(title: str, body: Text, tags: str, urgency: str = Urgency.WHEN_YOU_CAN) -> list[str]:
    """The names of the tags; raises `Invalid` naming every field that is wrong, not the first."""
    problems = {
        "title": writing.title_problem(title),
        "body": writing.body_problem(body, Kind.QUESTION),
        "urgency": None if urgency in set(Urgency) else UNKNOWN_URGENCY,
    }
    found = {field: problem for field, problem in problems.items() if problem}
    try:
        names = naming.split(tags)
    except Invalid as error:
        raise Invalid(found | error.fields) from None
    if found:
        raise Invalid(found)
    return names


def _ask(
    asker: Person, question: Question, title: str, body: str, tags: str, urgency: str
) -> Question:
    require(may_post(asker), "Sign in to ask.")
    title, text = writing.clean_title(title), Text.of(body)
    names = check(title, text, tags, urgency)
    question.urgency = Urgency(urgency)
    writing.put_text(question, text, title)
    db.session.add(question)
    db.session.flush()
    question.question_id = question.id
    writing.put_tags(question, naming.tags_named(names))
    drafting.clear(asker.id, drafting.ASKING)
    record(asker, Verb.ASKED, question)
    return question
