"""When a goal will be met and what is known of the yield, in the words of the active language."""

from datetime import date

from django.utils.translation import gettext as _

from hssk.kit.numbers import format_date, format_decimal, format_number
from hssk.kit.words import count_of, language
from hssk.outreach.models import Campaign
from hssk.outreach.rules.forecasting import Forecast
from hssk.outreach.services.planning import Ground


def yield_words(ground: Ground) -> str:
    """Which part of those invited is expected to come, and from where that is known."""
    share = format_decimal(100 * ground.share, 0, language())
    if not ground.sessions:
        return _(
            "Chưa có buổi nào ghi kết quả: tạm tính {share} % người còn lại đến mỗi lần đi. Đó là "
            "giả định, sẽ được thay bằng kết quả thật."
        ).format(share=share)
    return _("Theo {n} buổi đã diễn ra: khoảng {share} % người còn lại đến mỗi lần đi.").format(
        n=ground.sessions, share=share
    )


def forecast_words(campaign: Campaign, ground: Ground, told: Forecast) -> list[str]:
    """When the goal will be met by what is planned, and what would be needed."""
    if ground.wanted == 0:
        return [_("Đã đạt mục tiêu.")]
    few, some, many = (count_of(number, "person") for number in told.reached)
    said = [_when(told)]
    if told.curves and told.curves[1]:
        said.append(
            _("Các buổi đã lập đưa thêm khoảng {some} vào hồ sơ (từ {few} đến {many}).").format(
                few=few, some=some, many=many
            )
        )
    if told.middle is None:
        said.append(_needed(campaign, told))
    return said


def _when(told: Forecast) -> str:
    if told.middle is None and told.early is None:
        return _("Các buổi đã lập chưa đủ để đạt mục tiêu.")
    if told.middle is None:
        return _("Chỉ khi nhiều người đến mới đạt, sớm nhất ngày {early}.").format(
            early=_day(told.early or date.max)
        )
    if told.late is None:
        return _(
            "Dự kiến đạt vào ngày {middle}, sớm nhất {early}; nếu ít người đến thì chưa đạt."
        ).format(middle=_day(told.middle), early=_day(told.early or told.middle))
    return _("Dự kiến đạt vào ngày {middle} (từ {early} đến {late}).").format(
        middle=_day(told.middle), early=_day(told.early or told.middle), late=_day(told.late)
    )


def _day(day: date) -> str:
    return format_date(day, language())


def _needed(campaign: Campaign, told: Forecast) -> str:
    if not campaign.teams.exists():
        return _("Hãy thêm đội để biết cần bao nhiêu ngày đi nữa.")
    if told.more_days is None:
        return _(
            "Chỉ đi các bản thì không đạt được: những người còn lại đi vắng, không muốn, hoặc "
            "không đến. Cần cách khác: lập hồ sơ tại trạm, tại trường, tại nơi làm."
        )
    return _("Cần thêm khoảng {days} ngày đi của một đội.").format(
        days=format_number(told.more_days, language())
    )
