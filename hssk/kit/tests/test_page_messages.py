"""The catalogue tool: finds every message, keeps translations, notices what is missing."""

import importlib
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "messages.py"


@pytest.fixture
def messages(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(SCRIPT.parent)
    monkeypatch.delitem(sys.modules, "messages", raising=False)
    tool = importlib.import_module("messages")
    for folder in ("hssk/room", "hssk/locale/en/LC_MESSAGES"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "LOCALE", tmp_path / "hssk" / "locale")
    (tmp_path / "hssk/room/a.py").write_text(
        '_("Một {tệp}")\nngettext("%(n)s hộ", "%(n)s hộ", n)\nraise Held("Tệp này chưa dùng được")\n'
        'x = "không phải thông báo"\n'
    )
    (tmp_path / "hssk/room/b.html").write_text(
        '{% load i18n %}<p title="{% translate \'Tên\' %}">it\'s {{ x|default:_("Chưa rõ") }}\n'
        "{% blocktranslate trimmed count n=n %}\n  {{ n }} %\n{% plural %}\n  {{ n }} %\n"
        '{% endblocktranslate %}{% translate "Bản" context "nơi ở" %}'
    )
    (tmp_path / "hssk/locale/en/LC_MESSAGES/django.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n'
    )
    return tool


def ids(catalog: Catalog):
    return {message.id for message in catalog if message.id}


def test_messages_are_found_in_python_and_in_templates(messages):
    assert ids(messages.collect()) == {
        "Một {tệp}", ("%(n)s hộ", "%(n)s hộ"), "Tệp này chưa dùng được", "Tên", "Chưa rõ", ("%(n)s %%", "%(n)s %%"), "Bản",
    }  # fmt: skip


def test_what_is_translated_stays_and_what_is_gone_goes(messages):
    messages.extract()
    path = messages._po("en")
    path.write_text(
        path.read_text().replace('msgid "Tên"\nmsgstr ""', 'msgid "Tên"\nmsgstr "Name"')
    )
    (messages.ROOT / "hssk/room/a.py").unlink()
    messages.extract()
    kept = messages.read("en")
    assert kept["Tên"].string == "Name"
    assert "Một {tệp}" not in ids(kept)
    once = path.read_text()
    messages.extract()
    assert path.read_text() == once


@pytest.mark.parametrize(
    ("english", "fault"),
    [("", "no English"), ("One {file}", "names differ"), ("One {tệp}", None)],
)
def test_a_missing_or_broken_translation_is_named(messages, english, fault):
    messages.extract()
    path = messages._po("en")
    path.write_text(
        path.read_text().replace(
            'msgid "Một {tệp}"\nmsgstr ""', f'msgid "Một {{tệp}}"\nmsgstr "{english}"'
        )
    )
    about = [line for line in messages.faults() if "Một" in line]
    assert [line.split(":")[0] for line in about] == ([fault] if fault else [])


def test_a_catalogue_compiles_without_gettext(messages):
    messages.extract()
    messages.compile_all()
    assert messages._po("en").with_suffix(".mo").stat().st_size > 0


def test_the_table_of_findings_is_collected_as_it_is_shown(messages):
    (messages.ROOT / "hssk/room/rules.py").write_text(
        'TEXTS: dict = {"name": {"same": "Cùng họ tên {a}", "typo": "Tên lệch chữ: {a} / {b}"}}\n'
    )
    found = messages.of_python(messages.ROOT / "hssk/room/rules.py")
    assert [message[0] for _line, message in found] == ["Cùng họ tên", "Tên lệch chữ"]


def test_on_shelves_without_django_every_written_sentence_is_a_message(messages):
    (messages.ROOT / "hssk/room/rules.py").write_text(
        '"""Không phải thông báo."""\n\nFAULTS = {"odd": ("Cột {column}: số lạ.", "Xem lại giấy tờ.")}\n'
        'KEY = "họ tên"\nx = f"Xin chào {KEY}."\n\n\ndef f():\n    """Cũng không phải."""\n'
    )
    found = [
        message[0] for _line, message in messages.of_python(messages.ROOT / "hssk/room/rules.py")
    ]
    assert found == ["Cột {column}: số lạ.", "Xem lại giấy tờ."]
