"""Work orders: a report becomes a ticket, somebody answers for it at every moment, clocks run, it ends with the
resident's consent.

*Case* is one ticket in hand with its clocks and everything that this step will write. *Accountable* answers for the
ticket, *handler* works on it, *first contact* stays the resident's contact. A ticket has exactly one timer, set to the
next moment at which anything about it can change by itself.
"""
