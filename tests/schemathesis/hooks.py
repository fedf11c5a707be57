"""Signs in and makes bodies that no schema describes. Told by the environment where to ask:
BIENBAN_URL, BIENBAN_CODE (an invitation), BIENBAN_OFFICE (a link), BIENBAN_SEED."""

import os
import random
import re
from urllib.parse import urlsplit

import cbor2
import requests
import schemathesis
from hypothesis import strategies as st

from record import Journal, Seat

URL = os.environ["BIENBAN_URL"]
CODE = os.environ["BIENBAN_CODE"]
OFFICE = os.environ["BIENBAN_OFFICE"]
CHANCE = random.Random(int(os.environ["BIENBAN_SEED"]))

BUNDLE = "application/vnd.bienban.bundle"
VAULT = "application/vnd.bienban.vault"


def enrolled() -> Seat:
    seat = Seat(CHANCE)
    message = {
        "code": CODE,
        "signing_key": seat.public.hex(),
        "envelope_key": CHANCE.randbytes(32).hex(),
        "app": "schemathesis",
    }
    answer = requests.post(f"{URL}/api/v1/enrol", json=message, timeout=10)
    answer.raise_for_status()
    seat.id = answer.json()["seat"]
    return seat


def session() -> str:
    answer = requests.get(OFFICE, allow_redirects=False, timeout=10)
    assert answer.status_code == 303, answer.status_code
    return answer.headers["set-cookie"].split(";")[0]


SEAT = enrolled()
SESSION = session()


def asked(path: str, body: bytes) -> requests.Response:
    headers = {"authorization": SEAT.prove("POST", path, body)}
    headers["content-type"] = "application/cbor" if path.endswith("push") else "application/json"
    answer = requests.post(f"{URL}{path}", data=body, headers=headers, timeout=10)
    answer.raise_for_status()
    return answer


def inspections() -> list[bytes]:
    pages = cbor2.loads(asked("/api/v1/pull", b'{"have":{}}').content)[1]
    return [page[0] for page in pages]


INSPECTIONS = inspections()
assert INSPECTIONS, "the demonstration shows its inspector no inspection"


class SignedIn(requests.auth.AuthBase):
    """Signs what is about to be sent, as it will be sent."""

    def __call__(self, request):
        path = urlsplit(request.url).path
        if path == "/office/leave":
            request.headers["Cookie"] = session()
        elif path.startswith("/office"):
            request.headers["Cookie"] = SESSION
        elif path.startswith("/api/"):
            body = request.body or b""
            body = body.encode() if isinstance(body, str) else body
            if isinstance(body, bytes):
                proof = SEAT.prove(request.method, request.path_url, body)
                request.headers["Authorization"] = proof
        return request


schemathesis.auth.set_from_requests(SignedIn())


def journal(inspection: bytes, notes: list[str]) -> Journal:
    written = Journal(SEAT, inspection, CHANCE)
    for words in notes:
        written.note(words)
    return written


WHOLE = st.builds(
    lambda inspection, notes: journal(inspection, notes).push(),
    st.sampled_from(INSPECTIONS) | st.binary(min_size=16, max_size=16),
    st.lists(st.text(max_size=40), max_size=4),
)


@st.composite
def cut(draw):
    whole = draw(WHOLE)
    return whole[: draw(st.integers(0, len(whole)))]


@st.composite
def changed(draw):
    whole = bytearray(draw(WHOLE))
    whole[draw(st.integers(0, len(whole) - 1))] ^= draw(st.integers(1, 255))
    return bytes(whole)


SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.binary(max_size=40) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.integers(0, 8), inner, max_size=4),
    max_leaves=12,
)
OTHER = SHAPES.map(lambda value: cbor2.dumps(value, canonical=True))
BYTES = st.one_of(WHOLE, WHOLE, cut(), changed(), OTHER, st.binary(max_size=400))

schemathesis.openapi.media_type("application/cbor", BYTES)
schemathesis.openapi.media_type(BUNDLE, BYTES)
schemathesis.openapi.media_type(VAULT, BYTES)


def page(path: str) -> str:
    answer = requests.get(f"{URL}{path}", headers={"cookie": SESSION}, timeout=60)
    answer.raise_for_status()
    return answer.text


def packs() -> list[str]:
    path = "/api/v1/packs"
    headers = {"authorization": SEAT.prove("GET", path, b"")}
    return [pack["sha256"] for pack in requests.get(f"{URL}{path}", headers=headers).json()["packs"]]


# A remedy's address names an inspection and a finding in it.
REMEDIES = re.findall(r"/inspections/([0-9a-f]{32})/remedies/([0-9a-f]{32})", page("/office/remedies"))
PACKS = packs()
assert REMEDIES and PACKS, "the demonstration has no remedies or no packs"


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Two of three addresses lead somewhere."""
    if path_parameters and CHANCE.randrange(3):
        inspection, finding = CHANCE.choice(REMEDIES)
        real = {"id": inspection, "finding": finding, "sha256": CHANCE.choice(PACKS)}
        return {name: real.get(name, given) for name, given in path_parameters.items()}
    return path_parameters


@schemathesis.hook
def map_body(context, body):
    """Half of the invitations are real, so that what follows is asked too."""
    if context.operation.path == "/api/v1/enrol" and isinstance(body, dict) and len(str(body)) % 2:
        body["code"] = CODE
    return body


# That these bodies were accepted at all shows that the written form is what its page says.
asked("/api/v1/push", journal(INSPECTIONS[0], ["một", "hai"]).push())
