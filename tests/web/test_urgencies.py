"""By when an answer is needed, on the pages."""

from board.core.database import db
from board.posts.models import Question


def urgency(id):
    db.session.commit()
    return db.session.get(Question, id).urgency


def test_it_is_chosen_while_asking_and_stands_in_lists(signed_in):
    amina = signed_in("amina")
    assert 'value="when_you_can" aria-describedby="urgency-hint" checked' in " ".join(
        amina.get("/questions/new").text.split()
    )
    reply = amina.send("/questions", title="Which valve?", urgency="this_shift")
    assert reply.status_code == 303
    assert "Needed this shift" in amina.get("/questions").text
    assert "Needed this shift" in amina.get(reply.location).text


def test_a_form_without_it_means_no_hurry(signed_in):
    reply = signed_in("amina").send("/questions", title="Which valve?")
    assert urgency(int(reply.location.split("/")[2])) == "when_you_can"


def test_what_is_unknown_is_said_and_the_text_kept(signed_in):
    reply = signed_in("amina").send(
        "/questions", title="Which valve?", body="The blue one.", urgency="emergency"
    )
    assert reply.status_code == 422
    assert "Choose by when you need it" in reply.text
    assert "The blue one." in reply.text
    reply = signed_in("amina").send("/questions", title="", urgency="this_week")
    assert 'value="this_week" aria-describedby="urgency-hint" checked' in reply.text


def test_the_asker_changes_it_in_place_and_without_javascript(signed_in):
    priya = signed_in("priya")
    part = priya.send("/questions/4/urgency", part="urgency", urgency="this_shift")
    assert "Needed this shift" in part.text
    assert "<h1" not in part.text
    assert priya.send("/questions/4/urgency", urgency="this_week").status_code == 303
    assert urgency(4) == "this_week"
    assert "Change it" in priya.get("/questions/4", follow_redirects=True).text


def test_others_only_read_it(signed_in):
    assert signed_in("amina").send("/questions/4/urgency", urgency="this_shift").status_code == 403
    assert "Change it" not in signed_in("amina").get("/questions/4", follow_redirects=True).text


def test_nonsense_is_refused_and_changes_nothing(signed_in):
    reply = signed_in("priya").send("/questions/4/urgency", urgency="emergency")
    assert reply.status_code == 422
    assert urgency(4) == "when_you_can"


def test_strangers_change_nothing(stranger, world):
    assert "/sign-in" in stranger.send("/questions/4/urgency", urgency="this_shift").location
