"""Looking after the board: flags, suggested edits, one queue for moderators, and what concerns
people: warnings and suspensions.

A question's states belong to `posts`; what is done about them, and in which order, stands here.
What lies in the queue is a list that `wiring` hands over, so that other features add to it.
"""
