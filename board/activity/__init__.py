"""What anybody did: one row per deed, written in the deed's own transaction.

`record` is the only way in. What follows from a deed is listed in `board/wiring/`, which is
handed over at start-up; this feature imports no listener. Rows hold no text that people wrote.
"""
