"""The command line: one module per command with `arguments(parser)` and `run(asked) -> exit code`.

A command prints what it did in a line or two. What goes wrong is one line on stderr that says what to do, and code 1.
"""
