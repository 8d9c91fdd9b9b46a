"""Tags and their synonyms.

A tag's name is its address. Asking with a synonym stores the main tag, so nobody has to know
which of two words the board has settled on.
"""
