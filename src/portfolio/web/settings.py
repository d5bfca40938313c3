"""How a portfolio is served: where, to whom, and behind what."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from portfolio.errors import WrongUseError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Settings:
    """Where a portfolio is served, as its options say."""

    host: str = "127.0.0.1"
    port: int = 0
    names: tuple[str, ...] = ()
    """The names that people reach this machine by."""
    certificate: Path | None = None
    key: Path | None = None
    proxy: str | None = None
    """The address of the proxy that it stands behind."""
    user_header: str | None = None
    """The header in which the proxy says who it is."""
    plain_http: bool = False
    read_only: bool = False

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in LOOPBACK

    @property
    def is_secure(self) -> bool:
        """Whether browsers speak TLS, to the server or to the proxy before it."""
        return self.certificate is not None or self.proxy is not None

    @property
    def cookie(self) -> str:
        """The name of the cookie; with the port, since browsers do not tell ports apart."""
        return f"portfolio-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that a request may name."""
        bare = [*LOOPBACK[:2], "[::1]", *(name.casefold() for name in self.names)]
        return frozenset(
            [*(f"{name}:{self.port}" for name in bare), *(bare if self.proxy or self.port in (80, 443) else ())]
        )

    def address(self, path: str = "/") -> str:
        """Where people reach it."""
        scheme = "https" if self.certificate is not None else "http"
        name = self.names[0] if self.names else "[::1]" if self.host == "::1" else self.host
        return f"{scheme}://{name}:{self.port}{path}"

    def check(self) -> None:
        """Raises WrongUseError for options that would let others listen in, or that make no sense together."""
        if (self.certificate is None) != (self.key is None):
            raise WrongUseError("`certificate` and `key` belong together; give both.", "certificate", "key")
        for file in (self.certificate, self.key):
            if file is not None and not file.is_file():
                raise WrongUseError(f"{file} does not exist; name a file in PEM format.")
        if self.user_header is not None and self.proxy is None:
            raise WrongUseError(
                "`user_header` is believed from a proxy only; give `behind_proxy` too.", "user_header", "behind_proxy"
            )
        if self.proxy is not None:
            try:
                ipaddress.ip_address(self.proxy)
            except ValueError:
                raise WrongUseError(
                    f"{self.proxy} is no address; give `behind_proxy` the proxy's IP address.", "behind_proxy"
                ) from None
        if self.is_local:
            return
        if self.certificate is None and self.proxy is None and not self.plain_http:
            raise WrongUseError(
                f"On {self.host} others in the network can read along; give `certificate` and `key`, or `behind_proxy`, or say "
                "`plain_http` to take that risk.",
                "certificate", "key", "behind_proxy", "plain_http",
            )  # fmt: skip
        if not self.names:
            raise WrongUseError(
                f"On {self.host} people reach this machine by a name; give `name`, for example the machine's name in your "
                "network.",
                "name",
            )
