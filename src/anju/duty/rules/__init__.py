"""Pure decisions about rosters and chains: no clock, no database.

Times are minutes of the wall clock in Shanghai, counted from the first day of the calendar (`spans.minute`): there is no
daylight saving, and whole months of ten thousand people are added up in seconds.
"""
