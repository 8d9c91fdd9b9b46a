"""Headers on every answer."""

import pytest

ADDRESSES = ["/", "/sign-in", "/help", "/healthz", "/nothing", "/static/board.css", "/tags"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_kept_to_itself(signed_in, address):
    headers = signed_in("amina").get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/questions/1", "/questions/new", "/saved", "/nothing"])
def test_no_page_of_somebody_signed_in_is_kept_by_the_browser(signed_in, address):
    reply = signed_in("amina").get(address, follow_redirects=True)
    assert reply.headers["Cache-Control"] == "no-store"
    assert "ETag" not in reply.headers


def test_every_answer_has_a_request_id(stranger):
    assert len(stranger.get("/help").headers["X-Request-ID"]) == 16
    named = stranger.get("/help", headers={"X-Request-ID": "from-the-proxy-1"})
    assert named.headers["X-Request-ID"] == "from-the-proxy-1"


@pytest.mark.parametrize("sent", ["short", "with spaces in it", "<script>xxxxxxxx", "x" * 65])
def test_a_request_id_that_is_none_is_replaced(stranger, sent):
    assert stranger.get("/help", headers={"X-Request-ID": sent}).headers["X-Request-ID"] != sent
