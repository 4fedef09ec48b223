"""What a file of claims may look like, and that it is always read the same."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hssk.exchange.formats.claims_xml import Claim, Note, Refused, read_claims
from hssk.exchange.formats.claims_xml.tables import FIELDS, REQUIRED, ROOTS
from hssk.exchange.formats.claims_xml.tests.making import (
    DECLARED,
    LISTS,
    WHOLE,
    WORDS,
    XML1,
    envelope,
    file_of,
    hoso,
    inner,
    one,
    packed,
)
from hssk.exchange.formats.claims_xml.values import clean

ROOT = str(Path(__file__).parents[5])
PLAIN = envelope(hoso(WHOLE))


def claims(content, **more):
    return list(read_claims(content if isinstance(content, bytes) else content.encode(), **more))


def test_a_claim_is_read_by_tag():
    (claim,) = claims(PLAIN)
    assert isinstance(claim, Claim)
    assert (claim.facility, claim.made_on, claim.stated) == ("12001", "20240315", 1)
    assert (claim.ordinal, claim.code, claim.notes) == (1, "LK0001", ())
    assert {tag: value for tag, value in claim.tables["XML1"][0].items() if value} == XML1
    assert claim.tables["XML5"][0]["DIEN_BIEN_LS"] == WORDS
    assert claim.tables["XML1"][0]["MA_NOI_DI"] == ""
    assert claim.inner["XML1"].decode() == inner("XML1", XML1)


def test_every_table_has_the_number_of_fields_of_the_annex():
    counts = {table: len(tags) for table, tags in FIELDS.items()}
    assert counts == {
        "XML0": 26, "XML1": 66, "XML2": 39, "XML3": 47, "XML4": 12, "XML5": 9, "XML6": 47,
        "XML7": 26, "XML8": 22, "XML9": 35, "XML10": 13, "XML11": 23,
        "XML13": 40,  # the 39 of QĐ 4750 and TINH_TRANG_CT of QĐ 3176
        "XML14": 22, "XML15": 20,
    }  # fmt: skip
    assert set(ROOTS.values()) == set(FIELDS)
    assert all(set(REQUIRED[table]) <= set(FIELDS[table]) for table in REQUIRED)


def wrapped():
    lines = packed(inner("XML1", XML1))
    return "\r\n".join(lines[at : at + 76] for at in range(0, len(lines), 76))


def only(content, label="XML1"):
    return envelope(f"<HOSO>{file_of(label, content)}</HOSO>")


FORMS = {
    "base64": only(packed(inner("XML1", XML1))),
    "base64 in lines": only(f"\r\n  {wrapped()}\r\n"),
    "a mark before the base64": only("\ufeff" + packed(inner("XML1", XML1))),
    "a mark before the xml": only(packed("\ufeff" + inner("XML1", XML1))),
    "a line break before the xml": only(packed("\r\n" + inner("XML1", XML1))),
    "utf-16 inside": only(
        packed(inner("XML1", XML1, declared='<?xml version="1.0" encoding="utf-16"?>').encode("utf-16"))
    ),
    "utf-16 inside, without a mark": only(packed(inner("XML1", XML1, declared="").encode("utf-16-be"))),
    "elements": only(inner("XML1", XML1, declared="")),
    "elements without a root": only("".join(f"<{k}>{v}</{k}>" for k, v in XML1.items())),
    "cdata": only(f"<![CDATA[{inner('XML1', XML1)}]]>"),
    "cdata of letters that say they were utf-16": only(
        f"<![CDATA[{inner('XML1', XML1, declared=DECLARED.replace('utf-8', 'utf-16'))}]]>"
    ),
    "escaped": only(inner("XML1", XML1).replace("&", "&amp;").replace("<", "&lt;")),
    "tags in another order": only(packed(inner("XML1", dict(reversed(XML1.items()))))),
    "the label after the content": envelope(
        f"<HOSO><FILEHOSO><NOIDUNGFILE>{packed(inner('XML1', XML1))}</NOIDUNGFILE>"
        "<LOAIHOSO>xml01</LOAIHOSO></FILEHOSO></HOSO>"
    ),
    "a namespace": only(packed(inner("XML1", XML1))).replace(
        "<GIAMDINHHS>", '<GIAMDINHHS xmlns="urn:x">'
    ),
    "a prefix": only(packed(inner("XML1", XML1)))
    .replace("<GIAMDINHHS>", '<x:GIAMDINHHS xmlns:x="urn:x">')
    .replace("</GIAMDINHHS>", "</x:GIAMDINHHS>"),
    "a namespace inside": only(
        packed(inner("XML1", XML1).replace("<TONG_HOP>", '<TONG_HOP xmlns="urn:y">'))
    ),
    "comments": only(
        packed(inner("XML1", XML1).replace("LK0001", "LK<!-- một -->0001").replace("<STT>", "<!----><STT>"))
    ).replace("<HOSO>", "<!-- hồ sơ --><?x y?><HOSO>"),
    "blanks around values": only(
        packed(inner("XML1", {tag: f"\n  \u00a0{value}\u200b " for tag, value in XML1.items()}))
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_however_it_is_packed_it_says_the_same(form):
    (claim,) = claims(FORMS[form])
    (plain,) = claims(FORMS["base64"])
    assert isinstance(claim, Claim)
    assert claim.tables == plain.tables
    assert claim.digest == plain.digest
    assert claim.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_envelope_in_other_encodings(encoding, tmp_path):
    text = PLAIN.replace("utf-8", encoding.removesuffix("-sig"))
    path = tmp_path / "hồ sơ.xml"
    path.write_bytes(text.encode(encoding))
    (claim,) = read_claims(path)
    assert claim == claims(PLAIN)[0]
    assert list(read_claims(str(path))) == [claim]


def test_a_declaration_is_not_needed():
    assert claims(envelope(hoso(WHOLE), declared="")) == claims(PLAIN)


def test_what_the_envelope_says_after_its_claims_is_found():
    head = "<THONGTINDONVI><MACSKCB>12001</MACSKCB></THONGTINDONVI>"
    moved = PLAIN.replace(head, "").replace("<CHUKYDONVI/>", head + "<CHUKYDONVI/>")
    (claim,) = claims(moved)
    assert (claim.facility, claim.made_on) == ("12001", "20240315")


def test_without_a_facility_in_the_envelope_the_claim_itself_says_it():
    (claim,) = claims(envelope(hoso(WHOLE), facility="", count="một"))
    assert (claim.facility, claim.stated) == ("12001", None)


def test_a_facility_named_inside_a_claim_is_not_the_senders():
    strange = (
        "<HOSO>" + file_of("XML1", "<A><MACSKCB>99999</MACSKCB><HO_TEN>A</HO_TEN></A>") + "</HOSO>"
    )
    assert {item.facility for item in claims(envelope(strange, hoso(WHOLE)))} == {"12001"}


def test_values_are_in_one_spelling():
    loose = one(HO_TEN="Gia\u0300ng A Tu\u0309a")
    (claim,) = claims(envelope(hoso({"XML1": [loose]})))
    assert claim.tables["XML1"][0]["HO_TEN"] == "Giàng A Tủa"


def test_codes_stay_text():
    (claim,) = claims(envelope(hoso({"XML1": [one(MA_DANTOC="08", MA_DOITUONG_KCB="1.10")]})))
    row = claim.tables["XML1"][0]
    assert (row["MA_DANTOC"], row["MA_DOITUONG_KCB"]) == ("08", "1.10")


def test_an_unknown_tag_is_kept_and_told():
    (claim,) = claims(envelope(hoso({"XML1": [one(MA_MOI="7")]})))
    assert claim.tables["XML1"][0]["MA_MOI"] == "7"
    assert claim.notes == (Note("unknown_tag", "XML1", "MA_MOI"),)
    assert claim.digest != claims(envelope(hoso({"XML1": [one(MA_MOI="8")]})))[0].digest


def test_of_a_tag_said_twice_the_first_that_says_something_stands():
    text = inner("XML1", XML1).replace(
        "</TONG_HOP>",
        "<MA_BN>khác</MA_BN><MA_NOI_DI/><MA_NOI_DI>12002</MA_NOI_DI><STT>1</STT></TONG_HOP>",
    )
    (claim,) = claims(only(packed(text)))
    assert (claim.tables["XML1"][0]["MA_BN"], claim.tables["XML1"][0]["MA_NOI_DI"]) == (
        "BN77",
        "12002",
    )
    assert claim.notes == (Note("repeated_tag", "XML1", "MA_BN"),)


def test_a_value_with_elements_in_it_is_their_text():
    (claim,) = claims(only(packed(inner("XML1", XML1).replace("Uống đủ", "<b>Uống</b> đủ"))))
    assert claim.tables["XML1"][0]["GHI_CHU"] == "Uống đủ nước"


def test_both_namings_of_a_referral_give_one():
    old = {
        "MA_LK": "LK0001",
        "MA_NOI_DI": "12015",
        "MA_NOI_DEN": "01001",
        "PP_DIEU_TRI": "Phẫu thuật",
    }
    new = {
        "MA_LK": "LK0001",
        "MA_CSKCB_DI": "12015",
        "MA_CSKCB_DEN": "01001",
        "TINH_TRANG_CT": "Tỉnh",
    }
    for row in (old, new):
        (claim,) = claims(envelope(hoso({"XML13": [row]})))
        (read,) = claim.tables["XML13"]
        assert (read["MA_CSKCB_DI"], read["MA_CSKCB_DEN"]) == ("12015", "01001")
        assert "MA_NOI_DI" not in read
        assert claim.notes == ()


@pytest.mark.parametrize("table", LISTS)
def test_every_table_is_found_under_its_root(table):
    row = {tag: f"{tag} một" for tag in FIELDS[table]}
    (claim,) = claims(envelope(hoso({table: [row, row] if len(LISTS[table]) > 1 else [row]})))
    assert claim.tables[table][0] == row
    assert len(claim.tables[table]) == (2 if len(LISTS[table]) > 1 else 1)
    assert claim.notes == ()


def test_one_paper_for_each_of_two_children():
    twins = "<HOSO>" + "".join(
        file_of("XML7", packed(inner("XML7", {"MA_LK": "LK0001", "SO_LUU_TRU": number})))
        for number in ("1", "2")
    ) + "</HOSO>"  # fmt: skip
    (claim,) = claims(envelope(twins))
    assert [row["SO_LUU_TRU"] for row in claim.tables["XML7"]] == ["1", "2"]
    assert list(claim.inner) == ["XML7", "XML7#2"]


def test_a_wrong_or_missing_label_gives_way_to_the_name_of_the_document():
    for label in ("XML2", "", "khác"):
        (claim,) = claims(only(packed(inner("XML1", XML1)), label))
        assert claim.code == "LK0001"
        assert claim.notes == (Note("mislabelled", "XML1", label),)


def test_a_document_without_a_label():
    bare = f"<HOSO><FILEHOSO><NOIDUNGFILE>{packed(inner('XML1', XML1))}</NOIDUNGFILE></FILEHOSO></HOSO>"
    (claim,) = claims(envelope(bare))
    assert claim.code == "LK0001"


def test_lists_and_rows_may_be_called_otherwise():
    text = inner("XML2", {"MA_LK": "LK0001", "TEN_THUOC": "Thuốc A"}, declared="")
    for name in (*LISTS["XML2"],):
        text = text.replace(name, "X_" + name[:3])
    (claim,) = claims(only(packed(text), "XML2"))
    assert claim.tables["XML2"][0]["TEN_THUOC"] == "Thuốc A"


def test_a_table_that_no_software_sends_is_kept_but_not_read():
    (claim,) = claims(
        envelope("<HOSO>" + file_of("XML12", packed("<A><HO_TEN>B</HO_TEN></A>")) + "</HOSO>")
    )
    assert claim.tables == {}
    assert claim.inner == {"XML12": b"<A><HO_TEN>B</HO_TEN></A>"}
    assert claim.notes == (Note("unknown_table", "XML12"),)
    assert claim.code == ""


def test_empty_tables_are_told():
    empty = file_of("XML2", "") + file_of(
        "XML3", packed("<CHITIEU_CHITIET_DVKT_VTYT><A/><B/></CHITIEU_CHITIET_DVKT_VTYT>")
    )
    (claim,) = claims(
        envelope(f"<HOSO>{file_of('XML1', packed(inner('XML1', XML1)))}{empty}</HOSO>")
    )
    assert claim.notes == (Note("empty_table", "XML2"), Note("empty_table", "XML3"))
    assert claim.tables["XML3"] == []


def test_a_hoso_in_a_hoso_is_no_claim_of_its_own():
    assert len(claims(envelope(hoso(WHOLE).replace("</HOSO>", "<HOSO/></HOSO>")))) == 1


def test_the_digest_tells_content_apart_and_nothing_else():
    (plain,) = claims(PLAIN)
    (other_day,) = claims(envelope(hoso(WHOLE), made_on="20250101"))
    (changed,) = claims(envelope(hoso(WHOLE | {"XML1": [one(CAN_NANG="61.60")]})))
    assert plain.digest == other_day.digest
    assert plain.digest != changed.digest
    assert len(plain.digest) == 64


def test_an_envelope_without_claims_has_none():
    assert claims(envelope()) == []


def test_one_broken_claim_loses_no_other():
    broken = (
        hoso(WHOLE)
        .replace("<NOIDUNGFILE>", "<NOIDUNGFILE>*", 2)
        .replace("<NOIDUNGFILE>*", "<NOIDUNGFILE>", 1)
    )
    first, middle, last = claims(envelope(hoso(WHOLE), broken, hoso(WHOLE)))
    assert (first.ordinal, last.ordinal, first.digest) == (1, 3, last.digest)
    assert isinstance(middle, Refused)
    assert (middle.ordinal, middle.code, middle.kind) == (2, "LK0001", "base64")
    assert (middle.facility, middle.made_on) == ("12001", "20240315")
    assert (
        middle.message
        == "Hồ sơ thứ 2, bảng XML5 có NOIDUNGFILE không phải base64 đúng (thiếu hoặc thừa ký tự)."
    )
    assert middle.advice
    assert middle.raw.decode() == broken


READ_ALL = """
import sys
sys.path.insert(0, sys.argv[2])
from hssk.exchange.formats.claims_xml import read_claims
print(sum(1 for _ in read_claims(sys.argv[1])))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def test_memory_does_not_grow_with_the_number_of_claims(tmp_path):
    long = hoso(WHOLE | {"XML1": [one(GHI_CHU="x" * 20_000)]})
    peaks = []
    for count in (20, 1000):  # of 30 KB each
        path = tmp_path / f"{count}.xml"
        path.write_text(envelope(*[long] * count), "utf-8")
        done = subprocess.run(
            [sys.executable, "-c", READ_ALL, path, ROOT], capture_output=True, text=True, check=True
        )
        read, peak = map(int, done.stdout.split())
        assert read == count
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 4_000  # KB, for 29 MB more of file


XML_TEXT = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"),
    max_size=30,
)


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(FIELDS["XML2"][1:]), XML_TEXT, min_size=1, max_size=8),
        min_size=1, max_size=4,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)  # fmt: skip
def test_what_is_written_is_read(rows, encoding):
    rows = [{"MA_LK": "LK1"} | row for row in rows]
    text = envelope(
        "<HOSO>"
        + file_of("XML2", packed(inner("XML2", *rows, declared="").encode(encoding)))
        + "</HOSO>",
        declared="",
    )
    (claim,) = claims(text.encode(encoding))
    expected = [{tag: clean(value) for tag, value in row.items()} for row in rows]
    found = [
        {tag: value for tag, value in row.items() if tag in expected[at]}
        for at, row in enumerate(claim.tables["XML2"])
    ]
    assert found == expected
