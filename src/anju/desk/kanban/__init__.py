"""看板: open tickets in columns by state; a card is moved by the step that leads there."""
