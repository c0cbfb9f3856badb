"""The command palette: tickets, what may be done now, first words on the telephone, pages."""
