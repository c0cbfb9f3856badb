"""States and purposes of a data key."""

from django.db.models import TextChoices


class KeyState(TextChoices):
    """ACTIVE seals new values; RETIRED only opens old ones."""

    ACTIVE = "ACTIVE", "ACTIVE"
    RETIRED = "RETIRED", "RETIRED"


class Purpose(TextChoices):
    """DATA encrypts fields and files; BLIND is the separate key of the equality index (R16.5); CHAIN signs the lines of
    the reveal log, so that who can only write the database cannot forge one."""

    DATA = "data", "data"
    BLIND = "blind", "blind"
    CHAIN = "chain", "chain"
