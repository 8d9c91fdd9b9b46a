"""The Help page, and that it is at the same place everywhere."""

import re


def test_help_works_for_everybody(stranger, signed_in, configure):
    configure(help_text="Ring 4321.")
    assert "Ring 4321." in stranger.get("/help").text
    assert signed_in("amina").get("/help").status_code == 200


def test_help_is_the_last_link_of_the_main_navigation_on_every_page(signed_in):
    amina = signed_in("amina")
    for address in ("/", "/questions/1", "/questions/new", "/tags", "/people", "/saved", "/drafts"):
        page = amina.get(address, follow_redirects=True).text
        nav = re.search(r'<nav class="tabs-bar".*?</nav>', page, re.S)[0]
        assert re.findall(r"<a [^>]*>([^<]+)</a>", nav)[-1] == "Help"
