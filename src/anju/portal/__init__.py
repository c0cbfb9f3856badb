"""The portal: what residents and passers-by see on a phone. No tables, no rules.

Words: *spot* (the place or thing whose code was scanned), *held* (a ticket in the hands of its reporter, by login or by
the key in his link), *way* (what has happened to a ticket and what will), *promise* (who does what by when).
"""
