extension Affine {
  /// The ends of the head that i, j and k point to, as three letters of R/L, A/P, S/I: "RAS", "LPI" …
  ///
  /// Each voxel axis goes to another axis of the head, so that the sum of the cosines between the
  /// pairs is greatest. An axis of no length makes that letter "?".
  public var orientation: String {
    let sizes = voxelSizes
    func cosine(_ row: Int, _ column: Int) -> Double {
      sizes[column] > 0 ? rows[row][column] / sizes[column] : 0
    }
    let permutations = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    let sums = permutations.map { axes in
      axes.indices.reduce(0) { $0 + abs(cosine(axes[$1], $1)) }
    }
    let best = permutations[sums.indices.reduce(0) { sums[$1] > sums[$0] ? $1 : $0 }]
    let letters = [["L", "R"], ["P", "A"], ["I", "S"]]
    return best.indices.map { column in
      let along = cosine(best[column], column)
      return along == 0 || along.isNaN ? "?" : letters[best[column]][along > 0 ? 1 : 0]
    }.joined()
  }
}
