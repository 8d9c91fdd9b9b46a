"""Questions in: `board import`."""

import gzip
import json

import pytest
from hostile import INJECTIONS

from board.core.database import db
from board.core.errors import Refused
from board.people.models import Person
from board.posts import lists, threads, voting
from board.posts.lists import Tab
from board.posts.models import Post, Question
from board.posts.records import Acceptance
from board.search.finding import find
from board.tags import naming
from board.upkeep.importing import import_file

WHOLE = {
    "id": "x-1",
    "title": "What is zinc for?",
    "body": "Asked **often**.",
    "tags": ["zinc", "Trace Elements"],
    "author": "Grace Mensah",
    "created_at": "2024-03-01T10:00:00Z",
    "score": 5,
    "source": "https://source.example/zinc",
    "urgency": "this_week",
    "synonyms": ["zincum"],
    "answers": [
        {
            "body": "For *healing*.",
            "author": "Jonas Weber",
            "created_at": "2024-03-02T10:00:00+01:00",
            "score": 7,
            "accepted": True,
            "comments": [{"body": "Thanks.", "author": "Grace Mensah"}],
        },
        {"body": "Not sure."},
    ],
    "comments": [{"body": "Which zinc?", "author": "amina", "created_at": "2024-03-01T11:00:00"}],
}


@pytest.fixture
def load(tmp_path, world):
    """Import these lines; returns the report."""

    def do(*lines, **options):
        file = tmp_path / "questions.jsonl"
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        file.write_bytes(b"\n".join(raw))
        return import_file(file, **options)

    return do


def imported(id="x-1"):
    return db.session.query(Question).filter_by(external_id=id).one()


def test_a_whole_question_goes_in(load, world):
    report = load(WHOLE)
    assert (report.imported, report.known, report.bad) == (1, 0, [])
    question = imported()
    assert question.body_html == "<p>Asked <strong>often</strong>.</p>"
    assert (question.score, question.imported_score, question.answer_count) == (5, 5, 2)
    assert question.created_at.isoformat() == "2024-03-01T10:00:00+00:00"
    assert question.source == "https://source.example/zinc"
    assert question.urgency == "this_week"
    assert [tag.name for tag in question.tags] == ["zinc", "trace-elements"]
    thread = threads.thread(question.id, world.amina)
    assert thread.accepted.author_name == "Jonas Weber"
    assert thread.accepted.created_at.isoformat() == "2024-03-02T09:00:00+00:00"
    assert [comment.author_name for comment in thread.comments[question.id]] == ["Amina Yusuf"]
    assert [comment.body_html for comment in thread.comments[thread.accepted.id]] == [
        "<p>Thanks.</p>"
    ]
    assert thread.answers[1].author_name is None


def test_it_is_found_everywhere(load):
    load(WHOLE)
    id = imported().id
    for words in ("zinc", "healing", "zincum", "trace-elements"):
        assert [result.question.id for result in find(words).results] == [id]
    assert id in [row.id for row in lists.questions(Tab.NEWEST).rows]
    tag = naming.tag_called("zinc")
    assert tag.question_count == 1
    assert [row.id for row in lists.questions(Tab.VOTES, tag_id=tag.id).rows] == [id]


def test_a_second_import_changes_nothing(load):
    load(WHOLE)
    before = db.session.query(Post).count()
    changed = WHOLE | {"title": "Something else", "answers": []}
    report = load(changed)
    assert (report.imported, report.known) == (0, 1)
    assert db.session.query(Post).count() == before
    assert imported().title == "What is zinc for?"


def test_the_same_id_twice_in_a_file_is_one(load):
    report = load(WHOLE, WHOLE | {"title": "Second"})
    assert (report.imported, report.known, report.repeated) == (1, 0, [2])
    assert imported().title == "What is zinc for?"


def test_only_id_and_title_are_needed(load, world):
    load({"id": "x-1", "title": "Why?"})
    assert threads.thread(imported().id, world.amina).question.author_name is None


def test_an_author_we_do_not_know_is_a_name_and_cannot_sign_in(load):
    load(WHOLE)
    grace = db.session.query(Person).filter_by(name="Grace Mensah").one()
    assert grace.is_imported
    assert not grace.is_active
    assert grace.handle == "imported-grace-mensah"


def test_authors_are_known_by_name_or_handle(load, world):
    load(WHOLE)
    assert db.session.query(Person).filter_by(name="Jonas Weber").count() == 1
    assert db.session.query(Person).filter_by(handle="amina").count() == 1


def test_a_name_that_two_people_have_is_neithers(load, world):
    world.ruth.name = "Jonas Weber"
    db.session.commit()
    load(WHOLE)
    names = db.session.query(Person).filter_by(name="Jonas Weber")
    assert sorted(person.is_imported for person in names) == [False, False, True]


def test_votes_are_counted_on_top_of_the_imported_score(load, world):
    load(WHOLE)
    voting.vote(world.amina, imported())
    db.session.expire_all()
    assert (imported().score, imported().imported_score) == (6, 5)


def test_an_imported_acceptance_names_nobody(load):
    load(WHOLE)
    record = db.session.query(Acceptance).filter_by(question_id=imported().id).one()
    assert record.accepted_by_id is None


