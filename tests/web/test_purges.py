"""A purge: the text is nowhere any more, by the bytes; a tombstone, and who may have seen it."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
import settled
from sqlalchemy import JSON, String, Text, cast, func, select, update
from sqlalchemy.sql.sqltypes import LargeBinary

from board.activity.models import Activity
from board.core import clock, working
from board.core.database import db
from board.curation.models import Recall, Removal, Verification
from board.experts import requesting
from board.moderation.models import Flag, Suggestion
from board.people.models import Person
from board.posts import drafting, reporting
from board.posts.models import Post, Revision
from board.privacy import deciding, rewriting
from board.privacy.models import Concern, Held, Purge
from board.routing.models import Step
from board.search.models import MissedSearch, SearchWord
from board.upkeep import importing

PLANTED = "Zyxqvulbert"
NUMBER = "999 012 3454"


@pytest.fixture
def priya(signed_in, world):
    """A privacy reviewer."""
    settled.let_review(world.priya)
    return signed_in("priya")


@pytest.fixture
def spread(signed_in, configure, world, tmp_path, priya):
    """The string wherever people write: posts and their revisions, drafts, tags, reasons, notes,
    searches, synonyms, an import, the quarantine, and what decisions say.
    """
    configure(privacy_check=False)
    amina, jonas, ruth = signed_in("amina"), signed_in("jonas"), signed_in("ruth")
    text = f"Old {PLANTED} needs a pump."
    asked = {"title": f"{text}?", "body": text, "tags": f"pumps, {PLANTED}"}
    reply = planted(amina, "/questions", **asked, submission_key="k")
    id = int(reply.location.split("/")[2])
    planted(jonas, f"/questions/{id}/answers", body=f"Ask {PLANTED.upper()} again.")
    planted(jonas, f"/posts/{id}/comments", body=f"{PLANTED.lower()}, really?")
    planted(
        amina,
        f"/posts/{id}/edit",
        title=f"Does {PLANTED} need it?",
        body=f"{text} Now.",
        tags=f"pumps, {PLANTED}",
        base_revision="1",
        summary=f"About {PLANTED}",
    )
    draft = dict.fromkeys(("title", "body", "tags", "summary"), text)
    for browser, target in ((amina, "question"), (jonas, "answer-4"), (amina, f"edit-{id}")):
        planted(browser, f"/drafts/{target}", part="d", **draft, sequence="0", window="w")
    said = {"evidence": "1", "source": text, "applies_to": "adult"}
    planted(jonas, "/drafts/answer-1", part="d", **draft, **said, sequence="0", window="w")
    planted(ruth, "/posts/6/hiding", reason=f"It was about {PLANTED}")
    for word in (PLANTED, PLANTED.lower()):
        db.session.add(MissedSearch(words=f"pump {word}", day=clock.now().date(), times=4))
    planted(ruth, "/synonyms", terms=f"{PLANTED}, pumpus")
    request = requesting.ask_expert(world.amina, db.session.get(Post, 4), world.ruth)
    requesting.decline(world.ruth, request, f"{PLANTED} is mine")
    planted(amina, "/posts/2/flags", reason="other", words=f"It names {PLANTED}")
    better = {"body": f"Not {PLANTED}.", "summary": text, "base_revision": "1"}
    planted(amina, "/posts/2/suggestions", **better)
    planted(amina, "/answers/2/problem", kind="wrong", words=f"{PLANTED} was there")
    search = {"name": PLANTED, "query": f"pump {PLANTED}", "level": "all"}
    planted(amina, "/watching/searches", **search)
    plant_what_moderators_write(ruth, text)
    planted(jonas, "/experts/me", line=text)
    source = {"evidence": "1", "setting": "ward", "source_kind": "opinion"}
    planted(jonas, "/answers/2/evidence", **source, source=text, site=PLANTED)
    planted(amina, "/answers/2/acceptance")
    planted(ruth, "/answers/2/acceptance/withdrawal", reason=text)
    line = f'{{"id": "i-{PLANTED}", "title": "Imported {PLANTED}", "source": "{PLANTED}", '
    file = tmp_path / "lines.jsonl"
    file.write_text(line + f'"synonyms": ["{PLANTED}"], "body": "{text}"}}\n')
    db.session.commit()
    importing.import_file(file)
    configure(privacy_check=True)
    sent = {"body": f"{PLANTED}, NHS number {NUMBER}.", "review": "1"}
    for address in ("/questions/4/answers", "/posts/4/comments"):
        planted(amina, address, **sent)
    plant_what_decisions_say(world, text)
    return id


def planted(browser, address, /, **fields):
    """What was sent must have been taken: nothing is planted by a refusal."""
    reply = browser.send(address, **fields)
    assert reply.status_code < 400, f"{address}: {reply.status_code}"
    return reply


def plant_what_moderators_write(ruth, text):
    planted(ruth, "/questions/1/closure", reason="other", note=text)
    planted(ruth, "/questions/1/closure/end")
    planted(ruth, "/questions/1/lock", note=text)
    planted(ruth, "/questions/1/lock/end")
    planted(ruth, "/people/jonas/warnings", words=text)
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    planted(ruth, "/questions/1/featuring", until=tomorrow, note=text)
    planted(ruth, "/announcements", words=text, level="notice", ends=f"{tomorrow}T12:00")
    planted(ruth, "/guidelines", title=text, version=PLANTED, owner=text, address=text)
    group = {"handle": "team", "name": text, "line": text, "description": text, "tags": ""}
    planted(ruth, "/experts/groups", **group)
    duty = {"topic": "insulin", "role": text, "phone": "4567"}
    planted(ruth, "/rota", **duty, starts="2026-06-05 19:00", ends="2026-06-06 07:00")
    planted(
        ruth, "/tags/insulin/edit", name="insulin", description=text, synonyms=f"{PLANTED} pens"
    )


def plant_what_decisions_say(world, text):
    """Words that a decision leaves behind, each in a row as its deed writes it."""
    ruth, moment = world.ruth.id, clock.now()
    verified = {"answer_id": 2, "verified_by_id": ruth, "revision": 1, "shown_as": "x"}
    verified |= {"review_by": moment.date(), "ended_at": moment, "note": text, "reason": text}
    db.session.add(Verification(**verified))
    db.session.add(Removal(answer_id=2, removed_by_id=ruth, reason=text, ended_at=moment))
    deed = db.session.scalar(select(func.max(Activity.id)))
    db.session.add(Recall(answer_id=2, activity_id=deed, why=text, ended_at=moment))
    db.session.add(Step(question_id=1, urgency="shift", rung="on_call", line=text))
    for table, changes in (
        (Flag, {"reply": text}),
        (Suggestion, {"reply": text, "title": text, "tags": text}),
    ):
        db.session.execute(update(table).values(**changes))
    comment = db.session.scalar(select(Held).filter_by(form="comment"))
    deciding.discard(world.priya, comment, text)
    concern = reporting.report(world.amina, world.gloves)
    reporting.clear(world.priya, concern, text)
    db.session.commit()


def work():
    db.session.commit()
    while working.work("test"):
        pass


def purge(reviewer, signed_in, id, passages=""):
    signed_in("ruth").send(f"/posts/{id}/patient-information")
    concern = db.session.scalar(select(Concern).order_by(Concern.id.desc()))
    reply = reviewer.send(f"/privacy/concerns/{concern.id}/purge", passages=passages)
    assert reply.status_code == 303, reply.text
    return reply


def holding_tables():
    """Every table and column of text in which the string stands, ignoring case."""
    found = []
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | Text | JSON | LargeBinary):
                words = func.lower(cast(column, Text))
                if db.session.scalar(
                    select(func.count()).select_from(table).where(words.contains(PLANTED.lower()))
                ):
                    found.append(f"{table.name}.{column.name}")
    return found


def holding_files():
    """The database's files in whose bytes the string stands, ignoring case."""
    path = Path(db.engine.url.database)
    files = [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]
    return [
        file.name for file in files if file.exists() and PLANTED.lower().encode() in lower(file)
    ]


