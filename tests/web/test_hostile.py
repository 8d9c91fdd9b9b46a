"""Script injection in every field there is: whatever is typed comes back as words, or not at all.

Every page is checked by the browser of the tests: no inline script, no handler, no outside address.
"""

from urllib.parse import quote

import pytest
from hostile import INJECTIONS

from board.core.database import db
from board.posts.models import Question

SAMPLE = INJECTIONS[::6]


@pytest.mark.walk
@pytest.mark.parametrize("attempt", INJECTIONS)
def test_in_a_question_an_answer_and_a_comment(signed_in, attempt):
    amina = signed_in("amina")
    reply = amina.send("/questions", title=attempt, body=attempt, tags="hostile")
    question = db.session.query(Question).order_by(Question.id.desc()).first().id
    assert reply.status_code == 303
    amina.send(f"/questions/{question}/answers", body=attempt)
    amina.send(f"/posts/{question}/comments", body=attempt)
    page = amina.get(reply.location)
    assert page.status_code == 200
    if "{{" in attempt:
        assert "{{ 7 * 7 }}" in page.text
    for address in ("/", "/tags/hostile", "/search?q=hostile+alert", "/people/amina"):
        assert amina.get(address).status_code == 200


@pytest.mark.parametrize("attempt", SAMPLE)
def test_in_edits_summaries_and_reasons(signed_in, attempt):
    amina, ruth = signed_in("amina"), signed_in("ruth")
    amina.send("/posts/1/edit", title=attempt, body=attempt, base_revision=1, summary=attempt)
    assert amina.get("/posts/1/revisions").status_code == 200
    ruth.send("/posts/2/hiding", reason=attempt)
    assert ruth.get("/questions/1", follow_redirects=True).status_code == 200
    amina.send("/answers/2/acceptance", reason=attempt)


@pytest.mark.parametrize("attempt", SAMPLE)
def test_in_drafts_and_previews(signed_in, attempt):
    amina = signed_in("amina")
    amina.send("/drafts/question", part="d", title=attempt, body=attempt, tags=attempt)
    assert amina.get("/questions/new").status_code == 200
    assert amina.get("/drafts").status_code == 200
    amina.send("/preview", part="p", body=attempt)
    amina.send("/drafts/question", part="d", title="x", window=attempt, sequence=attempt)


@pytest.mark.walk
@pytest.mark.parametrize("attempt", SAMPLE)
def test_in_tags_and_people(signed_in, attempt):
    ruth, tomasz = signed_in("ruth"), signed_in("tomasz")
    ruth.send("/questions", title="x", tags=attempt)
    ruth.send("/tags/insulin/edit", name="insulin", description=attempt, synonyms=attempt)
    assert ruth.get("/tags").status_code == 200
    tomasz.send(
        "/people/amina/edit", name=attempt, profession=attempt, department=attempt, role=attempt
    )
    tomasz.send(
        "/people/amina/edit", name=attempt, profession=attempt, department=attempt, role="member"
    )
    for address in ("/people", "/people/amina", "/people/amina/edit", "/", "/questions/new"):
        assert tomasz.get(address).status_code == 200


@pytest.mark.parametrize("attempt", SAMPLE)
def test_in_addresses(signed_in, stranger, attempt):
    amina, typed = signed_in("amina"), quote(attempt, safe="")
    for address in (
        f"/search?q={typed}",
        f"/tags?q={typed}",
        f"/people?q={typed}",
        f"/tags/suggestions?tags={typed}",
        f"/tags/{typed}",
        f"/people/{typed}",
        f"/questions/1/{typed}",
        f"/questions?tab={typed}",
        f"/questions?tag={typed}",
        f"/questions?after={typed}",
        f"/questions?department={typed}",
    ):
        assert amina.get(address).status_code in (200, 302, 404), address
    assert stranger.get(f"/sign-in?next={typed}").status_code == 200


@pytest.mark.parametrize("attempt", SAMPLE)
def test_in_signing_in_and_in_lost_forms(stranger, signed_in, attempt):
    page = stranger.send("/sign-in", username=attempt, password=attempt, next=attempt)
    assert page.status_code == 422
    lost = signed_in("amina").post("/questions", data={"title": attempt, attempt: attempt})
    assert lost.status_code == 400


@pytest.mark.parametrize("name", ["HX-Target", "HX-Trigger", "HX-Current-URL", "Referer", "Host"])
@pytest.mark.parametrize(
    "value", ["<script>", '"><script>alert(1)</script>', "../../../etc/passwd"]
)
def test_in_headers(signed_in, name, value):
    amina = signed_in("amina")
    reply = amina.send("/posts/1/vote", vote=1)
    assert reply.status_code == 403
    headers = {"HX-Request": "true", name: value}
    data = {"csrf_token": amina.csrf_token(), "body": ""}
    reply = amina.post("/questions/1/answers", data=data, headers=headers)
    assert "<script>" not in reply.text
