"""Whether and when to speak: every outgoing message is a row here.

*Delivery*: one message to one recipient by one channel. `actions.tell` writes rows in the caller's transaction; `run`
sends them. A state only moves forward: QUEUED, SENDING, SENT, DELIVERED, READ; FAILED after the last retry;
SUPPRESSED (caps, no channel), CANCELLED (no longer true) and DEAD (cannot be sent, alarmed) always say why.
*Follow-up*: the SMS or call after a WeChat message that did not arrive (or was not read) within a minute.
Rules N1-N9 of domain file 00, templates and variables of Appendix B.
"""
