"""The wall: screens nobody sits at. No tables, no rules, nobody's login, nobody's personal data.

Words: *board* (the wallboard of the office, opened by a link that a supervisor gave it), *lobby* (the screen in a lobby,
opened by the signed code of its place, which everybody may read).
"""
