"""Drafts."""

from datetime import timedelta

import pytest

from board.core import clock
from board.core.database import db
from board.core.errors import Missing
from board.posts import answering, asking, drafting, threads
from board.posts.drafting import DraftConflict
from board.posts.models import Draft


def save(person, body, *, sequence=0, window="one", target="question", **more):
    return drafting.save(
        person.id, target, {"title": "T", "body": body}, sequence=sequence, window=window, **more
    )


def test_a_draft_is_there_on_any_computer(world):
    save(world.amina, "half a")
    assert drafting.find(world.amina.id, "question").body == "half a"


def test_a_draft_is_one_persons_alone(world):
    save(world.amina, "half a")
    assert drafting.find(world.jonas.id, "question") is None


def test_the_same_window_saves_again_and_again(world):
    for text in ("h", "ha", "half"):
        save(world.amina, text)
    assert drafting.find(world.amina.id, "question").body == "half"


def test_a_window_that_has_not_seen_the_latest_does_not_overwrite_it(world):
    save(world.amina, "first window", window="one")
    with pytest.raises(DraftConflict):
        save(world.amina, "second window", window="two", sequence=0)
    assert drafting.find(world.amina.id, "question").body == "first window"


def test_a_window_that_shows_the_latest_takes_over(world):
    sequence = save(world.amina, "at the desk", window="one").sequence
    save(world.amina, "at the bedside", window="two", sequence=sequence)
    with pytest.raises(DraftConflict):
        save(world.amina, "at the desk again", window="one", sequence=sequence)


def test_a_window_may_insist(world):
    save(world.amina, "first window", window="one")
    save(world.amina, "second window", window="two", overwrite=True)
    assert drafting.find(world.amina.id, "question").body == "second window"


def test_a_draft_that_was_sent_is_empty_and_a_late_save_does_not_bring_it_back(world):
    draft = save(world.amina, "half", window="one")
    asking.ask(world.amina, "T", "half a question")
    with pytest.raises(DraftConflict):
        save(world.amina, "half a quest", window="one", sequence=draft.sequence - 1)
    assert drafting.waiting(world.amina.id) == []
    draft = drafting.find(world.amina.id, "question")
    assert (draft.body, draft.is_sent) == ("", True)


def test_after_sending_the_next_draft_begins(world):
    save(world.amina, "half")
    asking.ask(world.amina, "T", "half a question")
    sequence = drafting.find(world.amina.id, "question").sequence
    save(world.amina, "another", window="new page", sequence=sequence)
    assert [draft.body for draft in drafting.waiting(world.amina.id)] == ["another"]


def test_answering_clears_the_answers_draft_only(world):
    save(world.amina, "a question")
    save(world.amina, "an answer", target="answer-4")
    answering.answer(world.amina, world.pump, "an answer, finished")
    assert [draft.target for draft in drafting.waiting(world.amina.id)] == ["question"]


def test_the_drafts_of_a_thread(world):
    save(world.amina, "an answer", target="answer-1")
    save(world.amina, "a comment", target="comment-2")
    save(world.amina, "elsewhere", target="answer-4")
    thread = threads.thread(1, world.amina)
    assert thread.question.answer_draft == "an answer"
    assert thread.answers[0].comment_draft == "a comment"
    assert threads.thread(1, world.jonas).question.answer_draft is None


@pytest.mark.parametrize(
    "target",
    ["", "answer", "answer-", "answer-0", "answer-999", "answer-1x", "poem-1", "question-1"],
)
def test_a_form_that_is_not_there_has_no_draft(world, target):
    with pytest.raises(Missing):
        save(world.amina, "x", target=target)


def test_parked_text_waits_for_its_owner(world):
    amina = world.amina.id
    db.session.commit()
    drafting.park(amina, "answer-1", {"body": "half an answer", "base_revision": "x"})
    assert drafting.find(amina, "answer-1").body == "half an answer"


def test_old_drafts_go_when_another_begins(world):
    with clock.held_at(clock.now() - timedelta(days=31)):
        save(world.amina, "old")
    save(world.amina, "new", target="answer-1")
    assert [draft.body for draft in drafting.waiting(world.amina.id)] == ["new"]


def test_nobody_keeps_more_than_fifty(world):
    moment = clock.now()
    db.session.add_all(
        Draft(
            person_id=world.amina.id,
            target=f"answer-{number}",
            body=str(number),
            saved_at=moment + timedelta(seconds=number),
        )
        for number in range(60)
    )
    save(world.amina, "newest")
    bodies = [draft.body for draft in drafting.waiting(world.amina.id)]
    assert len(bodies) == 50
    assert "59" in bodies
    assert "0" not in bodies
