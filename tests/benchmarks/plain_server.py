"""The plainest server that h11 makes: a thread for each connection, which reads a request and answers it always alike.

What a served fake may cost is measured against it: not against our own code of HTTP, whose cost would not be seen.
"""

from __future__ import annotations

import socket
import threading

import h11

ANSWER = {
    "x-amz-server-side-encryption": "AES256",
    "x-amz-id-2": "x" * 76,
    "x-amz-request-id": "x" * 16,
    "date": "Mon, 01 Jan 2024 00:00:00 GMT",
    "ETag": f'"{"0" * 32}"',
    "Content-Length": "0",
    "server": "AmazonS3",
}
"""The headers that UploadPart answers, since h11 takes its time for each."""


class PlainServer:
    """One server. `ca_bundle` is there for what asks any server for it: this one has no TLS."""

    ca_bundle = None

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.endpoint_url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            accepted, _ = self._socket.accept()
            threading.Thread(target=_serve, args=(accepted,), daemon=True).start()


def _serve(client: socket.socket) -> None:
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    wire = h11.Connection(h11.SERVER)
    while _read(client, wire):
        head = h11.Response(status_code=200, headers=list(ANSWER.items()), reason="OK")
        client.sendall((wire.send(head) or b"") + (wire.send(h11.EndOfMessage()) or b""))
        wire.start_next_cycle()
    client.close()


def _read(client: socket.socket, wire: h11.Connection) -> bool:
    """Read a request with its body; return whether one came."""
    while True:
        event = wire.next_event()
        if event is h11.NEED_DATA:
            wire.receive_data(client.recv(65536))
        elif isinstance(event, h11.EndOfMessage):
            return True
        elif isinstance(event, h11.ConnectionClosed):
            return False
