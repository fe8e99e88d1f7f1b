import functools
import sys

from fakecos.clients import base
from fakecos.clients.base import Adapter, Failures
from fakecos.clients.http import http_common, os_errors
from fakecos.clients.streams import BrokenBody, raw_stream
from fakecos.faults import Transport


def patch_toyhttp(module, patches):
    def make(original):
        @functools.wraps(original)
        def send_request(method, url, headers, body):
            intercepted = http_common.intercept(url, headers.get("Authorization"))
            if intercepted is None:  # no fake is active, or the URL is not for S3
                return original(method, url, headers, body)
            request = to_http(intercepted.target, method, headers, body)
            response = base.exchange(intercepted.fake, request, UNANSWERED)
            return from_http(response, method)

        return send_request

    patches.replace(module, "send_request", make)


def to_http(target, method, headers, body):
    return http_common.to_http(target, method, headers.items(), http_common.RequestBody(body), read_timeout=30)


def from_http(response, method):
    stream = raw_stream(b"" if method == "HEAD" else response.body)
    if response.cut is not None:  # the connection breaks while the body is read
        stream = BrokenBody(stream.read(response.cut.size), BROKEN_OFF[response.cut.kind]())
    return sys.modules["toyhttp"].Reply(response.status, dict(response.headers), stream)


def error(name):
    def make():
        return getattr(sys.modules["toyhttp"], name)("the fake was told to fail so")

    return make


# What toyhttp raises when no answer comes, and what its stream raises when the answer breaks off.
UNANSWERED = {
    Transport.CONNECT: error("ConnectFailedError"),
    Transport.CONNECT_TIMEOUT: error("TimedOutError"),
    Transport.READ_TIMEOUT: error("TimedOutError"),
    Transport.RESET: error("InterruptedReadError"),
    Transport.CLOSED: error("ConnectFailedError"),
    Transport.TLS: error("ConnectFailedError"),
    Transport.PROXY: error("ConnectFailedError"),
    Transport.DNS: error("ConnectFailedError"),
}
BROKEN_OFF = {
    Transport.READ_TIMEOUT: os_errors.timed_out,
    Transport.RESET: os_errors.reset,
    Transport.CLOSED: os_errors.disconnected,
}
ADAPTER = Adapter(while_answering={"toyhttp": patch_toyhttp}, failures=(Failures(UNANSWERED, BROKEN_OFF),))
