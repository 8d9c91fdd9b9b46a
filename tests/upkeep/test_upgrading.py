"""`board upgrade`: a board of the first schema becomes one of today's and keeps every row."""

import os
import sys

import psycopg
import pytest
from databases import disconnect, folder
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from board import cli, create_app
from board.core.database import db, is_sqlite
from board.posts import asking
from board.posts.models import Post
from board.search import rebuilding, vocabulary
from board.search.finding import find
from board.search.models import SynonymGroup
from board.upkeep import furnishing, schema

ROWS = (
    "INSERT INTO site_fact (name, value) VALUES ('board_id', 'cafe1234')",
    "INSERT INTO department (id, name, slug) VALUES (1, 'Ward 7B', 'ward-7b')",
    """
    INSERT INTO person (id, handle, name, profession, department_id, role, is_imported,
        shows_helped, joined_at)
    VALUES (1, 'amina', 'Amina Yusuf', 'Staff nurse', 1, 'member', FALSE, FALSE, '{at}'),
        (2, 'jonas', 'Jonas Weber', 'Pharmacist', NULL, 'moderator', FALSE, FALSE, '{at}')
    """,
    "INSERT INTO tag (id, name, description, question_count) VALUES (1, 'insulin', 'Pens', 1)",
    "INSERT INTO tag_synonym (name, tag_id) VALUES ('pens', 1)",
    """
    INSERT INTO post (id, kind, question_id, parent_id, author_id, department_id, title, score,
        imported_score, answer_count, version, revision_number, created_at, active_at, hidden_at,
        external_id, synonyms, excerpt, body_md, body_html)
    VALUES
        (1, 'question', 1, NULL, 1, 1, 'How long does an insulin pen keep?', 1, 0, 1, 3, 1,
         '{at}', '{at}', NULL, 'trust/42', '["novorapid"]', 'Opened.', 'Opened.', '<p>Opened.</p>'),
        (2, 'answer', 1, NULL, 2, NULL, NULL, 0, 0, 0, 1, 1,
         '{at}', '{at}', NULL, NULL, NULL, 'Leaflet.', 'See the leaflet.',
         '<p>See the leaflet.</p>'),
        (3, 'comment', 1, 2, 1, NULL, NULL, 0, 0, 0, 1, 1,
         '{at}', '{at}', NULL, NULL, NULL, 'Grateful.', 'Grateful.', '<p>Grateful.</p>'),
        (4, 'question', 4, NULL, 1, 1, 'Which gloves for Featherstonehaugh?', 0, 0, 0, 1, 1,
         '{at}', '{at}', '{at}', NULL, NULL, '', '', '')
    """,
    "UPDATE post SET accepted_id = 2 WHERE id = 1",
    """
    INSERT INTO post_tag (post_id, tag_id, position, department_id, score, answer_count,
        created_at, active_at)
    VALUES (1, 1, 0, 1, 1, 1, '{at}', '{at}')
    """,
    "INSERT INTO vote (post_id, person_id, voted_at) VALUES (1, 2, '{at}')",
    "INSERT INTO bookmark (person_id, question_id, saved_at) VALUES (2, 1, '{at}')",
    """
    INSERT INTO revision (post_id, number, editor_id, edited_at, summary, title, tags, body_md)
    VALUES (1, 1, 1, '{at}', '', 'How long does an insulin pen keep?', 'insulin', 'Opened.')
    """,
    """
    INSERT INTO acceptance (id, question_id, answer_id, accepted_by_id, by_moderator, accepted_at,
        reason)
    VALUES (1, 1, 2, 1, FALSE, '{at}', '')
    """,
    """
    INSERT INTO hiding (id, post_id, hidden_by_id, by_moderator, hidden_at, reason)
    VALUES (1, 4, 2, TRUE, '{at}', 'a name')
    """,
    """
    INSERT INTO draft (person_id, target, question_id, title, body, tags, summary, sequence,
        "window", is_sent, saved_at)
    VALUES (1, 'answer/1', 1, '', 'Half a sentence', '', '', 3, 'w', FALSE, '{at}')
    """,
    """
    INSERT INTO session (id, token_hash, person_id, method, created_at, last_active)
    VALUES (1, 'abc', 1, 'password', '{at}', '{at}')
    """,
    """
    INSERT INTO password (person_id, hash, must_change, changed_at)
    VALUES (1, 'x', FALSE, '{at}')
    """,
    """
    INSERT INTO activity (id, at, actor_id, verb, subject_kind, subject_id, detail)
    VALUES (1, '{at}', 1, 'asked', 'post', 1, '{{}}')
    """,
    """
    INSERT INTO search_document (question_id, title, body, answers, tags)
    VALUES (1, 'How long does an insulin pen keep?', 'Opened.', 'See the leaflet.', 'insulin')
    """,
)
AT = "2026-06-05 12:02:00.000000"
QUERIES = (
    "insulin pens",
    "leaflet",
    "grateful",
    "novorapid",
    "inuslin",
    "tag:pens",
    '"insulin pen"',
    "author:amina is:accepted",
)
DERIVED = {"search_document", "alembic_version"}
# Tables whose rows come with ids of their own, so that Postgres has to be told where to go on.
NUMBERED = ("department", "person", "tag", "post", "acceptance", "hiding", "session", "activity")


