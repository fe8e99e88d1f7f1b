"""Every refusal that fakecos knows, one row each; S3's words to the letter.

Sources are short: `recorded aws-multipart 4` is fact 4 of the recorded answers of AWS on multipart uploads
(docs/explanation/sources.md lists the collections); `documented` is Amazon's error table or API reference;
`public` is a report or a peer's test suite that was run on AWS; `assumed` is our own guess, on the strict side.

The rows stand in one file for each theme and are all names of this package.
"""

# ruff: noqa: F403  the rows of every theme, under one name: each is listed once, in its own file
from __future__ import annotations

from fakecos.facts.error_table.access import *
from fakecos.facts.error_table.bodies import *
from fakecos.facts.error_table.buckets import *
from fakecos.facts.error_table.configurations import *
from fakecos.facts.error_table.cors import *
from fakecos.facts.error_table.digests import *
from fakecos.facts.error_table.encryption import *
from fakecos.facts.error_table.forms import *
from fakecos.facts.error_table.ibm import *
from fakecos.facts.error_table.lifecycle import *
from fakecos.facts.error_table.listing import *
from fakecos.facts.error_table.locks import *
from fakecos.facts.error_table.parts import *
from fakecos.facts.error_table.policies import *
from fakecos.facts.error_table.reading import *
from fakecos.facts.error_table.requests import *
from fakecos.facts.error_table.service import *
from fakecos.facts.error_table.signatures import *
from fakecos.facts.error_table.stored import *
from fakecos.facts.error_table.versions import *
