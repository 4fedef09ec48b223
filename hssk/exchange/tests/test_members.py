"""A list of members: whom its rows are about, what doing it writes, and taking it back."""

from datetime import date, datetime

import pytest
import xlsxwriter
from django.utils import timezone

from hssk.access.models import User
from hssk.coverage.services import figures
from hssk.exchange.errors import Refused
from hssk.exchange.models import MemberFile, MemberRow
from hssk.exchange.services import members
from hssk.kit.home import Home
from hssk.people.models import Listing, Membership, Person
from hssk.places.services import make_organisation
from tests.village import MARCH, commune, village

APRIL, MAY = date(2024, 4, 10), date(2024, 5, 10)
TODAY = date(2024, 6, 1)
COLUMNS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Tổ, bản")
STAFF = ("Giàng Thị Bịa", "Lò Văn Sẩm", "Tẩn A Mỷ")


def _listed(table):
    """Everybody of a table, listed with birth date and sex as a roster lists them."""
    made = village(table)
    for who in made.values():
        Listing.objects.filter(person=who.pk).update(
            birth_on=who.birth_on, birth_precision=who.birth_precision, sex=who.sex
        )
    return made


@pytest.fixture
def people(db):
    return _listed(
        """
        03403 | Bản Một | Giàng Thị Bịa | yes | born=1980-03-05 sex=2 household=1
        03403 | Bản Một | Lò Văn Sẩm    | no  | born=1975-11-20 sex=1 household=2
        03403 | Bản Hai | Tẩn A Mỷ      | no  | born=1990-01-09 sex=1 household=3
        03403 | Bản Hai | Vàng A Chô    | yes | born=1966-07-30 sex=1 household=4
        03404 | Bản Xa  | Phàn Thị Xa   | yes | born=1988-08-18 sex=2 household=5
        """
    )


@pytest.fixture
def school(people):
    return make_organisation(
        name="Trường THCS Bịa", kind="school", unit=commune("03403"), since=MARCH
    )


@pytest.fixture
def clerk(db):
    return User.objects.create_user("mai")


@pytest.fixture
def bring(school, clerk, tmp_path, settings):
    """Stage a list of these names; a name with a birth date by a comma."""
    settings.HOME = Home(tmp_path / "home").open()

    def brought(*lines, on=APRIL, whole=True, name="nhan_vien.xlsx"):
        with xlsxwriter.Workbook(tmp_path / name) as book:
            book.set_properties({"created": datetime(2024, 4, 10)})
            sheet = book.add_worksheet("Danh sách")
            sheet.write(0, 0, "DANH SÁCH CÁN BỘ, GIÁO VIÊN")
            sheet.write_row(2, 0, COLUMNS)
            for number, line in enumerate(lines, 1):
                who, _comma, born = line.partition(", ")
                sheet.write_row(2 + number, 0, (number, who, born, "", ""))
        return members.stage(
            tmp_path / name, school, on=on, whole=whole, by=clerk, at=timezone.now()
        )

    return brought


@pytest.fixture
def do(clerk):
    def done(file):
        plan = members.plan(file, by=clerk, today=TODAY)
        return members.carry_out(file, plan.digest, by=clerk, at=timezone.now())

    return done


def does(file, clerk):
    return [step.does for step in members.plan(file, by=clerk, today=TODAY).steps]


def belonging():
    """Everybody who ever belonged: name, since, until."""
    names = dict(Person.objects.values_list("pk", "name"))
    return sorted((names[one.person], one.since, one.until) for one in Membership.objects.all())


FIRST = ("Giàng Thị Bịa, 05/03/1980", "Lò Văn Sẩm, 20/11/1975")
SECOND = ("Lò Văn Sẩm, 20/11/1975", "Tẩn A Mỷ, 09/01/1990")


def test_a_list_names_residents_of_its_unit_and_makes_nobody(bring, do, clerk, people, school):
    before = Person.objects.count(), figures("03403", TODAY).counts
    file = bring(*FIRST, "Phàn Thị Xa, 18/08/1988", "Không Ai Cả, 01/01/1999", FIRST[0])
    assert does(file, clerk) == ["does", "does", "nobody", "nobody", "twice"]
    assert belonging() == []  # nothing is done when a file is read
    do(file)
    assert belonging() == [("Giàng Thị Bịa", APRIL, None), ("Lò Văn Sẩm", APRIL, None)]
    assert (Person.objects.count(), figures("03403", TODAY).counts) == before


