"""Match a column of names or find the mentions in texts with Apache Spark: ``spark-submit spark_submit.py --help``.

The program itself is `resolve.integrations.spark_job`; this file is what ``spark-submit`` is given.
"""

from __future__ import annotations

import sys

from resolve.integrations.spark_job import main

if __name__ == "__main__":
    sys.exit(main())
