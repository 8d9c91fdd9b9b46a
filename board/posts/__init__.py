"""Questions, answers and comments: everything people write, and what is done to it.

All are kinds of one `post` table, so votes, revisions, hiding and search are written once. State
on a post is a copy for reading; the truth is a record with who, when and why (`acceptance`,
`hiding`). A question's `version` rises with anything its page shows.
"""
