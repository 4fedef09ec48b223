"""The gateway by which software of a facility sends claims: files in, receipts out.

In the shape of provincial hubs, so that software needs only another address: domain.md §2.5. Who
asks has shown a token (access/views/senders.py) and acts as its account.
"""

import base64
import binascii
import hashlib
import time
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.models import Sender
from hssk.access.policy import for_senders
from hssk.access.rights import Right
from hssk.access.views.doorkeeper import access
from hssk.access.views.senders import answer, json_of, length_of, only
from hssk.exchange.errors import Refused
from hssk.exchange.services import gateway, working

EDITIONS = ("130", "4750", "3176", "1931")  # loaiHoSo: the decision whose tables a file has
RETRY = 10  # seconds
PATIENCE = 60.0  # seconds in which files of one request are looked at: others wait meanwhile
_FORM = "multipart/form-data"
_SMALL = 10_000  # bytes of a question


@for_senders(Right.FILES)
def send(request: HttpRequest) -> JsonResponse:
    """Take files in: JSON with `files`, each in base64, or a form with files as they are. A receipt
    for each, or why not."""
    if request.method != "POST":
        return only("POST")
    length = length_of(request)
    if length < 0:
        return _none_taken(411, _("Yêu cầu phải ghi độ dài (Content-Length)."))
    if length > settings.GATEWAY_LARGEST:
        most = settings.GATEWAY_LARGEST >> 20
        words = _("Yêu cầu quá {most} MB. Hãy gửi ít hồ sơ hơn trong một lần.")
        return _none_taken(413, words.format(most=most))
    said = _form_of(request) if request.content_type == _FORM else json_of(request.read(length))
    if said is None:
        what = _("biểu mẫu") if request.content_type == _FORM else "JSON"
        return _none_taken(400, _("Nội dung không phải {what} đúng.").format(what=what))
    if refusal := _wrong(said, _sender(request)) or _busy():
        return refusal
    return _answered(list(_results(request, said["files"])))


def _form_of(request: HttpRequest) -> dict[str, Any] | None:
    """What a form says, as if it were JSON: its fields, and every file of it, whatever its field is
    called; None where it is no form, or has more fields or files than anybody sends."""
    try:
        said = dict(request.POST.items())
        said["files"] = [file for _field, files in request.FILES.lists() for file in files]
    except (MultiPartParserError, SuspiciousOperation):
        return None
    return said


def _busy() -> JsonResponse | None:
    """One request is looked at at a time: pages need the other threads of the server."""
    if gateway.is_free():
        return None
    busy = _none_taken(429, _("Máy chủ đang xem một lần gửi khác. Hãy gửi lại sau ít giây."))
    busy["Retry-After"] = str(RETRY)
    return busy


def _wrong(said: dict[str, Any], sender: Sender) -> JsonResponse | None:
    """What is wrong with a request as a whole; None where nothing is."""
    files = said.get("files")
    if not isinstance(files, list) or not files:
        return _none_taken(400, _(
            "Thiếu tệp: trong JSON là files, mỗi tệp một chuỗi base64; trong biểu mẫu "
            "(multipart/form-data) là các trường tệp."
        ))  # fmt: skip
    if len(files) > settings.GATEWAY_MOST_FILES:
        most = _("Một lần gửi nhiều nhất {most} tệp.").format(most=settings.GATEWAY_MOST_FILES)
        return _none_taken(413, most, len(files))
    if str(said.get("loaiHoSo", EDITIONS[0])) not in EDITIONS:
        kinds = ", ".join(EDITIONS)
        return _none_taken(400, _("loaiHoSo phải là một trong: {kinds}.").format(kinds=kinds))
    stated = said.get("maCSKCB", sender.facility.code)
    if not isinstance(stated, str) or stated.strip().upper() != sender.facility.code:
        own = _("maCSKCB phải là {code}, cơ sở của tài khoản này.")
        return _none_taken(403, own.format(code=sender.facility.code), len(files))
    return None


