"""By when an answer is needed."""

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Gone, Invalid, Refused
from board.posts import asking, hiding, pressing
from board.posts.models import Question, Urgency


def test_a_question_is_for_when_somebody_can_unless_its_asker_says_otherwise(world):
    assert world.pump.urgency == Urgency.WHEN_YOU_CAN
    question = asking.ask(world.amina, "Which valve?", "", "", Urgency.THIS_SHIFT)
    assert question.urgency == Urgency.THIS_SHIFT


def test_there_is_no_emergency(world):
    with pytest.raises(Invalid) as problem:
        asking.ask(world.amina, "", "", "", "emergency")
    assert set(problem.value.fields) == {"title", "urgency"}


def test_the_asker_raises_and_eases_it_on_record(world):
    version = world.pump.version
    for urgency in (Urgency.THIS_SHIFT, Urgency.THIS_SHIFT, Urgency.THIS_WEEK):
        pressing.set_urgency(world.priya, world.pump, urgency)
    changes = db.session.scalars(
        select(Activity.detail).where(Activity.verb == Verb.URGENCY_CHANGED).order_by(Activity.id)
    ).all()
    assert changes == [
        {"before": "when_you_can", "after": "this_shift"},
        {"before": "this_shift", "after": "this_week"},
    ]
    db.session.expire_all()
    assert world.pump.version == version + 2


@pytest.mark.parametrize("name", ["amina", "ruth", "tomasz"])
def test_nobody_else_does(world, name):
    with pytest.raises(Refused):
        pressing.set_urgency(getattr(world, name), world.pump, Urgency.THIS_SHIFT)


def test_what_is_none_is_refused_and_what_is_gone_is_gone(world):
    with pytest.raises(Invalid):
        pressing.set_urgency(world.priya, world.pump, "emergency")
    hiding.hide(world.priya, world.pump)
    with pytest.raises(Gone):
        pressing.set_urgency(world.priya, world.pump, Urgency.THIS_SHIFT)
    assert db.session.get(Question, world.pump.id).urgency == Urgency.WHEN_YOU_CAN
