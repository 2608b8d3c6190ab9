"""Keeps a process from reaching any other machine.

An audit hook rather than patched sockets: it holds for doctests and for the kernels of notebooks as well.
"""

import ipaddress
import sys


def is_own(host: object) -> bool:
    """Whether a host, as sockets name it, is this machine."""
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return text in ("", "localhost")


def refuse_other_hosts(event: str, args: tuple) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = args[1]
        host = address[0] if isinstance(address, tuple) else "localhost"  # a path is a local socket
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0] or "localhost"
    else:
        return
    if not is_own(host):
        raise RuntimeError(f"The tests run offline, and something asked for {host!r}.")


def close() -> None:
    sys.addaudithook(refuse_other_hosts)
