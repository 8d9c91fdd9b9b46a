"""Words that mean the same: read by everybody, kept by moderators."""

import re

import pytest
from sqlalchemy import delete, func, select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import db
from board.search import synonyms
from board.search.models import Synonym, SynonymGroup

PAIR = "zorblax, occlusion"


def names(page):
    return re.findall(r"<strong>([^<]+)</strong>", page.text.partition('id="synonyms"')[2])


def terms(term):
    """The group that this term stands in, as a moderator would type it."""
    db.session.commit()
    found = db.session.scalar(select(Synonym).filter_by(term=term))
    return ", ".join(each.term for each in found.group.terms) if found else None


def address_of(term):
    return f"/synonyms/{db.session.scalar(select(Synonym).filter_by(term=term)).group_id}"


def recorded(verb):
    db.session.commit()
    return db.session.scalar(
        select(func.count())
        .select_from(Activity)
        .filter_by(verb=verb, subject_kind="synonym_group")
    )


def test_the_list_works(amina):
    page = amina.get("/synonyms")
    assert page.status_code == 200
    assert len(names(page)) == synonyms.PAGE_SIZE
    assert names(page) == sorted(names(page), key=str.lower)
    assert "Show more" in page.text


@pytest.mark.parametrize("typed", ["paracetamol", "acetaminophen", "PARACET", "Acetamino", "apap"])
def test_a_word_is_found_by_its_first_letters(amina, typed):
    page = amina.get(f"/synonyms?q={typed}")
    assert "paracetamol" in names(page)
    assert "acetaminophen" in page.text
    assert f'value="{typed}"' in page.text
    assert "furosemide" not in page.text


def test_the_part_while_typing(amina):
    part = amina.part("/synonyms?q=paracet", "synonyms")
    assert "<html" not in part.text
    assert part.text.lstrip().startswith('<div id="synonyms"')
    assert "paracetamol" in part.text


@pytest.mark.parametrize("typed", ["zorblax", "%", "_aracetamol", "<b>"])
def test_no_such_word(amina, typed):
    page = amina.get("/synonyms", query_string={"q": typed})
    assert names(page) == []
    assert "No synonyms begin like this." in page.text


def test_a_board_without_synonyms(amina):
    db.session.execute(delete(Synonym))
    db.session.execute(delete(SynonymGroup))
    db.session.commit()
    assert "There are no synonyms yet." in amina.get("/synonyms").text


def test_show_more_leads_through_the_whole_list(amina):
    seen, address = [], "/synonyms"
    while address:
        page = amina.get(address)
        seen += names(page)
        found = re.search(r'id="more"><a class="button" href="([^"]+)"', page.text)
        address = found[1].replace("&amp;", "&") if found else None
    assert len(seen) == len(set(seen))
    assert len(seen) == db.session.scalar(select(func.count()).select_from(SynonymGroup))


def test_show_more_gives_only_the_rows_to_htmx(amina):
    part = amina.part("/synonyms?after=c", "more")
    assert "<html" not in part.text
    assert 'id="synonyms"' not in part.text
    assert part.text.count('class="synonyms-row"') == synonyms.PAGE_SIZE


def test_show_more_keeps_the_letters_that_were_typed(amina, monkeypatch):
    monkeypatch.setattr(synonyms, "PAGE_SIZE", 2)
    page = amina.get("/synonyms?q=para")
    assert "after=" in page.text
    assert "q=para" in re.search(r'id="more"><a class="button" href="([^"]+)"', page.text)[1]


def test_no_word_is_skipped_whatever_letter_it_begins_with(amina, world, monkeypatch):
    monkeypatch.setattr(synonyms, "PAGE_SIZE", 1)
    for typed in ("Ödemzorb, zorbone", "Östrazorb, zorbtwo", "Übelzorb, zorbthree"):
        synonyms.add(world.ruth, typed)
    seen, after = [], "zzzz"
    while after:
        page = amina.get("/synonyms", query_string={"after": after})
        seen += names(page)
        after = seen[-1] if "Show more" in page.text else None
    assert [name for name in seen if name.endswith("zorb")] == ["Ödemzorb", "Östrazorb", "Übelzorb"]


def test_a_moderator_adds_a_group_and_search_uses_it(ruth):
    assert "Why does the pump" not in ruth.get("/search?q=zorblax").text
    assert 'href="/synonyms/new"' in ruth.get("/synonyms").text
    assert ruth.get("/synonyms/new").status_code == 200
    before = recorded(Verb.SYNONYMS_CHANGED)
    reply = ruth.send("/synonyms", terms=f" {PAIR} ,, ")
    assert reply.status_code == 303
    page = ruth.get(reply.location)
    assert "The synonyms were added." in page.text
    assert names(page) == ["zorblax"]
    assert recorded(Verb.SYNONYMS_CHANGED) == before + 1
    assert "Why does the pump" in ruth.get("/search?q=zorblax").text


