"""Tags, as a browser meets them."""

import pytest

from board.tags import naming


def test_all_tags_with_their_counts(amina):
    page = amina.get("/tags").text
    assert "/tags/insulin" in page
    assert "1 question" in page


def test_a_tag_is_found_by_its_first_letters(amina):
    page = amina.part("/tags?q=ins", "tags").text
    assert "/tags/insulin" in page
    assert "/tags/pumps" not in page
    assert "No such tag" in amina.get("/tags?q=zzz").text


def test_a_tags_page(amina, world):
    naming.describe(world.ruth, naming.tag_called("insulin"), "Giving and storing it.")
    page = amina.get("/tags/insulin").text
    assert "How long does a started insulin pen keep?" in page
    assert "Giving and storing it." in page
    assert "/tags/insulin/edit" not in page


def test_a_synonym_leads_to_its_tag(amina, world):
    naming.set_synonyms(world.ruth, naming.tag_called("insulin"), ["pens"])
    assert amina.get("/tags/pens").location.endswith("/tags/insulin")
    assert "pens" in amina.get("/tags/insulin").text


def test_a_tag_that_is_not_there(amina):
    assert amina.get("/tags/nothing").status_code == 404
    assert amina.get("/tags/a%00b").status_code == 404


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [("ins", "insulin"), ("pumps, sto", "storage"), ("zzz", None), ("", None), ("insulin, ", None)],
)
def test_suggestions_while_typing(amina, typed, suggested):
    page = amina.part(f"/tags/suggestions?tags={typed}", "tag-suggestions").text
    assert ("hidden" in page) is (suggested is None)
    if suggested:
        assert f'data-value="{suggested}"' in page


def test_a_moderator_changes_a_tag(ruth):
    assert "/tags/insulin/edit" in ruth.get("/tags/insulin").text
    assert ruth.get("/tags/insulin/edit").status_code == 200
    reply = ruth.send(
        "/tags/insulin/edit", name="Insulins", description="All of them.", synonyms="pens, scale"
    )
    page = ruth.get(reply.location)
    assert page.request.path == "/tags/insulins"
    assert "All of them." in page.text
    assert "insulin, pens, scale" in page.text


def test_a_bad_change_is_shown_again(ruth):
    page = ruth.send("/tags/insulin/edit", name="<b>", description="kept", synonyms="")
    assert page.status_code == 422
    assert 'value="kept"' in page.text


def test_a_name_that_is_taken(ruth):
    page = ruth.send("/tags/insulin/edit", name="pumps", description="", synonyms="")
    assert page.status_code == 409
    assert "Merge the two instead" in page.text


def test_a_moderator_merges(ruth):
    reply = ruth.send("/tags/pumps/merge", into="insulin")
    assert "pumps is now a synonym of insulin." in ruth.get(reply.location).text


def test_merging_into_nothing(ruth):
    assert ruth.send("/tags/pumps/merge", into="nothing").status_code == 404


def test_members_change_nothing(amina):
    assert amina.get("/tags/insulin/edit").status_code == 403
    assert amina.send("/tags/insulin/edit", name="x").status_code == 403
    assert amina.send("/tags/pumps/merge", into="insulin").status_code == 403
