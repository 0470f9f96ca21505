"""Where the web server listens."""

import errno
import socket
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.management import CommandError
from django.http.request import validate_host

EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # with the one of them that this machine has for itself
THIS_MACHINE = {"127.0.0.1", "localhost", "[::1]"}
REFUSALS = {
    errno.EADDRINUSE: "{address} 已被占用，可能网站已经在运行。请先停止它，或用 --bind 换一个端口。",
    errno.EADDRNOTAVAIL: "本机没有 {address} 这个地址。",
    errno.EACCES: "没有使用 {address} 的权限。1024 以下的端口要由 root 使用，请换一个端口，例如 8000。",
}


@dataclass(frozen=True)
class Address:
    """A host as an address of the web has it, an IPv6 one in brackets, and a port."""

    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> "Address":
        """HOST:PORT as it is typed; ValueError."""
        host, _, port = text.rpartition(":")
        if ":" in host and not (host.startswith("[") and host.endswith("]")):
            raise ValueError(f"IPv6 地址要写在方括号里，例如 [::1]:8000，而不是 {text}")
        if not host or not (port.isascii() and port.isdecimal()) or not 0 < int(port) < 65536:
            raise ValueError("应写成 主机:端口，例如 127.0.0.1:8000")
        return cls(host, int(port))

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def ip(self) -> str:
        """The host as a number; CommandError where no network knows it."""
        try:
            return socket.getaddrinfo(self.host.strip("[]"), self.port, type=socket.SOCK_STREAM)[0][4][0]
        except socket.gaierror as error:
            raise CommandError(f"不知道主机 {self.host} 是哪个地址，请写 IP 地址，例如 127.0.0.1。") from error

    @property
    def url(self) -> str:
        """The site, for a browser on this machine."""
        return f"http://{EVERY_ADDRESS.get(self.host, self.host)}:{self.port}"

    def refuse_taken(self) -> None:
        """CommandError where the web server could not listen."""
        ip = self.ip
        family = socket.AF_INET6 if ":" in ip else socket.AF_INET
        try:
            socket.create_server((ip, self.port), family=family).close()
        except OSError as error:
            words = REFUSALS.get(error.errno, "{address} 不能使用：{error}")
            raise CommandError(words.format(address=self, error=error)) from error

    def is_answered(self) -> bool:
        """Whether somebody listens here."""
        host = EVERY_ADDRESS.get(self.host, self.host).strip("[]")
        with suppress(OSError), socket.create_connection((host, self.port), timeout=1):
            return True
        return False

    def is_allowed(self) -> bool:
        """Whether the site answers readers who come by this address."""
        if self.host in EVERY_ADDRESS:
            return not set(settings.ALLOWED_HOSTS) <= THIS_MACHINE
        return validate_host(self.host.lower(), settings.ALLOWED_HOSTS)
