"""Who saw the withdrawn version, as a moderator meets it; and that looking is on record."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.audit.models import AuditRecord
from board.core.clock import held_at, now
from board.core.database import db
from board.curation import removing
from board.curation.deciding import Seen
from board.posts import editing

THREAD = "/questions/1/how-long-does-a-started-insulin-pen-keep"


@pytest.fixture
def withdrawn(world, signed_in):
    """Amina opened it, Jonas changed it, Priya opened it, Ruth withdrew it."""
    begun = now()
    signed_in("amina").get(THREAD)
    with held_at(begun + timedelta(hours=2)):
        editing.edit(world.jonas, world.insulin_answer, 1, body="Six weeks.")
        db.session.commit()
    with held_at(begun + timedelta(hours=3)):
        signed_in("priya").get(THREAD)
    with held_at(begun + timedelta(hours=4)):
        removing.withdraw(world.ruth, world.insulin_answer, Seen(2, "posted"), "Wrong.")
        db.session.commit()
    with held_at(begun + timedelta(hours=5)):
        yield


def looked():
    rows = db.session.scalars(select(Activity).filter_by(verb=Verb.READERS_VIEWED))
    return [(row.actor_id, row.subject_id, row.detail) for row in rows]


def test_the_list_of_the_withdrawn_version(withdrawn, signed_in, world):
    ruth = signed_in("ruth")
    assert "/answers/2/readers" in ruth.get(THREAD).text
    assert "/answers/2/readers" in ruth.get("/answers/2/verification").text
    page = ruth.get("/answers/2/readers").text
    assert "Priya Nair" in page
    assert "Amina Yusuf" not in page
    assert looked() == [(world.ruth.id, 2, {"revision": 2})]
    audited = db.session.scalar(select(AuditRecord).filter_by(action=Verb.READERS_VIEWED))
    assert (audited.actor, audited.object_kind, audited.object_id) == ("ruth", "post", 2)


def test_the_list_of_an_earlier_revision(withdrawn, signed_in):
    ruth = signed_in("ruth")
    history = ruth.get("/posts/2/revisions").text
    assert "/answers/2/readers?revision=1" in history
    page = ruth.get("/answers/2/readers?revision=1").text
    assert "Amina Yusuf" in page
    assert "Priya Nair" not in page


def test_without_view_records_it_says_so_plainly(withdrawn, signed_in, configure):
    configure(view_records_months=0)
    page = signed_in("ruth").get("/answers/2/readers").text
    assert "does not keep who opened which question" in page
    assert looked() == []


def test_nobody_is_said_in_words(withdrawn, signed_in, world):
    db.session.execute(db.metadata.tables["view_record"].delete())
    db.session.commit()
    assert "Nobody who was signed in" in signed_in("ruth").get("/answers/2/readers").text


def test_others_neither_see_the_list_nor_the_way_to_it(withdrawn, signed_in, stranger):
    for name in ("jonas", "amina"):
        member = signed_in(name)
        assert "/readers" not in member.get(THREAD).text
        assert "/readers" not in member.get("/posts/2/revisions").text
        assert member.get("/answers/2/readers").status_code == 403
    assert stranger.get("/answers/2/readers").status_code == 303
    assert looked() == []


def test_what_is_in_use_is_refused(signed_in):
    assert signed_in("ruth").get("/answers/2/readers").status_code == 403
    assert looked() == []


@pytest.mark.parametrize(("revision", "status"), [("0", 404), ("9", 404), ("x", 200)])
def test_revisions_that_are_none(withdrawn, signed_in, revision, status):
    page = signed_in("ruth").get(f"/answers/2/readers?revision={revision}")
    assert page.status_code == status


def test_whoever_was_on_the_list_can_read_that_it_exists(signed_in):
    assert "each time they look is on record" in signed_in("amina").get("/records").text
