"""What can be wrong with a secret; none of these is for a user's eyes."""


class VaultError(Exception):
    """Something about a key or a sealed value is not as it must be."""


class Tampered(VaultError):
    """A sealed value was changed, moved to another row, cut, or made with another key."""


class KeyMissing(VaultError):
    """The key a sealed value names is not stored, or was stored in a transaction that was undone."""


class MasterKeyMissing(VaultError):
    """Data keys exist, but the master key that wrapped them is neither in the environment nor in its file."""
