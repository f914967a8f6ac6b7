"""Opens the page in a browser once the server answers; started beside the app by `salescoach run`."""

import socket
import sys
import time
import webbrowser
from urllib.parse import urlsplit

_PATIENCE_SECONDS = 60.0


def open_when_ready(address: str) -> bool:
    """Open the address when something listens there; returns False when nothing did in time."""
    parts = urlsplit(address)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with socket.create_connection((parts.hostname or "localhost", parts.port or 80), timeout=1):
                return webbrowser.open(address)
        except OSError:
            time.sleep(0.2)
    return False


if __name__ == "__main__":
    open_when_ready(sys.argv[1])
