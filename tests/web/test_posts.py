"""Editing, removing and permanent addresses, as a browser meets them."""

import pytest
from sqlalchemy import select

from board.core.database import db
from board.people.models import Person
from board.posts import drafting, editing, hiding, locking, merging


@pytest.mark.parametrize(("id", "anchor"), [(1, ""), (2, "#post-2"), (3, "#post-3")])
def test_every_post_has_a_permanent_address(jonas, id, anchor):
    reply = jonas.get(f"/posts/{id}")
    expected = "/questions/1/how-long-does-a-started-insulin-pen-keep" + (anchor or "#post-1")
    assert reply.location.endswith(expected) or reply.location.endswith(expected.split("#")[0])


@pytest.mark.parametrize("id", [1, 2, 3])
def test_the_edit_form_works(signed_in, id):
    page = signed_in("ruth").get(f"/posts/{id}/edit")
    assert page.status_code == 200
    assert 'name="base_revision" value="1"' in page.text


def test_an_answer_is_edited(jonas):
    reply = jonas.send("/posts/2/edit", body="Four weeks.", base_revision=1, summary="short")
    assert reply.status_code == 303
    page = jonas.get(reply.location)
    assert "Four weeks." in page.text
    assert "edited" in page.text


def test_a_question_is_edited(signed_in):
    amina = signed_in("amina")
    amina.send("/posts/1/edit", title="How long?", body="", tags="pens", base_revision=1)
    page = amina.get("/questions/1", follow_redirects=True)
    assert page.request.path == "/questions/1/how-long"
    assert "/tags/pens" in page.text


def test_a_bad_edit_is_shown_again(signed_in):
    page = signed_in("amina").send(
        "/posts/1/edit", title="", body="kept text", base_revision=1, summary="kept summary"
    )
    assert page.status_code == 422
    assert "kept text</textarea>" in page.text
    assert 'value="kept summary"' in page.text


def test_the_second_editor_sees_both_and_merges(jonas, world):
    editing.edit(world.ruth, world.insulin_answer, 1, body="Four weeks, says the leaflet.")
    page = jonas.send("/posts/2/edit", body="Four weeks, in the dark.", base_revision=1)
    assert page.status_code == 409
    assert "Somebody changed this while you were writing" in page.text
    assert "Four weeks, says the leaflet." in page.text
    assert "Four weeks, in the dark.</textarea>" in page.text
    assert 'name="base_revision" value="2"' in page.text
    reply = jonas.send("/posts/2/edit", body="Four weeks in the dark.", base_revision=2)
    assert reply.status_code == 303
    db.session.expire_all()
    assert world.insulin_answer.body_md == "Four weeks in the dark."


@pytest.mark.parametrize("base", ["", "x", "-1", "9" * 30])
def test_an_edit_without_its_base_overwrites_nothing(jonas, base):
    assert jonas.send("/posts/2/edit", body="x", base_revision=base).status_code == 409


def test_others_do_not_edit(signed_in):
    priya = signed_in("priya")
    assert priya.get("/posts/2/edit").location.endswith("/posts/2/suggestions/new")
    assert priya.send("/posts/2/edit", body="x", base_revision=1).status_code == 403
    assert "/posts/2/edit" not in priya.get("/questions/1", follow_redirects=True).text


def test_removing_asks_first(jonas):
    page = jonas.get("/posts/2/hiding")
    assert "Remove this answer?" in page.text
    reply = jonas.send("/posts/2/hiding")
    assert reply.status_code == 303
    page = jonas.get(reply.location)
    assert "Removed. You can bring it back from its page." in page.text
    assert "Bring back" in page.text


def test_what_is_removed_is_out_of_others_sight(jonas, signed_in):
    jonas.send("/posts/2/hiding")
    page = signed_in("amina").get("/questions/1", follow_redirects=True)
    assert "Four weeks" not in page.text
    assert "No answer yet" in page.text