def lower(file):
    return file.read_bytes().lower()


# Columns of text in which nothing is planted, by why not.
NOT_PLANTED = {
    "the program's own words, or chosen from a list": """
        activity.subject_kind activity.verb announcement.level api_token.scope
        audit_record.action audit_record.actor_role audit_record.object_kind closure.closed_as
        conversion.was_kind draft.target escalation.urgency escalation_step.rung
        escalation_step.urgency evidence.applies_to evidence.grade evidence.setting
        evidence.source_kind expert_request.state exposure.how flag.outcome flag.reason
        group_member.status lease.holder lease.name mail_choice.frequency message.kind
        notification.verb person.role post.applies_to post.closed_as post.kind post.standing
        post.standing_why post.urgency privacy_concern.kinds privacy_concern.outcome
        privacy_concern.source problem_report.kind purge.kind purge.stage quarantine.form
        quarantine.outcome quarantine.waits_for queue_claim.kind queue_later.kind
        queue_ruling.decision queue_ruling.kind relay.name saved_search.problem
        search_document.tags search_document.types seat.status session.method sifting.verb
        site_fact.name site_fact.value subscription.kind subscription.level suggestion.outcome
        tag_care.field telling.verb verification.why_ended webhook.events webhook_delivery.event""",
    "numbers, keys, fingerprints and addresses of machines": """
        announcement.path api_token.networks api_token.token_hash audit_record.address
        audit_record.event_id audit_record.hash audit_record.prev_hash audit_record.session
        conversion.moved draft.window evidence.doi evidence.pmid feed_token.token_hash
        merging.moved message.key message.message_id password.hash pin.hash
        privacy_known_passage.fingerprint privacy_look.allowed privacy_look.rules
        quarantine.submission_key rate_count.key session.address session.browser
        session.token_hash submission.key webhook.seed webhook.url webhook_delivery.uid""",
    "about deeds, without what people wrote (tests/web/test_no_sink.py holds that)": """
        activity.detail audit_record.detail message.last_error quarantine.findings
        queue_ruling.detail relay.last_error webhook_delivery.last_error""",
    "who a colleague is and how to reach them, kept by administrators": """
        api_token.name audit_record.actor department.name department.slug duty.phone
        expert_group.handle mail_choice.address person.handle person.name
        person.profession post.shown_as post.verified_by verification.shown_as""",
    "an administrator's list of what is never a patient's: read and changed on its own page": """
        allowed_passage.passage""",
    "sealed, or a copy for searching of what is planted in another column": """
        purge.passages quarantine.payload saved_search.filters search_document.accepted
        search_word.tail""",
}


