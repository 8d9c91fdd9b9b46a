"""Feeds: valid Atom, for whoever has the token, and never what was removed."""

import re
from base64 import b64encode
from datetime import datetime
from xml.etree import ElementTree

import pytest

from board.core.database import db
from board.inbox import saving, watching
from board.inbox.models import Level, Watched
from board.people import leaving
from board.posts import answering, asking, hiding
from board.signin import feed_tokens
from board.tags.naming import tag_called
from board.web import feeds

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


@pytest.fixture
def secret(world):
    made = feed_tokens.renew(world.amina)
    db.session.commit()
    return made


@pytest.fixture
def search(world):
    made = saving.save(world.amina, "pens", "insulin pen", "", "all")
    db.session.commit()
    return made.id


@pytest.fixture(params=["tags/insulin", "searches/1", "watched"])
def address(request, secret, search):
    return f"/feeds/{request.param}/{secret}.atom"


def parsed(reply):
    """The feed, held against the rules of RFC 4287."""
    assert reply.status_code == 200
    assert reply.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(reply.data)
    assert feed.tag == f"{ATOM}feed"
    for element in [feed, *feed.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            [found] = element.findall(f"{ATOM}{name}")
            assert found.text.strip()
        assert re.match(r"[a-z][a-z0-9+.-]*:\S+$", element.find(f"{ATOM}id").text)
        for moment in (*element.findall(f"{ATOM}updated"), *element.findall(f"{ATOM}published")):
            assert MOMENT.fullmatch(moment.text)
            datetime.fromisoformat(moment.text)
        links = element.findall(f"{ATOM}link")
        assert all(re.match(r"https?://", link.get("href")) for link in links)
        alternates = [link for link in links if link.get("rel", "alternate") == "alternate"]
        kinds = [(link.get("type"), link.get("hreflang")) for link in alternates]
        assert len(kinds) == len(set(kinds)) == 1
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1
    [author] = feed.findall(f"{ATOM}author")
    assert author.find(f"{ATOM}name").text
    ids = [entry.find(f"{ATOM}id").text for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    allowed = {f"{ATOM}{name}" for name in ("id", "title", "updated", "author", "link", "entry")}
    assert {child.tag for child in feed} <= allowed
    return feed


def titles(reply):
    return [each.text for each in parsed(reply).findall(f"{ATOM}entry/{ATOM}title")]


def ids(reply):
    return [each.text for each in parsed(reply).findall(f"{ATOM}entry/{ATOM}id")]


def test_a_feed_is_valid_and_names_questions_only(stranger, address, world):
    reply = stranger.get(address)
    assert titles(reply) == [world.insulin.title]
    for hidden in ("Amina", "Jonas", "Four weeks", "fridge"):
        assert hidden not in reply.text


def test_an_empty_feed_is_valid_too(stranger, world, secret):
    hiding.hide(world.amina, asking.ask(world.amina, "Is zinc a metal?", "", "zinc"))
    db.session.commit()
    assert titles(stranger.get(f"/feeds/tags/zinc/{secret}.atom")) == []


def test_an_entry_leads_to_its_question(stranger, address):
    entry = parsed(stranger.get(address)).find(f"{ATOM}entry/{ATOM}link")
    assert entry.get("href").startswith("http://localhost/questions/1/how-long")
    assert stranger.get(entry.get("href")).status_code == 303


def test_an_entry_keeps_its_id_and_says_that_it_changed(stranger, address, world):
    before = stranger.get(address)
    answering.answer(world.priya, world.insulin, "It says so on the label.")
    db.session.commit()
    after = stranger.get(address)
    assert ids(before) == ids(after)
    updated = [parsed(each).find(f"{ATOM}entry/{ATOM}updated").text for each in (before, after)]
    assert updated[0] < updated[1]
    named = stranger.get(address, base_url="http://board.hospital.example")
    assert ids(named) == ids(after)


def test_what_is_unchanged_is_not_sent_again(stranger, address, world):
    first = stranger.get(address)
    tagged = {"If-None-Match": first.headers["ETag"]}
    dated = {"If-Modified-Since": first.headers["Last-Modified"]}
    for headers in (tagged, dated):
        again = stranger.get(address, headers=headers)
        assert (again.status_code, again.data) == (304, b"")
    answering.answer(world.priya, world.insulin, "It says so on the label.")
    db.session.commit()
    assert stranger.get(address, headers=tagged).status_code == 200
    assert stranger.get(address, headers=dated).status_code == 200


def test_no_store_shares_it(stranger, address):
    assert stranger.get(address).headers["Cache-Control"] == "private, no-cache"


def test_a_removed_question_is_in_no_feed(stranger, address, world):
    hiding.hide(world.ruth, world.insulin, "wrong")
    db.session.commit()
    assert titles(stranger.get(address)) == []


def test_a_site_can_keep_titles_to_itself(stranger, address, configure, world):
    configure(feed_titles=False)
    reply = stranger.get(address)
    assert titles(reply) == ["Question 1"]
    assert "insulin-pen" not in reply.text


def test_hostile_titles_make_no_other_xml(stranger, secret, world):
    title = "Is ]]> <b>zinc</b> & \x0b \ufffe 'more' \U0001f600?"
    asking.ask(world.amina, title, "", "zinc")
    db.session.commit()
    [found] = titles(stranger.get(f"/feeds/tags/zinc/{secret}.atom"))
    assert found.startswith("Is ]]> <b>zinc</b> &")
    assert "\U0001f600" in found


def test_a_feed_is_short(stranger, secret, world):
    for number in range(35):
        asking.ask(world.amina, f"Is zinc {number} a metal?", "", "zinc")
    db.session.commit()
    assert len(titles(stranger.get(f"/feeds/tags/zinc/{secret}.atom"))) == 30


def test_watched_are_questions_tags_departments_and_people(stranger, secret, world):
    watching.watch(world.amina.id, Watched.TAG, tag_called("pumps").id, Level.ALL)
    watching.watch(world.amina.id, Watched.PERSON, world.jonas.id, Level.ALL)
    db.session.commit()
    found = titles(stranger.get(f"/feeds/watched/{secret}.atom"))
    assert set(found) == {world.insulin.title, world.pump.title, world.gloves.title}
    watching.watch(world.amina.id, Watched.QUESTION, world.gloves.id, Level.NOTHING)
    db.session.commit()
    assert world.gloves.title not in titles(stranger.get(f"/feeds/watched/{secret}.atom"))


def test_without_the_token_there_is_nothing(stranger, secret, search):
    for place in ("tags/insulin", "searches/1", "watched"):
        assert stranger.get(f"/feeds/{place}/wrong.atom").status_code == 404
        reply = stranger.get(f"/feeds/{place}.atom")
        assert reply.status_code == 401
        assert reply.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("place", ["tags/insulin", "searches/1", "watched"])
def test_the_token_as_a_password(stranger, secret, search, world, place):
    def sent(password):
        return {"Authorization": "Basic " + b64encode(f"amina:{password}".encode()).decode()}

    address = f"/feeds/{place}.atom"
    assert titles(stranger.get(address, headers=sent(secret))) == [world.insulin.title]
    assert stranger.get(address, headers=sent("wrong")).status_code == 401


def test_signed_in_no_token_is_needed(signed_in, world):
    assert world.insulin.title in titles(signed_in("jonas").get("/feeds/tags/insulin.atom"))


def test_somebody_elses_search_is_not_there(stranger, search, world):
    his = feed_tokens.renew(world.jonas)
    db.session.commit()
    assert stranger.get(f"/feeds/searches/{search}/{his}.atom").status_code == 404


def test_whoever_leaves_has_no_feeds(stranger, address, world):
    leaving.deactivate(world.tomasz, world.amina)
    db.session.commit()
    assert stranger.get(address).status_code == 404


def test_too_often(stranger, address, monkeypatch, configure):
    configure(ratelimit_enabled=True)
    monkeypatch.setattr(feeds, "FETCHED", feeds.Limit("feed", 2, 3600))
    assert [stranger.get(address).status_code for _ in range(3)] == [200, 200, 429]
    assert stranger.get(address).headers["Retry-After"]


def test_the_page_opens_renews_and_closes_them(signed_in, stranger, world, search):
    watching.watch(world.amina.id, Watched.TAG, tag_called("insulin").id, Level.ALL)
    db.session.commit()
    amina = signed_in("amina")
    assert "Your feeds are closed" in amina.get("/feeds").text
    made = amina.send("/feeds/token")
    addresses = re.findall(r"<code>(http://localhost/feeds/[^<]+)</code>", made.text)
    assert len(addresses) == 3
    for each in addresses:
        assert stranger.get(each).status_code == 200
    page = amina.get("/feeds").text
    assert "last fetched about" in page
    assert addresses[0].rpartition("/")[2].removesuffix(".atom") not in page
    amina.send("/feeds/token")
    assert stranger.get(addresses[0]).status_code == 404
    assert amina.send("/feeds/token/end").location == "/feeds"
    assert "Your feeds are closed" in amina.get("/feeds").text


def test_a_tags_page_says_where_its_feed_is(signed_in, stranger, configure):
    link = '<link rel="alternate" type="application/atom+xml" title="insulin" '
    assert link + 'href="/feeds/tags/insulin.atom">' in signed_in("amina").get("/tags/insulin").text
    configure(public_reading=True)
    assert "atom+xml" not in stranger.get("/tags/insulin").text
