"""Merging, converting and moving, as a browser meets them."""

PUMP = "/questions/4/why-does-the-pump-alarm-say-occlusion"


def test_merged_its_address_leads_to_the_other(ruth, signed_in):
    assert ruth.get("/questions/4/merge").status_code == 200
    reply = ruth.send("/questions/4/merge", into="/questions/1/how-long")
    page = ruth.get(reply.location).text
    assert "Also asked as" in page
    assert "Undo the merge" in page
    amina = signed_in("amina")
    assert amina.get(PUMP).location.endswith("/questions/1")
    assert amina.get("/posts/4").location.endswith("/questions/1")
    page = amina.get(PUMP, follow_redirects=True).text
    assert "Why does the pump alarm say occlusion?" in page
    assert "Undo the merge" not in page
    assert "merged your question" in signed_in("priya").get("/inbox").text


def test_undone_it_stands_on_its_own_again(ruth):
    ruth.send("/questions/4/merge", into="1")
    reply = ruth.send("/questions/4/merge/end")
    assert reply.location.endswith(PUMP)
    assert ruth.get(PUMP).status_code == 200


def test_a_mistake_comes_back(ruth):
    page = ruth.send("/questions/4/merge", into="nonsense")
    assert page.status_code == 422
    assert 'value="nonsense"' in page.text


def test_an_answer_becomes_a_comment_and_comes_back(ruth):
    assert "Make it a comment" in ruth.get("/posts/2/conversion").text
    reply = ruth.send("/posts/2/conversion")
    assert "No answer yet" in ruth.get(reply.location).text
    assert "Undo what was done last" in ruth.get("/posts/2/conversion").text
    reply = ruth.send("/posts/2/conversion/end")
    assert "1 answer" in ruth.get(reply.location).text


def test_a_comment_is_moved(ruth):
    assert "the question" in ruth.get("/posts/3/conversion").text
    assert ruth.send("/posts/3/move", to="1").status_code == 303
    page = ruth.send("/posts/3/move", to="5")
    assert page.status_code == 422


def test_others_cannot(signed_in, stranger):
    priya = signed_in("priya")
    for noun in ("questions/4/merge", "posts/2/conversion"):
        assert priya.get(f"/{noun}").status_code == 403
        assert priya.send(f"/{noun}", into="1").status_code == 403
        assert stranger.get(f"/{noun}").status_code == 303
    assert priya.send("/posts/3/move", to="1").status_code == 403
