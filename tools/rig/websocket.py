"""The host's event stream, read with the standard library alone (RFC 6455, client side)."""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
from collections.abc import Iterator
from types import TracebackType
from typing import Any

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class EventStream:
    """The JSON messages for one client id; binary previews are left out."""

    def __init__(self, port: int, client_id: str):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.file = self.socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET /ws?clientId={client_id} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        status = self.file.readline()
        if b" 101 " not in status:
            raise ConnectionError(f"the host refused a websocket: {status!r}")
        while self.file.readline().strip():
            pass
        self.socket.settimeout(None)

    def __enter__(self) -> EventStream:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.file.close()
        self.socket.close()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Ends when the host does."""
        message, kind = b"", 0
        while True:
            try:
                last, code, payload = self._frame()
            except (OSError, EOFError, ValueError):
                return
            if code == CLOSE:
                return
            if code == PING:
                self._send(PONG, payload)
            if code >= CLOSE:
                continue
            message, kind = (message + payload, kind) if code == 0 else (payload, code)
            if last and kind == TEXT:
                yield json.loads(message)

    def _frame(self) -> tuple[bool, int, bytes]:
        first, second = self._read(2)
        length = second & 127
        if length == 126:
            (length,) = struct.unpack(">H", self._read(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", self._read(8))
        return bool(first & 128), first & 15, self._read(length)

    def _read(self, count: int) -> bytes:
        data = self.file.read(count)
        if len(data) < count:
            raise EOFError
        return data

    def _send(self, code: int, payload: bytes) -> None:
        """Clients must mask what they send; a pong is at most 125 bytes."""
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.socket.sendall(bytes([128 | code, 128 | len(payload)]) + mask + masked)
