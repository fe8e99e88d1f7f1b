"""How the pages of docs/reference show a callable and the fields of a value."""

from __future__ import annotations

import inspect
import re

WIDE = 100
WIDER = 1000  # in a list, a signature stays on its line
FORWARD, FORWARD_NAME = r"^ForwardRef\('(.*?)'.*\)$", r"\1"


def described(name: str, value: object) -> str:
    """Return the signature of a callable, and the docstring."""
    signature = ""
    if isinstance(value, type) and issubclass(value, BaseException):
        signature = f"```python\nclass {name}({value.__base__.__name__ if value.__base__ else ''})\n```\n\n"
    elif callable(value):
        text = called(inspect.signature(value))
        signature = f"```python\n{name}{text}\n```\n\n"
    return signature + (inspect.getdoc(value) or "") + "\n"


def called(signature: inspect.Signature, wide: int = WIDE) -> str:
    """Return a signature as it would be written, on several lines if one is too short for it."""
    result = (
        "" if signature.return_annotation in ("None", inspect.Signature.empty) else f" -> {signature.return_annotation}"
    )
    # What is `Never` is there to be refused in words.
    shown = [one for name, one in signature.parameters.items() if name != "self" and one.annotation != "Never"]
    texts = [str(parameter) for parameter in shown]
    kinds = [parameter.kind for parameter in shown]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        texts.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    texts = [re.sub(r": (['\"])(.*?)\1(?= = |$)", r": \2", text) for text in texts]  # annotations are kept as strings
    texts = [re.sub(r"\bFake\b", "FakeCOS", text) for text in texts]
    line = f"({', '.join(texts)}){result}"
    return line if len(line) <= wide else "(\n" + "".join(f"    {text},\n" for text in texts) + f"){result}"


def fields_of(value: type) -> list[str]:
    """Return the fields of a NamedTuple with their types."""
    annotations = getattr(value, "__annotations__", {}) if issubclass(value, tuple) else {}
    shown = [re.sub(FORWARD, FORWARD_NAME, str(annotation)) for annotation in annotations.values()]
    return [f"- `{name}: {annotation}`" for name, annotation in zip(annotations, shown, strict=True)]
