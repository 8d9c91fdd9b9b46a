"""Persons, departments and roles.

A person is never deleted: what they wrote stays and keeps its name. Rights come from the role
alone, never from points; an administrator may do what a moderator may.
"""
