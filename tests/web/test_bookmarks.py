"""Saved questions, as a browser meets them."""


def test_a_question_is_saved_and_let_go(amina):
    assert "Nothing saved yet" in amina.get("/saved").text
    assert amina.send("/questions/4/bookmark", saved=1).status_code == 303
    assert "Why does the pump alarm" in amina.get("/saved").text
    amina.send("/questions/4/bookmark", saved=0)
    assert "Nothing saved yet" in amina.get("/saved").text


def test_htmx_gets_the_button_with_the_other_state(amina):
    page = amina.send("/questions/4/bookmark", part="bookmark", saved=1)
    assert 'name="saved" value="0"' in page.text


def test_nonsense(amina):
    assert amina.send("/questions/4/bookmark", saved="x").status_code == 422
    assert amina.send("/questions/2/bookmark", saved=1).status_code == 404
