"""The nginx site of deploy/, in front of a served board: https, cookies, addresses."""

import re
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest
from servers import free_port
from world import PASSWORD

SITE = Path(__file__).parent.parent.parent / "deploy" / "nginx.conf"

pytestmark = pytest.mark.needs("nginx", "openssl")


@pytest.fixture
def proxied(serve, tmp_path):
    """The address of the board behind nginx, and a browser that trusts its certificate."""
    server = serve()
    certificate, key = tmp_path / "board.pem", tmp_path / "board.key"
    openssl = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost "
        f"-addext subjectAltName=DNS:localhost -keyout {key} -out {certificate}"
    )
    subprocess.run(openssl.split(), check=True, capture_output=True)
    plain, secure = free_port(), free_port()
    site = (
        SITE.read_text()
        .replace("/etc/ssl/certs/board.pem", str(certificate))
        .replace("/etc/ssl/private/board.key", str(key))
        .replace("127.0.0.1:8080", f"127.0.0.1:{server.port}")
        .replace("board.hospital.example", "localhost")
    )
    site = re.sub(r"listen \[::\][^;]*;", "", site)
    site = site.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;")
    places = " ".join(
        f"{name}_temp_path {tmp_path / name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(
        f"daemon off; pid {tmp_path / 'pid'}; error_log {tmp_path / 'error'};"
        f"events {{}} http {{ access_log off; {places} {site} }}"
    )
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [nginx, "-c", str(configuration), "-p", str(tmp_path), "-e", str(tmp_path / "start")]
    process = subprocess.Popen(command)
    trusting = ssl.create_default_context(cafile=str(certificate))
    cookies = CookieJar()
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=trusting), urllib.request.HTTPCookieProcessor(cookies)
    )
    home = f"https://localhost:{secure}"
    for _ in range(100):
        try:
            opener.open(f"{home}/healthz").close()
            break
        except urllib.error.URLError:
            time.sleep(0.05)
    yield opener, home, cookies, plain
    process.terminate()
    process.wait(10)


def test_signing_in_by_https(proxied):
    opener, home, cookies, _ = proxied
    with opener.open(f"{home}/sign-in") as page:
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.read().decode())[1]
    fields = {"csrf_token": token, "username": "amina", "password": PASSWORD}
    request = urllib.request.Request(
        f"{home}/sign-in", urlencode(fields).encode(), {"Referer": f"{home}/sign-in"}
    )
    with opener.open(request) as page:
        assert page.status == 200
        assert page.url == f"{home}/questions"
        assert "Amina Yusuf" in page.read().decode()
    [cookie] = cookies
    assert cookie.name == "__Host-board"
    assert cookie.secure


def test_http_leads_to_https(proxied):
    *_, plain = proxied

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_arguments):
            return None

    with pytest.raises(urllib.error.HTTPError) as reply:
        urllib.request.build_opener(Stay).open(f"http://127.0.0.1:{plain}/tags")
    assert reply.value.code == 301
    assert reply.value.headers["Location"].startswith("https://")
    reply.value.close()


def test_styles_are_compressed_and_pages_are_not(proxied):
    opener, home, *_ = proxied
    for address, compressed in (("/static/board.css", True), ("/sign-in", False)):
        request = urllib.request.Request(home + address, headers={"Accept-Encoding": "gzip"})
        with opener.open(request) as reply:
            assert (reply.headers["Content-Encoding"] == "gzip") is compressed
