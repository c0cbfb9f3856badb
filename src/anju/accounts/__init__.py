"""Staff and logins: who works where in which role, with which skills; passwords, one-time codes, tokens, scopes.

Residents have no account: a person of the land register logs in with a code sent to a phone in that register.
"""
