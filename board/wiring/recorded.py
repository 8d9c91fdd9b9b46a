"""What the board records about a person, in the order in which their page shows it."""

from board.activity import disclosing as activity
from board.announcements import disclosing as announcements
from board.core.disclosing import Disclosure
from board.curation import disclosing as curation
from board.delivery import disclosing as delivery
from board.experts import disclosing as experts
from board.inbox import disclosing as inbox
from board.moderation import disclosing as moderation
from board.people import disclosing as people
from board.posts import disclosing as posts
from board.privacy import disclosing as privacy
from board.signin import disclosing as signin

RECORDED: list[Disclosure] = [
    people.account,
    announcements.put_away,
    signin.signed_in,
    privacy.sent,
    privacy.reported,
    posts.posts,
    posts.confided,
    posts.drafts,
    posts.saved,
    posts.votes,
    experts.seats,
    experts.reached,
    experts.asked,
    experts.groups,
    experts.on_call,
    curation.viewed,
    curation.vouched,
    curation.used,
    curation.reported,
    curation.recalled,
    moderation.flagged,
    moderation.suggested,
    moderation.sanctioned,
    inbox.watched,
    inbox.told,
    inbox.searches,
    delivery.mailed,
    delivery.messages,
    activity.deeds,
]
