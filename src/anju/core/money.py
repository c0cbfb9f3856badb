"""Money is an integer number of fen; these two functions are the only way in and out of text."""

from decimal import Decimal, InvalidOperation


def yuan(fen: int) -> str:
    """12345 -> "123.45": two decimals, no sign of currency."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def fen(text: str) -> int:
    """ "123.45" -> 12345. Raises ValueError for anything but a plain amount with at most two decimals."""
    try:
        amount = Decimal(text.strip())
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {text!r}") from error
    if not amount.is_finite() or amount != amount.quantize(Decimal("0.01")) or abs(amount) > 10**12:
        raise ValueError(f"not an amount: {text!r}")
    return int(amount * 100)