def test_every_column_of_text_is_planted_or_says_why_not(spread):
    everything = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | Text | JSON | LargeBinary)
    }
    unplanted = {name for names in NOT_PLANTED.values() for name in names.split()}
    assert everything - set(holding_tables()) == unplanted


def test_it_is_everywhere_and_then_nowhere(priya, spread, signed_in, database):
    assert {
        "post.title",
        "post.body_md",
        "post.excerpt",
        "post.source",
        "post.synonyms",
        "post.external_id",
        "revision.body_md",
        "revision.summary",
        "draft.body",
        "hiding.reason",
        "tag.name",
        "search_document.body",
        "search_word.word",
        "missed_search.words",
        "synonym.term",
        "submission.location",
        "expert_request.reason",
    } <= set(holding_tables())
    if database == "sqlite":
        assert "board.db" in holding_files() or "board.db-wal" in holding_files()
    purge(priya, signed_in, spread, passages=PLANTED)
    work()
    db.session.expire_all()
    assert holding_tables() == []
    made = db.session.scalar(select(Purge))
    assert made.finished_at is not None
    assert made.passages is None
    assert made.found_elsewhere > 5
    assert db.session.scalar(select(Held)).payload is None
    words = db.session.scalars(select(SearchWord.word)).all()
    assert not [word for word in words if PLANTED.lower() in word.lower()]
    db.session.rollback()
    if database == "sqlite":
        assert holding_files() == []
        for name in ("search_index_data", "search_index_idx", "search_index_docsize"):
            rows = db.session.connection().exec_driver_sql(f"SELECT * FROM {name}")
            assert PLANTED.lower() not in str(rows.all()).lower()


@pytest.mark.only_on("sqlite")
def test_without_the_job_the_bytes_would_still_be_there(priya, spread, signed_in):
    """The test above can fail: this is what the job is for."""
    purge(priya, signed_in, spread)
    db.session.rollback()
    assert holding_files() != []


def test_a_tombstone_stands_in_its_place_and_the_thread_stays(priya, spread, signed_in):
    purge(priya, signed_in, spread)
    page = signed_in("amina").get(f"/questions/{spread}", follow_redirects=True).text
    assert "Removed for privacy, ref PR-0001" in page
    assert "Ask ZYXQVULBERT again." in page, "without passages, what others wrote stays"
    assert f"Does {PLANTED}" not in page
    post = db.session.get(Post, spread)
    assert (post.title, post.body_md, post.excerpt) == ("Removed for privacy, ref PR-0001", "", "")
    revisions = db.session.scalars(select(Revision).where(Revision.post_id == spread)).all()
    assert [(row.body_md, row.summary) for row in revisions] == [("", ""), ("", "")]
    assert "Removed for privacy" not in signed_in("amina").get("/questions").text


