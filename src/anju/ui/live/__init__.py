"""/live/: one stream of server-sent events per browser. An event means "fetch again" and carries no data but a number.

watch: what is new in the database. hub: who is told. stream: one client.
"""

from anju.ui.live.stream import PATH, close, stream

__all__ = ["PATH", "close", "stream"]
