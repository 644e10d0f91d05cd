#!/usr/bin/env python3
"""Writes relaxed_reference.json: partial and unbalanced transport problems with their optima.

Run: python3 relaxed_reference.py   (numpy 2.4.6, POT 0.9.7, CVXPY 1.9.3 with Clarabel)
Partial problems are solved by ot.partial, unbalanced ones by CVXPY as cone programs, and the best of
them a second time by ot.unbalanced.mm_unbalanced with very many steps. A penalty of null is infinite.
A case has either its costs or a modulus m, which stands for c[i, j] = ((7919 i + 104729 j + i j) mod m) / m.
"""
import json
import pathlib

import cvxpy as cp
import numpy as np
import ot

rng = np.random.default_rng(35)


def uniform(p, q):
    return np.round(rng.random((p, q)), 6)


def weights(count, zeros=0):
    w = np.round(rng.random(count) + .1, 6)
    w[rng.choice(count, zeros, replace=False)] = 0
    return w


def even(count):
    return np.full(count, 1 / count)


def case(name, costs, a, b, modulus=None, **more):
    p, q = costs.shape
    result = {"name": name, "rows": p, "columns": q, "source": a.tolist(), "target": b.tolist()}
    result |= {"modulus": modulus} if modulus else {"costs": costs.ravel().tolist()}
    return result | more


def partial(name, costs, a, b, mass):
    plan = ot.partial.partial_wasserstein(a, b, costs, m=mass, numItermax=10**7)
    return case(name, costs, a, b, mass=mass, cost=float((plan * costs).sum()))


def unbalanced(name, costs, a, b, rho1, rho2, modulus=None, check=False):
    plan = cp.Variable(costs.shape, nonneg=True)
    objective = cp.sum(cp.multiply(costs, plan))
    constraints = []
    for sums, masses, rho in [(cp.sum(plan, 1), a, rho1), (cp.sum(plan, 0), b, rho2)]:
        if rho is None:
            constraints.append(sums == masses)
        else:
            constraints += [sums[i] == 0 for i in np.flatnonzero(masses == 0)]
            some = np.flatnonzero(masses)
            objective += rho * cp.sum(cp.kl_div(sums[some], masses[some]))
    problem = cp.Problem(cp.Minimize(objective), constraints)
    tight = dict(tol_gap_abs=1e-12, tol_gap_rel=1e-12, tol_feas=1e-12, max_iter=500)
    problem.solve(solver=cp.CLARABEL, **tight)
    assert problem.status in ("optimal", "optimal_inaccurate"), (name, problem.status)
    value = np.maximum(plan.value, 0)
    if check:
        other = ot.unbalanced.mm_unbalanced(
            a, b, costs, (rho1, rho2), div="kl", numItermax=10**6, stopThr=1e-15)
        found = (other * costs).sum()
        for sums, masses, rho in [(other.sum(1), a, rho1), (other.sum(0), b, rho2)]:
            found += rho * (sums * np.log(sums / masses) - sums + masses).sum()
        assert abs(found - problem.value) < 1e-6 * problem.value, (name, found, problem.value)
    return case(
        name, costs, a, b, modulus, sourcePenalty=rho1, targetPenalty=rho2,
        objective=float(problem.value), rowSums=value.sum(1).tolist(),
        columnSums=value.sum(0).tolist())


def formula(p, q, modulus):
    i, j = np.arange(p)[:, None], np.arange(q)[None, :]
    return ((7919 * i + 104729 * j + i * j) % modulus) / modulus


c = uniform(5, 12)
partials = [
    partial("uniform, half", c, even(5), even(12), .5),
    partial("uniform, nearly all", c, even(5), even(12), .97),
    partial("uniform, little", uniform(12, 5), even(12), even(5), .05),
    partial("square", uniform(9, 9), even(9), even(9), 2 / 3),
    partial("weights of other totals", uniform(7, 10), weights(7), weights(10), 2.0),
    partial("weights with zeros", uniform(8, 6), weights(8, 3), weights(6, 2), .8),
    partial("one source", uniform(1, 7), even(1), even(7), .6),
]
c = uniform(5, 12)
unbalanceds = [
    unbalanced("both, .1", c, even(5), even(12), .1, .1, check=True),
    unbalanced("both, 1", c, even(5), even(12), 1, 1, check=True),
    unbalanced("both, 30", c, even(5), even(12), 30, 30),
    unbalanced("both, differing", c, even(5), even(12), .3, 2, check=True),
    unbalanced("source fixed, .01", c, even(5), even(12), None, .01),
    unbalanced("source fixed, .1", c, even(5), even(12), None, .1),
    unbalanced("source fixed, 3", c, even(5), even(12), None, 3),
    unbalanced("target fixed, .2", c, even(5), even(12), .2, None),
    unbalanced("more sources", uniform(11, 4), even(11), even(4), .2, .05, check=True),
    unbalanced("other totals", uniform(6, 7), 3 * weights(6), weights(7), .5, .5),
    unbalanced("other totals, source fixed", uniform(6, 7), 3 * weights(6), weights(7), None, .5),
    unbalanced("zeros", uniform(6, 9), weights(6, 2), weights(9, 3), .4, .4),
    unbalanced("negative costs", uniform(6, 6) - .7, even(6), even(6), .3, .3),
    unbalanced("ties", rng.integers(0, 3, (6, 8)) / 2, even(6), even(8), .5, .5),
    unbalanced("one by one", np.array([[.4]]), np.array([2.0]), np.array([.5]), 1, 2),
    unbalanced("30 x 60", formula(30, 60, 1009), even(30), even(60), None, .05, modulus=1009),
]
path = pathlib.Path(__file__).with_name("relaxed_reference.json")
path.write_text(json.dumps({"partial": partials, "unbalanced": unbalanceds}) + "\n")
