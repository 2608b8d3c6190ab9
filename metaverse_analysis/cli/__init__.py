"""The command line: `metaverse-analysis`, or `python -m metaverse_analysis`. It may use all parts, and none uses it."""

from .run import main as main
