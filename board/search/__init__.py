"""Finding questions by words.

`indexing` keeps one document a question, in the same transaction as the posts it is made of.
`finding.find` and `similar.similar` are the ways to ask: a query is understood, an engine (SQLite's
FTS5 or Postgres' tsvector) names candidates, and our own ranking orders them, alike on both.
"""
