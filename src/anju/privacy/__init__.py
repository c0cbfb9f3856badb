"""Privacy: who looked at what of whom and why, confidentiality agreements, exports, and the rights of the person.

What is shown at all is decided below, by `vault.policy`; this room gives more for a reason and keeps the record. Words:
*reveal* (one field of one person for sixty seconds), *log line* (a signed line of the chain), *finding* (what compliance
must look at), *agreement* (a signature under the confidentiality text), *request* (a resident asks for his rights),
*leak* (a breach with its clocks), *round* (work of the night or the week, a timer row).
"""
