"""`Pages`: one noun's addresses, and what the surroundings of a view need to know about it."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint

from board.core.limits import Limit

View = TypeVar("View", bound=Callable[..., Any])

READING = ("GET", "HEAD", "OPTIONS")

WRITES = Limit("write", 120, 60)
POSTS = Limit("post", 30, 600)
TYPING = Limit("typing", 120, 60)


class Pages(Blueprint):
    """A blueprint whose views are closed to strangers unless they say otherwise."""

    def __init__(self, noun: str) -> None:
        super().__init__(noun, f"board.web.{noun}")

    def shown(
        self, rule: str, *, public: bool = False, readable: bool = False, quiet: bool = False
    ) -> Callable[[View], View]:
        """A page. `public`: for anybody, always. `readable`: for anybody where the site lets
        people read without signing in. `quiet`: fetched by the page itself, no sign of a person.
        """

        def register(view: View) -> View:
            vars(view).update(is_public=public, is_readable=readable, is_quiet=quiet)
            self.add_url_rule(rule, view_func=view, methods=["GET"])
            return view

        return register

    def post(
        self,
        rule: str,
        *,
        again: str | None = None,
        draft: str | None = None,
        held_as: str | None = None,
        texts: tuple[str, ...] = (),
        before: Callable[[], None] | None = None,
        first: Callable[[], None] | None = None,
        limit: Limit | None = WRITES,
        public: bool = False,
        quiet: bool = False,
        while_suspended: bool = False,
        **options: Any,
    ) -> Callable[[View], View]:
        """A change. `again`: the page its form stands on, shown once more after a mistake.
        `draft`: under which name its text is kept for somebody whose session has ended; `held_as`:
        what it is while it waits for a privacy reviewer, where that is something else. `texts`:
        the fields that others will read, looked through for patients' details (`guarding`).
        `before`: what comes before all of that. `first`: what is slow, done before the writer's
        lock is taken. `while_suspended`: also for somebody who for some time only reads.
        """

        def register(view: View) -> View:
            vars(view).update(
                again=again,
                draft=draft,
                held_as=held_as or draft,
                texts=texts,
                before=before,
                first=first,
                limit=limit,
                is_public=public,
                is_readable=False,
                is_quiet=quiet,
                is_for_suspended=while_suspended or public,
            )
            self.add_url_rule(rule, view_func=view, methods=["POST"], **options)
            return view

        return register