def _results(request: HttpRequest, files: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """What came of each file of a request, until it has taken too long."""
    give_up = time.monotonic() + PATIENCE
    for number, sent in enumerate(files, 1):
        if time.monotonic() < give_up:
            yield _result(request, number, sent)
        else:
            late = _("Chưa xem đến tệp thứ {number}. Hãy gửi lại tệp ấy trong một lần khác.")
            yield _failed(late.format(number=number))


def _result(request: HttpRequest, number: int, sent: Any) -> dict[str, Any]:
    """What came of one file of a request: its receipt, or what is wrong and what to do."""
    try:
        content = sent.read() if isinstance(sent, UploadedFile) else _unpacked(sent)
    except (AttributeError, ValueError, binascii.Error):
        said = _("Tệp thứ {number} không phải chuỗi base64 đúng.").format(number=number)
        return _failed(said)
    try:
        receipt = gateway.take(
            _sender(request), content, on=timezone.localdate(), access=access(request)
        )
    except Refused as refused:
        words = _(refused.message), _(refused.advice)
        return _failed(" ".join(filter(None, words)).format(**refused.params))
    told = gateway.told_of(receipt)
    return {
        "maGiaoDich": receipt.code, "trangThai": told.state, "hoSoLoi": _listed(told.faults)
    }  # fmt: skip


def _unpacked(text: Any) -> bytes:
    return base64.b64decode("".join(text.lstrip("\ufeff").split()), validate=True)


def _failed(said: str) -> dict[str, Any]:
    return {"maGiaoDich": "", "trangThai": gateway.FAILED, "maLoi": said, "hoSoLoi": []}


def _listed(faults: list[tuple[int, str, str]]) -> list[dict[str, Any]]:
    return [{"hoSo": number, "maLoi": why, "thongDiep": said} for number, why, said in faults]


def _answered(results: list[dict[str, Any]]) -> JsonResponse:
    """The answer about all files of a request; the same files give the same `batchId`."""
    codes = [one["maGiaoDich"] for one in results if one["maGiaoDich"]]
    status, failed = (200 if codes else 400), len(results) - len(codes)
    said = _("Nhận {taken} tệp, không nhận {failed} tệp.").format(taken=len(codes), failed=failed)
    batch = hashlib.sha256(" ".join(codes).encode()).hexdigest()[:24] if codes else ""
    return answer(
        status, said, batchId=batch, totalSuccess=len(codes), totalFailed=failed,
        fileResults=results,
    )  # fmt: skip


def _none_taken(status: int, said: str, files: int = 0) -> JsonResponse:
    return answer(status, said, batchId="", totalSuccess=0, totalFailed=files, fileResults=[])


@for_senders(Right.FILES)
def status(request: HttpRequest) -> JsonResponse:
    """What became of a file, by the code of its receipt; somebody else's is as one that is not."""
    working.resume()
    code = _code_asked(request)
    receipt = gateway.receipt_of(_sender(request), code) if code else None
    if receipt is None:
        return answer(404, _("Không có mã giao dịch này trong các lần gửi của tài khoản."))
    told = gateway.told_of(receipt)
    counts = {
        name: told.counts.get(key)
        for name, key in (("soHoSo", "rows"), ("soNhan", "accepted"), ("soLoi", "rejected"))
    }
    received = timezone.localtime(receipt.at).isoformat(timespec="seconds")
    return answer(
        200, told.said, maGiaoDich=receipt.code, trangThai=told.state, thoiGianTiepNhan=received,
        **counts, hoSoLoi=_listed(told.faults),
    )  # fmt: skip


def _code_asked(request: HttpRequest) -> str:
    """The code that a question names, in its address or its JSON; "" where it is none."""
    said: dict[str, Any] = {"maGiaoDich": request.GET.get("maGiaoDich", "")}
    if request.method == "POST" and 0 <= length_of(request) <= _SMALL:
        said |= json_of(request.read(_SMALL)) or {}
    code = said["maGiaoDich"]
    return code if isinstance(code, str) and code.isascii() and code.isalnum() else ""


def _sender(request: HttpRequest) -> Sender:
    return cast(Sender, request.sender)  # type: ignore[attr-defined]
