"""A key-management service as an office might connect one, small enough for a test."""

from anju.vault.errors import MasterKeyMissing

_MARK = b"service"


class Service:
    """Turns the bytes around, which only a test may call wrapping."""

    def wrap(self, data_key: bytes, context: bytes) -> bytes:
        return _MARK + data_key[::-1] + context

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        if not wrapped.startswith(_MARK):
            raise MasterKeyMissing("not wrapped here")
        return wrapped.removeprefix(_MARK).removesuffix(context)[::-1]

    def is_current(self, wrapped: bytes) -> bool:
        return wrapped.startswith(_MARK)


def master() -> Service:
    return Service()
