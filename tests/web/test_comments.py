"""Commenting, as a browser meets it."""


def test_a_comment_is_posted(amina):
    reply = amina.send("/posts/2/comments", body="Which leaflet?")
    assert reply.status_code == 303
    assert reply.location.endswith("#post-7")
    assert "Which leaflet?" in amina.get(reply.location).text


def test_htmx_gets_the_comments_of_that_post(amina):
    page = amina.send("/posts/2/comments", part="comment-2", body="Which leaflet?")
    assert 'id="comments-2"' in page.text
    assert "Thank you." in page.text
    assert "Which leaflet?" in page.text


def test_an_empty_comment_shows_its_form(amina):
    page = amina.send("/posts/2/comments", body="")
    assert page.status_code == 422
    assert "There is no text yet." in page.text


def test_the_form_has_a_page_of_its_own(amina):
    page = amina.get("/posts/2/comments/new")
    assert page.status_code == 200
    assert "Four weeks at room temperature" in page.text


def test_htmx_gets_the_form_in_the_place_of_the_link(amina):
    page = amina.part("/posts/2/comments/new", "add-comment-2")
    assert 'hx-post="/posts/2/comments"' in page.text
    assert "<html" not in page.text


def test_a_mistake_is_told_at_the_place_the_form_keeps_for_it(amina):
    form = amina.part("/posts/2/comments/new", "add-comment-2")
    reply = amina.send("/posts/2/comments", part="add-comment-2", body="")
    place = reply.headers["HX-Retarget"].lstrip("#")
    assert f'id="{place}"' in form.text
    assert f'id="{place}"' in reply.text


def test_a_comment_on_a_comment_is_refused(amina):
    page = amina.send("/posts/3/comments", body="x")
    assert page.status_code == 403
    assert "not on a comment" in page.text


def test_the_same_comment_twice_is_one(amina):
    first = amina.send("/posts/2/comments", body="x", submission_key="k")
    assert amina.send("/posts/2/comments", body="x", submission_key="k").location == first.location


def test_a_comments_draft_opens_its_form(amina):
    amina.send("/drafts/comment-2", part="draft", body="Half a comment", sequence=0, window="w")
    page = amina.get("/questions/1", follow_redirects=True).text
    assert "Half a comment</textarea>" in page
    assert "Half a comment</textarea>" in amina.get("/posts/2/comments/new").text
