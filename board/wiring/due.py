"""What falls due: a task does one piece of work in a transaction of its own, if there is any."""

from board.audit import checkpointing, configuring, relaying
from board.core.working import Task
from board.curation import reviewing, viewing
from board.delivery import calling, collecting, mailing
from board.inbox import recalling, sifting, telling
from board.moderation import reminding, screening
from board.posts import rescanning
from board.privacy import deciding, purging
from board.routing import escalating

DUE: list[Task] = [
    telling.tell_watchers,
    reminding.remind,
    recalling.tell_readers,
    reviewing.tell_in_time,
    reviewing.mark_due,
    reviewing.expire,
    viewing.forget_old,
    deciding.expire,
    screening.forget,
    purging.clean,
    escalating.climb,
    sifting.sift,
    collecting.collect_at_once,
    collecting.collect_digests,
    mailing.send_mail,
    calling.call_webhooks,
    configuring.note_changes,
    checkpointing.keep_due,
    relaying.relay,
    rescanning.look_again,
]
