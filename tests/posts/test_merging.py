"""Merging two questions, and undoing it exactly."""

import pytest
from sqlalchemy import select

from board.core.database import db
from board.core.errors import Conflict, Gone, Invalid, Missing, Refused
from board.inbox import watching
from board.inbox.models import Level, Notification, Watched
from board.posts import (
    accepting,
    answering,
    asking,
    commenting,
    converting,
    hiding,
    locking,
    merging,
    saving,
    threads,
    voting,
)
from board.posts.models import Post
from board.search.finding import find

# What a merge and its undo leave on record, and what only rises.
RECORDS = ("activity", "audit_record", "merging", "hiding", "notification", "telling")
RISING = ("version",)


@pytest.fixture
def pens(world):
    """Priya asks again what Amina asked: with an answer, comments, votes, and somebody watching."""
    question = asking.ask(world.priya, "Shelf life of an opened flexpen?", "Outside.", "pens")
    answer = answering.answer(world.ruth, question, "A month, says the sheet.")
    commenting.comment(world.amina, question, "Which brand?")
    commenting.comment(world.priya, answer, "Thanks.")
    hidden = answering.answer(world.tomasz, question, "No idea.")
    hiding.hide(world.tomasz, hidden)
    voting.vote(world.jonas, question)
    voting.vote(world.amina, question)
    voting.vote(world.jonas, world.insulin)
    voting.vote(world.tomasz, question)
    voting.vote(world.amina, answer)
    accepting.accept(world.priya, answer)
    saving.save(world.tomasz, question)
    watching.watch(world.tomasz.id, Watched.QUESTION, question.id, Level.ALL)
    db.session.commit()
    return question


def everything():
    """Every row of every table, but records and what only rises."""
    db.session.flush()
    found = {}
    for table in db.metadata.sorted_tables:
        if table.name not in RECORDS:
            columns = [column for column in table.c if column.key not in RISING]
            found[table.name] = sorted(map(str, db.session.execute(select(*columns))))
    return found


def test_answers_and_comments_stand_below_the_other(world, pens):
    merging.merge(world.ruth, pens, world.insulin)
    thread = threads.thread(1, world.amina)
    assert {post.author_name for post in thread.answers} == {"Jonas Weber", "Ruth Okafor"}
    assert [comment.author_name for comment in thread.comments[1]] == ["Amina Yusuf"]
    assert world.insulin.answer_count == 2
    assert thread.question.also_asked_as == f"{pens.id} Shelf life of an opened flexpen?"


def test_one_vote_a_person_and_nobody_for_their_own(world, pens):
    merging.merge(world.ruth, pens, world.insulin)
    # Jonas had voted for both, Amina asked the other one: Tomasz' vote comes along.
    assert world.insulin.score == 2


def test_it_is_found_under_both_titles(world, pens):
    merging.merge(world.ruth, pens, world.insulin)
    for words in ("opened flexpen shelf life", "started insulin pen keep"):
        assert find(words).results[0].question.id == 1
    merging.unmerge(world.ruth, pens)
    assert find("opened flexpen shelf life").results[0].question.id == pens.id


def test_whoever_watched_the_one_watches_the_other(world, pens):
    watching.watch(world.priya.id, Watched.QUESTION, 1, Level.NOTHING)
    merging.merge(world.ruth, pens, world.insulin)
    assert watching.level_of(world.tomasz.id, Watched.QUESTION, 1) == Level.ALL
    assert watching.level_of(world.priya.id, Watched.QUESTION, 1) == Level.NOTHING


def test_its_page_leads_to_the_other(world, pens):
    merging.merge(world.ruth, pens, world.insulin)
    for reader in (world.amina, world.ruth):
        with pytest.raises(threads.Merged) as merged:
            threads.thread(pens.id, reader)
        assert merged.value.into_id == 1


def test_undone_everything_is_as_it_was(world, pens):
    before = everything()
    merging.merge(world.ruth, pens, world.insulin)
    db.session.commit()
    assert everything() != before
    merging.unmerge(world.tomasz, pens)
    db.session.commit()
    after = everything()
    for table, rows in before.items():
        assert after[table] == rows, table


