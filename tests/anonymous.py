"""Nadia, who asks confidentially, answers, comments, edits, accepts, removes and asks an expert.

She does nothing else; whatever names her says who asked.
"""

import re

from sqlalchemy import select, update

from board.core.clock import now
from board.core.database import db
from board.curation import describing, removing, verifying
from board.curation import reporting as problems
from board.curation.deciding import Seen
from board.curation.describing import Described
from board.delivery import collecting
from board.experts import requesting, seating
from board.inbox import saving, sifting, telling, watching
from board.moderation import flagging, suggesting
from board.people import joining
from board.people.models import CONSOLE, Person
from board.posts import (
    accepting,
    answering,
    asking,
    closing,
    commenting,
    converting,
    editing,
    hiding,
    merging,
    purging,
    reporting,
    voting,
)
from board.posts.models import Answer, Question
from board.privacy import holding
from board.privacy.elsewhere import Writing
from board.privacy.models import Concern
from board.routing import escalating
from board.routing.models import Escalation
from board.tags.models import Tag

WORD = "Zylofen"  # stands in everything on the confidential question, and nowhere else
NAMES = ("Nadia", "Quimby", "nadiaq")
PLACE = "Ward Nine"


def nadia():
    return db.session.scalar(select(Person).filter_by(handle="nadiaq"))


def two_join():
    for handle, name, ward in (
        ("nadiaq", "Nadia Quimby", PLACE),
        ("nomusad", "Nomusa Dube", "Ward Ten"),
    ):
        joining.add(CONSOLE, handle, name=name, profession="Play", department=ward, role="member")


def question():
    return db.session.scalar(select(Question).where(Question.confider_id.is_not(None)))


def she_asks(world, nadia):
    watching.watch(world.priya.id, "person", nadia.id, "all")
    watching.watch(world.priya.id, "department", nadia.department_id, "all")
    question = asking.ask_confidentially(
        nadia, f"May {WORD} be crushed?", f"I gave {WORD} wrongly.", "zylofen"
    )
    theirs = answering.answer(world.jonas, question, f"Never crush {WORD}.")
    own = answering.answer(nadia, question, f"The leaflet of {WORD} says so too.")
    commenting.comment(nadia, question, f"It is {WORD} 5 mg.")
    remark = commenting.comment(nadia, theirs, f"Thank you, {WORD} it is.")
    gone = commenting.comment(nadia, theirs, f"{WORD}, said too soon.")
    editing.edit(nadia, question, 1, title=f"May {WORD} be cut?", body="How?", tags="zylofen")
    editing.edit(nadia, own, 1, body=f"The leaflet of {WORD} says no.", summary="clearer")
    editing.edit(nadia, remark, 1, body=f"Thanks, {WORD} it is.")
    editing.edit(world.ruth, question, 2, title=f"Can {WORD} be cut?", body="How?", tags="zylofen")
    accepting.accept(nadia, theirs)
    accepting.withdraw(nadia, theirs)
    accepting.accept(nadia, theirs)
    hiding.hide(nadia, gone)
    voting.vote(nadia, theirs)
    requesting.ask_expert(nadia, question, world.ruth)
    passed = requesting.ask_expert(nadia, question, world.tomasz)
    requesting.pass_on(world.tomasz, passed, world.priya)
    _what_came_later(world, nadia, question, own)
    _worker_runs()


def _worker_runs():
    db.session.commit()
    for task in (telling.tell_watchers, escalating.climb, sifting.sift, collecting.collect_digests):
        while task():
            pass


def _what_came_later(world, nadia, question, own):
    """Saved searches, mentions, an answer verified and out of use, texts held and reported."""
    watching.watch(world.jonas.id, "question", question.id, "all")
    saving.save(world.priya, "drugs", WORD.lower(), "", "all")
    commenting.comment(nadia, question, f"@jonas, what of {WORD}?")
    tag = db.session.scalar(select(Tag).filter_by(name="zylofen"))
    seating.confirm(world.ruth, seating.nominate(world.ruth, world.priya, tag))
    described = Described(applies_to=("all",), source_kind="opinion", setting="anywhere")
    describing.describe(nadia, own, described)
    verifying.verify(world.priya, own, Seen(2, "posted"))
    editing.edit(nadia, own, 2, body=f"The leaflet of {WORD} says never.", summary="clearer")
    problems.report(world.jonas, own, "unclear")
    removing.withdraw(nadia, own, Seen(3, "posted"), f"Not true of {WORD}.")
    told = Writing("comment", question.id, {"body": f"{WORD} for Mr Okonkwo."})
    holding.hold(nadia, told, [])
    fields = {"title": f"Is {WORD} safe?", "body": "", "tags": "", "confidential": "1"}
    holding.hold(nadia, Writing("question", None, fields), [])
    for words in ("waits", "was purged"):
        post = commenting.comment(nadia, question, f"{WORD}: {words}.")
        reporting.report(world.jonas, post)
    db.session.flush()
    purging.purge(world.tomasz, db.session.scalar(select(Concern).order_by(Concern.id.desc())))
    db.session.execute(update(Escalation).values(due_at=now()))


def they_moderate(world, nadia, question):
    own = db.session.scalar(select(Answer).filter_by(confider_id=nadia.id))
    for change, decide in (
        (f"How is {WORD} halved?", lambda each: suggesting.accept(nadia, each)),
        (f"What of {WORD}?", lambda each: suggesting.decline(nadia, each, f"{WORD} it is.")),
        (f"Why {WORD}?", lambda each: None),
    ):
        decide(suggesting.suggest(world.jonas, question, 4, title=change, tags="zylofen", body=""))
    on_own = suggesting.suggest(world.jonas, own, 3, body=f"{WORD}: see the leaflet.")
    suggesting.withdraw(world.jonas, on_own)
    flagging.flag(world.jonas, own, "wrong", f"{WORD} differs.")
    said = commenting.comment(nadia, question, f"{WORD}, by the way.")
    converting.to_answer(world.ruth, said)
    other = asking.ask(world.priya, f"Is {WORD} bitter?", tags="zylofen")
    merging.merge(world.ruth, other, question)
    closing.close(nadia, question, "policy", f"The policy on {WORD} says it.")
    closing.reopen(nadia, question)
    closing.close(nadia, question, "other", f"{WORD} is off the list.")
    _worker_runs()


def named_in(text):
    return [name for name in (*NAMES, PLACE) if name in re.sub(r"<option.*?</option>", "", text)]
