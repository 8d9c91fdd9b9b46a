"""The trail of what matters to security: a chain that shows when anybody changed it afterwards.

Records are written as the last thing before their transaction commits, so that the chain is held
for as short as can be. They say who did what to what, and never hold what people wrote.
"""
