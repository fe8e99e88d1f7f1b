"""Every reference to a fact or a law leads somewhere: in code, tests and docs, to docs/facts or docs/invariants.md.

How a reference is written: docs/facts/README.md. What looks like a reference and cannot be resolved is a failure too:
nothing is skipped. The trees are walked, so that modules may move.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parent.parent
FACTS = ROOT / "docs" / "facts"
INVARIANTS = ROOT / "docs" / "invariants.md"
TREES = ("fakecos", "plugins", "tests", "docs", "tools")
SUFFIXES = {".py", ".md", ".http"}
NOT_READ = {Path(__file__)}  # its references are made up, to try the resolver

SHORT = {"aws-presigned": "aws-presigned-and-post", "checksums": "aws-checksums-and-sse"}
LAW = "law"

# Between two words of a reference the line may end, in a comment, a docstring, a table or a string that goes on.
GAP = r"(?:[ \t]|\"?[ \t]*\n(?!\d+\. )[ \t]*(?:#:?|>|f?\")?[ \t]*)+"
PLAIN = r"\d{1,3}(?:\.\d{1,3})?[a-z]?"
NUMBER = rf"{PLAIN}(?![\w%]|\.\d|-\d|-[a-z])"
RANGE = rf"(?:{PLAIN}[-\u2013]{NUMBER}|{NUMBER}(?:{GAP}to{GAP}{NUMBER})?)"
LIST = rf"{RANGE}(?:(?:,(?:{GAP}(?:and|or))?|{GAP}(?:and|or)){GAP}{RANGE})*"
COLLECTION = r"(?<![\w.-])(?:aws-[a-z]+(?:-[a-z]+)*|ibm-cos|wire|checksums)(?![\w-])"
BEFORE = re.compile(rf"\b(?:facts?|sections?){GAP}({LIST}){GAP}of{GAP}({COLLECTION})(?!{GAP}\d)")
AFTER = re.compile(rf"({COLLECTION})(?:\.md)?{GAP}({LIST})")
LAWS = re.compile(rf"\b[Ll]aws?{GAP}({LIST})")
BARE = re.compile(rf"\brecorded{GAP}({LIST})")
# What begins like a reference. Where none of the forms above matches, nobody can resolve it.
BEGINS = re.compile(
    rf"{COLLECTION}(?:\.md)?{GAP}\d|\b[Ll]aws?{GAP}\d|\brecorded{GAP}(?:aws-[a-z-]+|\d{{1,3}}\b(?!-\d\d-\d{{4}}))"
)
AWS = re.compile(r"(?<![\w.-])aws-[a-z]+(?:-[a-z]+)*(?![\w-])")


class Reference(NamedTuple):
    line: int
    text: str
    collection: str  # the name in full; LAW for a law; "" where it cannot be told
    numbers: tuple[str, ...] = ()


def numbered(page: str) -> list[str]:
    """Return the numbers of a page of facts or laws: headings, and the items that stand in a list of their own.

    `## 3.` is `3`, an item `2.` under it is `3.2`; `### 7.` is `7`; an item under a heading without a number is `2`.
    """
    found: list[str] = []
    section, counts, fenced = "", True, False
    for line in page.splitlines():
        fenced ^= line.startswith("```")
        heading = re.match(r"(##+) (?:(\d+[a-z]?)\. )?", line)
        item = re.match(r"(\d+[a-z]?)\. ", line)
        if fenced:
            continue
        if heading:
            counts = heading[1] == "##"
            section = (heading[2] or "") if counts else section
            found += [heading[2]] if heading[2] else []
        elif counts and item:
            found.append(f"{section}.{item[1]}" if section else item[1])
    return found


@lru_cache
def existing() -> dict[str, tuple[str, ...]]:
    """Return the numbers that exist, by collection; those of the laws too."""
    pages = {path.stem: path for path in FACTS.glob("*.md") if path.name != "README.md"} | {LAW: INVARIANTS}
    return {name: tuple(numbered(path.read_text(encoding="utf-8"))) for name, path in pages.items()}


def expanded(numbers: str) -> Iterator[str]:
    """Yield each number of a list such as `45, 48 to 50 and 52a-52c`."""
    for piece in re.findall(RANGE, numbers):
        first, *last = re.findall(PLAIN, piece)
        yield from between(first, last[0]) if last else [first]


def between(first: str, last: str) -> Iterator[str]:
    """Yield `first` to `last`: numbers, items of one section, or letters of one number."""
    if first[-1].isalpha() and last[-1].isalpha() and first[:-1] == last[:-1] and first < last:
        yield from (f"{first[:-1]}{chr(letter)}" for letter in range(ord(first[-1]), ord(last[-1]) + 1))
        return
    section, dot, start = first.rpartition(".")
    same, _, stop = last.rpartition(".")
    if start.isdigit() and stop.isdigit() and same in {section, ""} and int(start) < int(stop):
        yield from (f"{section}{dot}{number}" for number in range(int(start), int(stop) + 1))
    else:
        yield f"{first}-{last}"  # no range, and so no number of any fact


def references(text: str, known: Mapping[str, tuple[str, ...]]) -> list[Reference]:
    """Return the references of a text, and with them what looks like one and is none."""
    found: dict[int, tuple[int, str, tuple[str, ...]]] = {}  # where it begins: where it ends, collection, numbers
    for match in BEFORE.finditer(text):
        found[match.start()] = match.end(), SHORT.get(match[2], match[2]), tuple(expanded(match[1]))
    for match in AFTER.finditer(text):
        found[match.start()] = match.end(), SHORT.get(match[1], match[1]), tuple(expanded(match[2]))
    for match in LAWS.finditer(text):
        found[match.start()] = match.end(), LAW, tuple(expanded(match[1]))
    for match in BARE.finditer(text):
        numbers = tuple(expanded(match[1]))
        found[match.start()] = match.end(), implied(text, match.start(), numbers, known), numbers
    for match in BEGINS.finditer(text):
        if not any(start < match.end() and match.start() < end for start, (end, _, _) in found.items()):
            found[match.start()] = match.end(), "", ()
    return [
        Reference(text.count("\n", 0, start) + 1, " ".join(text[start:end].split()), collection, numbers)
        for start, (end, collection, numbers) in sorted(found.items())
    ]


def implied(text: str, start: int, numbers: tuple[str, ...], known: Mapping[str, tuple[str, ...]]) -> str:
    """Return the collection of a bare `recorded 40-42`, "" if it cannot be told.

    It is the one that the file names last before it; if none, the only one that the file names after it; if it names
    none at all, the only one that has these numbers.
    """
    before = [name for found in AWS.finditer(text[:start]) if (name := SHORT.get(found[0], found[0])) in known]
    if before:
        return before[-1]
    candidates = {SHORT.get(name, name) for name in AWS.findall(text[start:])} & known.keys()
    if not candidates:
        candidates = {name for name, has in known.items() if name.startswith("aws-") and set(numbers) <= set(has)}
    return candidates.pop() if len(candidates) == 1 else ""


class Prefix(NamedTuple):
    """A constant that begins a reference, such as `MULTIPART = "recorded aws-multipart "`."""

    name: str
    value: str
    module: str

    def is_at_hand(self, tree: ast.Module, module: str) -> bool:
        """Whether a module defines it, imports it, or takes it from its module by a dot."""
        if module == self.module:
            return True
        homes = {(part, self.name) for part in self.module.split(".")[-2:]}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and f"{self.module}.".startswith(f"{node.module}."):
                if self.name in {alias.name for alias in node.names}:
                    return True
            elif isinstance(node, ast.Attribute) and (ast.unparse(node.value).split(".")[-1], node.attr) in homes:
                return True
        return False


def prefixes_of(modules: Mapping[str, str]) -> list[Prefix]:
    """Return such constants of the modules, by their texts."""
    pattern = re.compile(rf"^([A-Z_]+) = \"(recorded {COLLECTION} )\"$", flags=re.MULTILINE)
    return [Prefix(found[1], found[2], name) for name, text in modules.items() for found in pattern.finditer(text)]


def spelled_out(text: str, module: str, prefixes: list[Prefix]) -> tuple[str, list[Reference]]:
    """Return a module with the values of such constants in their places: `MULTIPART + "8"`, `f"{OBJECTS}63"`.

    Lines stay where they are. With it come the uses that are neither of these, which nobody can resolve.
    """
    named = [prefix for prefix in prefixes if prefix.name in text]
    tree = ast.parse(text if named else "")
    at_hand = [prefix for prefix in named if prefix.is_at_hand(tree, module)]
    for name, value, _ in at_hand:
        text = text.replace(f'\n{name} = "{value}"\n', f'\n{name} = ""\n')
        text = re.sub(rf"\{{(?:\w+\.)?{name}\}}", value, text)
        text = joined(text, name, value)
    names = {prefix.name for prefix in at_hand}
    left = [
        Reference(node.lineno, f"a use of {ast.unparse(node)}", "")
        for node in (ast.walk(ast.parse(text)) if names else ())
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load)
        if ast.unparse(node).rpartition(".")[2] in names
    ]
    return text, left


def joined(text: str, name: str, value: str) -> str:
    """Return a module in which `NAME + "8"` is one string."""
    use = re.compile(rf'(?:\w+\.)?\b{name}\s*\+\s*"')
    return use.sub(lambda found: "\n" * found[0].count("\n") + f'"{value}', text)


def problem(reference: Reference, known: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return what is wrong with a reference, None if it leads somewhere."""
    if not reference.collection:
        return f"{reference.text!r}: which fact is meant? docs/facts/README.md says how a reference is written"
    if reference.collection not in known:
        return f"{reference.text!r}: docs/facts has no {reference.collection}.md"
    missing = [number for number in reference.numbers if number not in known[reference.collection]]
    return f"{reference.text!r}: {reference.collection} has no {', '.join(missing)}" if missing else None


