"""Exact transport between uniform marginals, by the two ways that POT has for it.

dense   ot.emd of the whole matrix of costs
sparse  POT's solver for sparse costs, with a warm start: the problem with the least costs of every row
        and column and no other; what its dual potentials say would lower the cost is added, and the
        larger problem solved from these potentials, until nothing is missing. That is the optimum of
        the whole matrix. Potentials of a similar problem, when there are any, choose the first costs
        and start the first problem.

ot.emd does not hand potentials to the solver of sparse costs, so that is called directly. README.md
says what a warm start of the dense solver does.
"""

import numpy as np
import ot
from ot.lp import emd_wrap
from scipy.sparse import coo_matrix

WAYS = ("dense", "sparse")
LIMIT = 10**9
# So far below a cost may lie what the potentials allow; the optimum is missed by no more.
TOLERANCE = 1e-12
# How many of the least costs a row or a column starts with.
LEAST, LEAST_KNOWING = 20, 6
BLOCK = 1 << 20


def solve(cost, way, potentials=None):
    """The optimal plan, and a dictionary of cost, u, v and warning as ot.emd makes it."""
    a, b = (np.full(count, 1 / count) for count in cost.shape)
    if way == "dense":
        return ot.emd(a, b, cost, numItermax=LIMIT, log=True)
    u, v = potentials or (np.zeros(len(a)), np.zeros(len(b)))
    kept = first_arcs(cost, u, v, LEAST_KNOWING if potentials else LEAST)
    while True:
        rows, columns = np.nonzero(kept)
        arcs = rows.astype(np.uint64), columns.astype(np.uint64), cost[kept]
        *flow, value, u, v, status = emd_wrap.emd_c_sparse(a, b, *arcs, LIMIT, u, v)
        if not add_arcs(kept, cost, u, v):
            break
    i, j, mass = flow
    plan = coo_matrix((mass, (i.astype(np.int64), j.astype(np.int64))), shape=cost.shape)
    warning = emd_wrap.check_result(status)
    return plan, {"cost": value, "u": u, "v": v, "warning": warning}


def first_arcs(cost, u, v, count):
    """The least of cost − u − v in every row and column, and as many as make a plan possible."""
    p, q = cost.shape
    kept = np.zeros((p, q), bool)
    across, down = min(q, count * -(-q // p)), min(p, count * -(-p // q))
    for rows in blocks(p, q):
        reduced = cost[rows] - v
        least = np.argpartition(reduced, across - 1, axis=1)[:, :across]
        np.put_along_axis(kept[rows], least, True, axis=1)
    for columns in blocks(q, p):
        reduced = cost[:, columns] - u[:, None]
        least = np.argpartition(reduced, down - 1, axis=0)[:down]
        np.put_along_axis(kept[:, columns], least, True, axis=0)
    steps = np.unique(np.concatenate([np.arange(p) * q, np.arange(q) * p]))
    kept[steps // q, steps // p] = True
    return kept


def add_arcs(kept, cost, u, v):
    """Adds every cost below what the potentials allow; says whether there was one."""
    found = False
    for rows in blocks(*cost.shape):
        missing = (cost[rows] - u[rows, None] < v - TOLERANCE) & ~kept[rows]
        found |= bool(missing.any())
        kept[rows] |= missing
    return found


def blocks(count, width):
    """Slices of rows that hold about a million numbers each: nothing as large as the costs is made."""
    step = max(1, BLOCK // width)
    return [slice(first, first + step) for first in range(0, count, step)]