BAD = [
    (b"{", "not JSON"),
    (b"[]", "one JSON object"),
    (b'"x"', "one JSON object"),
    (b"\xff\xfe", "not JSON"),
    (b"[" * 100_000, "not JSON"),
    ({"title": "x"}, "no id"),
    ({"id": "x"}, "no title"),
    ({"id": " ", "title": "x"}, "no id"),
    ({"id": 5, "title": "x"}, "id is a text"),
    ({"id": "x", "title": "x" * 201}, "201 characters"),
    ({"id": "x", "title": "x", "body": "x" * 50_001}, "50,001 characters"),
    ({"id": "x", "title": "x", "tags": "zinc"}, "list of texts"),
    ({"id": "x", "title": "x", "tags": ["<b>"]}, "tag"),
    ({"id": "x", "title": "x", "tags": [str(n) for n in range(21)]}, "20 tags"),
    ({"id": "x", "title": "x", "urgency": "emergency"}, "urgency is one of"),
    ({"id": "x", "title": "x", "score": "5"}, "whole number"),
    ({"id": "x", "title": "x", "score": 1e300}, "whole number"),
    ({"id": "x", "title": "x", "score": 10**12}, "whole number"),
    ({"id": "x", "title": "x", "score": True}, "whole number"),
    ({"id": "x", "title": "x", "created_at": "yesterday"}, "created_at"),
    ({"id": "x", "title": "x", "created_at": 5}, "created_at"),
    ({"id": "x", "title": "x", "created_at": "0001-01-01T00:00:00+14:00"}, "created_at"),
    ({"id": "x", "title": "x", "answers": [5]}, "list of objects"),
    ({"id": "x", "title": "x", "answers": [{"body": ""}]}, "no body"),
    ({"id": "x", "title": "x", "answers": [{"body": "a", "accepted": 1}]}, "true or false"),
    (
        {"id": "x", "title": "x", "answers": [{"body": "a", "accepted": True}] * 2},
        "at most one",
    ),
    ({"id": "x", "title": "x", "comments": [{}]}, "no body"),
]


@pytest.mark.parametrize(("line", "why"), BAD, ids=[why + str(n) for n, (_, why) in enumerate(BAD)])
def test_a_bad_line_is_reported_and_the_rest_goes_in(load, line, why):
    report = load({"id": "a", "title": "Before"}, line, {"id": "b", "title": "After"})
    assert report.imported == 2
    [(number, message)] = report.bad
    assert number == 2
    assert why in message


def test_strict_means_all_or_nothing(load):
    before = db.session.query(Post).count()
    with pytest.raises(Refused, match="1 bad lines, the first is 2"):
        load({"id": "a", "title": "Before"}, b"{", strict=True)
    assert db.session.query(Post).count() == before
    assert load(WHOLE, strict=True).imported == 1


def test_empty_lines_and_a_gzipped_file(load, tmp_path, world):
    file = tmp_path / "q.jsonl.gz"
    file.write_bytes(gzip.compress(b"\n\n" + json.dumps(WHOLE).encode() + b"\n\n"))
    assert import_file(file).imported == 1


def test_a_file_that_is_not_there_or_damaged(tmp_path, world):
    with pytest.raises(Refused, match="cannot be read"):
        import_file(tmp_path / "nothing")
    with pytest.raises(Refused, match="cannot be read"):
        import_file(tmp_path)
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(b'{"id": "a", "title": "b"}\n' * 1000)[:-9])
    with pytest.raises(Refused, match="damaged"):
        import_file(broken)


def test_a_hostile_file_is_inert(load, signed_in):
    lines = [
        {
            "id": attempt,
            "title": attempt.replace("\n", " ")[:200],
            "body": attempt,
            "author": attempt,
            "source": attempt,
            "synonyms": [attempt],
            "answers": [{"body": attempt, "author": attempt, "comments": [{"body": attempt}]}],
        }
        for attempt in INJECTIONS
        if "\x00" not in attempt
    ]
    report = load(*lines)
    assert report.imported == len(lines)
    amina = signed_in("amina")
    for question in db.session.query(Question).filter(Question.external_id.is_not(None)):
        assert amina.get(f"/questions/{question.id}", follow_redirects=True).status_code == 200


def test_control_characters_do_not_get_in(load):
    load({"id": "x-1", "title": "A\u0000\u202eB", "body": "\ud800", "author": "N\u0000"})
    assert imported().title == "AB"


def test_progress_is_told(load):
    said = []
    load(*[{"id": str(n), "title": "x"} for n in range(250)], say=said.append)
    assert said == [100, 200, 250]


def test_no_transaction_holds_more_than_a_batch(load, statements):
    with statements() as seen:
        load(*[{"id": str(n), "title": "x", "tags": ["a"]} for n in range(200)])
    assert len(seen) < 60


def test_an_author_beside_confidential_is_left_out(load):
    load({"id": "x-1", "title": "Zinc?", "author": "Nadia Quimby", "confidential": True})
    assert (imported().author_id, imported().shown_as) == (None, "")
    assert db.session.query(Person).filter_by(name="Nadia Quimby").count() == 0


def test_confidential_is_true_or_false(load):
    report = load({"id": "x-1", "title": "Zinc?", "confidential": "yes"})
    assert report.bad == [(1, "confidential is true or false")]
