import Chiasm

/// Two stages of 1,000 stimuli that share a low-dimensional signal.
struct StagePair {
  let source: Matrix<Float>
  let target: Matrix<Float>

  init(sourceCount: Int, targetCount: Int) {
    var generator = SeededGenerator(seed: 1)
    let features = Matrix(rowCount: 1000, columnCount: 80, scale: 1, from: &generator)
    source = features.mixed(into: sourceCount, from: &generator)
    target = features.mixed(into: targetCount, from: &generator)
  }
}

extension Matrix<Double> {
  /// Normal numbers; column k has standard deviation scale / √(1 + k / 2).
  fileprivate init(
    rowCount: Int, columnCount: Int, scale: Double, from generator: inout SeededGenerator
  ) {
    self.init(rowCount: rowCount, columnCount: columnCount, repeating: 0)
    for index in elements.indices {
      let fall = (1 + Double(index % columnCount) / 2).squareRoot()
      elements[index] = scale * generator.normal() / fall
    }
  }

  /// Units that each mix all features, rectified, with noise.
  fileprivate func mixed(into count: Int, from generator: inout SeededGenerator) -> Matrix<Float> {
    let weights = Matrix(
      rowCount: count, columnCount: columnCount, scale: 1, from: &generator)
    let drive = product(transposing: weights)
    return Matrix<Float>(
      rowCount: rowCount, columnCount: count,
      elements: drive.elements.map { Float(max($0, 0) + generator.normal()) })
  }
}
