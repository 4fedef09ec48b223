"""A workbook of posts to give and to end: which column means what, and what each row says.

Pure: words are read here, whether they are right of this installation is found out elsewhere.
"""

from hssk.exchange.formats.titled import Titles, header_key

GIVE, END = "give", "end"
# field → what its header may say, folded; the first is what the blank workbook says
_TITLES = {
    "username": ("ten dang nhap", "tai khoan", "ten tai khoan", "username", "user name"),
    "full_name": ("ho va ten", "ho ten", "ten can bo", "ho va ten can bo", "full name", "name"),
    "role": ("nhiem vu", "vai tro", "chuc vu", "role", "duty", "post"),
    "unit": ("don vi", "ma don vi", "ma hoac ten don vi", "don vi ma hoac ten", "xa phuong",
             "ma xa", "dia ban", "unit"),
    "hamlet": ("to ban", "to dan pho", "ban", "thon ban", "to dan pho ban", "thon", "hamlet"),
    "since": ("tu ngay", "ngay bat dau", "bat dau", "from", "since"),
    "until": ("ket thuc ngay", "ngay ket thuc", "den ngay", "until", "to", "end date"),
    "action": ("viec", "viec can lam", "giao hay ket thuc", "giao ket thuc", "thao tac", "action"),
}  # fmt: skip
POSTINGS = Titles(_TITLES, {"username", "role"})
_GIVES = {"", "giao", "cap", "them", "giao moi", "moi", "give", "add", "new"}
_ENDS = {"ket thuc", "thu hoi", "thoi", "thoi giao", "nghi", "bo", "end", "remove", "ket thuc ngay"}


def action_said(text: str) -> str:
    """GIVE or END, as a text says; "" where it says neither. Nothing said means GIVE."""
    key = header_key(text)
    return GIVE if key in _GIVES else END if key in _ENDS else ""
