"""First posts of somebody new: nothing of them anywhere until a moderator has looked."""

from datetime import timedelta

import pytest
import settled
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.clock import held_at, now
from board.core.database import db
from board.core.errors import Conflict, Gone, Invalid, Missing, Refused
from board.experts import seating
from board.inbox.models import Notification
from board.moderation import queueing, screening
from board.people.models import Role
from board.posts import answering, closing, hiding
from board.posts.models import Answer, Draft, Post
from board.privacy import deciding, holding, purging, queries
from board.privacy.elsewhere import Erasure, Writing
from board.privacy.models import Held
from board.search.models import SearchDocument
from board.tags.naming import tag_called

QUESTION = Writing(
    "question",
    None,
    {
        "title": "Which zinc cream?",
        "body": "For *dry* skin.",
        "tags": "zinc",
        "urgency": "this_week",
    },
)
ANSWER = Writing("answer", 4, {"body": "A kinked line, mostly."})


@pytest.fixture(autouse=True)
def two(world, configure):
    """The site wants to see the first two of each; nothing else waits in the queue."""
    configure(hold_first_posts=2)
    settled.nothing_waits()


@pytest.fixture
def noor(world):
    made = settled.join("noor")
    db.session.commit()
    return made


def hold(author, writing=ANSWER):
    held = screening.hold(author, writing)
    db.session.commit()
    return held


def told(person):
    db.session.flush()
    return list(db.session.scalars(select(Notification.verb).filter_by(person_id=person.id)))


def verbs():
    found = select(Activity.verb).where(Activity.verb.startswith("first_post"))
    return list(db.session.scalars(found.order_by(Activity.id)))


def test_who_is_new(world, noor):
    assert screening.is_screened(noor)
    answering.answer(noor, world.pump, "One.")
    assert screening.is_screened(noor)
    answering.answer(noor, world.insulin, "Two.")
    assert not screening.is_screened(noor)


def test_what_was_removed_does_not_count(world, noor):
    for number in range(2):
        hiding.hide(world.ruth, answering.answer(noor, world.pump, f"Spam {number}."), "spam")
    db.session.flush()
    assert screening.is_screened(noor)


def test_moderators_and_experts_are_never_new(world, noor):
    assert not screening.is_screened(world.tomasz)
    seat = seating.nominate(world.ruth, noor, tag_called("pumps"))
    assert screening.is_screened(noor)
    seating.confirm(world.ruth, seat)
    db.session.flush()
    assert not screening.is_screened(noor)


def test_off_unless_the_site_wants_it(world, noor, configure):
    configure(hold_first_posts=0)
    assert not screening.is_screened(noor)


def test_nothing_of_it_is_anywhere(world, noor):
    posts = db.session.query(Post).count()
    documents = db.session.query(SearchDocument).count()
    held = hold(noor, QUESTION)
    assert db.session.query(Post).count() == posts
    assert db.session.query(SearchDocument).count() == documents
    assert "zinc" not in (held.payload or "")
    assert told(world.ruth) == []
    assert verbs() == [Verb.FIRST_POST_HELD]


def test_let_through_it_is_posted_as_theirs(world, noor):
    held = hold(noor, QUESTION)
    screening.let_through(world.ruth, held)
    post = db.session.get(Post, held.post_id)
    assert (post.author_id, post.title, post.urgency) == (noor.id, "Which zinc cream?", "this_week")
    assert told(noor) == [Verb.FIRST_POST_LET_THROUGH]
    assert verbs() == [Verb.FIRST_POST_HELD, Verb.FIRST_POST_LET_THROUGH]


def test_an_answer_tells_whoever_asked_only_then(world, noor):
    held = hold(noor)
    assert Verb.ANSWERED not in told(world.priya)
    assert world.pump.answer_count == 0
    screening.let_through(world.ruth, held)
    assert Verb.ANSWERED in told(world.priya)
    assert world.pump.answer_count == 1


def test_turned_down_it_is_among_their_drafts_with_the_reason(world, noor):
    held = hold(noor)
    with pytest.raises(Invalid):
        screening.turn_down(world.ruth, held, "  ")
    screening.turn_down(world.ruth, held, "Say which pump.")
    assert held.message == "Say which pump."
    draft = db.session.get(Draft, (noor.id, "answer-4"))
    assert draft.body == ANSWER.fields["body"]
    assert not draft.is_sent
    assert told(noor) == [Verb.FIRST_POST_TURNED_DOWN]
    assert db.session.scalar(select(Answer.id).where(Answer.author_id == noor.id)) is None


@pytest.mark.parametrize("first", ["let_through", "turn_down"])
def test_the_second_of_two_is_told(world, noor, first):
    held = hold(noor)
    words = ("No.",) if first == "turn_down" else ()
    getattr(screening, first)(world.ruth, held, *words)
    with pytest.raises(Conflict, match="somebody has decided"):
        screening.let_through(world.tomasz, held)
    with pytest.raises(Conflict):
        screening.turn_down(world.tomasz, held, "No.")