def test_a_moderator_changes_a_group(ruth, world):
    synonyms.add(world.ruth, PAIR)
    address = address_of("zorblax")
    assert f'value="{PAIR}"' in ruth.get(f"{address}/edit").text
    reply = ruth.send(f"{address}/edit", terms="zorblax, leaflet")
    assert "The synonyms were changed." in ruth.get(reply.location).text
    assert terms("zorblax") == "zorblax, leaflet"
    assert terms("occlusion") is None
    page = ruth.get("/search?q=zorblax").text
    assert "How long does a started" in page
    assert "Why does the pump" not in page


def test_a_moderator_removes_a_group(ruth, world):
    synonyms.add(world.ruth, PAIR)
    address = address_of("zorblax")
    assert "Remove these synonyms" in ruth.get(f"{address}/edit").text
    reply = ruth.send(f"{address}/removal")
    assert "The synonyms were removed." in ruth.get(reply.location).text
    assert terms("zorblax") is None
    assert recorded(Verb.SYNONYMS_REMOVED) == 1
    assert "Why does the pump" not in ruth.get("/search?q=zorblax").text
    assert ruth.get(f"{address}/edit").status_code == 404
    assert ruth.send(f"{address}/edit", terms=PAIR).status_code == 404
    assert ruth.send(f"{address}/removal").status_code == 404


def test_members_change_nothing(amina, world):
    synonyms.add(world.ruth, PAIR)
    address = address_of("zorblax")
    page = amina.get("/synonyms?q=zorblax").text
    assert "/edit" not in page
    assert "/synonyms/new" not in page
    assert amina.get("/synonyms/new").status_code == 403
    assert amina.get(f"{address}/edit").status_code == 403
    assert amina.send("/synonyms", terms="zorbone, zorbtwo").status_code == 403
    assert amina.send(f"{address}/edit", terms="zorbone, zorbtwo").status_code == 403
    assert amina.send(f"{address}/removal").status_code == 403
    assert (terms("zorblax"), terms("zorbone")) == (PAIR, None)


INVALID = [
    ("", "Two terms at least"),
    ("zorblax", "Two terms at least"),
    ("zorblax, ZORBLAX, zorblax ", "Two terms at least"),
    ("zorblax, one two three four five six", "A term has one to 5 words"),
    (f"zorblax, {'x' * 61}", "A term has one to 5 words"),
    ("zorblax, ?!", "A term has one to 5 words"),
    (", ".join(f"zorb{number}" for number in range(25)), "At most 24 terms"),
]


@pytest.mark.parametrize(("typed", "message"), INVALID, ids=range(len(INVALID)))
def test_a_bad_group_is_shown_again_with_what_was_typed(ruth, world, typed, message):
    page = ruth.send("/synonyms", terms=typed)
    assert page.status_code == 422
    assert message in page.text
    assert f'value="{typed}"' in page.text
    assert 'aria-invalid="true"' in page.text
    synonyms.add(world.ruth, "zorbfirst, zorbsecond")
    page = ruth.send(f"{address_of('zorbfirst')}/edit", terms=typed)
    assert page.status_code == 422
    assert f'value="{typed}"' in page.text
    assert terms("zorbfirst") == "zorbfirst, zorbsecond"
    assert terms("zorblax") is None


def test_a_term_stands_in_one_group_only(ruth, world):
    page = ruth.send("/synonyms", terms="zorblax, Acetaminophen")
    assert page.status_code == 409
    assert "“Acetaminophen” stands beside “paracetamol” already." in page.text
    assert 'value="zorblax, Acetaminophen"' in page.text
    assert terms("zorblax") is None
    synonyms.add(world.ruth, PAIR)
    page = ruth.send(f"{address_of('zorblax')}/edit", terms="zorblax, acetaminophen")
    assert page.status_code == 409
    assert 'value="zorblax, acetaminophen"' in page.text
    assert terms("zorblax") == PAIR


def test_a_term_is_shown_as_it_was_typed(ruth, world):
    synonyms.add(world.ruth, "zorb & <b>lax</b>, occlusion")
    page = ruth.get("/synonyms?q=zorb")
    assert "zorb &amp; &lt;b&gt;lax&lt;/b&gt;" in page.text
    assert "<b>lax" not in page.text
