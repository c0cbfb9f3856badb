"""Photos, for whoever may see the ticket they hang on."""
