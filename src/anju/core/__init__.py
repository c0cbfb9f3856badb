"""Bedrock: time, identity of rows, who is asking, refusals, text and phone numbers. No tables, no room above it."""