def test_a_purged_answer_keeps_its_place(priya, signed_in):
    purge(priya, signed_in, 2)
    page = signed_in("amina").get("/questions/1", follow_redirects=True).text
    assert "Removed for privacy, ref PR-0001" in page
    assert "Four weeks" not in page
    assert "Thank you." in page
    for address in ("/posts/2/revisions", "/posts/2/edit"):
        assert "Four weeks" not in signed_in("jonas").get(address).text
    assert signed_in("jonas").send("/posts/2/hiding/end").status_code in (303, 410)
    assert signed_in("ruth").send("/posts/2/patient-information").status_code in (403, 410)


def test_who_may_have_seen_it(priya, signed_in, world):
    signed_in("ruth").send("/questions/1/bookmark", saved="1")
    signed_in("ruth").send("/posts/2/vote", vote="1")
    purge(priya, signed_in, 2)
    page = priya.get("/privacy/purges/1").text
    for name, how in (
        ("Jonas Weber", "wrote it"),
        ("Amina Yusuf", "asked the question"),
        ("Amina Yusuf", "was told of it"),
        ("Priya Nair", "commented in the thread"),
        ("Ruth Okafor", "saved the question"),
        ("Ruth Okafor", "voted for it"),
    ):
        assert name in page
        assert how in page
    reply = priya.get("/privacy/purges/1/exposure.csv")
    lines = list(csv.reader(io.StringIO(reply.text)))
    assert lines[0][:2] == ["reference", "name"]
    assert ["PR-0001", "Ruth Okafor"] in [line[:2] for line in lines]
    assert signed_in("jonas").get("/privacy/purges/1/exposure.csv").status_code == 403


def test_a_name_cannot_become_a_formula(priya, signed_in, world):
    db.session.get(Person, world.jonas.id).name = "=cmd()"
    db.session.commit()
    purge(priya, signed_in, 2)
    assert ",'=cmd()," in priya.get("/privacy/purges/1/exposure.csv").text


def test_backups_that_still_hold_it(priya, signed_in, app):
    folder = Path(app.instance_path) / "backups"
    folder.mkdir(exist_ok=True)
    file = folder / "board-x.db"
    file.write_text("x")
    try:
        purge(priya, signed_in, 2)
        assert "board-x.db" in priya.get("/privacy/purges/1").text
    finally:
        file.unlink()


def test_passages_that_are_too_short_are_refused(priya, signed_in):
    signed_in("ruth").send("/posts/2/patient-information")
    page = priya.send("/privacy/concerns/1/purge", passages="abc")
    assert page.status_code == 422
    assert "4 characters or more" in page.text
    assert db.session.scalar(select(Purge)) is None


def test_a_number_is_found_however_it_is_grouped(priya, signed_in, configure):
    configure(privacy_check=False)
    signed_in("jonas").send("/questions/4/answers", body="Number 999-012-3454 or 9990123454.")
    purge(priya, signed_in, 2, passages="999 012 3454")
    work()
    answer = db.session.scalar(select(Post).order_by(Post.id.desc()))
    db.session.refresh(answer)
    assert answer.body_md == "Number [removed] or [removed]."
    assert "[removed]" in answer.body_html


def yesterday_at(hour):
    """Not today: for much of the day that is to come, and whoever signed in now would be locked."""
    return (clock.now() - timedelta(days=1)).replace(hour=hour)


@pytest.mark.only_on("sqlite")
def test_a_large_file_waits_for_the_night(priya, signed_in, monkeypatch):
    monkeypatch.setattr(rewriting, "SMALL", 0)
    with clock.held_at(yesterday_at(12)):
        purge(priya, signed_in, 2)
        work()
        assert db.session.scalar(select(Purge.stage)) == "rewriting"
        db.session.rollback()
        assert "waits for the night" in priya.get("/privacy/purges/1").text
        priya.send("/privacy/purges/1/hurry")
        work()
    assert db.session.scalar(select(Purge.stage)) == "done"


@pytest.mark.only_on("sqlite")
def test_at_night_it_is_done(priya, signed_in, monkeypatch):
    monkeypatch.setattr(rewriting, "SMALL", 0)
    with clock.held_at(yesterday_at(2)):
        purge(priya, signed_in, 2)
        work()
    assert db.session.scalar(select(Purge.stage)) == "done"


def test_a_draft_of_an_edit_goes_too(priya, signed_in):
    signed_in("jonas").send("/drafts/edit-2", part="d", body="Four.", sequence="0", window="w")
    purge(priya, signed_in, 2)
    jonas = db.session.scalar(select(Person).filter_by(handle="jonas"))
    assert drafting.find(jonas.id, "edit-2").body == ""
