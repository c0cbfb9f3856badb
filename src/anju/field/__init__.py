"""The field: what a worker holds in his hand. One job on a screen, one big button. No tables, no rules.

Words: *job* (a ticket in somebody's hands), *go* (the big button: the next thing to do), *lesser* (what else may be done),
*know* (what is worth knowing before one knocks).
"""
