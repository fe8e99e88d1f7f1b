"""The library that the page adds: a small client of HTTP, as you would have installed it."""

import http.client
import io
from urllib.parse import urlsplit


class ToyError(Exception): ...


class ConnectFailedError(ToyError): ...


class TimedOutError(ToyError): ...


class InterruptedReadError(ToyError): ...


class Reply:
    def __init__(self, status, headers, stream):
        self.status = status
        self.headers = headers
        self._stream = stream

    def read(self):
        try:
            return self._stream.read()
        except TimeoutError as error:
            raise TimedOutError from error
        except OSError as error:
            raise InterruptedReadError from error


def fetch(method, url, headers=None, body=b""):
    return send_request(method, url, dict(headers or {}), body)


def send_request(method, url, headers, body):
    parts = urlsplit(url)
    connection = http.client.HTTPSConnection(parts.netloc, timeout=30)
    try:
        connection.request(method, f"{parts.path}?{parts.query}", body, headers)
        answer = connection.getresponse()
        return Reply(answer.status, dict(answer.headers), io.BytesIO(answer.read()))
    except TimeoutError as error:
        raise TimedOutError from error
    except ConnectionResetError as error:
        raise InterruptedReadError from error
    except OSError as error:
        raise ConnectFailedError from error
