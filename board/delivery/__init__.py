"""News carried out of the board: by mail to people, by webhooks to the hospital's other systems.

Off until a relay, or an address for webhooks, is named in the settings. What is to be sent is a row
first; it is claimed in one transaction, sent outside of any, and marked in the next. So nothing is
lost, and what is sent twice carries the same id twice. Mail and webhooks say where to look: what
people wrote stays on the board.
"""
