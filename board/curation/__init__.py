"""What may be relied on: verification, review dates, evidence, problems, guidelines, recall.

An answer's state changes by one table (`states`) and nowhere else. Accepted (by whoever asked) and
verified (by somebody who knows the topic) are two things. A verification is bound to the revision
it was given for, and no answer is without somebody who looks after it.
"""
