"""The page on operations: supported, stored only, or refused."""

from __future__ import annotations

from fakecos.facts.unsupported_operations import REFUSED
from fakecos.operations import registry
from fakecos.operations.configurations import kinds
from fakecos.wire import model_overrides, service_model
from tools.reference.markdown import table

REMARKS = {
    "ListBucketReplicationFailures": "Listed is what failed four times, without the cause, as its names are not known.",
    "PutBucketReplicationReattempt": "What is listed is tried again at the next midnight.",
    "PutObject": "Appending (`x-amz-write-offset-bytes`) is refused, 501: only directory buckets have it (documented).",
    "SelectObjectContent": (
        "Needs `fakecos[select]`. S3 takes no new customers for it since 25 July 2024 (documented): "
        "[how to test it](../how-to/s3-select.md)."
    ),
}


def operations() -> str:
    """Every operation of either service model: supported, stored only, or refused with the error and the reason."""
    aws, ibm = service_model.load("aws"), service_model.load("ibm")
    names = sorted({*aws.operations, *ibm.operations})
    here = [name for name in names if name in registry.operations()]
    rows = [
        (f"`{name}`", "-", "-", "**supported**", "It is in no model: browsers send it.")
        if name == model_overrides.POST_OBJECT
        else (
            f"`{name}`",
            "yes" if name in aws.operations else "-",
            "yes" if name in ibm.operations else "-",
            *standing(name),
        )
        for name in sorted({*names, model_overrides.POST_OBJECT})
    ]
    return (
        f"# Operations\n\nfakecos has {len(here)} operations of the {len(names)} that are in the models of "
        f"{aws.package} {aws.version} (AWS)\nand {ibm.package} {ibm.version} (IBM COS). *Stored only* means: a "
        "document is judged, kept and returned, and\nnothing else in fakecos looks at it. The others are recognised by "
        "name, and refused with the error that is\nshown. When the fake stops, `UnimplementedOperationWarning` warns "
        "of those with 501.\n\n" + table(("operation", "AWS", "IBM COS", "fakecos", "remark"), rows)
    )


def standing(name: str) -> tuple[str, str]:
    """Return how an operation stands, and a remark."""
    if name in model_overrides.DEPRECATED_TWINS:
        return standing(model_overrides.DEPRECATED_TWINS[name])[
            0
        ], f"answered as `{model_overrides.DEPRECATED_TWINS[name]}`"
    if name in kinds.stored_only():
        return "stored only", ""
    if name in registry.operations():
        return "**supported**", REMARKS.get(name) or kinds.effects().get(name, "")
    refusal = REFUSED[name]
    return f"refused, {refusal.row.status} `{refusal.row.code}`", refusal.why
