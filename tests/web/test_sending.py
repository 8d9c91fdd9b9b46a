"""What a form hears that the page sends by itself (static/sending.js): where to go."""

HEADER = {"Board-Sends": "page"}


def ask(browser, **fields):
    fields = {"csrf_token": browser.csrf_token(), "title": "Which pump?", "body": ""} | fields
    return browser.post("/questions", data=fields, headers=HEADER)


def test_it_hears_where_to_go_and_the_word_is_said_there(signed_in):
    amina = signed_in("amina")
    reply = ask(amina)
    assert reply.status_code == 200
    assert reply.headers["Board-Location"] == "/questions/7/which-pump"
    assert "Location" not in reply.headers
    assert reply.text == ""
    assert reply.headers["Content-Length"] == "0"
    assert "Your question was posted." in amina.get("/questions/7/which-pump").text


def test_the_same_key_leads_to_what_was_made_the_first_time(signed_in):
    amina = signed_in("amina")
    first, second = (ask(amina, submission_key="one") for _ in range(2))
    assert first.headers["Board-Location"] == second.headers["Board-Location"]


def test_an_answer_sent_again_from_its_page_makes_that_page_load_afresh(signed_in):
    amina = signed_in("amina")
    page = "http://localhost/questions/4/why-does-the-pump-alarm-say-occlusion"
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    fields = {"csrf_token": amina.csrf_token(), "body": "The clamp.", "submission_key": "one"}
    first, second = (
        amina.post("/questions/4/answers", data=fields, headers=headers) for _ in range(2)
    )
    assert "The clamp." in first.text
    assert second.headers["HX-Refresh"] == "true"
    assert "HX-Redirect" not in second.headers


def test_a_mistake_is_the_page_again(signed_in):
    reply = ask(signed_in("amina"), title="")
    assert reply.status_code == 422
    assert "Ask a question" in reply.text


def test_a_session_that_is_over_leads_to_the_door(stranger):
    assert ask(stranger).headers["Board-Location"].startswith("/sign-in?next=")
