"""Feed tokens: one a person, worthless when renewed, ended, or when the person leaves."""

from board.core.database import db
from board.people import leaving
from board.signin import feed_tokens
from board.signin.models import FeedToken


def renew(person):
    secret = feed_tokens.renew(person)
    db.session.commit()
    return secret


def owner(secret):
    db.session.rollback()
    return feed_tokens.owner(db.session, secret)


def test_it_says_whose_it_is(world):
    secret = renew(world.amina)
    assert owner(secret) == world.amina.id
    assert secret not in str(vars(db.session.query(FeedToken).one()))


def test_a_new_one_replaces_the_old(world):
    old, new = renew(world.amina), renew(world.amina)
    assert owner(old) is None
    assert owner(new) == world.amina.id
    assert db.session.query(FeedToken).count() == 1


def test_everybody_has_their_own(world):
    hers, his = renew(world.amina), renew(world.jonas)
    assert (owner(hers), owner(his)) == (world.amina.id, world.jonas.id)


def test_ended_it_opens_nothing(world):
    secret = renew(world.amina)
    feed_tokens.end(world.amina)
    feed_tokens.end(world.amina)
    db.session.commit()
    assert owner(secret) is None


def test_whoever_leaves_takes_no_feeds_along_and_finds_none(world):
    secret = renew(world.amina)
    leaving.deactivate(world.tomasz, world.amina)
    db.session.commit()
    assert owner(secret) is None
    leaving.reactivate(world.tomasz, world.amina)
    db.session.commit()
    assert owner(secret) is None


def test_its_use_is_noted(world):
    secret = renew(world.amina)
    owner(secret)
    db.session.rollback()
    assert feed_tokens.token_of(world.amina.id).used_at is not None


def test_wrong_ones(world):
    renew(world.amina)
    for wrong in ("", "x", "\x00", "x" * 9_000):
        assert owner(wrong) is None