@pytest.fixture
def url(database, request):
    """The address of an empty database."""
    with folder("upgrading") as place:
        if database == "sqlite":
            yield f"sqlite:///{place / 'board.db'}"
            return
        server = request.getfixturevalue("postgres_server")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS old WITH (FORCE)")
            connection.execute("CREATE DATABASE old")
        address = make_url(server).set(database="old", drivername="postgresql")
        yield address.render_as_string(hide_password=False)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS old WITH (FORCE)")


@pytest.fixture
def old(url, tmp_path, monkeypatch):
    """A board as the first version of Wardboard left it, within the app."""
    monkeypatch.setenv("BOARD_INSTANCE", str(tmp_path))
    monkeypatch.setenv("BOARD_DATABASE_URL", url)
    app = create_app(tmp_path, database_url=url)
    with app.app_context():
        schema.migrate("0001")
        for statement in ROWS:
            db.session.execute(text(statement.format(at=AT).replace(":", r"\:")))
        if not is_sqlite():
            for table in NUMBERED:
                db.session.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                        f"(SELECT max(id) FROM {table}))"
                    )
                )
        db.session.commit()
        yield app
    disconnect(app)


@pytest.fixture
def upgrade(old, monkeypatch, capfd):
    """Run `board upgrade`: the exit status, and what was said."""

    def do():
        monkeypatch.setattr(sys, "argv", ["board", "upgrade"])
        db.session.remove()
        status = 0
        try:
            cli.main()
        except SystemExit as exit:
            status = exit.code
        said = capfd.readouterr()
        return status or 0, said.out + said.err

    return do


def columns():
    """The columns of every table that is not made from others."""
    db.session.rollback()
    inspected = inspect(db.session.connection())
    return {
        table: ", ".join(f'"{column["name"]}"' for column in inspected.get_columns(table))
        for table in inspected.get_table_names()
        if table not in DERIVED and not table.startswith("search_")
    }


def everything(of=None):
    """Every row of these columns, or of all."""
    return {
        table: sorted(map(repr, db.session.execute(text(f'SELECT {names} FROM "{table}"'))))
        for table, names in (of or columns()).items()
    }


def found(query):
    return [result.question.id for result in find(query).results]


def test_an_old_board_says_what_to_run(old):
    assert schema.present_revision() == "0001"
    assert schema.problem_with_schema() == schema.OUTDATED
    assert "board upgrade" in schema.OUTDATED


def test_an_old_board_is_not_served_but_told_about(old, monkeypatch, capfd):
    db.session.remove()
    monkeypatch.setattr(sys, "argv", ["board", "check"])
    with pytest.raises(SystemExit) as exit:
        cli.main()
    assert exit.value.code != 0
    assert "Run: board upgrade" in capfd.readouterr().err


def test_new_tables_without_their_contents_are_no_board_yet(old):
    schema.migrate()
    assert schema.present_revision() == schema.newest_revision()
    assert schema.problem_with_schema() == schema.UNFURNISHED
    furnishing.furnish()
    assert schema.problem_with_schema() is None


def test_an_upgrade_keeps_every_row(old, upgrade):
    then = columns()
    before = everything(then)
    status, said = upgrade()
    assert status == 0, said
    assert f"Upgraded from schema 0001 to {schema.newest_revision()}." in said
    after = everything(then)
    lost = {
        table: [row for row in rows if row not in after[table]]
        for table, rows in before.items()
        if table != "site_fact"
    }
    assert {table: rows for table, rows in lost.items() if rows} == {}
    assert "('board_id', 'cafe1234')" in after["site_fact"]
    assert sum(map(len, before.values())) >= 19


def test_an_upgraded_board_is_sound(old, upgrade):
    upgrade()
    assert schema.problem_with_schema() is None
    assert rebuilding.drifted() == []
    assert rebuilding.strays() == []
    assert vocabulary.drift() == {}


def test_old_questions_are_found_after_it(old, upgrade):
    upgrade()
    for query in QUERIES:
        assert (query, found(query)) == (query, [1])


def test_what_was_hidden_stays_hidden(old, upgrade):
    upgrade()
    assert found("Featherstonehaugh") == []
    assert vocabulary.known(["featherstonehaugh"]).rows == {}


def test_new_questions_are_found_after_it(old, upgrade):
    upgrade()
    question = asking.ask(db.session.get_one(Post, 1).author, "Is zinc safe?")
    assert found("zinc") == [question.id]


def test_an_upgraded_board_has_the_starter_synonyms(old, upgrade):
    upgrade()
    assert db.session.query(SynonymGroup).count() >= 300


def test_upgrading_again_changes_nothing(old, upgrade):
    upgrade()
    before = everything()
    assert "up to date" in upgrade()[1]
    assert everything() == before


@pytest.mark.only_on("sqlite")
def test_a_backup_is_made_first(old, upgrade, tmp_path):
    status, said = upgrade()
    assert status == 0
    assert "Backed up to" in said
    [copy] = os.listdir(tmp_path / "backups")
    assert str(tmp_path / "backups" / copy) in said
