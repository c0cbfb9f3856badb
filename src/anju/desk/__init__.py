"""The desk: what agents, supervisors and managers work at in a browser. No tables, no rules.

Words: *queue* (open tickets in the order of what must be done first), *peek* (the panel beside it), *step* (one thing
that may be done to a ticket, with its form), *leg* (how long a department had it), *frame* (what stands around a page).
"""
