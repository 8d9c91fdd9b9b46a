"""What waits for privacy reviewers, and what somebody sent them, as rows: kinds, never the text."""

from sqlalchemy import ColumnElement, and_, column, func, select, table
from sqlalchemy.orm import aliased

from board.core.database import AnySelect
from board.people import queries as people
from board.people.models import Department, Member, Person
from board.privacy import reviewers
from board.privacy.models import Concern, Exposure, Held, Look, Purge, WaitsFor

MOST_COUNTED = 100

DECIDER, REPORTER = aliased(Person), aliased(Person)
# Privacy stands above posts: of a post it knows who wrote it.
_POST = table("post", column("id"), column("author_id"), column("confider_id"))
WRITER = (
    select(func.coalesce(_POST.c.author_id, _POST.c.confider_id))
    .where(_POST.c.id == Concern.post_id)
    .correlate(Concern)
    .scalar_subquery()
)


def held(reader: Member) -> AnySelect:
    """What was put aside and waits for this reader, oldest first: kinds, who, when, until when."""
    return (
        select(
            Held.id,
            Held.form,
            Held.findings,
            Held.author_id,
            Held.is_confidential,
            Held.created_at,
            Held.expires_at,
            Person.name.label("author_name"),
            Department.name.label("department"),
        )
        .outerjoin(Person, and_(Person.id == Held.author_id, Held.is_confidential.is_(False)))
        .outerjoin(Department, Department.id == Person.department_id)
        .where(
            Held.decided_at.is_(None),
            Held.waits_for == WaitsFor.REVIEWER,
            reviewers.open_to(reader, Held.author_id),
        )
        .order_by(Held.created_at, Held.id)
    )


def concerns(reader: Member) -> AnySelect:
    """Posts that may hold a patient's details and wait for this reader, oldest first."""
    return (
        select(
            Concern.id,
            Concern.source,
            Concern.kinds,
            Concern.post_id,
            Concern.question_id,
            Concern.has_hidden,
            Concern.raised_at,
            REPORTER.name.label("reporter_name"),
        )
        .outerjoin(REPORTER, REPORTER.id == Concern.reporter_id)
        .where(Concern.decided_at.is_(None), reviewers.open_to(reader, WRITER))
        .order_by(Concern.has_hidden.desc(), Concern.raised_at, Concern.id)
    )


def waiting_for(reader: Member) -> ColumnElement[int]:
    """How much waits for this reader: a part of another statement."""
    of_held, of_posts = held(reader).order_by(None), concerns(reader).order_by(None)
    counts = (
        select(func.count()).select_from(each.limit(MOST_COUNTED).subquery()).scalar_subquery()
        for each in (of_held, of_posts)
    )
    first, second = counts
    return first + second


def held_by(person_id: int) -> AnySelect:
    """What somebody sent for review, latest first, with what became of it."""
    return (
        select(
            Held.id,
            Held.form,
            Held.target_id,
            Held.created_at,
            Held.expires_at,
            Held.outcome,
            Held.decided_at,
            Held.message,
            Held.post_id,
            Held.waits_for,
        )
        .where(Held.author_id == person_id)
        .order_by(Held.id.desc())
    )


def reported_by(person_id: int) -> AnySelect:
    """What somebody reported, latest first, with what became of it."""
    return (
        select(
            Concern.id,
            Concern.post_id,
            Concern.raised_at,
            Concern.outcome,
            Concern.decided_at,
            Concern.message,
        )
        .where(Concern.reporter_id == person_id)
        .order_by(Concern.id.desc())
    )


def reports_of(person_id: int) -> AnySelect:
    """(outcome, times) of everything this person reported: how good their eye is."""
    return (
        select(Concern.outcome, func.count().label("times"))
        .where(Concern.reporter_id == person_id, Concern.decided_at.is_not(None))
        .group_by(Concern.outcome)
    )


def purges() -> AnySelect:
    """What was purged, latest first, with how far the cleaning is."""
    return (
        select(
            Purge.id,
            Purge.kind,
            Purge.purged_at,
            Purge.stage,
            Purge.finished_at,
            Person.name.label("reviewer"),
        )
        .outerjoin(Person, Person.id == Purge.purged_by_id)
        .order_by(Purge.id.desc())
    )


def exposed(purge_id: int) -> AnySelect:
    """Who may have seen what was purged, how and when, in order of name."""
    return (
        people.named(Exposure.person_id, Exposure.how, Exposure.at)
        .where(Exposure.purge_id == purge_id)
        .order_by(Person.name, Exposure.at, Exposure.id)
    )


def last_look() -> AnySelect:
    """When everything was last looked through with the rules of the day, and how far that is."""
    return (
        select(
            Look.id,
            Look.rules,
            Look.allowed,
            Look.began_at,
            Look.cursor,
            Look.last_id,
            Look.total,
            Look.looked,
            Look.found,
            Look.finished_at,
        )
        .order_by(Look.id.desc())
        .limit(1)
    )
