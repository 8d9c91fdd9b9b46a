"""Bringing news to people: what they watch, their inbox, and whom to tell of what.

Whoever is part of a thread is told in the deed's own transaction; everybody else who watches is
told by the worker, so that a question followed by thousands costs its asker nothing. A person is
told of a deed once: the table says so, not the code.
"""
