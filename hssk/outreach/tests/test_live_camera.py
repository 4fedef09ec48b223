"""A card before a camera: read in the page, and nothing of the picture leaves it.

Debian's browser takes a film for a camera and has no BarcodeDetector: what decodes is the reader of
photographs (zxing-cpp), put in its place. All else is real: the camera, the page, its presses.
"""

import base64
from contextlib import contextmanager
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from hssk.kit.pictures import codes_in
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.kit.tests.test_pictures import CARD, photograph
from hssk.outreach.services.planning import SessionSaid, make_session

READER = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect(video) {
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    canvas.getContext("2d").drawImage(video, 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/png" });
    const text = await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.split(",")[1]);
      reader.readAsDataURL(blob);
    });
    return (await window.decode(text)).map((rawValue) => ({ rawValue }));
  }
};
"""


def decode(text):
    picture = base64.b64decode(text)
    return codes_in(BytesIO(picture), len(picture))


@pytest.fixture
def session(place, nurse):
    said = SessionSaid(unit=place.unit, hamlets=[place.pk], on=timezone.localdate(),
                       place="Nhà văn hóa bản", staff="Y tá")  # fmt: skip
    return make_session(said, by=nurse, at=timezone.now())


@pytest.fixture
def day(client, session, nurse):
    client.force_login(nurse)
    return client.get(reverse("plans:day", args=[session.pk]), headers={"host": "127.0.0.1"}).text


@pytest.mark.parametrize(
    ("host", "secure", "opens"),
    [("tram.lan", False, False), ("tram.lan", True, True), ("127.0.0.1:8000", False, True),
     ("[::1]:8000", False, True), ("localhost", False, True)],
)  # fmt: skip
def test_the_camera_is_for_this_page_alone_and_for_a_line_that_is_safe(
    client, session, nurse, settings, host, secure, opens
):
    settings.ALLOWED_HOSTS = ["*"]
    client.force_login(nurse)
    where = {"headers": {"host": host}, "secure": secure}
    page = client.get(reverse("plans:day", args=[session.pk]), **where)
    assert ("camera=(self)" in page.headers["Permissions-Policy"]) is opens
    assert ("chưa mã hóa (TLS)" in page.text) is not opens
    assert ("data-camera" in page.text) is opens
    other = client.get(reverse("plans:queue", args=[session.pk]), **where)
    assert "camera=()" in other.headers["Permissions-Policy"]


def plain(side=640):
    """A picture of a table without a card."""
    out = BytesIO()
    Image.new("L", (side, side), 120).save(out, "JPEG")
    return out.getvalue()


@contextmanager
def before_camera(tmp_path, picture, day):
    """The page of the day in a browser whose camera shows one picture for ever."""
    film = tmp_path / "film.mjpeg"
    film.write_bytes(picture * 5)
    more = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
            "--unsafely-treat-insecure-origin-as-secure=http://hssk.test")  # fmt: skip
    with browser_page(360, more=more) as page:
        page.expose_function("decode", decode)
        page.add_init_script(READER + "addEventListener('submit', (event) => {"
                             " event.preventDefault(); event.target.dataset.sent = 1; });")  # fmt: skip
        show(page, day)
        page.wait_for_selector("[data-start]")
        yield page


def test_a_card_before_the_camera_is_read_and_no_frame_is_sent(day, tmp_path):
    with before_camera(tmp_path, photograph(), day) as page:
        sent = []
        page.on("request", lambda request: sent.append(request.url))
        page.click("[data-start]")
        page.wait_for_selector("form[data-sent]", timeout=20_000)
        assert page.input_value("[name=scanned]") == CARD
        assert page.evaluate("document.querySelector('[name=photo]').files.length") == 0
        assert page.evaluate("document.querySelector('video').srcObject") is None
        assert sent == []


def test_the_camera_goes_off_by_a_press(day, tmp_path):
    with before_camera(tmp_path, plain(), day) as page:
        page.click("[data-start]")
        page.wait_for_selector("video:not([hidden])")
        assert violations(page) == []
        kept = "document.querySelector('video').srcObject"
        track = page.evaluate_handle(f"{kept}.getTracks()[0]")
        assert track.evaluate("track => track.readyState") == "live"
        page.click("[data-stop]")
        assert track.evaluate("track => track.readyState") == "ended"
        assert page.evaluate(kept) is None
        page.wait_for_selector("[data-start]:focus")


def test_where_the_browser_reads_no_codes_the_photograph_stays_and_no_camera_is_offered(day):
    with browser_page(360) as page:
        show(page, day)
        assert page.evaluate("'BarcodeDetector' in window") == page.is_visible("[data-start]")
        assert page.is_visible("[name=photo]")