def test_what_was_added_meanwhile_stays_where_it_was_written(world, pens):
    merging.merge(world.ruth, pens, world.insulin)
    new = answering.answer(world.tomasz, world.insulin, "Ask the pharmacy.")
    theirs = threads.thread(1, world.amina).answers
    moved = next(post.id for post in theirs if post.author_name == "Ruth Okafor")
    comment = commenting.comment(world.jonas, db.session.get(type(new), moved), "Which sheet?")
    voting.withdraw(world.tomasz, world.insulin)
    merging.unmerge(world.ruth, pens)
    assert new.question_id == 1
    assert comment.question_id == pens.id
    assert (world.insulin.answer_count, pens.answer_count, world.insulin.score) == (2, 1, 1)


def test_merges_are_undone_in_turn(world, pens):
    merging.merge(world.ruth, pens, world.insulin)
    merging.merge(world.ruth, world.insulin, world.gloves)
    with pytest.raises(Conflict, match="Undo that merge first"):
        merging.unmerge(world.ruth, pens)
    merging.unmerge(world.ruth, world.insulin)
    merging.unmerge(world.ruth, pens)
    assert world.gloves.answer_count == 1


def test_who_and_what_may_not(world, pens):
    for name in ("amina", "priya"):
        with pytest.raises(Refused):
            merging.merge(getattr(world, name), pens, world.insulin)
    with pytest.raises(Invalid, match="another question"):
        merging.merge(world.ruth, pens, pens)
    locking.lock(world.ruth, world.insulin, "x")
    with pytest.raises(Invalid, match="locked"):
        merging.merge(world.ruth, pens, world.insulin)
    merging.merge(world.ruth, pens, world.pump)
    with pytest.raises(Gone):
        merging.merge(world.ruth, pens, world.gloves)
    with pytest.raises(Gone):
        merging.unmerge(world.priya, pens)
    with pytest.raises(Gone):
        hiding.restore(world.ruth, pens)
    merging.unmerge(world.ruth, pens)
    with pytest.raises(Missing):
        merging.unmerge(world.ruth, pens)


def test_what_was_accepted_there_meanwhile_is_not_after_the_undo(world):
    merging.merge(world.ruth, world.insulin, world.pump)
    db.session.commit()
    accepting.accept(world.priya, world.insulin_answer)
    db.session.commit()
    merging.unmerge(world.ruth, world.insulin)
    db.session.commit()
    assert (world.pump.accepted_id, world.insulin.accepted_id) == (None, None)
    assert world.insulin_answer.question_id == world.insulin.id


def test_a_comment_written_meanwhile_goes_where_its_answer_goes(world):
    merging.merge(world.ruth, world.insulin, world.pump)
    db.session.commit()
    written = commenting.comment(world.priya, world.insulin_answer, "And after opening?")
    converting.to_comment(world.ruth, world.insulin_answer)
    db.session.commit()
    merging.unmerge(world.ruth, world.insulin)
    converting.undo(world.ruth, db.session.get(Post, 2))
    db.session.commit()
    db.session.refresh(written)
    assert (written.parent_id, written.question_id) == (2, world.insulin.id)


def test_after_two_merges_both_titles_stand_there_and_an_undo_takes_both_back(world):
    first, second = world.insulin.title, world.pump.title
    merging.merge(world.ruth, world.insulin, world.pump)
    merging.merge(world.ruth, world.pump, world.gloves)
    db.session.commit()
    assert [row.title for row in merging.also_asked_as([world.gloves.id])] == [first, second]
    assert first in threads.thread(world.gloves.id, world.amina).question.also_asked_as
    merging.unmerge(world.ruth, world.pump)
    db.session.commit()
    assert merging.also_asked_as([world.gloves.id]) == []
    assert [row.title for row in merging.also_asked_as([world.pump.id])] == [first]


def test_news_goes_with_the_merge_and_back(world):
    def about():
        return set(
            db.session.scalars(
                select(Notification.question_id).filter_by(person_id=world.amina.id, post_id=2)
            )
        )

    assert about() == {world.insulin.id}
    merging.merge(world.ruth, world.insulin, world.pump)
    db.session.commit()
    assert about() == {world.pump.id}
    merging.unmerge(world.ruth, world.insulin)
    db.session.commit()
    assert about() == {world.insulin.id}
