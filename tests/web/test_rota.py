"""The page of the on-call rota."""

import io
from datetime import timedelta

import pytest

from board.core.clock import now
from board.core.database import db
from board.experts import grouping
from board.experts.models import Duty
from board.people.models import CONSOLE
from board.tags.naming import tag_called

FORM = {
    "topic": "pumps",
    "who": "@jonas",
    "phone": "bleep 22",
    "starts": "2026-06-05T09:00",
    "ends": "2026-06-05T17:00",
}


@pytest.fixture
def on_call(world):
    """Somebody is on call for pumps, now and for a week."""
    duty = Duty(
        tag_id=tag_called("pumps").id,
        role="Clinical engineer",
        phone="4567",
        starts_at=now() - timedelta(hours=1),
        ends_at=now() + timedelta(days=3),
    )
    db.session.add(duty)
    db.session.commit()
    return duty


def count():
    db.session.commit()
    return db.session.query(Duty).count()


def test_an_empty_rota_says_who_fills_it(signed_in):
    page = signed_in("amina").get("/rota").text
    assert "Nobody is on the rota" in page
    assert "Put somebody on the rota" not in page


def test_who_is_on_call_stands_everywhere_it_is_needed(signed_in, on_call, world):
    grouping.make(CONSOLE, "team", name="Team", line="", description="", tags="pumps")
    db.session.commit()
    amina = signed_in("amina")
    for address in ("/rota", "/experts", "/experts/tags/pumps", "/questions/4/experts"):
        page = amina.get(address).text
        assert "Clinical engineer" in page, address
        assert "4567" in page, address
    assert "On call now" in amina.part("/questions/4/experts", "experts").text
    assert "Nobody is on the rota" in amina.get("/rota?topic=gloves").text


def test_a_moderator_enters_ends_and_removes(signed_in, world):
    ruth = signed_in("ruth")
    assert ruth.send("/rota", **FORM).status_code == 303
    assert ruth.send("/rota", **FORM).status_code == 303
    assert count() == 1
    assert ruth.send("/rota/1/end").status_code == 303
    assert ruth.send("/rota/1/removal").status_code == 303
    assert ruth.send("/rota/1/removal").status_code == 404
    assert count() == 0


def test_a_mistake_keeps_what_was_typed(signed_in):
    page = signed_in("ruth").send("/rota", **FORM | {"ends": "2026-06-05T08:00"})
    assert page.status_code == 422
    assert "It ends after it begins" in page.text
    assert 'value="bleep 22"' in page.text


def test_a_file_is_brought_in(signed_in):
    ruth = signed_in("ruth")
    rota = (
        "topic,who,role,phone,from,to\n"
        "pumps,,Engineer,4567,2026-06-05 09:00,2026-06-05 17:00\n"
        "nothing,,Engineer,4567,2026-06-05 09:00,2026-06-05 17:00\n"
    )
    for words in ("1 new, 0 known already, 1 bad", "0 new, 1 known already, 1 bad"):
        reply = ruth.send("/rota/import", file=(io.BytesIO(rota.encode()), "rota.csv"))
        assert reply.status_code == 303
        page = ruth.get("/rota").text
        assert words in page
        assert "Line 3: There is no tag called nothing." in page
    assert count() == 1


def test_a_file_that_is_none_is_said(signed_in):
    ruth = signed_in("ruth")
    assert "Choose the file" in ruth.send("/rota/import").text
    reply = ruth.send("/rota/import", file=(io.BytesIO(b"a,b\n"), "rota.csv"))
    assert reply.status_code == 403
    assert "has to name the columns" in reply.text


def test_strangers_see_none_of_it(stranger, configure, world):
    configure(public_reading=True)
    assert "/sign-in" in stranger.get("/rota").location
    assert "/sign-in" in stranger.send("/rota", **FORM).location
