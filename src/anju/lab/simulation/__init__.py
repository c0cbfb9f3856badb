"""The simulation: months of an estate on the virtual clock, with everything going wrong, and an oracle that follows along.

*Fate* is the seeded chance that kills the process at crash points. The *oracle* reads only what was committed, works out
states and clocks a second time in plain Python, and counts what it checked in the *tally*; a *promise* is a report whose
sender saw a number. What chance must have brought about at least once is a *sometimes* counter.
"""
