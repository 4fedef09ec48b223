"""Doubt the file before the row: a wrong file stops whole, before anything is applied."""

from django.db import connection
from django.utils.translation import gettext_noop as _n

from hssk.exchange import rules
from hssk.exchange.errors import Held
from hssk.exchange.models import Batch
from hssk.exchange.services.linking import Linked
from hssk.exchange.services.rosters import Places
from hssk.exchange.services.statements import covered_units
from hssk.kit.copying import array_of
from hssk.kit.numbers import format_number
from hssk.places.models import Hamlet
from hssk.places.services import lineage


def doubt(batch: Batch, linked: list[Linked], places: Places) -> None:
    """Raise Held when what was linked makes the file as a whole implausible.

    places  source row → (hamlet, household) for the rows of a roster; empty for records
    """
    units = covered_units(linked)
    if _newer_applied(batch, linked, units):
        raise Held(
            _n("Đã có một danh sách mới hơn của cùng đơn vị được nhập trước đó."),
            _n("Kiểm tra ngày của tệp. Nếu vẫn muốn nhập, hãy xác nhận nhập bằng được."),
        )
    matched, known = sum(item.known for item in linked), _should_match(batch, units, places)
    if rules.match_is_implausible(rows=len(linked), matched=matched, known=known):
        raise Held(
            _n(
                "Chỉ {matched} trên {rows} dòng khớp với {known} người đã biết ở các đơn vị này:"
                " quá ít để tin cả tệp."
            ),
            _n(
                "Kiểm tra: đúng tệp, đúng đơn vị, đúng cột chưa? Nếu tệp chỉ là một phần, ví dụ"
                " một tổ, bản, hãy nhập lại và đánh dấu “Tệp chỉ là một phần của đơn vị”. Nếu đúng,"
                " hãy xác nhận nhập."
            ),
            matched=format_number(matched),
            rows=format_number(len(linked)),
            known=format_number(known),
        )
    if batch.kind == Batch.ROSTER and not batch.partial:
        listed, still = _listed_before(units, linked)
        if rules.match_is_implausible(rows=listed, matched=still, known=listed):
            raise Held(
                _n("Danh sách trước có {listed} người, tệp này chỉ còn {still} người trong số đó."),
                _n(
                    "Nếu đúng là như vậy, hãy nhập lại và đánh dấu “Tệp chỉ là một phần của đơn"
                    " vị”."
                ),
                listed=format_number(listed),
                still=format_number(still),
            )


def _newer_applied(batch: Batch, linked: list[Linked], units: list[int]) -> bool:
    """Whether a newer file of these communes, or of what they became, was applied before; of a
    part, whether one spoke of its people, of whom it would take back what is known since."""
    people = array_of({item.person for item in linked if item.known and not item.unchanged})
    table = "people_listing" if batch.kind == Batch.ROSTER else "people_holding"
    unit = "h.unit_id" if batch.kind == Batch.ROSTER else "s.unit_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT EXISTS (SELECT FROM exchange_batch b
            WHERE b.state = 'applied' AND b.kind = %(kind)s AND b."on" > %(on)s AND EXISTS (
                SELECT FROM {table} s LEFT JOIN places_hamlet h ON h.id = s.hamlet_id
                JOIN people_person p ON p.id = s.person_id
                WHERE s.source = b.id AND {unit} = ANY(%(units)s)
                  AND (%(whole)s OR p.root = ANY(%(people)s::uuid[]))))""",
            {
                "kind": batch.kind,
                "on": batch.on,
                "units": list(lineage(units)),
                "whole": not batch.partial,
                "people": people,
            },
        )
        return cursor.fetchone()[0]


def _should_match(batch: Batch, units: list[int], places: Places) -> int:
    """How many people a true file should find: listed, or with a record, where it covers.

    A whole file covers its units. A part of a roster covers the hamlets that it names: of new ones
    nobody can be known; rows that name none may be of anywhere in the unit.
    """
    hamlets = {hamlet for hamlet, _household in places.values()}
    if batch.partial and batch.kind == Batch.ROSTER and _named(hamlets, places):
        return _listed_in(hamlets)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT GREATEST(
                (SELECT count(DISTINCT l.person_id) FROM people_listing l
                 JOIN places_hamlet h ON h.id = l.hamlet_id
                 WHERE h.unit_id = ANY(%(units)s) AND l.until IS NULL),
                (SELECT count(DISTINCT person_id) FROM people_holding
                 WHERE unit_id = ANY(%(units)s) AND until IS NULL))""",
            {"units": units},
        )
        return cursor.fetchone()[0]


def _named(hamlets: set[int], places: Places) -> bool:
    """Whether most rows name their hamlet."""
    unnamed = set(Hamlet.objects.filter(id__in=hamlets, key="").values_list("id", flat=True))
    silent = sum(hamlet in unnamed for hamlet, _household in places.values())
    return silent < len(places) / 2


def _listed_in(hamlets: set[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(DISTINCT person_id) FROM people_listing
            WHERE hamlet_id = ANY(%s) AND until IS NULL""",
            [list(hamlets)],
        )
        return cursor.fetchone()[0]


def _listed_before(units: list[int], linked: list[Linked]) -> tuple[int, int]:
    """(people listed in these units before, how many of them the new list still has)."""
    people = list({item.person for item in linked if item.known})
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(DISTINCT l.person_id),
                   count(DISTINCT l.person_id) FILTER (WHERE p.root = ANY(%s))
            FROM people_listing l JOIN people_person p ON p.id = l.person_id
            JOIN places_hamlet h ON h.id = l.hamlet_id
            WHERE h.unit_id = ANY(%s) AND l.until IS NULL""",
            [people, units],
        )
        return cursor.fetchone()
