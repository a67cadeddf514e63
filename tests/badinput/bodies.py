"""Bodies in other alphabets, broken, nested, doubled: sent as they are, to pages and to the API."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, urlencode

from tests.badinput.aftermath import look_after
from tests.badinput.figures import IN_JSON
from tests.badinput.sending import Request, Sender
from tests.badinput.stage import Stage
from tests.badinput.strings import HOSTILE, MARK, SURROGATES
from tests.badinput.surface import Target, targets
from tests.badinput.tally import Tally
from tests.doors.api.caller import body_for, in_place, operations

SPOILT_AFTER = 1500
ALPHABETS = ("utf-7", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "shift_jis", "gb18030",
             "koi8-r", "cp037", "iso2022_jp", "big5")  # fmt: skip
CHARSETS = (*ALPHABETS, "utf-8", "x-unknown", "idna", "rot13", "base64", "hex", "zlib",
            "unicode_escape", "undefined", "punycode", "\xff", "a" * 5000, "")  # fmt: skip
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
OTHER_TYPES = (
    *(
        "",
        "text/plain",
        "text/html",
        "application/xml",
        "application/octet-stream",
        "multipart/mixed",
    ),
    *("multipart/form-data", "image/png", "application/x-ndjson", "a/b/c", ";;;", "\x7f", "*/*"),
    *("application/json; charset=utf-16", "application/msgpack", "x" * 4000, "text/plain; a=b; c"),
)


class Body(NamedTuple):
    """Bytes, and what they claim to be."""

    kind: str
    content: bytes
    content_type: str


def run(stage: Stage, tally: Tally, count: int, seed: int) -> None:
    """Send so many bodies, every other one to the API."""
    chance = random.Random(f"bodies {seed}")
    sender = Sender(tally)
    forms = [one for one in targets(stage) if one.method == "POST" and one.controls]
    calls = [one for one in operations() if one[0] in ("POST", "PUT", "PATCH")]
    tally.checked("forms and calls that take a body", len(forms) + len(calls))
    for number in range(count):
        if number and number % SPOILT_AFTER == 0:
            look_after(stage, tally)
            stage.rebuild()
        if number % 2:
            role, request = _to_a_page(chance.choice(forms), chance)
            sender.send(stage.browser(role), request)
        else:
            sender.send(stage.browser("anonymous"), _to_the_api(stage, calls, chance))
    look_after(stage, tally)


# To a page.


def _to_a_page(target: Target, chance: random.Random) -> tuple[str, Request]:
    make = chance.choice(FORM_BODIES)
    body = make(target.usual(), chance)
    headers = chance.choice(_HEADERS)
    return target.role, _request("POST", target.path, body, headers)


def _request(method: str, path: str, body: Body, headers: dict[str, str]) -> Request:
    return Request(
        method,
        path,
        body.kind,
        body=body.content,
        content_type=body.content_type,
        headers=headers,
    )


_HEADERS: tuple[dict[str, str], ...] = (
    {}, {}, {}, {},
    {"HTTP_TRANSFER_ENCODING": "chunked"},
    {"HTTP_CONTENT_ENCODING": "gzip"},
    {"CONTENT_LENGTH": "0"}, {"CONTENT_LENGTH": "99999999999999999999"},
)  # fmt: skip


def _other_alphabet(usual: dict[str, str], chance: random.Random) -> Body:
    """The bytes are of one alphabet, and perhaps another is claimed."""
    text = "&".join(f"{name}=é{value}語" for name, value in usual.items())
    content = text.encode(chance.choice(ALPHABETS), "replace")
    charset = chance.choice(CHARSETS)
    return Body("another alphabet", content, f"{FORM}; charset={charset}".rstrip("="))


def _broken_utf8(usual: dict[str, str], chance: random.Random) -> Body:
    bad = chance.choice(BROKEN)
    fields = [f"{name}={quote(value)}".encode() + bad for name, value in usual.items()]
    raw = chance.choice((bad, quote(bad).encode(), b"%" + bad, b"%u0041%zz%"))
    return Body("broken UTF-8", b"&".join([*fields, raw + b"=" + raw]), FORM)


BROKEN = (
    b"\xff\xfe", b"\x80", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf", b"\xed\xa0\x80",
    b"\xed\xb0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xc3", b"\xe2\x82",
    b"\xf0\x9f\x98",
    b"\x00", b"+ADw-script+AD4-", b"\xef\xbb\xbf", b"\x1b$B", b"\xa4\xa4\x8f",
)  # fmt: skip


def _doubled(usual: dict[str, str], chance: random.Random) -> Body:
    kind = chance.choice(sorted(HOSTILE))
    pairs = list(usual.items())
    pairs += [(name, chance.choice(HOSTILE[kind])[:2000]) for name, _value in pairs]
    pairs += [(f"{name}[]", "x") for name, _value in pairs[:2]]
    chance.shuffle(pairs)
    return Body("doubled fields", urlencode(pairs, errors="replace").encode(), FORM)


def _many(usual: dict[str, str], chance: random.Random) -> Body:
    name = chance.choice(sorted(usual))
    many = chance.choice((1_000, 9_990, 10_001, 20_000))
    same = chance.random() < 0.5
    pairs = [f"{name if same else number}={number}" for number in range(many)]
    return Body("10,000 fields", "&".join(pairs).encode(), FORM)


def _signs(usual: dict[str, str], chance: random.Random) -> Body:
    name = chance.choice(sorted(usual))
    raws = (
        "&" * 9000,
        "=" * 9000,
        f"{name}",
        f"{name}==&;=",
        f"{name}=%",
        "+" * 50_000,
        "\r\n",
        "",
    )
    return Body("signs alone", chance.choice(raws).encode(), FORM)


def _wrong_type(usual: dict[str, str], chance: random.Random) -> Body:
    content = chance.choice((urlencode(usual), json.dumps(usual), "\x00\xff", "")).encode()
    return Body("wrong content type", content, chance.choice(OTHER_TYPES))


def _in_parts(usual: dict[str, str], chance: random.Random) -> Body:
    """A body in parts whose seams are odd: of no length, endless, never there, never closed."""
    boundary = chance.choice(BOUNDARIES)
    seam = chance.choice((boundary, boundary, boundary, "other"))
    parts = [
        f"--{seam}\r\n{chance.choice(DISPOSITIONS).format(name=name)}\r\n\r\n{value}\r\n"
        for name, value in usual.items()
    ]
    end = chance.choice((f"--{seam}--\r\n", "", f"--{seam}", "\r\n\r\n"))
    claimed = chance.choice((boundary, boundary, f'"{boundary}"', ""))
    content = ("".join(parts) + end).encode("utf-8", "replace")
    return Body("odd parts", content, f"multipart/form-data; boundary={claimed}")


BOUNDARIES = ("x", "a" * 70, "a" * 5000, "ü", " ", "--", "x y", "'()+_,-./:=?", "", "\t", "0" * 200)
DISPOSITIONS = (
    'Content-Disposition: form-data; name="{name}"',
    'Content-Disposition: form-data; name="{name}"',
    'Content-Disposition: form-data; name="{name}"; filename="x.csv"',
    'Content-Disposition: form-data; name="{name}"; filename="../../x"\r\nContent-Type: text/csv',
    "Content-Disposition: form-data; name={name}; filename*=UTF-8''%00%ff",
    'Content-Disposition: form-data; name="{name}"\r\nContent-Transfer-Encoding: base64',
    'Content-Disposition: form-data; name="{name}"\r\nContent-Type: text/plain; charset=utf-16',
    'Content-Disposition: form-data; name="\\"{name}\r\nX: 1"',
    "Content-Disposition: form-data",
    "Content-Type: text/plain",
    "X" * 20_000 + ": 1",
    "",
)

FORM_BODIES: tuple[Callable[[dict[str, str], random.Random], Body], ...] = (
    _other_alphabet,
    _broken_utf8,
    _doubled,
    _many,
    _signs,
    _wrong_type,
    _in_parts,
    _in_parts,
)


# To the API.


def _to_the_api(stage: Stage, calls: list[tuple[str, str]], chance: random.Random) -> Request:
    method, path = chance.choice(calls)
    usual = body_for(stage.world, method, path) or {"text": "A van on Fridays"}
    body = chance.choice(JSON_BODIES)(usual, chance)
    role = chance.choice(("member", "host", "connector"))
    headers = {"HTTP_AUTHORIZATION": f"Bearer {stage.tokens[role]}", **chance.choice(_HEADERS)}
    return _request(method, "/api/v1" + in_place(stage.world, path), body, headers)


def _odd_value(usual: dict[str, object], chance: random.Random) -> Body:
    """One value is a number that is none, or half a letter; JSON is written by hand for it."""
    name = chance.choice(sorted(usual))
    parts = [f'"{key}": {json.dumps(value)}' for key, value in usual.items() if key != name]
    parts.append(f'"{name}": {chance.choice(IN_JSON)}')
    return Body("odd values in JSON", ("{" + ", ".join(parts) + "}").encode(), JSON)


def _hostile_text(usual: dict[str, object], chance: random.Random) -> Body:
    kind = chance.choice([*sorted(HOSTILE), "surrogate"])
    text = chance.choice(HOSTILE.get(kind, SURROGATES))
    texts = [name for name, value in usual.items() if isinstance(value, str)] or sorted(usual)
    said = {**usual, chance.choice(texts): text}
    return Body(f"JSON text: {kind}", json.dumps(said).encode(), JSON)


def _doubled_key(usual: dict[str, object], chance: random.Random) -> Body:
    once = json.dumps(usual)[1:-1]
    said = "{" + ",".join([once] * chance.choice((2, 50))) + ', "__proto__": {"a": 1}}'
    return Body("doubled keys in JSON", said.encode(), JSON)


def _deep(usual: dict[str, object], chance: random.Random) -> Body:
    depth = chance.choice((50, 900, 1100, 100_000))
    opening, closing = chance.choice((("[", "]"), ('{"a":', "}")))
    inner = opening * depth + "1" + closing * depth
    name = chance.choice(sorted(usual))
    said = chance.choice((inner, '{"' + name + '": ' + inner + "}", opening * depth))
    return Body("deep JSON", said.encode(), JSON)


def _long_list(usual: dict[str, object], chance: random.Random) -> Body:
    name = chance.choice(sorted(usual))
    items: list[object] = [chance.choice((1, "x", None, {}, MARK))] * chance.choice((300, 60_000))
    said = chance.choice(({name: items}, items, {str(n): n for n in range(20_000)}))
    return Body("long JSON", json.dumps(said).encode(), JSON)


def _no_json(usual: dict[str, object], chance: random.Random) -> Body:
    text = json.dumps(usual, ensure_ascii=False)
    content = chance.choice((
        text.encode("utf-16"), text.encode("utf-32"), text.encode("utf-7"),
        b"\xef\xbb\xbf" + text.encode(),
        text[:-1].encode(), text.replace('"', "'").encode(), gzip.compress(text.encode()),
        b"\x00" * 100,
        text.encode() + b"\x00", text.encode() * 2, b"/* */" + text.encode(),
        b"\xff" + text.encode(), b"",
        b"null", b"[]", b'"text"', b"0", b"{}", b"undefined", b"text=A+van", chance.choice(BROKEN),
        json.dumps(dict.fromkeys(usual, "é"), ensure_ascii=False).encode("latin-1"),
    ))  # fmt: skip
    content_type = chance.choice((JSON, JSON, *OTHER_TYPES, f"{JSON}; charset=utf-7"))
    return Body("no JSON", content, content_type)


JSON_BODIES: tuple[Callable[[dict[str, object], random.Random], Body], ...] = (
    _odd_value,
    _odd_value,
    _hostile_text,
    _hostile_text,
    _doubled_key,
    _deep,
    _long_list,
    _no_json,
)
