"""How what is held is posted after all, and what a purge has to reach."""

from board.curation import erasing as erasing_answers
from board.curation import releasing as releasing_answers
from board.experts import erasing as erasing_requests
from board.experts import releasing as releasing_questions
from board.inbox import erasing as erasing_news
from board.moderation import erasing as erasing_flags
from board.moderation import releasing as releasing_suggestions
from board.posts import erasing as erasing_posts
from board.posts import exposing, releasing
from board.privacy import purging
from board.privacy.elsewhere import Hands, Writer
from board.routing import erasing as erasing_ladder
from board.search import erasing as erasing_search
from board.tags import erasing as erasing_tags
from board.upkeep import held_lines, importing

_BACK = (releasing.give_back, releasing.is_confidential)
_WRITER = Writer(releasing.check, releasing.post, *_BACK)

PRIVACY = Hands(
    writers=dict.fromkeys(("comment", "edit"), _WRITER)
    | {
        "question": Writer(releasing.check, releasing_questions.post, *_BACK),
        "answer": Writer(releasing_answers.check, releasing_answers.post, *_BACK),
        "suggestion": Writer(releasing_suggestions.check, releasing_suggestions.post, *_BACK),
    }
    | {"import": Writer(held_lines.check, importing.post_held, held_lines.give_back)},
    erasing=(
        erasing_posts.erase,
        erasing_search.erase,
        erasing_answers.erase,
        erasing_flags.erase,
        erasing_news.erase,
        purging.forget_held,
    ),
    sweeping=(
        erasing_posts.sweep,
        erasing_tags.sweep,
        erasing_search.sweep,
        erasing_requests.sweep,
        erasing_ladder.sweep,
        erasing_answers.sweep,
        erasing_flags.sweep,
        erasing_news.sweep,
        purging.sweep_held,
    ),
    merging=erasing_search.merge,
    exposing=(
        exposing.exposed,
        erasing_answers.exposed,
        erasing_news.exposed,
        erasing_requests.exposed,
    ),
)
