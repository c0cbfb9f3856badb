"""隐私: my looks, what waits for me, what compliance must see; each part for whoever may see it."""
