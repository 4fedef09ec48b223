"""What an update leaves behind it."""

from hssk.config.schema import count_whoever_waits
from hssk.coverage.models import Due, LedgerRow
from tests.village import JANUARY, hamlet, lives, person


def test_whoever_an_update_leaves_to_be_counted_is_counted_in_it(fresh_database):
    somebody = person("Lò Thị Chờ")
    lives(somebody, hamlet("03403", "Bản Chờ"), JANUARY)
    assert Due.objects.exists()
    assert not LedgerRow.objects.exists()
    count_whoever_waits()
    assert not Due.objects.exists()
    assert list(LedgerRow.objects.values_list("person", flat=True)) == [somebody.pk]