def test_its_author_takes_it_back(world, noor):
    held = hold(noor)
    with pytest.raises(Refused):
        deciding.take_back(world.amina, held)
    deciding.take_back(noor, held)
    assert db.session.get(Draft, (noor.id, "answer-4")).body == ANSWER.fields["body"]
    assert verbs() == [Verb.FIRST_POST_HELD, Verb.FIRST_POST_TAKEN_BACK]
    with pytest.raises(Conflict):
        screening.let_through(world.ruth, held)


def test_only_moderators_decide_and_nobody_about_their_own(world, noor):
    held = hold(noor)
    with pytest.raises(Refused):
        screening.let_through(world.amina, held)
    noor.role = Role.MODERATOR
    db.session.flush()
    with pytest.raises(Refused, match="yourself"):
        screening.let_through(noor, held)


def test_it_is_the_moderators_not_the_privacy_reviewers(world, noor):
    """Without anybody who has that right, Tomasz is one."""
    held = hold(noor)
    assert db.session.execute(queries.held(world.tomasz)).all() == []
    assert db.session.scalar(select(queries.waiting_for(world.tomasz))) == 0
    for deed in (
        lambda: deciding.held_with_id(held.id, world.tomasz),
        lambda: deciding.release(world.tomasz, held),
        lambda: deciding.discard(world.tomasz, held),
    ):
        with pytest.raises(Refused):
            deed()


def test_what_waits_for_reviewers_is_none_of_the_queues(world, noor):
    held = holding.put_aside(noor.id, ANSWER, [])
    with pytest.raises(Missing):
        screening.held_with_id(held.id)
    assert db.session.execute(screening.waiting()).all() == []


def test_it_waits_as_long_as_it_takes(world, noor):
    held = hold(noor)
    with held_at(now() + timedelta(days=60)):
        assert deciding.expire() == 0
        assert screening.forget() == 0
    db.session.refresh(held)
    assert held.payload


@pytest.mark.parametrize(
    ("writing", "problem"),
    [
        (Writing("answer", 4, {"body": ""}), Invalid),
        (Writing("question", None, {"title": " "}), Invalid),
        (Writing("question", None, {"title": "Which zinc?", "urgency": "now"}), Invalid),
        (Writing("answer", 1, {"body": "Late."}), Refused),
        (Writing("comment", 5, {"body": "Late."}), Gone),
    ],
)
def test_what_could_not_be_posted_is_told_at_once(world, noor, writing, problem):
    closing.close(world.ruth, world.insulin, "policy")
    hiding.hide(world.ruth, world.gloves, "x")
    with pytest.raises(problem):
        screening.hold(noor, writing)


def test_when_its_question_is_gone_it_still_waits(world, noor):
    held = hold(noor)
    hiding.hide(world.ruth, world.pump, "x")
    with pytest.raises(Gone):
        screening.let_through(world.ruth, held)
    assert held.decided_at is None


# In the queue


def decide(moderator, held, name, words=""):
    queueing.decide(moderator, "first", held.id, name, words)
    db.session.commit()


def test_it_lies_in_the_queue_after_the_flags(world, noor):
    held = hold(noor, QUESTION)
    item = queueing.next_item(world.ruth)
    assert (item.kind.name, item.id) == ("first", held.id)
    assert item.shown["fields"]["title"] == "Which zinc cream?"
    names = [kind.name for kind in queueing.kinds()]
    assert names.index("flagged") < names.index("first") < names.index("suggested")


def test_undone_it_is_out_of_sight_and_waits_again(world, noor):
    held = hold(noor)
    decide(world.ruth, held, "let")
    queueing.undo(world.ruth)
    db.session.commit()
    post = db.session.get(Post, held.post_id)
    assert not post.is_visible
    assert world.pump.answer_count == 0
    decide(world.ruth, held, "let")
    assert post.is_visible
    assert db.session.query(Answer).filter_by(author_id=noor.id).count() == 1


def test_turning_down_is_undone_too(world, noor):
    held = hold(noor)
    decide(world.ruth, held, "turn", "No.")
    queueing.undo(world.ruth)
    assert (held.outcome, held.message) == (None, "")
    decide(world.ruth, held, "let")
    assert db.session.get(Post, held.post_id).is_visible


def test_after_a_day_the_text_is_not_kept(world, noor):
    held = hold(noor)
    decide(world.ruth, held, "turn", "No.")
    assert screening.forget() == 0
    with held_at(now() + timedelta(days=1, minutes=1)):
        assert screening.forget() == 1
    db.session.refresh(held)
    assert held.payload is None
    with pytest.raises(Conflict, match="too long ago"):
        screening.wait_again(world.ruth, held)


def test_a_purge_of_the_post_takes_what_is_kept_along(world, noor):
    held = hold(noor)
    screening.let_through(world.ruth, held)
    db.session.flush()
    purging.forget_held(Erasure(held.post_id, 4, "Removed", 1))
    db.session.refresh(held)
    assert held.payload is None
    assert db.session.scalars(select(Held)).all() == [held]
