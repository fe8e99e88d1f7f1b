"""One run beside a service: what is sent there, what it answers, and where that differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fakecos.beside.found import AnswerDifference, Differences
from fakecos.beside.not_sent import OF_BYTES, Circumstances, why_not_sent
from fakecos.beside.sender import AGAIN, NotAnsweredError, Sender
from fakecos.beside.sent_request import head_of, sent_request
from fakecos.beside.translation import Translation
from fakecos.clients.botocore import for_real
from fakecos.comparison.cleanup import delete_bucket
from fakecos.comparison.differences import differences_of
from fakecos.comparison.exchange import Exchange, digest_of
from fakecos.comparison.normalised import Normaliser, error_code
from fakecos.service.only_reads import only_reads
from fakecos.wire.messages import as_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from fakecos.beside.beside import Beside
    from fakecos.beside.sender import Reply
    from fakecos.beside.sent_request import TakenBody
    from fakecos.service.call import Answer, Call
    from fakecos.service.journal import RecordedRequest

SUCCESS = 300
DENIED = 403
NOT_FOUND = 404
OF_OBJECTS = frozenset({"GetObject", "GetObjectTorrent"})
STREAMS = frozenset({"SelectObjectContent"})
LONGEST_DOCUMENT = 65536
ANOTHER_STORE = ("Meanwhile.", "corrupt(")
"""How the faults are written that change what is stored here only."""
# The service does not take the client's credentials, whatever is asked (documented: "Error responses").
NOBODY = frozenset(
    {
        *("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "TokenRefreshRequired"),
        *("RequestTimeTooSkewed", "NotSignedUp", "AccountProblem", "AllAccessDisabled", "InvalidClientTokenId"),
        "AuthorizationHeaderMalformed",
    }
)
TAKEN = frozenset({"BucketAlreadyExists", "BucketAlreadyOwnedByYou"})
ELSEWHERE = frozenset({"PermanentRedirect", "TemporaryRedirect", "IllegalLocationConstraintException"})


class Answered(NamedTuple):
    """A request that was answered here.

    - `body`: as it came. `recorded`: its line in the journal.
    - `given`: the answer that the client is given, None if none arrives.
    - `performed`: the one that the service here made before a fault changed it, None if it made none.
    - `was_there`: whether the bucket was there before.
    """

    call: Call
    body: TakenBody
    recorded: RecordedRequest
    given: Answer | None
    performed: Answer | None
    was_there: bool


class Comparison:
    """What one fake knows of the service beside it. Who calls it holds a lock."""

    def __init__(self, beside: Beside) -> None:
        self.found = Differences(beside.endpoint_url, beside.bucket_prefix)
        self._beside = beside
        self._here, self._there = Normaliser(), Normaliser()
        self._translation = Translation()
        self._sender = Sender(beside)
        self._known: set[str] = set()
        self._apart: dict[str, str] = {}
        self._created: dict[str, None] = {}
        self._before: set[str] = set()

    # --- what is not the same any more ------------------------------------------------------------------

    def part(self, bucket: str, reason: str) -> None:
        """Compare a bucket no more: it does not hold the same here and there."""
        if self._beside.is_for(bucket) and bucket not in self._apart:
            self._apart[bucket] = f"after {reason}, {bucket} does not hold the same there"

    def part_all(self, reason: str) -> None:
        """Compare none of the buckets more that were asked for so far."""
        for bucket in self._known:
            self.part(bucket, reason)

    # --- one request -------------------------------------------------------------------------------------

    def take(self, answered: Answered, keys: Collection[str]) -> None:
        """Send a request that was answered here, and compare; `keys` are access keys of others here."""
        call, given, performed = answered.call, answered.given, answered.performed
        assert call.address is not None
        bucket = str(call.address.bucket)
        is_change = not only_reads(call.operation) and (performed or given or (SUCCESS,))[0] < SUCCESS
        reason = next(iter(self._beside.stopped), None) or self._apart.get(bucket)
        if reason is None:
            self._known.add(bucket)
            reason = _why_not_by_fault(call, performed)
            if reason is None:
                reason = why_not_sent(
                    call, answered.body, answered.recorded, Circumstances(self._beside, keys, self._apart)
                )
            if reason is not None and is_change and (performed is not None or call.fault is None):
                self.part(bucket, f"a change that was not sent ({call.operation}: {reason})")
        if reason is not None:
            self.found.skip(reason)
            return
        ours = performed if call.fault is not None else given
        assert ours is not None
        reply = self._asked(answered, bucket, ours[0])
        self.found.sent = self._sender.sent
        if reply is None:
            return
        trouble = self._trouble(call, bucket, ours[0], reply)
        if trouble is not None:
            self.found.skip(trouble, is_trouble=True)
            if is_change:
                self.part(bucket, f"a change that was not made there ({call.operation})")
            return
        self._note_bucket(call.operation, bucket, reply.status)
        self._compare(call, answered.body, ours, reply)

    def _asked(self, answered: Answered, bucket: str, status: int) -> Reply | None:
        """Return what the service answers; None: it is not asked, or does not answer."""
        call = answered.call
        request, data = sent_request(call, answered.body, self._beside, self._translation)
        try:
            is_new = status < SUCCESS and not answered.was_there
            if call.operation == "CreateBucket" and self._is_taken(bucket, is_new=is_new):
                return None
            return self._sender.send(request, data)
        except NotAnsweredError as error:
            where = self._beside.endpoint_url
            reason = f"no answer came from {where} to {_written(call)}, and no more was sent: {error}"
            self._beside.stopped.append(reason)
            self.found.skip(reason, is_trouble=True)
        return None

    def _is_taken(self, bucket: str, *, is_new: bool) -> bool:
        """Whether a bucket that is new here was there before: what it holds is not of this run, which leaves it alone.

        CreateBucket itself does not always say it (documented: in us-east-1 it succeeds for one's own bucket).
        """
        if bucket in self._created:
            return False
        found = self._sender.send(head_of(bucket, self._beside), b"").status
        if found == NOT_FOUND:
            return False
        self._before.add(bucket)
        if not is_new:
            return False
        self.part(bucket, "CreateBucket, which found a bucket of that name there")
        text = f"a bucket {bucket} was there before (HEAD: {found}): take a new name for each run, or delete it"
        if found == DENIED:
            text = f"{bucket} is somebody else's there, or the credentials are not taken or may not ask (HEAD: 403)"
        self.found.skip(text, is_trouble=True)
        return True

    def _trouble(self, call: Call, bucket: str, status: int, reply: Reply) -> str | None:
        """Return what an answer says about the account, the bucket's name or the service's state, not about S3."""
        return next(self._troubles(call, bucket, status, reply), None)

    def _troubles(self, call: Call, bucket: str, status: int, reply: Reply) -> Iterator[str]:
        code = error_code(reply.body)
        named = f"{reply.status} {code}" if code else str(reply.status)
        if code in NOBODY:
            self._beside.stopped.append(f"the service does not take the credentials ({named}), and no more was sent")
            yield self._beside.stopped[0]
        if reply.status in AGAIN and status not in AGAIN:
            yield f"the service answered {named} again and again"
        if status >= SUCCESS:
            return
        if reply.status == DENIED and code in {None, "AccessDenied"}:
            yield f"{call.operation} is denied there ({named}): allow it in the policy of the client's user"
        if code in TAKEN:
            self.part(bucket, f"CreateBucket, which found a bucket of that name there ({named})")
            yield f"a bucket {bucket} is there already ({named}): take a new name for each run, or delete it"
        if code in ELSEWHERE:
            yield f"{bucket} is, or would be, in another region than the client's {self._beside.region} ({named})"
        if code == "NoSuchBucket" or (call.operation == "HeadBucket" and reply.status == NOT_FOUND):
            self.part(bucket, f"{call.operation}, which found no such bucket there")
            yield f"there is no bucket {bucket} there: let the code under test create it, or do so before the run"

    def _note_bucket(self, operation: str, bucket: str, status: int) -> None:
        if status < SUCCESS and operation == "CreateBucket" and bucket not in self._before:
            self._created[bucket] = None
        elif status < SUCCESS and operation == "DeleteBucket":
            self._created.pop(bucket, None)

    def _compare(self, call: Call, body: TakenBody, ours: Answer, reply: Reply) -> None:
        has_document = call.operation not in OF_BYTES and len(body.data) < LONGEST_DOCUMENT
        document = body.data.decode("utf-8", "replace") if has_document else ""
        asked = {"Bucket": str(call.address and call.address.bucket), "Query": call.request.query, "Document": document}
        status, headers, content = ours
        here = _exchange(call, asked, status, headers, as_bytes(content))
        there = _exchange(call, asked, reply.status, reply.headers, reply.body)
        self._translation.learn(here, there)
        one, other = self._here.answer(here), self._there.answer(there)
        if call.fault is not None:
            self.found.skip("a fault changed its answer here; it was sent, so that the same is stored there")
            return
        self.found.compared += 1
        for found in differences_of([(call.operation, one)], [(call.operation, other)]):
            self.found.add(
                AnswerDifference(found.kind, call.operation, _written(call), found.name, found.here, found.there)
            )

    # --- the end -----------------------------------------------------------------------------------------

    def end(self) -> None:
        """Delete what was created there in this run, if the author wants that, and note what is left."""
        names = [name for name in self._created if self._beside.is_for(name)]
        if self._beside.delete_created and names and not self._beside.stopped:
            with for_real.asking(self._beside.client, self._sender.wait):
                for name in names:
                    if delete_bucket(self._beside.client, name) is None:
                        del self._created[name]
        self.found.left[:] = [*self._created]


def _why_not_by_fault(call: Call, performed: Answer | None) -> str | None:
    if call.fault is None:
        return None
    if performed is None:
        return "a fault answered before anything was done"
    if call.fault.startswith(ANOTHER_STORE):
        return f"a fault changed what is stored here ({call.fault})"
    return None


def _exchange(call: Call, asked: dict[str, Any], status: int, headers: Mapping[str, str], body: bytes) -> Exchange:
    if call.request.method == "HEAD" or (call.operation in STREAMS and status < SUCCESS):
        body = b""
    elif call.operation in OF_OBJECTS and status < SUCCESS:
        body = digest_of(body)
    return Exchange(call.operation, asked, status, {name.lower(): value for name, value in headers.items()}, body)


def _written(call: Call) -> str:
    """Return a request as a person reads it: no signature, and no key of a customer, is in it."""
    place = call.address
    path = "/".join(name for name in (place and place.bucket, place and place.key) if name)
    names = [pair for pair in call.request.query.split("&") if pair and not pair.lower().startswith("x-amz-")]
    return f"{call.request.method} /{path}{'?' if names else ''}{'&'.join(names)}"
