"""What is pending: one row per moment at which something must be looked at again.

A row is written in the transaction of its cause and says: at `due_at`, call the handler `kind` for this subject. The
handler gets a batch of due timers, in order of due time, and sees the true due time of each even when it runs late.
"""