def test_and_can_be_brought_back(jonas, signed_in):
    jonas.send("/posts/2/hiding")
    assert jonas.send("/posts/2/hiding/end").status_code == 303
    page = signed_in("amina").get("/questions/1", follow_redirects=True)
    assert "Four weeks" in page.text


def test_a_moderator_has_to_say_why(signed_in):
    ruth = signed_in("ruth")
    assert ruth.send("/posts/2/hiding").status_code == 422
    assert ruth.send("/posts/2/hiding", reason="wrong").status_code == 303


def test_what_somebody_elses_is_cannot_be_seen_once_removed(jonas, signed_in):
    jonas.send("/posts/2/hiding")
    amina = signed_in("amina")
    for address in ("/posts/2", "/posts/2/revisions", "/posts/2/edit", "/posts/2/comments/new"):
        assert amina.get(address).status_code in (403, 410)
    assert amina.send("/posts/2/vote", vote=1).status_code == 410


def test_a_comment_can_be_removed_and_brought_back(signed_in):
    priya = signed_in("priya")
    priya.send("/posts/3/hiding")
    page = priya.get("/questions/1", follow_redirects=True).text
    assert "/posts/3/hiding/end" in page
    priya.send("/posts/3/hiding/end")
    assert "/posts/3/hiding/end" not in priya.get("/questions/1", follow_redirects=True).text


TYPED = "A long & careful text\r\nof two lines"
SENT = {"body": TYPED, "title": "Why does it?", "tags": "pumps", "base_revision": "1"}


def assert_given_back(reply, handle, target=None):
    """The text is on the page, to be copied, and among the drafts where there is one."""
    assert reply.status_code in (403, 410)
    assert "A long &amp; careful text" in reply.text
    if target is None:
        return
    assert "Your text is safe" in reply.text
    person = db.session.scalar(select(Person).filter_by(handle=handle))
    assert drafting.find(person.id, target).body == TYPED.replace("\r", "")


def test_an_answer_to_a_question_merged_meanwhile_is_given_back(signed_in, world):
    merging.merge(world.ruth, world.insulin, world.pump)
    db.session.commit()
    reply = signed_in("amina").send("/questions/1/answers", body=TYPED)
    assert reply.status_code == 410
    assert_given_back(reply, "amina", "answer-1")
    assert "merged into another" in reply.text
    assert 'href="/questions/4"' in reply.text, "and the way to where it belongs now"
    assert "of two lines" in signed_in("amina").get("/drafts").text


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/posts/4/edit", "edit-4"),
        ("/questions/4/answers", "answer-4"),
        ("/posts/4/comments", "comment-4"),
        ("/questions/4/closure", None),
    ],
)
def test_what_was_typed_for_a_question_locked_meanwhile_is_given_back(
    signed_in, world, address, target
):
    locking.lock(world.ruth, world.pump, "Too heated.")
    db.session.commit()
    reply = signed_in("priya").send(address, **SENT, note=TYPED, reason="detail")
    assert_given_back(reply, "priya")


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/posts/2/comments", "comment-2"),
        ("/posts/2/suggestions", "edit-2"),
        ("/posts/2/flags", None),
        ("/answers/2/problem", None),
    ],
)
def test_what_was_typed_about_an_answer_removed_meanwhile_is_given_back(
    signed_in, world, address, target
):
    hiding.hide(world.ruth, world.insulin_answer, "Not for here.")
    db.session.commit()
    words = {"words": TYPED, "kind": "wrong", "reason": "wrong"}
    reply = signed_in("amina").send(address, **SENT, **words)
    assert_given_back(reply, "amina", target)


def test_a_press_that_fails_shows_no_empty_box(signed_in, world):
    hiding.hide(world.ruth, world.insulin_answer, "Not for here.")
    db.session.commit()
    page = signed_in("amina").send("/answers/2/use", used="1")
    assert page.status_code == 410
    assert "textarea" not in page.text
