"""The commands, as somebody at the server's console types them."""

import io
import json
import os
import sqlite3
import sys
from contextlib import closing

import pytest
from databases import disconnect
from databases import folder as temporary_folder

from board import cli, create_app


@pytest.fixture
def place(monkeypatch):
    """A data folder of one's own."""
    with temporary_folder("cli") as made:
        monkeypatch.setenv("BOARD_INSTANCE", str(made))
        monkeypatch.delenv("BOARD_DATABASE_URL", raising=False)
        yield made


@pytest.fixture
def run(place, monkeypatch, capfd):
    """`run("user", "add", "amina")`: the exit status, and what was said on stdout and stderr."""

    def do(*words, stdin=""):
        monkeypatch.setattr(sys, "argv", ["board", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        status = 0
        try:
            cli.main()
        except SystemExit as exit:
            status = exit.code
            if isinstance(status, str):  # what Python itself does with it
                print(status, file=sys.stderr)
                status = 1
        said = capfd.readouterr()
        return status or 0, said.out, said.err

    return do


@pytest.fixture
def founded(run):
    assert run("init")[0] == 0


def test_every_command_explains_itself(run):
    status, said, _ = run("--help")
    assert status == 0
    for command in (
        "init",
        "demo",
        "serve",
        "import",
        "export",
        "user",
        "backup",
        "restore",
        "upgrade",
        "check",
    ):
        assert command in said
        status, help, _ = run(command, "--help")
        assert status == 0
        assert len(help.splitlines()) > 5


def test_init_asks_nothing_without_a_terminal(run, place):
    status, said, _ = run("init")
    assert status == 0
    assert "board user add NAME --role administrator" in said
    assert {"board.db", "board.toml", "secret.key"} <= set(os.listdir(place))


def test_init_again_changes_nothing(run, founded, place):
    key = (place / "secret.key").read_text()
    assert run("init")[0] == 0
    assert (place / "secret.key").read_text() == key


def test_people(run, founded, place):
    status, said, _ = run(
        "user",
        "add",
        "amina",
        "--password-stdin",
        "--profession",
        "Staff nurse",
        "--department",
        "Ward 7B",
        "--full-name",
        "Amina Yusuf",
        stdin="four words do well\n",
    )
    assert status == 0
    assert "Amina Yusuf may sign in as amina (member)." in said
    assert run("user", "role", "amina", "moderator")[0] == 0
    assert run("user", "password", "amina", "--password-stdin", stdin="another password\n")[0] == 0
    assert run("user", "deactivate", "amina")[0] == 0
    with closing(sqlite3.connect(place / "board.db")) as connection:
        row = connection.execute("SELECT role, deactivated_at IS NOT NULL FROM person").fetchone()
    assert row == ("moderator", 1)


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        (("user", "add", "a b", "--password-stdin"), "four words do well", "user name"),
        (("user", "add", "amina", "--password-stdin"), "short", "12 characters"),
        (("user", "add", "amina", "--password-stdin"), "", "12 characters"),
        (("user", "add", "amina"), "", "--password-stdin"),
        (("user", "role", "nobody", "member"), "", "nobody called nobody"),
        (("user", "role", "nobody", "king"), "", "king"),
        (("user", "deactivate", "nobody"), "", "nobody called nobody"),
        (("import", "/nothing/there"), "", "cannot be read"),
        (("export", "/nothing/there"), "", "No such file"),
        (("restore", "/nothing/there", "--yes"), "", "no file"),
        (("nonsense",), "", "nonsense"),
        (("serve", "--port", "99999"), "", "99999"),
    ],
)
def test_an_error_is_a_sentence_on_stderr(run, founded, words, stdin, message):
    status, said, error = run(*words, stdin=stdin)
    assert status != 0
    assert message in error
    assert "Traceback" not in error
    assert said == ""


@pytest.mark.parametrize(
    "words", [("serve",), ("check",), ("backup",), ("import", "x"), ("user", "role", "a", "member")]
)
def test_without_a_board_every_command_says_how_to_found_one(run, words):
    status, _, error = run(*words)
    assert status != 0
    assert "board init" in error


