"""Where a ticket stands, for its reporter, and what he may do."""
