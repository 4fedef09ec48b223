"""An attacker who solves what is published: exact linear programs, with fractions and no library."""

from fractions import Fraction

Equation = tuple[dict[str, int], int]  # coefficients of unknowns, and what they add up to


def interval(unknown: str, equations: list[Equation]) -> tuple[Fraction, Fraction]:
    """The least and the most that one unknown may be; every unknown is 0 or more.

    Every unknown must be bounded by the equations; raises ValueError where nothing fits them.
    """
    names = sorted({name for row, _sum in equations for name in row})
    table = [
        [Fraction(sign * row.get(name, 0)) for name in names] + [Fraction(sign * total)]
        for row, total in equations
        for sign in [1 if total >= 0 else -1]
    ]
    basis = _feasible(table, len(names))
    place = names.index(unknown)
    least, most = ([Fraction(sign * (at == place)) for at in range(len(names))] for sign in (1, -1))
    return _minimum(table, basis, least), -_minimum(table, basis, most)


def _feasible(table: list[list[Fraction]], unknowns: int) -> list[int]:
    """Bring the table into a form in which one unknown of each row stands alone; which they are."""
    rows = len(table)
    for number, row in enumerate(table):
        row[-1:] = [Fraction(int(at == number)) for at in range(rows)] + row[-1:]
    basis = list(range(unknowns, unknowns + rows))
    cost = [Fraction(0)] * unknowns + [Fraction(1)] * rows
    if _minimum(table, basis, cost):
        raise ValueError("nothing fits")
    for row in range(rows - 1, -1, -1):
        if basis[row] >= unknowns:
            column = next((c for c in range(unknowns) if table[row][c]), None)
            if column is None:  # says what other rows say
                del table[row], basis[row]
            else:
                _pivot(table, basis, row, column)
    for row in table:
        del row[unknowns:-1]
    return basis


def _minimum(table: list[list[Fraction]], basis: list[int], cost: list[Fraction]) -> Fraction:
    """The least cost, by the simplex method; Bland's rule, so that it ends."""
    while True:
        held = [
            (row, cost[column]) for row, column in zip(table, basis, strict=True) if cost[column]
        ]
        entering = next(
            (c for c in range(len(cost)) if cost[c] < sum(price * row[c] for row, price in held)),
            None,
        )
        if entering is None:
            return sum((price * row[-1] for row, price in held), Fraction(0))
        ratios = [
            (row[-1] / row[entering], basis[at], at)
            for at, row in enumerate(table)
            if row[entering] > 0
        ]
        if not ratios:
            raise ValueError("without a bound")
        _pivot(table, basis, min(ratios)[2], entering)


def _pivot(table: list[list[Fraction]], basis: list[int], row: int, column: int) -> None:
    here = table[row]
    by = here[column]
    here[:] = [value / by if value else value for value in here]
    for other in table:
        if other is not here and (factor := other[column]):
            other[:] = [a - factor * b if b else a for a, b in zip(other, here, strict=True)]
    basis[row] = column
