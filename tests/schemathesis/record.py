"""What a tablet writes and signs, by tests/wire/README.md and by nothing else.

Takes its random bytes from a generator with a seed, so that a run can be repeated."""

import hashlib
import time

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def cbor(value) -> bytes:
    return cbor2.dumps(value, canonical=True)


class Seat:
    """A seat: its key, and its id once headquarters has said it."""

    def __init__(self, chance):
        self.key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        self.id = None

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def prove(self, method: str, path: str, body: bytes) -> str:
        """The value of the header Authorization."""
        at = now_ms()
        digest = hashlib.sha256(body).hexdigest()
        signed = f"bienban/request/v1\n{method}\n{path}\n{at}\n{digest}\n".encode()
        return f"Seat {self.id}.{at}.{self.key.sign(signed).hex()}"


class Journal:
    """One author's chain of events in one inspection."""

    def __init__(self, seat: Seat, inspection: bytes, chance):
        self.seat, self.inspection, self.chance = seat, inspection, chance
        self.id = chance.randbytes(16)
        self.events, self.last = [], None
        self.record("journal/open", {0: bytes.fromhex(seat.id), 1: seat.public, 2: "schemathesis"})

    def record(self, act: str, payload: dict):
        salt, body = self.chance.randbytes(16), cbor({0: act, 1: payload})
        header = {0: 1, 1: self.inspection, 2: self.id, 3: len(self.events), 5: now_ms()}
        if self.last is not None:
            header[4] = self.last
        header[7] = hashlib.sha256(salt + body).digest()
        header = cbor(header)
        self.last = hashlib.sha256(header).digest()
        self.events.append([header, salt, body])

    def note(self, words: str):
        """A note to an item: a register that anyone may write."""
        self.record("register/set", {0: [[0, ["a"]], "note", []], 1: [1, [words]], 2: []})

    def push(self) -> bytes:
        head = cbor(
            ["bienban/head/v1", self.inspection, self.id, len(self.events) - 1, self.last, now_ms()]
        )
        signed = [head, self.seat.key.sign(head)]
        return cbor({0: [{0: signed, 1: self.events}]})
