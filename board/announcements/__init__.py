"""One line for everybody who is signed in, from a moderator, until it ends.

One announcement stands at a time: two banners are none. It is read with whoever is signed in
(`signin.sessions`), so it costs no statement; who has put it away does not see it again. What
people must know before they sign in is the site's own notice (`site_notice`).
"""
