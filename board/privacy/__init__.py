"""Keeping patients out: finds what may identify one in what people write.

Rules with context rather than a trained model: it runs offline, says why, and a site can tune it.
Nothing here decides what happens to a text, and nothing here proves a text free of patients.
"""
