"""The best one-to-one matching of two sides, for the measures of reports.py and coref.py."""


def best_matching(weight, n, m):
    """weight {(i, j): w > 0} over i < n, j < m -> pairs (i, j) whose sum of weights is the largest.

    Kuhn's and Munkres' method with potentials, O(n * m * min(n, m))."""
    if n > m:
        return [(i, j) for j, i in best_matching({(j, i): w for (i, j), w in weight.items()}, m, n)]
    infinite = float("inf")
    u, v, row_of, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        row_of[0], column = i, 0
        least, used = [infinite] * (m + 1), [False] * (m + 1)
        while True:
            used[column] = True
            row, delta, following = row_of[column], infinite, 0
            for j in range(1, m + 1):
                if used[j]:
                    continue
                slack = -weight.get((row - 1, j - 1), 0) - u[row] - v[j]
                if slack < least[j]:
                    least[j], way[j] = slack, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[row_of[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
            if row_of[column] == 0:
                break
        while column:
            row_of[column] = row_of[way[column]]
            column = way[column]
    return [(row_of[j] - 1, j - 1) for j in range(1, m + 1) if row_of[j] and (row_of[j] - 1, j - 1) in weight]
