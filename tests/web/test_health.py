"""What monitoring asks."""

from sqlalchemy import text

from board.core.database import db


def test_the_process_is_alive(stranger):
    reply = stranger.get("/healthz")
    assert (reply.status_code, reply.text) == (200, "ok\n")
    assert "Set-Cookie" not in reply.headers


def test_the_board_can_work(stranger):
    assert stranger.get("/readyz").status_code == 200


def test_an_outdated_schema_is_not_ready(stranger, world):
    db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    reply = stranger.get("/readyz")
    assert reply.status_code == 503
    assert "board upgrade" in reply.text
