"""Files: photos that people send, made harmless and kept encrypted.

What arrives is recognised by its content, decoded and written anew without metadata; the bytes that were sent are never
stored. A room that keeps a file refers to it by a foreign key: `actions.sweep` takes files that nothing refers to.
"""
