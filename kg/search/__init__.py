"""Finding passages: Korean analysis, a lexical index, vectors and their fusion."""

import os

# Our matrices are 256 wide: on a busy machine two BLAS threads wait for each other (a
# second for what one does in 10 ms). Whoever sets the variable, or loads numpy first, wins.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
