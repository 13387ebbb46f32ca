"""The `resolve` command: parse options, call one public function, print.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 some inputs
could not be read (the others are done), 2 wrong usage or unusable gazetteer. The commands stand in the help
in the order in which their modules are imported here.
"""

from __future__ import annotations

import atexit
import gc
import sys
from typing import NoReturn

from resolve.cli import documents, gazetteers, names, pairs, serving
from resolve.cli.shared import app, let_go, say
from resolve.errors import InputError, UsageError

__all__ = ["app", "documents", "gazetteers", "main", "names", "pairs", "serving"]

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""


def main() -> NoReturn:
    """Run the command; a mistake of the user's ends with a message and the promised exit code."""
    # what was remembered is left to the system: a last search for garbage in it takes as long as hundreds of names
    atexit.register(gc.freeze)
    try:
        try:
            app()
        finally:
            # what a full disk does not take is noticed here, not after the last word
            if not sys.stdout.closed:
                sys.stdout.flush()
    except UsageError as error:
        say(f"error: {error}")
        sys.exit(2)
    except InputError as error:
        say(f"error: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        let_go()
        say("interrupted")
        sys.exit(INTERRUPTED)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            say("interrupted")
        raise
    except MemoryError:
        let_go()
        say("error: out of memory; give less at once, fewer --workers, or more memory")
        sys.exit(2)
    except OSError as error:
        let_go()
        where = error.filename or "standard output"
        say(f"error: {where}: {error.strerror or error}; check the place, its permissions and the room on it")
        sys.exit(2)
    sys.exit(0)
