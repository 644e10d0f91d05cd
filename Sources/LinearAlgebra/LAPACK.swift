internal import ChiasmCOpenBLAS

/// The routines of LAPACK in use, on arrays.
///
/// LAPACK stores matrices column by column, so that it sees the transpose of a `Matrix`; the callers
/// say what that makes of the result. Shapes are the callers' to get right: they are not checked here.
enum LAPACK {
  /// Eigenvalues of a symmetric n × n matrix, ascending; its eigenvectors replace it, one after another.
  static func symmetricEigen(_ matrix: inout [Double], order n: Int) throws(LinearAlgebraError)
    -> [Double]
  {
    guard n > 0 else { return [] }
    precondition(n < 32_000, "The workspace of an eigendecomposition must fit 32-bit counts.")
    var values = [Double](repeating: 0, count: n)
    var (size, info) = (blasint(n), blasint(0))
    var (workCount, indexCount) = (blasint(1 + 6 * n + 2 * n * n), blasint(3 + 5 * n))
    var work = [Double](repeating: 0, count: Int(workCount))
    var indices = [blasint](repeating: 0, count: Int(indexCount))
    dsyevd_(
      "V", "L", &size, &matrix, &size, &values, &work, &workCount, &indices, &indexCount, &info, 1,
      1)
    guard info == 0 else { throw .notConverged(decomposition: "eigenvalue", order: n) }
    return values
  }

  /// Singular values of an m × n matrix, descending; the matrix is overwritten.
  static func singularValues(
    _ matrix: inout [Double], rows m: Int, columns n: Int
  ) throws(LinearAlgebraError) -> [Double] {
    let least = min(m, n)
    guard least > 0 else { return [] }
    var values = [Double](repeating: 0, count: least)
    var (rows, columns, one, info) = (blasint(m), blasint(n), blasint(1), blasint(0))
    var unused = 0.0
    var other = 0.0
    var indices = [blasint](repeating: 0, count: 8 * least)
    var work = [0.0]
    // The first call asks how much room the second wants.
    for pass in 0..<2 {
      var workCount = pass == 0 ? blasint(-1) : blasint(work.count)
      dgesdd_(
        "N", &rows, &columns, &matrix, &rows, &values, &unused, &one, &other, &one, &work,
        &workCount, &indices, &info, 1)
      if pass == 0 { work = [Double](repeating: 0, count: max(1, Int(work[0]))) }
    }
    guard info == 0 else { throw .notConverged(decomposition: "singular value", order: least) }
    return values
  }

  /// Replaces an m × n matrix by its factorisation L Q: L stands on and below the diagonal.
  static func triangularize(_ matrix: inout [Double], rows m: Int, columns n: Int) {
    guard min(m, n) > 0 else { return }
    var (rows, columns, info) = (blasint(m), blasint(n), blasint(0))
    var scalars = [Double](repeating: 0, count: min(m, n))
    var workCount = blasint(64 * m)
    var work = [Double](repeating: 0, count: Int(workCount))
    dgelqf_(&rows, &columns, &matrix, &rows, &scalars, &work, &workCount, &info)
    assert(info == 0, "LAPACK refused an argument.")
  }

  /// Replaces the lower half of a symmetric matrix by its Cholesky factor; false when it is not
  /// positive definite.
  static func factorPositiveDefinite(_ matrix: inout [Double], order n: Int) -> Bool {
    guard n > 0 else { return true }
    var (size, info) = (blasint(n), blasint(0))
    dpotrf_("L", &size, &matrix, &size, &info, 1)
    return info == 0
  }

  /// Replaces each of some right-hand sides, one after another, by its solution.
  static func solve(
    factor: [Double], order n: Int, _ rightHandSides: inout [Double], count: Int
  ) {
    guard n > 0, count > 0 else { return }
    var (size, sides, info) = (blasint(n), blasint(count), blasint(0))
    dpotrs_("L", &size, &sides, factor, &size, &rightHandSides, &size, &info, 1)
    assert(info == 0, "LAPACK refused an argument.")
  }
}
