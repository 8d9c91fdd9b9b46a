"""Noor and Sam are experts for insulin, Noor a pharmacist; Amina's question has Jonas' answer."""

from datetime import UTC, datetime

import pytest
import settled
from sqlalchemy import select

from board.activity.models import Activity
from board.core.clock import held_at
from board.core.database import db
from board.curation import caring, describing, removing, reporting, verifying
from board.curation.deciding import Seen
from board.curation.describing import Described
from board.experts import seating
from board.inbox.models import Notification
from board.people.models import Person
from board.posts import answering
from board.tags.naming import tag_called

EVIDENCE = Described(
    applies_to=("adult",), setting="ward", source_kind="local_guideline", source="Insulin policy 4"
)


@pytest.fixture(autouse=True)
def quiet(world):
    settled.nothing_waits()


@pytest.fixture
def person(world):
    """`person("noor")`: somebody by name, of the cast or who joined for the test."""
    return lambda handle: db.session.scalar(select(Person).filter_by(handle=handle))


@pytest.fixture
def experts(world):
    """Noor, a pharmacist, and Sam, a nurse, are experts for insulin."""
    made = [settled.join("noor"), settled.join("sam", "Diabetes nurse", "Diabetes")]
    for each in made:
        seating.confirm(world.ruth, seating.nominate(world.ruth, each, tag_called("insulin")))
    db.session.commit()
    return made


@pytest.fixture
def noor(experts):
    return experts[0]


@pytest.fixture
def sam(experts):
    return experts[1]


@pytest.fixture
def answer(world, experts):
    """Jonas' answer about insulin pens, with what it rests on."""
    describing.describe(world.jonas, world.insulin_answer, EVIDENCE)
    db.session.commit()
    return world.insulin_answer


@pytest.fixture
def high_risk(world):
    """Insulin is a high-risk tag, and about doses."""
    caring.set_care(world.ruth, tag_called("insulin"), risk="3", field="clinical", is_dosing=True)
    db.session.commit()


def as_shown(answer):
    db.session.refresh(answer)
    return Seen(answer.revision_number, answer.standing)


@pytest.fixture
def seen():
    """`seen(answer)`: the answer as a page shows it now."""
    return as_shown


@pytest.fixture
def in_state(world, answer, noor, sam, person):
    """`in_state("expired")`: Jonas' answer, brought there by people's own deeds."""

    def verify():
        verifying.verify(noor, answer, as_shown(answer))

    def fall_due():
        verify()
        reporting.call_for_review(answer, "guideline")

    def expire():
        fall_due()
        answer.standing = "expired"

    def verify_one_of_two():
        caring.set_care(
            world.ruth, tag_called("insulin"), risk="3", field="clinical", is_dosing=False
        )
        verify()

    def supersede():
        other = answering.answer(sam, world.insulin, "Six weeks.")
        removing.supersede(sam, answer, as_shown(answer), other)

    ways = {
        "partly": verify_one_of_two,
        "verified": verify,
        "review_due": fall_due,
        "expired": expire,
        "unsafe": lambda: reporting.report(world.amina, answer, "unsafe"),
        "withdrawn": lambda: removing.withdraw(sam, answer, as_shown(answer), "Wrong."),
        "superseded": supersede,
    }

    def bring(state):
        if state in ways:
            ways[state]()
        db.session.commit()
        assert answer.standing == state
        return answer

    return bring


@pytest.fixture
def verbs(world):
    """What was done to an answer, in order."""

    def of(answer):
        db.session.flush()
        mine = select(Activity.verb).where(Activity.subject_id == answer.id)
        return list(db.session.scalars(mine.order_by(Activity.id)))

    return of


@pytest.fixture
def told(world):
    """What somebody was told, in order."""

    def of(person):
        db.session.flush()
        mine = select(Notification.verb).where(
            Notification.person_id == person.id, Notification.verb.not_like("expert_%")
        )
        return list(db.session.scalars(mine.order_by(Notification.id)))

    return of


@pytest.fixture
def verified(answer, noor, seen):
    """Noor verified it on 5 June 2026."""
    with held_at(datetime(2026, 6, 5, 12, tzinfo=UTC)):
        verifying.verify(noor, answer, seen(answer), "Checked with the leaflet.")
    return answer
