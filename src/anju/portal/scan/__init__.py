"""Scan to report: three screens, no login (R6.5)."""
