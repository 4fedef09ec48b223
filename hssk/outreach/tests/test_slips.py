"""A slip for each household that is asked, whose code says nothing; calls that name nobody."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.coverage.tests.test_screens import text
from hssk.kit.text import fold
from hssk.outreach.errors import CannotIssue
from hssk.outreach.models import Invitation, Slip
from hssk.outreach.papers.slips import code_as_svg, slips_as_pdf
from hssk.outreach.rules import Purpose, messages
from hssk.outreach.services import Session, invite
from hssk.people.models import Holding
from hssk.people.services import object_to_lists
from hssk.places.models import Hamlet
from hssk.places.services import remove
from tests.village import MARCH, commune, hamlet, lives, on_duty, person, recorded

PLACE = "Bản Tưởng Tượng, Xã Giả Định"
NOW = timezone.make_aware(datetime(2024, 4, 1, 9))
CALL = messages.Call(
    "Bản Tưởng Tượng", "đến trạm lập hồ sơ", "Trạm y tế xã Giả Định",
    datetime(2026, 12, 5, 7, 30), "căn cước, thẻ bảo hiểm y tế",
)  # fmt: skip


def invited(place, nurse, **more) -> Invitation:
    session = {"hamlet": place, "purpose": Purpose.NO_RECORD, "on": MARCH,
               "place": "Trạm y tế", "at": NOW + timedelta(days=4), **more}  # fmt: skip
    return invite(Session(**session), by=nurse, now=NOW)


def test_each_household_that_is_asked_gets_one_slip(place, people, nurse):
    lives(person("Ở Một Mình"), place)
    slips = invited(place, nurse).slips.all()
    assert len(slips) == 10
    assert {slip.called for slip in slips} == {
        one.name for name, one in people.items() if len(name) == 8 and (ord(name[-1]) - 65) % 4 == 0
    } | {"Lò Thị CC", "Lò Thị GG", "Lò Thị KK"}
    assert len({slip.token for slip in slips}) == 10


def test_a_head_who_objects_is_not_named_and_the_household_is_invited(place, people, nurse):
    object_to_lists(people["Lò Thị A"], by=nurse, at=NOW)
    slip = invited(place, nurse).slips.get(household__number="1")
    assert (slip.called, slip.head) == ("", None)


def test_where_only_who_objects_is_asked_no_slip_goes(place, people, nurse):
    for one in people.values():
        object_to_lists(one, by=nurse, at=NOW)
    with pytest.raises(CannotIssue, match="Không có hộ nào"):
        invited(place, nurse)


def test_where_few_households_are_asked_every_household_gets_a_slip(place, people, nurse):
    for name, one in people.items():
        if name != "Lò Thị A" and not Holding.objects.filter(person=one).exists():
            recorded(one, place.unit, decided=True)
    assert invited(place, nurse).slips.count() == 10


def test_nobody_is_invited_to_what_is_over(place, nurse):
    with pytest.raises(CannotIssue, match="trong vòng một năm"):
        invited(place, nurse, at=NOW)


def test_slips_are_set_twenty_four_a_page(place, nurse):
    invitation = invited(place, nurse)
    many = list(invitation.slips.select_related("household")) * 5
    for count, pages in ((1, 1), (24, 1), (25, 2), (48, 2), (49, 3)):
        paper = slips_as_pdf(invitation, many[:count], PLACE)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == pages, count


def test_slips_printed_again_are_the_same_and_tell_no_other_moment(place, nurse):
    """The second of the printing stood in the file: no two prints were the same."""
    invitation = invited(place, nurse)
    paper = slips_as_pdf(invitation, invitation.slips.order_by("pk"), PLACE)
    made = PdfReader(BytesIO(paper)).metadata.creation_date
    assert made == invitation.issued_at


def test_for_envelopes_each_slip_is_a_page_that_says_the_same(place, nurse):
    invitation = invited(place, nurse)
    slips = list(invitation.slips.select_related("household"))
    paper = PdfReader(BytesIO(slips_as_pdf(invitation, slips, PLACE, enveloped=True)))
    assert len(paper.pages) == len(slips)
    for page, slip in zip(paper.pages, slips, strict=True):
        said = page.extract_text()
        assert slip.called in said
        assert "Trạm y tế" in said
        assert round(float(page.mediabox.width) / 72 * 25.4) == 148


def test_a_head_who_objects_later_is_not_on_the_slip_that_is_printed(client, place, people, nurse):
    invitation = invited(place, nurse)
    object_to_lists(people["Lò Thị A"], by=nurse, at=NOW)
    client.force_login(nurse)
    client.get(f"/lists/invitations/{invitation.pk}/slips.pdf")
    named = Look.objects.get(act="hand").people
    assert people["Lò Thị A"].pk not in named
    assert len(named) == 9


def test_a_code_draws_every_dark_module_once():
    import qrcode

    code = qrcode.QRCode(border=0, error_correction=0, mask_pattern=3)
    code.add_data("HSSK-1")
    code.make()
    dark = sum(map(sum, code.modules))
    drawn = code_as_svg("HSSK-1")
    assert sum(int(part.split("v1")[0]) for part in drawn.split("h")[1:] if "v1" in part) == dark


def test_a_hamlet_and_a_household_that_papers_name_stay(place, nurse):
    slip = invited(place, nurse).slips.first()
    empty = hamlet("03403", "Bản Không Ai")
    remove(hamlets=[place.pk, empty.pk], households=[slip.household_id])
    assert Hamlet.objects.filter(pk=place.pk).exists()
    assert Slip.objects.get(pk=slip.pk).household
    assert not Hamlet.objects.filter(pk=empty.pk).exists()


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.CARD])
def test_nobody_is_sent_to_the_station_and_to_another_place(client, place, nurse, purpose):
    invitation = invited(place, nurse, purpose=purpose)
    Invitation.objects.update(place="Nhà văn hóa bản")
    invitation.refresh_from_db()
    paper = slips_as_pdf(invitation, invitation.slips.select_related("household"), PLACE)
    client.force_login(nurse)
    page = client.get(f"/lists/invitations/{invitation.pk}/")
    said = [words for _how, words in page.context["calls"]]
    for one in (*said, PdfReader(BytesIO(paper)).pages[0].extract_text()):
        assert "nha van hoa ban" in fold(one)
        assert "den tram" not in fold(one)


def test_calls_name_the_place_and_the_time():
    for said in (messages.for_loudspeaker(CALL), messages.for_zalo(CALL),
                 " ".join(messages.for_poster(CALL))):  # fmt: skip
        assert "Trạm y tế xã Giả Định" in said
        assert "7 giờ 30, thứ bảy, ngày 5/12/2026" in said
        assert "Bản Tưởng Tượng" in said


@pytest.mark.parametrize("place", ["Trạm y tế xã Giả Định", "Nhà văn hóa " * 20])
def test_an_sms_is_one_part_of_plain_letters(place):
    said = messages.for_sms(messages.Call(CALL.hamlet, CALL.task, place, CALL.at, CALL.bring))
    assert len(said) <= messages.LONGEST_SMS
    assert said.isascii()
    assert said.endswith("Mang can cuoc, the bao hiem y te.")
    assert "07:30 5/12" in said


def test_an_sms_breaks_no_number_and_has_no_sign_that_counts_twice():
    place = "Nhà văn hóa [cũ] {khu 2}, đường Trần Phú, phường Tân Phong, đối diện trường, số {}"
    for number in range(1, 2000, 37):
        at = place.replace("{}", str(number))
        said = messages.for_sms(messages.Call(CALL.hamlet, CALL.task, at, CALL.at, CALL.bring))
        assert not set(said) & set("[]{}|^~`")
        assert not re.search(r"so (\d+)\. Mang", said) or f"so {number}. Mang" in said
    assert "Nha van hoa (cu) (khu 2)" in said


def test_the_pages_make_print_and_open_slips(client, place, nurse):
    client.force_login(nurse)
    page = f"/lists/hamlet/{place.pk}/invite/"
    assert "Chưa có hồ sơ sức khỏe: 20 người" in text(client.get(page))
    said = {
        "purpose": "no-record",
        "place": "Trạm y tế",
        "at": f"5/12/{timezone.localdate().year + (timezone.localdate().month > 11)} 7:30",
    }
    assert "Hãy ghi ngày và giờ" in text(client.post(page, {**said, "at": "mai"}))
    for odd in ("1/1/0001 0:00", "31/12/9999 23:59", "9999-12-31T23:59Z", "9999-12-31T23:59-12:00"):
        assert client.post(page, {**said, "at": odd}).status_code == 200
    made = client.post(page, said).headers["Location"]
    assert "10 hộ" in text(client.get(made))
    assert "Lò Thị E" not in text(client.get(made))
    for shape in ("", "?as=envelopes"):
        assert client.get(f"{made}slips.pdf{shape}").content[:4] == b"%PDF"
    assert {len(look.people) for look in Look.objects.filter(act="hand")} == {10}
    slip = Slip.objects.first()
    assert client.get(f"/lists/slips/{slip.pk}/").headers["Location"] == (
        f"/coverage/household/{slip.household_id}/"
    )
    code = slip.pk.hex.upper()
    for typed in (f"HSSK-{code}", code.lower(), f" hssk{code} "):
        assert client.get("/lists/slips/", {"code": typed}).headers["Location"] == (
            f"/lists/slips/{slip.pk}/"
        )
    assert client.get("/lists/slips/", {"code": code[:-1]}).headers["Location"] == "/lists/"
    assert "Chưa đọc được mã phiếu" in text(client.get("/lists/"))
    client.force_login(on_duty("khac", Role.CLINICIAN, commune("03387")))
    for path in (page, made, f"{made}slips.pdf", f"/lists/slips/{slip.pk}/"):
        assert client.get(path).status_code == 404, path
