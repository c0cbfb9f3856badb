"""Whether this office can keep its promises just now, and what is to be done when it cannot.

A *finding* is one line: ok, note or bad. `checks` looks at what a promise stands on (P1–P4, I27): database, worker, timers,
news, messages, disk, clock, backup. The doors show it: `/health` to a monitor, `/metrics` to Prometheus, the page 系统状态 to
managers, `anju doctor` to whoever mends it. Nothing here is personal.
"""