def test_an_outdated_board_is_not_served(run, founded, place):
    with closing(sqlite3.connect(place / "board.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num='0000'")
        connection.commit()
    status, _, error = run("serve")
    assert status != 0
    assert "Run: board upgrade" in error


def test_upgrade_of_what_is_up_to_date(run, founded):
    assert "up to date" in run("upgrade")[1]


def test_a_setting_that_is_wrong_stops_everything(run, founded, place):
    (place / "board.toml").write_text("session_hours = 99")
    status, _, error = run("check")
    assert status != 0
    assert "session_hours cannot be 99" in error


def test_import_and_export(run, founded, tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps({"id": "1", "title": "Why?", "answers": [{"body": "So."}]}) + "\n")
    status, said, _ = run("import", file)
    assert status == 0
    assert "1 questions imported, 0 were known already." in said
    assert "0 questions imported, 1 were known already." in run("import", file)[1]
    status, said, _ = run("export", tmp_path / "out.jsonl.gz")
    assert status == 0
    assert "1 questions are in" in said


def test_an_import_says_how_many_lines_hold_what_looks_like_a_patient(run, founded, tmp_path):
    file = tmp_path / "in.jsonl"
    entries = [
        {"id": "1", "title": "Why?", "body": "NHS number 999 012 3454, NHS number 999 012 3454."},
        {"id": "2", "title": "How?", "answers": [{"body": "She is a 94 year old lady."}]},
        {
            "id": "3",
            "title": "For whom?",
            "answers": [{"body": "Us.", "comments": [{"body": "NHS number 999 012 3454"}]}],
        },
        {"id": "4", "title": "When?"},
    ]
    file.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    status, said, error = run("import", file)
    assert status == 0
    assert "4 questions imported" in said
    assert "2 lines hold what looks like an NHS number." in said
    assert "1 line holds what looks like an age over 89." in said
    assert "999" not in said + error


def test_bad_lines_are_reported_and_the_status_says_so(run, founded, tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text(
        '{"id": "1", "title": "Why?"}\n{"id": "1", "title": "Again?"}\n{\n' + "{\n" * 30
    )
    status, said, error = run("import", file)
    assert status == 1
    assert "1 questions imported" in said
    assert "Line 3: this is not JSON" in error
    assert "11 more bad lines" in error
    assert "1 lines repeat the id of an earlier line and were left out" in error


def test_strict_imports_nothing(run, founded, tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": "1", "title": "Why?"}\n{\n')
    status, said, error = run("import", "--strict", file)
    assert (status, said) == (1, "")
    assert "Nothing was imported" in error


def test_backup_and_restore(run, founded, place):
    status, said, _ = run("backup")
    assert status == 0
    copy = said.strip().removeprefix("Backed up to ")
    run("user", "add", "amina", "--password-stdin", stdin="four words do well")
    status, said, _ = run("restore", copy, "--yes")
    assert status == 0
    assert "What was there before is in" in said
    assert "nobody called amina" in run("user", "role", "amina", "member")[2]
    assert run("check")[0] == 0


def test_restore_asks_first(run, founded):
    copy = run("backup")[1].strip().removeprefix("Backed up to ")
    assert run("restore", copy, stdin="n\n")[0] != 0


def test_check(run, founded, place):
    assert "The board is sound." in run("check")[1]
    (place / "secret.key").chmod(0o644)
    status, said, error = run("check")
    assert status == 1
    assert "can be read by everybody" in said
    assert "board check --repair" in error
    assert "repaired" in run("check", "--repair")[1]
    assert run("check")[0] == 0


def test_demo(run, place):
    status, said, _ = run("demo")
    assert status == 0
    assert "amina" in said
    assert "fernhill-demo-2026" in said
    status, _, error = run("demo")
    assert status == 1
    assert "not empty" in error
    assert run("demo", "--if-empty") == (0, "", "")


def test_the_demonstration_stays_on_this_computer(run):
    run("demo")
    status, _, error = run("serve", "--host", "0.0.0.0")
    assert status == 1
    assert "passwords are public" in error


def test_a_database_that_is_none(run, place):
    (place / "board.db").write_text("This is a letter. " * 100)
    status, _, error = run("check")
    assert status == 1
    assert "cannot be used" in error
    assert "Traceback" not in error


def test_a_token_is_the_last_word_said(run, founded):
    status, said, _ = run("token", "create", "intranet")
    assert status == 0
    assert said.startswith("Token of intranet: ")
    assert len(said.split()[-1]) >= 40
    assert said.split()[-1] not in run("token", "list")[1]


def test_the_token_said_is_good_for_reading(run, founded, place):
    secret = run("token", "create", "intranet", "--scope", "read")[1].split()[-1]
    app = create_app(place)
    address, headers = "/api/v1/search?q=insulin", {"Authorization": f"Bearer {secret}"}
    assert app.test_client().get(address, headers=headers).status_code == 200
    said = run("token", "end", "intranet")[1]
    assert "intranet" in said
    assert app.test_client().get(address, headers=headers).status_code == 401
    disconnect(app)


def test_the_token_of_a_wall_screen(run, founded, place):
    run(
        "user",
        "add",
        "amina",
        "--department",
        "Ward 7B",
        "--password-stdin",
        stdin="four words do well",
    )
    named = ("--scope", "display", "--department", "Ward 7B", "--network", "127.0.0.0/8")
    secret = run("token", "create", "corridor", *named)[1].split()[-1]
    app = create_app(place)
    client = app.test_client()
    assert client.get(f"/wall/{secret}").status_code == 303
    assert client.get("/wall").status_code == 200
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/search?q=insulin", headers=headers).status_code == 401
    assert "corridor: display" in run("token", "list")[1]
    run("token", "end", "corridor")
    assert client.get("/wall").status_code == 403
    disconnect(app)


def test_tokens_are_listed_by_name(run, founded):
    assert run("token", "list") == (0, "", "")
    for name in ("monitoring", "intranet"):
        run("token", "create", name)
    lines = run("token", "list")[1].splitlines()
    assert [line.split(":")[0] for line in lines] == ["intranet", "monitoring"]
    assert all("read" in line and "never used" in line for line in lines)
    run("token", "end", "intranet")
    assert [line.split(":")[0] for line in run("token", "list")[1].splitlines()] == ["monitoring"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("token", "end", "nothing"), "no token called nothing"),
        (("token", "create", " "), "1 to 60 characters"),
        (("token", "create", "x", "--scope", "write"), "write"),
        (("token", "create", "x", "--scope", "display"), "Choose the department"),
        (("token", "create", "x", "--network", "10.0.0.0/8"), "belong to --scope display"),
        (("import-synonyms", "/nothing/there"), "No such file"),
        (("import-synonyms", "/"), "Is a directory"),
        (("import-rota", "/nothing/there"), "does not exist"),
        (("search", "nonsense"), "nonsense"),
    ],
)
def test_a_mistake_about_tokens_and_searching_is_a_sentence(run, founded, words, message):
    status, said, error = run(*words)
    assert status != 0
    assert message in error
    assert "Traceback" not in error
    assert said == ""


def test_a_token_of_a_name_that_is_taken(run, founded):
    run("token", "create", "intranet")
    status, said, error = run("token", "create", "intranet")
    assert (status, said) == (1, "")
    assert "intranet already" in error


@pytest.mark.parametrize(
    "words",
    [
        ("token", "create", "x"),
        ("token", "list"),
        ("token", "end", "x"),
        ("search", "rebuild"),
        ("import-synonyms", "x"),
    ],
)
def test_without_a_board_nothing_is_searched_either(run, words):
    status, _, error = run(*words)
    assert status != 0
    assert "board init" in error


def test_search_rebuild(run, founded, place, tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps({"id": n, "title": f"Zinc {n}?"}) + "\n" for n in "abc"))
    run("import", file)
    with closing(sqlite3.connect(place / "board.db")) as connection:
        before = connection.execute("SELECT * FROM search_document ORDER BY 1").fetchall()
        connection.execute("DELETE FROM search_document")
        connection.commit()
    status, said, _ = run("search", "rebuild")
    assert status == 0
    assert "3 questions were indexed anew." in said
    with closing(sqlite3.connect(place / "board.db")) as connection:
        assert connection.execute("SELECT * FROM search_document ORDER BY 1").fetchall() == before
    assert len(before) == 3
    assert run("check")[0] == 0


