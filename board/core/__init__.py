"""What every feature stands on: the database, time, text, pages, limits and errors.

Knows no feature and no HTTP. Whatever two features need alike and neither owns lives here.
"""
