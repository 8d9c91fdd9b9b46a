"""Requests: asking an expert about a question, and what whoever was asked does with it."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.core.errors import Missing, require
from board.experts import (
    group_queries,
    grouping,
    on_call,
    queries,
    requesting,
    suggesting,
    taking_turns,
)
from board.experts.rules import may_settle
from board.people.models import Person
from board.people.queries import person_called
from board.posts.models import Question
from board.posts.queries import question_with_id
from board.web.displaying import question_url
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import changed, moved, page
from board.web.visiting import me, reader, signed_in

pages = Pages("requests")


@pages.shown("/questions/<id:id>/experts", quiet=True)
def show(id: int) -> str:
    """Fetched by the question's page after it is shown; a page of its own without JavaScript."""
    return page("requests/show.html", parts=["experts"], **_on(question_with_id(id, reader())))


@pages.post("/questions/<id:id>/experts", again="requests.show")
def create(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    group = grouping.find(typed("handle"))
    if group is not None:
        asked = taking_turns.ask_group(me(), question, group)
        return _back_to(question, f"{group.name} was asked. {asked.person.name} has it now.")
    made = requesting.ask_expert(me(), question, _chosen())
    said = f"{made.person.name} was asked and finds it in their inbox."
    if made.instead_of is not None:
        said = f"{made.instead_of.name} is away. {made.person.name}, who stands in, was asked."
    return _back_to(question, said)


@pages.shown("/requests/<id:id>")
def edit(id: int) -> str:
    """Where whoever was asked chooses somebody else."""
    asked = requesting.request_with_id(id)
    require(may_settle(reader(), asked), requesting.ONLY_THEIRS)
    question_with_id(asked.question_id, reader())
    suggestions = suggesting.suggest(asked.question, signed_in().id)
    asker = asked.named_asker  # a confidential one is not left out: that would tell who it is
    suggestions = [each for each in suggestions if asker is None or each.id != asker.id]
    return page("requests/edit.html", asked=asked, asker=asker, suggestions=suggestions)


@pages.post("/requests/<id:id>/passing", again="requests.edit")
def pass_on(id: int) -> ResponseReturnValue:
    made = requesting.pass_on(me(), requesting.request_with_id(id), _chosen())
    return moved(url_for("experts.mine"), f"Passed on to {made.person.name}.")


@pages.post("/requests/<id:id>/taking")
def take(id: int) -> ResponseReturnValue:
    made = taking_turns.take(me(), requesting.request_with_id(id))
    return _after(made.question, "You have it now. Whoever had it is told.")


@pages.post("/requests/<id:id>/refusal", texts=("reason",))
def decline(id: int) -> ResponseReturnValue:
    asked = requesting.request_with_id(id)
    requesting.decline(me(), asked, typed("reason"))
    return _after(asked.question, "Declined. Whoever asked is told.")


@pages.post("/requests/<id:id>/withdrawal")
def withdraw(id: int) -> ResponseReturnValue:
    asked = requesting.request_with_id(id)
    requesting.withdraw(me(), asked)
    return _after(asked.question, "The request was withdrawn.")


def _after(question: Question, said: str) -> ResponseReturnValue:
    """Back to the list of requests, if it was pressed there, else to the question."""
    if request.form.get("from") == "mine":
        return moved(url_for("experts.mine"), said)
    return _back_to(question, said)


def _back_to(question: Question, said: str) -> ResponseReturnValue:
    address = url_for("requests.show", id=question.id)
    return changed("requests/_experts.html", back_to=address, said=said, **_on(question))


def _chosen() -> Person:
    handle = typed("handle").strip().lstrip("@")
    if not handle:
        raise Missing("Write the user name of whoever you want to ask, such as @jonas.")
    return person_called(handle)


def _groups_of_mine() -> set[int]:
    groups = group_queries.groups_with(reader().id or 0)
    return {each.id for each in groups if each.status == "member"}


def _on(question: Question) -> dict[str, object]:
    suggestions = suggesting.suggest(question, reader().id) if question.is_visible else []
    asked = queries.requests_on(question.id)
    tags = [link.tag_id for link in question.tag_links]
    return {
        "on_duty": on_call.together(on_call.for_tags(tags)),
        "groups": group_queries.groups_for(tags),
        "mine": _groups_of_mine() if any(each.group_id for each in asked) else set(),
        "question": question,
        "address": question_url(question.id, question.title),
        "requests": asked,
        "suggestions": suggestions,
    }
