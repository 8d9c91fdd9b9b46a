"""Doses that may be misread, as whoever writes them meets it."""

import re

from board.core.database import db
from board.posts import answering
from board.posts.models import Post


def newest():
    return db.session.query(Post).order_by(Post.id.desc()).first()


def test_it_is_pointed_out_while_typing(signed_in):
    reply = signed_in("amina").send("/privacy-check", body="Give 10U of insulin.")
    assert "may be misread" in reply.text
    assert 'data-replacement="10 units"' in reply.text


def test_what_was_pointed_out_is_not_said_twice(signed_in):
    sent = {"body": "Give 10U of insulin.", "seen_body": "10U"}
    assert signed_in("amina").send("/privacy-check", **sent).status_code == 204


def test_a_text_without_any_says_nothing(signed_in):
    reply = signed_in("amina").send("/privacy-check", body="Give 10 units of insulin.")
    assert reply.status_code == 204


def test_it_is_posted_as_it_was_typed_and_said_afterwards(signed_in):
    jonas = signed_in("jonas")
    reply = jonas.send("/questions/1/answers", body="Give 10U, then .5 mg.")
    assert newest().body_md == "Give 10U, then .5 mg."
    page = jonas.get(reply.location.partition("#")[0])
    assert "“10U”, “.5 mg” may be misread" in page.text
    [address] = re.findall(r'href="([^"]+corrected=1)"', page.text)
    form = jonas.get(address).text
    assert "Give 10 units, then 0.5 mg." in form
    assert "nothing is saved yet" in form
    db.session.expire_all()
    assert newest().body_md == "Give 10U, then .5 mg."


def test_htmx_gets_it_with_the_thread(signed_in):
    page = signed_in("jonas").send("/questions/1/answers", part="answer", body="Give 10U.")
    assert "corrected=1" in page.text


def test_what_was_written_is_escaped(signed_in, world):
    answer = answering.answer(world.jonas, world.insulin, "<b>10U</b> <script>")
    page = signed_in("jonas").get(f"/posts/{answer.id}/edit?corrected=1").text
    assert "<script>" not in page.partition("<main")[2]


def test_a_question_is_looked_at_as_a_whole(signed_in):
    amina = signed_in("amina")
    amina.send("/questions", title="Is 1.0 mg right?", body="It says 5cc.", tags="pumps")
    page = amina.get(f"/posts/{newest().id}/edit?corrected=1").text
    assert "Is 1 mg right?" in page
    assert "It says 5 ml." in page
