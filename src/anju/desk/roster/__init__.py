"""The month's roster: grid, holes, publishing, exports."""