@lru_cache
def texts() -> dict[Path, str]:
    """Return every file that is read."""
    paths = [*ROOT.glob("*.md"), *(path for tree in TREES for path in (ROOT / tree).rglob("*"))]
    return {
        path: path.read_text(encoding="utf-8")
        for path in sorted(paths)
        if path.suffix in SUFFIXES and "__pycache__" not in path.parts and path not in NOT_READ
    }


@lru_cache
def of_the_tree() -> list[Prefix]:
    """Return the constants of all modules that begin a reference."""
    return prefixes_of({module_of(path): text for path, text in texts().items() if path.suffix == ".py"})


def module_of(path: Path) -> str:
    """Return the dotted name of a module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@lru_cache
def found_in(path: Path) -> list[Reference]:
    """Return the references of a file."""
    text = texts()[path]
    if path.suffix != ".py":
        return references(text, existing())
    text, left = spelled_out(text, module_of(path), of_the_tree())
    return [*references(text, existing()), *left]


@pytest.mark.parametrize("tree", [*TREES, "."])
def test_every_reference_leads_somewhere(tree: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{reference.line}: {what}"
        for path in texts()
        if tree == (path.relative_to(ROOT).parts[0] if path.parent != ROOT else ".")
        for reference in found_in(path)
        if (what := problem(reference, existing()))
    ]
    assert not wrong, "\n".join(["", *wrong])


def test_the_references_of_the_tree_are_found() -> None:
    # because: a pattern that finds nothing would make the test above pass
    found = [reference for path in texts() for reference in found_in(path)]
    count = {name: sum(reference.collection == name for reference in found) for name in existing()}
    assert sum(count.values()) > 1000
    assert [name for name, times in count.items() if times == 0] in ([], ["aws-changes"])


def test_the_numbers_of_a_page_go_on_without_a_gap() -> None:
    # because: a number never changes its meaning, and one that was left out by mistake would be given twice
    for name, numbers in existing().items():
        assert len(set(numbers)) == len(numbers), name
        whole = [int(number) for number in numbers if number.isdigit()]
        assert whole == list(range(1, len(whole) + 1)), name


PAGES = {
    "law": tuple("123456789"),
    "wire": tuple("1234"),
    "ibm-cos": ("1", "1.1", "1.2", "1.3", "2"),
    "aws-multipart": (*(str(number) for number in range(1, 45)), "42a", "42b"),
    "aws-objects": tuple(str(number) for number in range(1, 60)),
    "aws-presigned-and-post": tuple(str(number) for number in range(1, 32)),
    "aws-checksums-and-sse": tuple("1234"),
}


@pytest.mark.parametrize(
    ("text", "collection", "numbers"),
    [
        ("recorded aws-multipart 42", "aws-multipart", "42"),
        ("(recorded aws-objects 45, 48, 50)", "aws-objects", "45 48 50"),
        ("aws-multipart 1-3, 7 to 9 and 12: no more", "aws-multipart", "1 2 3 7 8 9 12"),
        ("aws-multipart 42a and 42b", "aws-multipart", "42a 42b"),
        ("aws-multipart 42a-42b", "aws-multipart", "42a 42b"),
        ("aws-presigned 31", "aws-presigned-and-post", "31"),
        ("checksums 4", "aws-checksums-and-sse", "4"),
        ("wire.md 2", "wire", "2"),
        ("wire 1 and 2", "wire", "1 2"),
        ("ibm-cos 1.1, 1.3 or 2", "ibm-cos", "1.1 1.3 2"),
        ("ibm-cos 1.1-1.3", "ibm-cos", "1.1 1.2 1.3"),
        ("facts 17 to 19 of aws-presigned", "aws-presigned-and-post", "17 18 19"),
        ("section 2 of wire", "wire", "2"),
        ("law 5", "law", "5"),
        ("Laws 2, 5 and 7.", "law", "2 5 7"),
        ("the recorded ones are aws-objects 14, 46 and 56,\nin that order", "aws-objects", "14 46 56"),
        ("    # (recorded\n    # aws-objects\n    # 45,\n    # 46)", "aws-objects", "45 46"),
        ('"recorded aws-objects "\n    "45"', "aws-objects", "45"),
    ],
)
def test_a_reference_is_read(text: str, collection: str, numbers: str) -> None:
    (reference,) = references(text, PAGES)
    assert (reference.collection, " ".join(reference.numbers)) == (collection, numbers)
    assert problem(reference, PAGES) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("recorded aws-multipart 45", "aws-multipart has no 45"),
        ("aws-multipart 43-46", "aws-multipart has no 45, 46"),
        ("aws-multipart 41, 42c", "aws-multipart has no 42c"),
        ("aws-multipart 9 to 3", "aws-multipart has no 9-3"),
        ("ibm-cos 1.4", "ibm-cos has no 1.4"),
        ("wire 9", "wire has no 9"),
        ("law 10", "law has no 10"),
        ("aws-multiparts 4", "docs/facts has no aws-multiparts.md"),
        ("fact 99 of aws-objects", "aws-objects has no 99"),
        ("recorded aws-objects, somewhere", "which fact is meant?"),
        ("aws-objects 4x5", "which fact is meant?"),
        ("law 5.1.2", "which fact is meant?"),
        ("nothing is named here (recorded 3)", "which fact is meant?"),
        ("aws-multipart 3 (recorded 50)", "aws-multipart has no 50"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told(text: str, wrong: str) -> None:
    assert wrong in " ".join(str(problem(reference, PAGES)) for reference in references(text, PAGES))


@pytest.mark.parametrize(
    "text",
    [
        "recorded 2023 to 2026",
        "recorded 21-02-2026, 00:18:25",
        "recorded answers of aws-objects",
        "on the wire, 3 times",
        "ibm-cos-sdk 2.16",
        "us-aws-objects 99",
        "lawful 99",
    ],
)
def test_what_is_no_reference_is_left_alone(text: str) -> None:
    assert references(text, PAGES) == []


@pytest.mark.parametrize(
    ("text", "collection"),
    [
        ("aws-objects 3 ... aws-multipart 4 ... (recorded 3)", "aws-multipart"),
        ("(recorded 3) ... aws-objects 5", "aws-objects"),
        ("(recorded 3) ... aws-objects 5, aws-multipart 5", ""),
        ("(recorded 58, 59)", "aws-objects"),
        ("(recorded 3)", ""),
    ],
)
def test_a_bare_number_is_of_the_collection_that_its_file_names(text: str, collection: str) -> None:
    (bare,) = [reference for reference in references(text, PAGES) if reference.text.startswith("recorded")]
    assert bare.collection == collection


def test_a_constant_and_a_number_are_a_reference() -> None:
    prefixes = prefixes_of({"errors.rows": 'OBJECTS = "recorded aws-objects "\nOTHER = "recorded "\n'})
    assert prefixes == [("OBJECTS", "recorded aws-objects ", "errors.rows")]
    text = (
        "from errors.rows import OBJECTS\n"
        'A = row(OBJECTS + "3, 4")\n'
        'B = row(f"{OBJECTS}5, and {OBJECTS}6: documented")\n'
        "C = row(OBJECTS\n"
        '  + "99")\n'
        "D = OBJECTS.strip()\n"
    )
    spelled, left = spelled_out(text, "errors.parts", prefixes)
    read = references(spelled, PAGES)
    assert [(one.line, one.numbers) for one in read] == [(2, ("3", "4")), (3, ("5",)), (3, ("6",)), (5, ("99",))]
    assert [problem(one, PAGES) is None for one in read] == [True, True, True, False]
    assert [(one.line, one.text) for one in left] == [(6, "a use of OBJECTS")]
    assert spelled_out('rows.OBJECTS + "3"', "other", prefixes) == ('"recorded aws-objects 3"', [])
    of_another = 'from access import OBJECTS\nA = OBJECTS + "3"\n'
    assert spelled_out(of_another, "other", prefixes) == (of_another, [])


def test_numbers_are_headings_and_items() -> None:
    page = "# A\n1. intro\n## 1. One\n1. a\n2. b\n### Part\n3. c\n## Other\n7. d\n### 8. e\n1. f\n```\n## 9. g\n```\n"
    assert numbered(page) == ["1", "1", "1.1", "1.2", "7", "8"]
