"""Build the compiled kernel; everything else is said in pyproject.toml."""

from __future__ import annotations

import os
import sys

from Cython.Build import cythonize
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.errors import CCompilerError, ExecError, PlatformError

ADVICE = """
The kernels of onomast (resolve/_*.pyx) are written in Cython and need a C compiler:
  Debian, Ubuntu   apt-get install gcc python3-dev
  Fedora           dnf install gcc python3-devel
  macOS            xcode-select --install
  Windows          the "Desktop development with C++" workload of the Visual Studio Build Tools
Then run the installation again.
"""


# what a debugger reads holds the folder of the build, so that no two builds would give the same bytes
DEBUGGED = (
    sys.platform == "win32"
    or "-g" in os.environ.get("CFLAGS", "").split()
    or "-fsanitize" in os.environ.get("CFLAGS", "")
)


class BuildKernel(build_ext):
    """Compile the kernel, or say what is missing."""

    def run(self) -> None:
        """Compile; a failure ends with the advice what to install."""
        try:
            super().run()
        except (CCompilerError, ExecError, PlatformError, OSError) as error:
            raise SystemExit(f"{error}\n{ADVICE}") from error


setup(
    ext_modules=cythonize(
        [
            Extension(f"resolve.{name}", [f"resolve/{name}.pyx"], extra_compile_args=[] if DEBUGGED else ["-g0"])
            for name in ("_aloud", "_filing", "_finder", "_kernel", "_scan", "_shortlist")
        ],
        language_level=3,
    ),
    cmdclass={"build_ext": BuildKernel},
)
