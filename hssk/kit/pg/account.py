"""Who runs the embedded server, and what that account can reach."""

import os
import pwd
import subprocess
from pathlib import Path

from hssk.kit.errors import Trouble

UNPRIVILEGED = ("hssk", "postgres", "nobody")


def account_for_server() -> pwd.struct_passwd:
    """Ourselves; as root, which PostgreSQL refuses, an unprivileged account of this computer."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    try:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "hssk"],
            check=True,
            capture_output=True,
        )
        return pwd.getpwnam("hssk")
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise Trouble(
            "PostgreSQL không chạy dưới quyền root và máy này không có tài khoản thường nào. "
            "Hãy tạo một tài khoản: useradd --system hssk."
        ) from error


def as_account(account: pwd.struct_passwd) -> dict:
    """Arguments of Popen that make the child run as `account`."""
    if os.geteuid() != 0:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def can_reach(account: pwd.struct_passwd, directory: Path) -> bool:
    """Whether `account` may pass into `directory`, asked of the kernel in its name."""
    if os.geteuid() != 0:
        return os.access(directory, os.X_OK)
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)
            os._exit(0 if os.access(directory, os.X_OK) else 1)
        finally:
            os._exit(2)
    return os.waitpid(child, 0)[1] == 0
