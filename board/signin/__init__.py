"""Proving who somebody is, and remembering it for a while.

A session is a row; the cookie holds only its token, so that signing out ends a copied cookie too.
Passwords are argon2 hashes in a table of their own: reading a person never reads a secret.
"""
