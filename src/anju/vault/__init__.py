"""Vault: what is secret about people, and how much of it each role may see (domain file 16).

`fields.Sealed` keeps text encrypted in a column, `keys` holds the data keys of the communities, `blind` finds equal
values without opening them, `masks` writes the short forms of 16.1 and `policy` decides by 16.2 who gets which.
Import the modules, never names from this package: it must be importable before the apps are ready.
"""
