"""States and purposes of a data key."""

from django.db.models import TextChoices


class KeyState(TextChoices):
    """ACTIVE seals new values and makes new indexes; RETIRED only opens old ones.

    COMING and LEAVING are steps of an index key on its way in and out: both are searched with, neither makes anything.
    """

    COMING = "COMING", "COMING"
    ACTIVE = "ACTIVE", "ACTIVE"
    LEAVING = "LEAVING", "LEAVING"
    RETIRED = "RETIRED", "RETIRED"


class Purpose(TextChoices):
    """DATA encrypts fields and files; BLIND is the separate key of the equality index (R16.5); CHAIN signs the lines of
    the reveal log, so that who can only write the database cannot forge one; SIGN makes printed codes and links, which
    cannot be made anew when a key turns, so it never does."""

    DATA = "data", "data"
    BLIND = "blind", "blind"
    CHAIN = "chain", "chain"
    SIGN = "sign", "sign"
