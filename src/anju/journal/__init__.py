"""What happened: one append-only row per fact, written in the transaction of the change it tells of.

*Entry* is a fact (who, when, where, verb, subject), gap-free per subject. *News* is an entry that a listener has not
heard yet: rows, not cursors, because on PostgreSQL an id committed late would be passed over by a cursor (ADR 0005).
*Receipt* is the memory of an idempotency key.
"""
