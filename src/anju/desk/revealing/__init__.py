"""The eye beside a masked value: a reason, sixty seconds, and the mask again (R16.2, screens 5.6)."""
