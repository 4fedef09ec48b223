"""Hostile, broken and false files: each is refused by name, and nothing else happens."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hssk.exchange.formats.claims_xml import Bounds, Refused, read_claims
from hssk.exchange.formats.claims_xml.refusals import KINDS, refuse
from hssk.exchange.formats.claims_xml.tests.making import (
    DECLARED,
    WHOLE,
    XML1,
    envelope,
    file_of,
    hoso,
    inner,
    one,
    packed,
)
from hssk.exchange.formats.errors import UnreadableFile

PLAIN = envelope(hoso(WHOLE))
BOMB = '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY l SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>'
DECLARES = {"bomb": BOMB, "outside": OUTSIDE, "parameter": PARAMETER, "none": "<!DOCTYPE a>",
            "small letters": "<!doctype a>"}  # fmt: skip


def kind_of(content, **more):
    content = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(UnreadableFile) as caught:
        list(read_claims(content, **more))
    assert caught.value.kind in KINDS
    assert caught.value.advice
    return caught.value.kind


def refused_in(*contents, **more):
    """The kind of the one refused claim among good ones."""
    bad = "<HOSO>" + "".join(file_of("XML1", content) for content in contents) + "</HOSO>"
    before, item, after = read_claims(envelope(hoso(WHOLE), bad, hoso(WHOLE)).encode(), **more)
    assert before.digest == after.digest
    assert isinstance(item, Refused)
    return item.kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n ", "empty"),
        (b"%PDF-1.7", "not_xml"),
        (b"PK\x03\x04" + b"\0" * 100, "not_xml"),
        (b"MA_LK;HO_TEN\n1;A", "not_xml"),
        (b'\xef\xbb\xbf {"header": {}, "data": {"file_content": "PD94bWw="}}', "json"),
        (b"<GIAY_KSK><HO_TEN>A</HO_TEN></GIAY_KSK>", "not_claims"),
        (b"<", "damaged"),
        (b"<GIAMDINH", "damaged"),
        (b"<!-- never ends", "damaged"),
        (b"<?xml version='1.0'", "damaged"),
        (b"<GIAMDINHHS>", "damaged"),
        (b"< GIAMDINHHS>", "not_xml"),
        (b"<html><body/></html>", "not_claims"),
        (b"<HSDLYT/>", "not_claims"),
        (b"<TONG_HOP><MA_LK>1</MA_LK></TONG_HOP>", "bare"),
        (inner("XML2", {"MA_LK": "1"}), "bare"),
        (PLAIN + "rác", "damaged"),
        (PLAIN + PLAIN, "damaged"),
        (PLAIN.replace("</HOSO>", ""), "damaged"),
        (PLAIN.replace("12001", "&laqua;"), "damaged"),
        (PLAIN.replace("12001", "12\x00001"), "damaged"),
        (PLAIN.replace("utf-8", "windows-1258"), "encoding"),
        (PLAIN.replace("utf-8", "utf-16"), "encoding"),
        (PLAIN.encode("utf-16"), "encoding"),  # and it says utf-8
        (PLAIN.encode("utf-32"), "encoding"),
        (PLAIN.replace("12001", "Bệnh viện").encode("utf-8").replace(b"\xe1", b"\xff"), "encoding"),
        (PLAIN.replace("12001", "Tỉnh").encode("cp1258", "replace").replace(b"T?", b"T\xe9"), "encoding"),
        (PLAIN.replace("utf-8", "utf-16").encode("utf-16-le") + b"\x00\xd8\x00\x00", "encoding"),
        (("<a/>" + "x" * 40_000).encode("utf-16"), "not_claims"),
        (b"<!--" + b"x" * 70_000 + b"--><GIAMDINHHS/>", "damaged"),
    ],
)  # fmt: skip
def test_what_is_not_a_file_of_claims_is_refused_by_name(content, kind):
    assert kind_of(content) == kind


def test_a_lone_half_letter_late_in_a_file_of_utf_16():
    text = envelope(hoso({"XML1": [one(GHI_CHU="x" * 60_000)]}), declared="")
    assert kind_of(text.encode("utf-16-le")[:-40] + b"\x00\xd8<\x00" + b"\0" * 20) == "encoding"


@pytest.mark.parametrize("declares", DECLARES)
def test_a_doctype_is_refused_wherever_it_stands(declares):
    text = DECLARES[declares]
    assert kind_of(DECLARED + text + PLAIN.removeprefix(DECLARED)) == "dtd"
    assert kind_of("<!-- a --><?b c?>\n" + text + PLAIN.removeprefix(DECLARED)) == "dtd"
    assert kind_of((text + PLAIN.removeprefix(DECLARED)).encode("utf-16")) == "dtd"
    inside = text + inner("XML1", one(HO_TEN="&l;"), declared="").replace("&amp;l;", "&l;")
    assert refused_in(packed(inside)) == "dtd"
    assert refused_in(packed(inside.encode("utf-16"))) == "dtd"
    assert refused_in(f"<![CDATA[{inside}]]>") == "dtd"


def test_an_entity_nobody_declared_is_no_text():
    assert refused_in(packed(inner("XML1", XML1).replace("Giàng", "&xxe;"))) == "damaged"


@pytest.mark.parametrize("cut", range(0, len(PLAIN.encode()), 97))
def test_a_file_cut_short_is_refused(cut):
    assert kind_of(PLAIN.encode()[:cut]) in {"empty", "damaged"}
    wide = PLAIN.replace("utf-8", "utf-16").encode("utf-16")
    assert kind_of(wide[: cut * 2]) in {"empty", "damaged"}
    assert kind_of(wide[: cut * 2 + 1]) in {"empty", "damaged", "encoding", "not_xml"}


@pytest.mark.parametrize("cut", range(1, len(inner("XML1", XML1).encode()), 97))
def test_a_document_cut_short_is_refused_with_its_claim_alone(cut):
    assert refused_in(packed(inner("XML1", XML1).encode()[:cut])) in {"damaged", "encoding"}


def test_base64_cut_short_or_foreign():
    good = packed(inner("XML1", XML1))
    for bad in (
        good[:-1],
        good + "=",
        good[:40] + "*" + good[41:],
        good[:40] + "é" + good[40:],
        "AAAA=BBB",
    ):
        assert refused_in(bad) == "base64"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (packed("chỉ là chữ"), "not_xml"),
        (packed("   "), "empty"),
        (packed(inner("XML1", XML1).encode("utf-16")), "encoding"),
        (packed(inner("XML1", XML1, declared="").encode("utf-16-le")[:-3] + b"\xd8\xd8>"), "encoding"),
        (packed(inner("XML1", XML1).encode().replace(b"\xc3", b"\xff")), "encoding"),
        (packed("<a>\x00</a>"), "damaged"),
        (packed("<a>" * 300 + "</a>" * 300), "too_deep"),
        (packed("<a>" * 30 + "</a>" * 30), "too_deep"),
        (packed("<a><MA_LK>" + "x" * 1_000_001 + "</MA_LK></a>"), "too_large"),
        (f"<a><MA_LK>{'x' * 1_000_001}</MA_LK></a>", "too_large"),
    ],
)  # fmt: skip
def test_a_bad_document_is_refused_with_its_claim_alone(content, kind):
    assert refused_in(content) == kind


def test_a_claim_without_documents():
    assert refused_in() == "no_tables"
    assert refused_in("") == "no_tables"


def test_bounds():
    big = packed("<a>" + "<b/>" * 2000 + "</a>")
    assert refused_in(big, bounds=Bounds(elements=1500)) == "too_many"
    assert refused_in(big, bounds=Bounds(decoded=7000)) == "too_large"
    assert refused_in(big, bounds=Bounds(decoded=5000)) == "too_large"
    inside = f"<HOSO>{file_of('XML1', '<a>' + '<b/>' * 2000 + '</a>')}</HOSO>"
    assert kind_of(envelope(inside), bounds=Bounds(elements=1500)) == "too_many"
    assert kind_of(PLAIN, bounds=Bounds(hoso=1000)) == "too_large"
    assert kind_of(envelope(hoso(WHOLE), hoso(WHOLE)), bounds=Bounds(claims=1)) == "too_many"


def test_text_beyond_what_the_parser_holds():
    assert kind_of(envelope("x" * 10_500_000)) == "too_large"
    assert kind_of(envelope("<!--" + "x" * 10_500_000 + "-->")) == "too_large"
    assert kind_of(envelope("<a>" * 300 + "</a>" * 300)) == "too_deep"


def test_the_place_is_told_and_not_how_the_copy_that_is_read_is_called(tmp_path):
    path = tmp_path / "thang3.xml"
    path.write_bytes(PLAIN.encode()[:500])
    with pytest.raises(UnreadableFile) as caught:
        list(read_claims(path))
    assert caught.value.message.startswith("Tệp bị hỏng hoặc bị cắt cụt (dòng 1, cột ")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableFile) as caught:
        list(read_claims(tmp_path / "khong-co.xml"))
    assert caught.value.kind == "missing"


def test_claims_before_a_break_are_given_first():
    text = envelope(hoso(WHOLE), hoso(WHOLE))
    items = read_claims(text[: text.rindex("</HOSO>")].encode())
    assert next(items).ordinal == 1
    with pytest.raises(UnreadableFile):
        next(items)
    late = text.replace("<THONGTINDONVI><MACSKCB>12001</MACSKCB></THONGTINDONVI>", "")
    with pytest.raises(UnreadableFile):
        list(read_claims(late[: late.rindex("</HOSO>")].encode()))


def test_what_a_hostile_file_is_called_does_not_fill_the_page():
    with pytest.raises(UnreadableFile) as caught:
        list(read_claims(b"<" + b"x" * 5000 + b"/>"))
    assert len(caught.value.message) < 250


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_says_what_to_do(kind):
    refusal = refuse(kind, "Tệp", "chỗ này")
    assert refusal.message.startswith("Tệp")
    assert "{" not in refusal.message + refusal.advice


@settings(max_examples=150)
@given(st.binary(max_size=60), st.integers(0, len(PLAIN.encode())), st.integers(0, 60))
def test_damage_anywhere_is_refused_or_read_and_never_worse(noise, at, over):
    data = PLAIN.encode()
    with contextlib.suppress(UnreadableFile):
        assert all(item.ordinal == 1 for item in read_claims(data[:at] + noise + data[at + over :]))
