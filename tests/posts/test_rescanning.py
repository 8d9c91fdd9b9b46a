"""After the rules changed: what would be held today goes before the reviewers."""

from sqlalchemy import select

from board.core.database import db
from board.posts import answering, hiding, rescanning
from board.privacy.models import Concern

STRONG = "Patient with NHS number 999 012 3454 has a pump."


def rescan():
    return rescanning.rescan(lambda _done: None)


def test_what_would_be_held_waits_for_a_reviewer_and_stays_visible(world):
    answer = answering.answer(world.jonas, world.pump, STRONG)
    answering.answer(world.jonas, world.pump, "She is a 94 year old lady.")
    db.session.commit()
    assert rescan() == (8, 1)
    concern = db.session.scalar(select(Concern))
    assert (concern.post_id, concern.source, concern.kinds) == (answer.id, "rescan", ["nhs_number"])
    assert answer.is_visible


def test_looking_again_changes_nothing(world):
    answering.answer(world.jonas, world.pump, STRONG)
    db.session.commit()
    rescan()
    assert rescan() == (7, 0)


def test_what_nobody_reads_is_left_alone(world):
    answer = answering.answer(world.jonas, world.pump, STRONG)
    hiding.hide(world.jonas, answer)
    db.session.commit()
    assert rescan() == (6, 0)
