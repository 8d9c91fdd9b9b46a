"""`@name` and `@group` in what people write."""

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.recording import Deed
from board.activity.verbs import Verb
from board.core.database import db
from board.experts import grouping, mentioning, queries, reaching
from board.experts.models import Request
from board.inbox.models import Notification
from board.people import joining
from board.people.models import CONSOLE
from board.posts import answering, asking, commenting, editing, hiding


def told(person):
    db.session.flush()
    mine = select(Notification.verb).where(Notification.person_id == person.id)
    return list(db.session.scalars(mine.order_by(Notification.id)))


def asked(question):
    db.session.flush()
    return sorted(row.handle for row in queries.requests_on(question.id))


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Does @jonas know?</p>", ["jonas"]),
        ("<p>@Jonas, @jonas. (@ruth)</p>", ["jonas", "ruth"]),
        ("<p>Write to jonas@hospital.example or a@b</p>", []),
        ("<p><code>@jonas</code></p><pre><code>x @ruth</code></pre> @amina", ["amina"]),
        ('<p><a href="https://x.example/@jonas">see @ruth</a></p>', []),
        ("<p>@jonas. And @imported-x-</p>", ["jonas", "imported-x"]),
        ("<p>@@jonas @ jonas @_x</p>", []),
    ],
)
def test_handles(html, found):
    assert mentioning.handles(html) == found


def test_in_a_question_it_asks_and_is_a_link(world):
    question = asking.ask(world.amina, "Which valve?", "Does @Jonas know, or @nobody?")
    assert asked(question) == ["jonas"]
    assert told(world.jonas) == [Verb.EXPERT_ASKED]
    assert '<a class="mention" href="/people/jonas">@Jonas</a>' in question.body_html
    assert "@nobody?" in question.body_html


def test_code_stays_code(world):
    question = asking.ask(world.amina, "Which valve?", "`@jonas`")
    assert "<code>@jonas</code>" in question.body_html
    assert asked(question) == []


def test_in_an_answer_or_comment_it_tells(world):
    answering.answer(world.ruth, world.pump, "As @jonas says.")
    commenting.comment(world.amina, world.gloves, "See @priya.")
    assert told(world.jonas)[0] == Verb.MENTIONED
    assert told(world.priya)[-1] == Verb.MENTIONED
    assert asked(world.pump) == []


def test_an_edit_tells_the_new_ones_only(world):
    question = asking.ask(world.amina, "Which valve?", "@jonas?")
    editing.edit(world.amina, question, 1, title="Which valve?", body="@jonas @ruth?")
    assert asked(question) == ["jonas", "ruth"]
    assert told(world.jonas) == [Verb.EXPERT_ASKED]
    assert question.body_html.count('class="mention"') == 2


def test_who_takes_no_requests_is_told_all_the_same(world):
    reaching.set_reachability(world.jonas, cap="0")
    question = asking.ask(world.amina, "Which valve?", "@jonas?")
    assert asked(question) == []
    assert told(world.jonas) == [Verb.MENTIONED]


def test_neither_oneself_nor_who_left_nor_imported_names(world):
    question = asking.ask(world.amina, "Which valve?", "@amina @lena?")
    assert asked(question) == []
    assert told(world.lena) == []
    assert told(world.amina) == []
    assert "/people/lena" not in question.body_html


def test_at_most_five_a_post_however_often_it_is_edited(world):
    for number in range(8):
        joining.add(CONSOLE, f"extra{number}")
    names = [f"@extra{number}" for number in range(8)]
    question = asking.ask(world.amina, "Which valve?", " ".join(names[:4]))
    editing.edit(world.amina, question, 1, title="Which valve?", body=" ".join(names))
    assert len(asked(question)) == 5


def test_a_group_is_asked(world):
    group = grouping.make(CONSOLE, "team", name="Team", line="", description="", tags="")
    grouping.invite(world.ruth, group, world.jonas)
    grouping.join(world.jonas, group)
    question = asking.ask(world.amina, "Which valve?", "Does the @team know?")
    [request] = db.session.scalars(select(Request).filter_by(question_id=question.id))
    assert (request.person, request.group) == (world.jonas, group)
    assert "/experts/groups/team" in question.body_html


def test_nobody_hears_of_what_they_may_not_see(world):
    hiding.hide(world.ruth, world.pump, "test")
    deed = Deed(world.priya, Verb.COMMENTED, world.pump, Activity())
    world.pump.body_html = "<p>@jonas?</p>"
    mentioning.follow(deed)
    assert told(world.jonas) == []
    assert world.pump.body_html == "<p>@jonas?</p>"


def test_hostile_text_stays_text(world):
    question = asking.ask(world.amina, "Which valve?", '@jonas"><script>alert(1)</script>')
    assert "<script" not in question.body_html
