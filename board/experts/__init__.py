"""Who knows what, and asking them: seats in a tag, requests, and who might fit.

Nothing here happens silently: people are nominated by people, confirmed by people, and may decline
at any time. A request is a note in somebody's inbox; nothing claims that anybody is watching.
"""
