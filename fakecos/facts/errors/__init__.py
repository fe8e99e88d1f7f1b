"""Every refusal that fakecos knows, one row each; S3's words to the letter.

Sources are short: `recorded aws-multipart 4` is fact 4 of the recorded answers of AWS on multipart uploads
(docs/explanation/sources.md lists the collections); `documented` is Amazon's error table or API reference;
`public` is a report or a peer's test suite that was run on AWS; `assumed` is our own guess, on the strict side.

The rows stand in one file for each theme and are all names of this package.
"""

# ruff: noqa: F403  the rows of every theme, under one name: each is listed once, in its own file
from __future__ import annotations

from fakecos.facts.errors.access import *
from fakecos.facts.errors.annotations import *
from fakecos.facts.errors.bodies import *
from fakecos.facts.errors.buckets import *
from fakecos.facts.errors.configurations import *
from fakecos.facts.errors.cors import *
from fakecos.facts.errors.digests import *
from fakecos.facts.errors.encryption import *
from fakecos.facts.errors.forms import *
from fakecos.facts.errors.ibm import *
from fakecos.facts.errors.lifecycle import *
from fakecos.facts.errors.listing import *
from fakecos.facts.errors.locks import *
from fakecos.facts.errors.parts import *
from fakecos.facts.errors.policies import *
from fakecos.facts.errors.reading import *
from fakecos.facts.errors.reported import *
from fakecos.facts.errors.requests import *
from fakecos.facts.errors.s3_error import *
from fakecos.facts.errors.select_object_content import *
from fakecos.facts.errors.service import *
from fakecos.facts.errors.signatures import *
from fakecos.facts.errors.stored import *
from fakecos.facts.errors.versions import *
