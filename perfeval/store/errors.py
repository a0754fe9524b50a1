"""What is wrong with a store, in one sentence for the person at the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

KEPT = "已完成的结果都已保存，处理后重新运行同一命令即可接着核对。"
SENTENCES = (
    ("disk is full", f"磁盘空间不足，无法写入存储“{{store}}”：请腾出空间。{KEPT}"),
    ("no space left", f"磁盘空间不足，无法写入存储“{{store}}”：请腾出空间。{KEPT}"),
    ("disk i/o error", f"读写存储“{{store}}”时磁盘出错：请检查磁盘（网络盘请改用本机磁盘）。{KEPT}"),
    ("malformed", "存储“{store}”已损坏：请从备份恢复，或另指定一个 --out 重新核对。"),
    ("not a database", "“{store}”不是 perfeval 的存储文件：请检查 --store，或另写一个文件名。"),
    ("readonly", "存储“{store}”不能写入：请检查文件和文件夹的权限。"),
    ("unable to open", "无法打开存储“{store}”：请检查文件夹是否存在、是否有写入权限。"),
    ("is locked", f"存储“{{store}}”正被其他程序占用：请关闭正在打开它的程序。{KEPT}"),
    ("does not exist", "数据库“{store}”不存在：请先由管理员建库，或检查 --store。"),
    ("authentication", "无法登录数据库“{store}”：请检查用户名和密码。"),
    ("permission denied", "没有读写数据库“{store}”的权限：请联系数据库管理员。"),
)  # fmt: skip
"""What SQLite and PostgreSQL say, in lower case, and what to do about it."""
GONE = f"与数据库“{{store}}”的连接中断或无法建立：请确认数据库正在运行、网络畅通。{KEPT}"
OTHER = f"存储“{{store}}”出错（{{reason}}）。{KEPT}"


class StoreError(Exception):
    """``str(error)`` is one Chinese sentence; the command ends with exit code 2."""


def of_store(error: Exception) -> bool:
    """Whether the store or its database is to blame."""
    return isinstance(error, StoreError | SQLAlchemyError)


@contextmanager
def sentences(url: URL | str) -> Iterator[None]:
    """Turns what SQLAlchemy raises into a ``StoreError``."""
    try:
        yield
    except NoSuchModuleError as error:
        raise StoreError(f"不支持这种数据库“{_shown(url)}”：请用 sqlite:///… 或 postgresql://…。") from error
    except ArgumentError as error:
        raise StoreError(f"存储地址“{url}”写法不对：请用 sqlite:///… 或 postgresql://用户@主机/库名。") from error
    except SQLAlchemyError as error:
        raise StoreError(_sentence(error, _shown(url))) from error
    except ModuleNotFoundError as error:
        if "psycopg" not in (error.name or ""):
            raise
        raise StoreError("使用 PostgreSQL 需要另装驱动：pip install 'perfeval[postgresql]'。") from error


def _sentence(error: SQLAlchemyError, store: str) -> str:
    said = str(getattr(error, "orig", None) or error).lower()
    for words, sentence in SENTENCES:
        if words in said:
            return sentence.format(store=store)
    if isinstance(error, DBAPIError) and (error.connection_invalidated or "connect" in said):
        return GONE.format(store=store)
    return OTHER.format(store=store, reason=type(error).__name__)


def _shown(url: URL | str) -> str:
    """The address without its password; a SQLite file by its name."""
    if isinstance(url, str):
        return url
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True).replace("+psycopg", "")
