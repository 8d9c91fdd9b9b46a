"""One line for everybody: who writes it, until when, one at a time, and put away for good."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.announcements import announcing, queries
from board.announcements.announcing import Typed
from board.announcements.models import Announcement, Dismissal
from board.core.clock import held_at
from board.core.database import db
from board.core.disclosing import everything
from board.core.errors import Conflict, Invalid, Refused
from board.moderation import erasing
from board.signin import sessions

MORNING = datetime(2026, 6, 5, 7, 0, tzinfo=UTC)  # 08:00 in London
TODAY = Typed("The board is down from 22:00 to 23:00.", "warning", "2026-06-05 23:00")


@pytest.fixture(autouse=True)
def morning():
    with held_at(MORNING):
        yield


@pytest.fixture
def downtime(world):
    made = announcing.announce(world.ruth, TODAY)
    db.session.commit()
    return made


def seen_by(person, later=timedelta(0)):
    """What stands on top of this person's pages."""
    token = sessions.begin(person, "password")
    with held_at(MORNING + later):
        return sessions.find(db.session, token).announcement_words


def verbs():
    found = select(Activity.verb).where(Activity.subject_kind == "announcement")
    return list(db.session.scalars(found.order_by(Activity.id)))


def test_everybody_sees_it_until_it_ends(world, downtime):
    assert downtime.ends_at == datetime(2026, 6, 5, 22, 0, tzinfo=UTC)
    for name in ("amina", "ruth", "tomasz"):
        assert seen_by(getattr(world, name)) == TODAY.words
    assert seen_by(world.amina, timedelta(hours=15)) is None
    assert verbs() == [Verb.ANNOUNCED]


def test_it_begins_when_it_says(world):
    announcing.announce(world.ruth, Typed("x", "notice", "2026-06-05 12:00", "2026-06-05 10:00"))
    assert seen_by(world.amina) is None
    assert seen_by(world.amina, timedelta(hours=2)) == "x"


@pytest.mark.parametrize("name", ["amina", "jonas"])
def test_members_do_not_speak_to_everybody(world, downtime, name):
    person = getattr(world, name)
    for deed in (
        lambda: announcing.announce(person, TODAY),
        lambda: announcing.change(person, downtime, TODAY),
        lambda: announcing.end(person, downtime),
    ):
        with pytest.raises(Refused):
            deed()
    assert not downtime.is_over


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (Typed(" ", "notice", "2026-06-06 08:00"), "words"),
        (Typed("x" * 201, "notice", "2026-06-06 08:00"), "words"),
        (Typed("x", "shout", "2026-06-06 08:00"), "level"),
        (Typed("x", "notice", ""), "ends"),
        (Typed("x", "notice", "2026-06-05 07:59"), "ends"),
        (Typed("x", "notice", "2026-06-06 08:00", "2026-06-06 08:00"), "ends"),
        (Typed("x", "notice", "2026-12-06 08:00"), "ends"),
        (Typed("x", "notice", "2026-06-06 08:00", "soon"), "starts"),
        (Typed("x", "notice", "2027-03-28 03:00", "2027-03-28 01:30"), "starts"),
    ],
)
def test_what_cannot_be_announced(world, typed, field):
    with pytest.raises(Invalid) as refused:
        announcing.announce(world.ruth, typed)
    assert list(refused.value.fields) == [field]
    assert db.session.scalar(select(Announcement.id)) is None


def test_one_stands_at_a_time(world, downtime):
    with pytest.raises(Conflict, match="The board is down"):
        announcing.announce(world.tomasz, Typed("y", "notice", "2026-06-06 08:00"))
    later = Typed("y", "notice", "2026-06-06 08:00", "2026-06-05 23:00")
    second = announcing.announce(world.tomasz, later)
    with pytest.raises(Conflict):
        announcing.change(
            world.ruth, second, Typed("y", "notice", "2026-06-06 08:00", "2026-06-05 22:00")
        )
    assert seen_by(world.amina) == TODAY.words
    assert seen_by(world.amina, timedelta(hours=15)) == "y"


def test_put_away_it_does_not_come_back_even_when_it_is_changed(world, downtime):
    announcing.put_away(world.amina, downtime)
    announcing.put_away(world.amina, downtime)
    announcing.change(world.ruth, downtime, Typed("Until 23:30.", "notice", "2026-06-05 23:30"))
    assert seen_by(world.amina) is None
    assert seen_by(world.jonas) == "Until 23:30."
    assert verbs() == [Verb.ANNOUNCED, Verb.ANNOUNCEMENT_PUT_AWAY, Verb.ANNOUNCEMENT_CHANGED]
    [kept] = [each for each in everything(world.amina.id) if each.name == "put_away"]
    assert [row["announcement_id"] for row in kept.rows] == [downtime.id]


def test_the_next_one_is_seen_again(world, downtime):
    announcing.put_away(world.amina, downtime)
    announcing.end(world.ruth, downtime)
    announcing.announce(world.ruth, Typed("Another.", "notice", "2026-06-06 08:00"))
    assert seen_by(world.amina) == "Another."


def test_a_change_keeps_when_it_began(world, downtime):
    with held_at(MORNING + timedelta(hours=1)):
        typed = Typed("x", "notice", "2026-06-05 23:00", "2026-06-05 20:00")
        announcing.change(world.tomasz, downtime, typed)
    assert downtime.starts_at == MORNING
    assert downtime.changed_by_id == world.tomasz.id
    row = db.session.scalar(select(Activity).filter_by(verb=Verb.ANNOUNCEMENT_CHANGED))
    assert row.detail == {"changed": ["level", "words"]}


def test_ended_early_it_is_gone_and_on_record(world, downtime):
    announcing.end(world.tomasz, downtime)
    announcing.end(world.ruth, downtime)
    assert seen_by(world.amina) is None
    assert downtime.ended_by_id == world.tomasz.id
    assert verbs().count(Verb.ANNOUNCEMENT_ENDED) == 1
    with pytest.raises(Conflict, match="over"):
        announcing.change(world.ruth, downtime, TODAY)
    assert ([*queries.to_come()], [*queries.past()]) == ([], [downtime])


def test_a_purge_takes_a_patients_name_out_of_it(world):
    typed = Typed("Okonkwo is in bay 4.", "notice", "2026-06-05 23:00")
    made = announcing.announce(world.ruth, typed)
    erasing.sweep(["Okonkwo"], 0)
    assert "Okonkwo" not in made.words


def test_the_dismissals_of_one_do_not_hide_it_from_others(world, downtime):
    announcing.put_away(world.amina, downtime)
    rows = db.session.execute(select(Dismissal.announcement_id, Dismissal.person_id)).all()
    assert [tuple(row) for row in rows] == [(downtime.id, world.amina.id)]
    assert seen_by(world.priya) == TODAY.words
