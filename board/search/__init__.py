"""Finding questions by words.

`indexing` keeps one document a question, in the same transaction as the posts it is made of;
`finding.find` is the one way to ask. SQLite's FTS5 and Postgres' tsvector stand behind it.
Tags are indexed by id (`t12`), so renaming or merging a tag needs no re-indexing.
"""