def test_the_same_file_again_adds_nothing(bring, do, clerk):
    file = bring(*FIRST)
    do(file)
    assert bring(*FIRST) == file
    later = bring(*FIRST, on=MAY)
    assert does(later, clerk) == ["there", "there"]
    assert members.plan(later, by=clerk, today=TODAY).changes == 0


def test_a_newer_whole_list_ends_who_is_not_on_it_and_says_so_before(bring, do, clerk, people):
    do(bring(*FIRST))
    file = bring(*SECOND, on=MAY, name="moi.xlsx")
    plan = members.plan(file, by=clerk, today=TODAY)
    assert plan.ending == [people["Giàng Thị Bịa"].pk]
    do(file)
    assert belonging() == [
        ("Giàng Thị Bịa", APRIL, MAY), ("Lò Văn Sẩm", APRIL, None), ("Tẩn A Mỷ", MAY, None),
    ]  # fmt: skip


def test_taking_one_back_leaves_what_there_would_be_had_it_never_come(bring, do, clerk):
    first = bring(*FIRST)
    do(first)
    second = bring(*SECOND, on=MAY, name="moi.xlsx")
    do(second)
    members.take_back(first, by=clerk, at=timezone.now())
    assert belonging() == [("Lò Văn Sẩm", MAY, None), ("Tẩn A Mỷ", MAY, None)]
    members.take_back(second, by=clerk, at=timezone.now())
    assert belonging() == []
    assert MemberRow.objects.count() == 4  # what came stays as it came
    with pytest.raises(Refused):
        members.take_back(second, by=clerk, at=timezone.now())
    again = bring(*FIRST)
    assert again != first
    do(again)
    assert len(belonging()) == 2


def test_who_is_in_doubt_is_asked_and_the_answer_counts(bring, do, clerk, people):
    file = bring("Lò Văn Sâm, 1975")
    assert does(file, clerk) == ["asks"]
    row = file.rows.get()
    with pytest.raises(Refused):
        members.say_who(row, people["Tẩn A Mỷ"].pk, by=clerk, today=TODAY)
    do(file)
    assert belonging() == []
    members.say_who(row, people["Lò Văn Sẩm"].pk, by=clerk, today=TODAY)
    do(MemberFile.objects.get())
    assert belonging() == [("Lò Văn Sẩm", APRIL, None)]
    members.say_who(row, None, by=clerk, today=TODAY)
    do(MemberFile.objects.get())
    assert belonging() == []


def test_who_came_to_be_known_since_is_found_by_looking_again(bring, do, clerk):
    file = bring("Sùng Thị Mới, 02/02/1992")
    assert does(file, clerk) == ["nobody"]
    _listed("03403 | Bản Một | Sùng Thị Mới | no | born=1992-02-02 sex=2 household=9")
    assert members.find_again(file, by=clerk, today=TODAY) == 1
    do(file)
    assert belonging() == [("Sùng Thị Mới", APRIL, None)]


def test_nothing_is_done_that_was_not_shown(bring, clerk):
    file = bring(*FIRST)
    shown = members.plan(file, by=clerk, today=TODAY).digest
    _listed("03403 | Bản Ba | Giàng Thị Bịa | no | born=1980-03-05 sex=2 household=7")
    MemberRow.objects.filter(file=file).first().delete()
    with pytest.raises(Refused, match="đã có thay đổi"):
        members.carry_out(file, shown, by=clerk, at=timezone.now())


def test_the_blank_workbook_filled_in_is_read(school, clerk, tmp_path, people):
    import openpyxl

    path = tmp_path / "mau.xlsx"
    path.write_bytes(members.blank_members())
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    head = next(row[0].row for row in page.iter_rows() if row[1].value == "Họ và tên")
    page.cell(head + 1, 2, "Vàng A Chô")
    page.cell(head + 1, 3, "30/7/1966")
    book.save(path)
    file = members.stage(path, school, on=APRIL, whole=True, by=clerk, at=timezone.now())
    assert does(file, clerk) == ["does"]


def test_a_home_of_invented_people_takes_no_list_of_real_ones(bring, settings):
    settings.HSSK_INVENTED = True
    with pytest.raises(Refused, match="thành phố bịa"):
        bring(*FIRST)
