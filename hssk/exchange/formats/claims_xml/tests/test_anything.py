"""Whatever a claim says, it is asked everything and answers: nothing in a claim breaks its reading."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hssk.exchange.formats.claims_xml import (
    bill_of,
    births_of,
    findings_of,
    hints_of,
    identity_of,
    read_claims,
    resources_of,
)
from hssk.exchange.formats.claims_xml.tables import FIELDS
from hssk.exchange.formats.claims_xml.tests import sample
from hssk.exchange.formats.claims_xml.tests.making import envelope, hoso

ODD = st.one_of(
    st.sampled_from(
        ["", ";", " ; ;", "0", "1", "-1", "999999999999999", "999999999999999.9999999999", "0.0000000001",
         "1;2;3", "01", "00010101", "99991231", "999912312359", "195800000000", "202403110830", "J18.9", "†",
         "CSST<M>", "CSST<HA/>", "{table}", "{}", "%s", "\u202e", "Giàng A Tủa"]
    ),
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=20),
    st.from_regex(r"[0-9]{0,14}", fullmatch=True),
)  # fmt: skip


@st.composite
def claims(draw):
    tables = {}
    for table in draw(st.lists(st.sampled_from(list(FIELDS)), min_size=1, max_size=6, unique=True)):
        tags = st.sampled_from(FIELDS[table])
        changes = st.dictionaries(tags, ODD, max_size=12)
        whole = sample.EVERYTHING.get(table, [{"MA_LK": "LK1"}])[0]
        tables[table] = [whole | draw(changes)]
    return tables


@settings(max_examples=200)
@given(claims())
def test_any_claim_answers(tables):
    (claim,) = read_claims(envelope(hoso(tables)).encode())
    identity_of(claim)
    bill_of(claim)
    births_of(claim)
    hints_of(claim)
    made = resources_of(claim)
    assert len({each.resource["id"] for each in made}) == len(made)
    for finding in findings_of(claim, icd=lambda code, edition: None):
        assert finding.text
