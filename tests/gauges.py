"""The schema of a made-up table of gauges that has every constraint and rule."""

from metaverse_analysis.tables.schema import LIST_PATTERN, MIXED_DATE_PATTERN

FIELDS = [
    {"name": "gauge_id", "type": "string", "constraints": {"required": True}},
    {"name": "code", "type": "string", "constraints": {"unique": True, "minLength": 2, "maxLength": 4}},
    {"name": "kind", "type": "string", "constraints": {"enum": ["river", "lake", "sea"]}},
    {"name": "depth", "type": "number", "unit": "metres", "constraints": {"minimum": 0, "maximum": 9.5}},
    {"name": "count", "type": "integer", "constraints": {"minimum": 1, "maximum": 12}},
    {"name": "built", "type": "date", "constraints": {"minimum": "2000-01-01", "maximum": "2020-12-31"}},
    {"name": "open", "type": "boolean"},
    {"name": "first", "type": "string", "mixedDate": True, "constraints": {"pattern": MIXED_DATE_PATTERN}},
    {"name": "last", "type": "string", "mixedDate": True, "constraints": {"pattern": MIXED_DATE_PATTERN}},
    {"name": "low", "type": "number"},
    {"name": "high", "type": "number"},
    {"name": "since", "type": "date"},
    {"name": "until", "type": "date"},
    {"name": "above_id", "type": "string"},
    {"name": "place_ids", "type": "string", "listOf": "places", "constraints": {"pattern": LIST_PATTERN}},
    {"name": "any_ids", "type": "string", "listOf": "*"},
    {"name": "tag", "type": "string", "description": "A tag.", "constraints": {"pattern": "[a-z]+"}},
]  # fmt: skip
RULES = [
    {"rule": "order", "first": "first", "last": "last"},
    {"rule": "order", "first": "low", "last": "high", "why": "Low is low."},
    {"rule": "order", "first": "since", "last": "until"},
    {"rule": "acyclic", "column": "above_id"},
    {"rule": "needs", "when": {"kind": ["lake", "sea"], "open": ["true"]}, "column": "depth"},
    {"rule": "only_when", "when": {"kind": ["river"]}, "column": "tag"},
    {"rule": "matches", "when": {"kind": ["sea"]}, "column": "code", "pattern": "s.*"},
    {"rule": "together", "columns": ["since", "until"]},
]
TABLE = {
    "name": "gauges",
    "path": "gauges.csv",
    "schema": {
        "fields": FIELDS,
        "primaryKey": "gauge_id",
        "foreignKeys": [{"fields": "above_id", "reference": {"resource": "", "fields": "gauge_id"}}],
        "rules": RULES,
    },
}
