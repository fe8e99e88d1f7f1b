"""Refusals of annotations.

Codes and words are those of Amazon's list of annotation-related error codes. Two of its sentences were seen on the wire
to the letter (public: aws-changes 5), so the others are taken as they stand there.
"""

from __future__ import annotations

from fakecos.facts.errors.s3_error import argument, request, row

NO_ANNOTATION_NAME = row(
    "UserAnnotationNameMustBeSpecified", 400, "You must specify a user annotation name.", (), "public"
)
NO_SUCH_ANNOTATION = row(
    "NoSuchAnnotation", 404, "The specified annotation does not exist.", ("AnnotationName",), "public"
)
INVALID_ANNOTATION_NAME = row(
    "InvalidAnnotationName",
    400,
    "Your annotation name contains invalid characters, or the name starts with a reserved prefix.",
    ("AnnotationName",),
    "documented; the field: assumed",
)
ANNOTATION_NAME_TOO_LONG = row(
    "AnnotationNameTooLong",
    400,
    "Your annotation name is too long. Annotation names can be up to {maximum} bytes in length.",
    ("AnnotationName",),
    "documented; the field: assumed",
)
TOO_MANY_ANNOTATIONS = row(
    "AnnotationLimitExceeded",
    400,
    "The object annotation count exceeds the limit ({maximum}).",
    (),
    "documented",
)
EMPTY_ANNOTATION = row(
    "EntityTooSmall",
    400,
    "Your proposed upload is smaller than the minimum allowed size",
    ("ProposedSize", "MinSizeAllowed"),
    "documented; the fields: assumed",
)
ANNOTATION_NOT_UTF_8 = row(
    "UnsupportedMediaType",
    415,
    "The request payload contains an unsupported media type. The annotation payload must be valid UTF-8 encoded text.",
    (),
    "documented",
)
ANNOTATION_OF_SSE_C = request("The object is encrypted with SSE-C, which does not support annotations.", "documented")
INVALID_ANNOTATION_PREFIX = row(
    "InvalidPrefix", 400, "The annotation prefix you have provided is not valid.", (), "documented"
)
INVALID_ANNOTATION_COUNT = argument(
    "Argument max-annotation-results must be an integer between 1 and {maximum}", "public"
)
INVALID_ANNOTATION_DIRECTIVE = argument(
    "The annotation directive is not valid. Valid values are COPY and EXCLUDE.", "documented; the fields: assumed"
)
