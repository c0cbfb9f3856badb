"""A database whose every commit is a crash point: before it, and after it before anybody hears of it."""
