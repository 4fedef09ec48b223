"""A nurse at a laptop with LibreOffice, as a script: the book of a session is filled in there."""

import subprocess
from pathlib import Path

# Fills in column F of every row that has a code: two of three have their record, the third is away.
_FILL = """
Sub Fill(address As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(address, "_blank", 0, hidden())
  page = book.Sheets.getByIndex(0)
  page.unprotect("")
  count = 0
  For at = 4 To 2000
    If page.getCellByPosition(3, at).String &lt;&gt; "" Then
      said = "Đã lập hồ sơ"
      If count Mod 3 = 2 Then said = "Đi vắng"
      page.getCellByPosition(5, at).String = said
      count = count + 1
    End If
  Next
  book.store()
  book.close(True)
End Sub
"""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MODULE = (
    _HEAD + '<script:module xmlns:script="http://openoffice.org/2000/script" '
    'script:name="Session" script:language="StarBasic">{code}</script:module>'
)
_LIBRARY = (
    _HEAD + '<library:library xmlns:library="http://openoffice.org/2000/library" '
    'library:name="Standard" library:readonly="false" library:passwordprotected="false">'
    '<library:element library:name="Session"/></library:library>'
)


def fill_in(book: Path, desk: Path) -> None:
    """Open a book in LibreOffice, fill it in, and save it where it lies; `desk` is a free folder."""
    _office(desk, "--terminate_after_init")  # the first start lays a library of its own
    library = desk / "profile" / "user" / "basic" / "Standard"
    (library / "Session.xba").write_text(_MODULE.format(code=_FILL), "utf-8")
    (library / "script.xlb").write_text(_LIBRARY, "utf-8")
    _office(desk, f"macro:///Standard.Session.Fill({book.as_uri()})")


def _office(desk: Path, *wanted: str) -> None:
    subprocess.run(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{desk}/profile",
         *wanted],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