def test_import_synonyms(run, founded, tmp_path):
    file = tmp_path / "synonyms.txt"
    file.write_text("\ufeff# metals\n\nzinc oxide, ZnO\nparacetamol, zalcon\n", encoding="utf-8")
    status, said, _ = run("import-synonyms", file)
    assert (status, said) == (0, "1 groups are new, 1 got more terms.\n")
    assert run("import-synonyms", file)[1] == "0 groups are new, 0 got more terms.\n"


def test_a_bad_line_of_synonyms_brings_nothing_in(run, founded, place, tmp_path):
    file = tmp_path / "synonyms.txt"
    file.write_text("zinc oxide, ZnO\nsingle\n")
    status, said, error = run("import-synonyms", file)
    assert (status, said) == (1, "")
    assert "Line 2 has a single term" in error
    with closing(sqlite3.connect(place / "board.db")) as connection:
        [count] = connection.execute("SELECT count(*) FROM synonym WHERE term='ZnO'").fetchone()
    assert count == 0


def test_import_rota(run, founded, tmp_path):
    lines = tmp_path / "in.jsonl"
    lines.write_text(json.dumps({"id": "a", "title": "Zinc?", "tags": ["zinc"]}) + "\n")
    run("import", lines)
    file = tmp_path / "rota.csv"
    head = "topic,who,role,phone,from,to\n"
    file.write_text(head + "zinc,,Chemist,4567,2026-06-05 09:00,2026-06-05 17:00\n")
    status, said, _ = run("import-rota", file)
    assert (status, said) == (0, "1 entries are new, 0 were known already.\n")
    assert run("import-rota", file)[1] == "0 entries are new, 1 were known already.\n"
    file.write_text(head + "nothing,,Chemist,4567,2026-06-05 09:00,2026-06-05 17:00\n")
    status, said, error = run("import-rota", file)
    assert status == 1
    assert "Line 2: There is no tag called nothing." in error


def test_synonyms_that_are_no_text(run, founded, tmp_path):
    file = tmp_path / "synonyms.txt"
    file.write_bytes("Ménière, vertigo".encode("latin-1"))
    status, said, error = run("import-synonyms", file)
    assert (status, said) == (1, "")
    assert error
    assert "Traceback" not in error


def test_privacy_rescan_looks_without_waiting_for_a_reason(run, founded, tmp_path):
    file = tmp_path / "lines.jsonl"
    text = "Patient with NHS number 999 012 3454 has a pump."
    file.write_text(json.dumps({"id": "1", "title": "Which pump?", "body": text}) + "\n")
    assert run("import", file)[0] == 0
    status, said, _ = run("privacy", "rescan")
    assert (status, said) == (0, "Posts looked at: 1. New to the privacy reviewers: 1.\n")
    assert "New to the privacy reviewers: 0." in run("privacy", "rescan")[1]
