"""`python -m metaverse_analysis`: the command line, where no script is installed."""

import sys

from .cli import main as main

if __name__ == "__main__":
    sys.exit(main())
