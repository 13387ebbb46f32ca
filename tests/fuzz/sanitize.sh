#!/usr/bin/env bash
# Build the compiled kernels with AddressSanitizer and UndefinedBehaviorSanitizer beside the checkout and run their
# tests, and what damaged gazetteers do to them, under both. Needs gcc; takes some minutes.
#
#   tests/fuzz/sanitize.sh [what pytest is to run]
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${PYTHON:-python}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r resolve gazetteer tests examples pyproject.toml README.md conftest.py onomast_spacy.py "$work/"
rm -f "$work"/resolve/*.so "$work"/resolve/*.c
cd "$work"
read -r include suffix < <("$python" -c 'import sysconfig as s; print(s.get_path("include"), s.get_config_var("EXT_SUFFIX"))')
flags='-O1 -g -fPIC -shared -fwrapv -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -Wno-cpp'
for kernel in resolve/_*.pyx; do
  "$python" -m cython -3 "$kernel"
  # shellcheck disable=SC2086
  gcc $flags -I "$include" "${kernel%.pyx}.c" -o "${kernel%.pyx}$suffix" -lm
done
# the interpreter frees nothing at its end, so leaks of its own are not looked for
# reports go to files: what a test writes to standard error is kept by pytest, and ends with it
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=0:halt_on_error=1:log_path=$work/report
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1:log_path=$work/report
export PYTHONMALLOC=malloc PYTHONPATH="$work" RESOLVE_CACHE_DIR="$work/cache"
export LD_PRELOAD="$(gcc -print-file-name=libasan.so) $(gcc -print-file-name=libubsan.so) $(gcc -print-file-name=libstdc++.so.6)"
"$python" - "$work" <<'PYTHON'
import sys
from resolve import _aloud, _filing, _finder, _kernel, _scan, _shortlist

assert all(one.__file__.startswith(sys.argv[1]) for one in (_aloud, _filing, _finder, _kernel, _scan, _shortlist))
PYTHON
test $# -gt 0 || set -- tests/test_kernel.py tests/test_finder.py tests/test_shortlist.py tests/test_scan.py \
  tests/test_keys.py tests/test_index.py tests/fuzz
"$python" -m pytest -v -p no:cacheprovider "$@" || { code=$?; unset LD_PRELOAD; tail -n 60 "$work"/report* 2> /dev/null; exit $code; }
