"""Questions that nobody has taken: who hears of them next, and when.

A ladder a site sets, by urgency. Each step that was done is on record and shown to whoever asked,
with the telephone number of who is on call; no step claims that anybody watches.
"""
