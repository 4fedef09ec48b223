"""What is read out of a text is what the parser reads in it, and what it refuses is left to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hssk.exchange.formats.claims_xml import written
from hssk.exchange.formats.claims_xml.bounds import Bounds
from hssk.exchange.formats.claims_xml.inner import parse, rows_of
from hssk.exchange.formats.claims_xml.tests.making import DECLARED, XML1, inner, tags
from hssk.exchange.formats.claims_xml.tests.sample import XML2
from hssk.exchange.formats.claims_xml.written import learn, rows_as_before
from hssk.exchange.formats.errors import UnreadableFile

BOUNDS = Bounds()
ROW = ("<STT>1</STT>", "<TEN_THUOC>Thuốc A</TEN_THUOC>", "<MA_THUOC></MA_THUOC>")


@pytest.fixture(autouse=True)
def _nothing_learnt_yet():
    """A process learns so many forms and no more."""
    written._learned.clear()
    written._forms.clear()


def document(*rows, head=DECLARED, between=""):
    listed = between.join(f"<R>{''.join(row)}</R>" for row in rows)
    return f"{head}<A><B>{listed}</B></A>".encode()


def learnt(data, table="XML2"):
    learn(data, table, parse(data, "", BOUNDS))


def parsed(data, table="XML2"):
    """What the parser reads; [] where it refuses the document or finds it odd."""
    try:
        rows, notes = rows_of(parse(data, "", BOUNDS), table, "", BOUNDS)
    except UnreadableFile:
        return []
    return [] if notes else rows


@pytest.mark.parametrize("table", ["XML1", "XML2"])
@pytest.mark.parametrize("between", ["", "\r\n    "])
def test_the_next_document_of_a_program_needs_no_parser(table, between):
    row = {"XML1": XML1, "XML2": XML2}[table]
    learnt(inner(table, row).replace("><", f">{between}<").encode(), table)
    rows = [row | {"MA_LK": "LK2 <\"&'>"}, row | {"STT": " 2 ", "MA_KHOA": "a\u0301\u00a0"}]
    other = inner(table, *rows[: 1 if table == "XML1" else 2])
    data = other.replace("><", f">{between}<").encode()
    assert rows_as_before(data, table, BOUNDS) == parsed(data, table) != []


@pytest.mark.parametrize("around", ["", "ơ", " "])
def test_every_letter_is_kept_as_the_parser_keeps_it(around):
    """A hurried reading that leaves a blank or a mark as it is would make two texts of one."""
    learnt(document(ROW))
    for sign in map(chr, (*range(32, 0x2100), 0x2126, 0x3000, 0xAC00, 0xFB01, 0xFEFF, 0x1F600)):
        if sign not in "<&":
            data = document((ROW[0], f"<TEN_THUOC>{around}{sign}{around}</TEN_THUOC>", ROW[2]))
            assert rows_as_before(data, "XML2", BOUNDS) == parsed(data) != [], hex(ord(sign))


ODD = st.sampled_from([
    *ROW, *ROW, "<TEN_THUOC>a\r\nb\rc </TEN_THUOC>", "<MA_THUOC/>", "<STT k='v'>2</STT>", "<STT >2</STT >",
    "<LA>x</LA>", "<STT><b>1</b>2</STT>", "<!-- một -->", "<!--<STT>7</STT>-->", "<!--B>-->", "<?x <STT>?>",
    "<STT>&lt;a&amp;gt;&quot;</STT>", "<STT>&#49;</STT>", "<STT>&khac;</STT>", "<STT>&amp</STT>", "<STT>]]></STT>",
    "<STT>1<STT>", "</STT>", "</R><R>", "</B><B>", "<R>", "<", ">", "&", "chữ", " \n", "\x00", "\x0b", "\ufffe", "\x85",
    "<![CDATA[<STT>8</STT>]]>", "<x:STT xmlns:x='urn:x'>5</x:STT>", "<STT>\u2003a\u0301\u200b</STT>",
])  # fmt: skip
ANY_ROWS = st.lists(st.lists(ODD, max_size=4) | st.just(list(ROW)), min_size=1, max_size=3)


@settings(max_examples=400)
@given(ANY_ROWS, st.sampled_from(["", " \n", "chữ", "<!--", "]]>", "</B><B>"]))
def test_what_is_read_out_of_a_text_is_what_the_parser_reads(rows, between):
    learnt(document(ROW))
    data = document(*rows, between=between)
    assert rows_as_before(data, "XML2", BOUNDS) in ([], parsed(data))


@settings(max_examples=300)
@given(st.binary(max_size=6), st.integers(0, 200), st.integers(0, 12))
def test_damage_anywhere_is_seen(noise, at, over):
    whole = document(ROW, ROW)
    learnt(whole)
    data = whole[:at] + noise + whole[at + over :]
    assert rows_as_before(data, "XML2", BOUNDS) in ([], parsed(data))


@pytest.mark.parametrize(
    "odd",
    [
        document(ROW).replace(b"<A>", b"<A x='1'>"), document(ROW).replace(b"<A>", b"<A><!-- <R> -->"),
        document(ROW, ROW).replace(b"</R><R>", b"</R></B><C><R>").replace(b"</B></A>", b"</C></A>"),
        f"{DECLARED}<R>{tags({'STT': '1'})}</R>".encode(), document([*ROW, ROW[0]]), document([*ROW, "<LA>1</LA>"]),
    ],
)  # fmt: skip
def test_what_is_odd_around_the_rows_is_never_taken_for_a_form(odd):
    learnt(document(ROW))
    learnt(odd)
    assert rows_as_before(document(ROW), "XML2", BOUNDS) == parsed(document(ROW))


def test_a_file_of_ever_other_forms_is_read_by_the_parser():
    for number in range(written._MOST_LEARNED + 10):
        learnt(document(ROW).replace(b"R>", b"R%d>" % number))
    assert len(written._learned) == written._MOST_LEARNED
    assert rows_as_before(document(ROW).replace(b"R>", b"R105>"), "XML2", BOUNDS) == []


def test_bounds_hold_without_the_parser():
    learnt(document(ROW))
    for small in (Bounds(decoded=20), Bounds(elements=5), Bounds(text=20), Bounds(levels=2)):
        assert rows_as_before(document(ROW), "XML2", small) == []
    learnt(f"<R>{''.join(ROW)}</R>".encode())
    assert rows_as_before(f"<R>{''.join(ROW)}</R>".encode(), "XML2", BOUNDS) != []
    assert rows_as_before(f"<R>{''.join(ROW)}</R>".encode() * 2, "XML2", BOUNDS) == []
