internal import ChiasmResponses
internal import ChiasmImaging
internal import ChiasmStatistics

/// The back of a schematic brain: two ellipsoids with a ribbon of cortex on which areas lie.
///
/// It is the same for every seed. i runs to the right, j to the front, k to the top.
struct SimulatedAnatomy: Sendable {
  /// An area of the label image: in each hemisphere the cortex nearest to a line.
  struct Area: Sendable {
    let name: String
    /// The ends of the line, in voxels: outward from the middle of the hemisphere, j, k.
    let start: SIMD3<Double>
    let end: SIMD3<Double>
    /// The region that the area belongs to.
    let region: String
  }

  /// The areas; the label of one is its place here, from 1.
  static let areas = [
    Area(name: "V1v", start: [-5, 3, 5], end: [-5, 11, 5], region: "V1"),
    Area(name: "V1d", start: [-5, 3, 8], end: [-5, 11, 8], region: "V1"),
    Area(name: "V2v", start: [-4, 4, 3], end: [-4, 12, 3], region: "V2"),
    Area(name: "V2d", start: [-4, 4, 10], end: [-4, 12, 10], region: "V2"),
    Area(name: "V3v", start: [-2, 4, 1], end: [-2, 11, 1], region: "V3"),
    Area(name: "V3d", start: [-2, 4, 12], end: [-2, 11, 12], region: "V3"),
    Area(name: "hV4", start: [1.5, 5, 1], end: [1.5, 10, 1], region: "hV4"),
    Area(name: "IT", start: [2.5, 14, 1], end: [2.5, 20, 2], region: "IT"),
  ]

  /// 1.8 mm voxels; the slices are tilted, as those of a scan of visual cortex are. The cosines and
  /// sines are those of right triangles with whole sides, so that the axes are exactly orthogonal.
  static let grid = Grid(
    shape: [28, 24, 14],
    affine: {
      let (c, s) = (99.0 / 101, 20.0 / 101)
      let (d, t) = (399.0 / 401, 40.0 / 401)
      return Affine(rows: [
        [1.8 * d, -1.8 * t * c, 1.8 * t * s, -22],
        [1.8 * t, 1.8 * d * c, -1.8 * d * s, -96],
        [0, 1.8 * s, 1.8 * c, -18],
      ])
    }())

  /// Every voxel of the brain, as places in the grid's storage, ascending.
  let brain: [Int]
  /// The label of every voxel of the grid: an area, 0 other cortex, −1 elsewhere.
  let labels: LabelImage

  init() {
    let grid = Self.grid
    var brain: [Int] = []
    var labels = [Int32](repeating: -1, count: grid.voxelCount)
    for voxel in labels.indices {
      let place = Self.place(grid.indices(at: voxel))
      let depth = Self.squaredDepth(place)
      if depth <= 1 { brain.append(voxel) }
      if (0.4...1).contains(depth) { labels[voxel] = Self.label(place) }
    }
    self.brain = brain
    self.labels = LabelImage(grid: grid, labels: labels)
  }

  /// A voxel as seen from its hemisphere: outward from its middle, j, k.
  private static func place(_ voxel: (i: Int, j: Int, k: Int)) -> SIMD3<Double> {
    [abs(Double(voxel.i) - 13.5) - 6.5, Double(voxel.j), Double(voxel.k)]
  }

  /// 0 in the middle of a hemisphere, 1 on its surface.
  private static func squaredDepth(_ place: SIMD3<Double>) -> Double {
    let radii = (place - [0, 11.5, 6.5]) / [6.5, 12, 7]
    return (radii * radii).sum()
  }

  private static func label(_ place: SIMD3<Double>) -> Int32 {
    let distances = areas.map { squaredDistance(place, to: $0) }
    let nearest = distances.indexOfLeast() ?? 0
    return distances[nearest] < 5 ? Int32(nearest + 1) : 0
  }

  private static func squaredDistance(_ place: SIMD3<Double>, to area: Area) -> Double {
    let line = area.end - area.start
    let along = ((place - area.start) * line).sum() / (line * line).sum()
    let offset = place - area.start - min(max(along, 0), 1) * line
    return (offset * offset).sum()
  }
}

/// A voxel whose signal and noise are known. Responses are in percent signal change.
struct SimulatedVoxel: Sendable {
  /// Its place in the grid's storage.
  let place: Int
  /// The response that all stimuli share.
  let baseline: Double
  /// What each stimulus adds to it; nil outside the regions, where nothing does.
  let signal: [Double]?
  /// The standard deviation of `signal`.
  let signalDeviation: Double
  /// The standard deviation of the noise of one trial.
  let noiseDeviation: Double

  /// The noise-ceiling signal-to-noise ratio of one trial; infinite without noise.
  var signalToNoise: Double { signalDeviation == 0 ? 0 : signalDeviation / noiseDeviation }

  /// Draws the tuning of a voxel: a positive mix of 1 to 8 of `units`, which are standardised.
  ///
  /// One voxel in six has next to no signal.
  init(
    place: Int, units: [[Double]]?, noise: Double, using generator: inout SeededGenerator
  ) {
    self.place = place
    baseline = 0.5 * generator.normal()
    noiseDeviation = noise * (0.8 + 0.4 * generator.uniform())
    guard let units else {
      (signal, signalDeviation) = (nil, 0)
      return
    }
    let isWeak = generator.integer(below: 6) == 0
    let deviation = isWeak ? 0.05 + 0.15 * generator.uniform() : 0.5 + 0.9 * generator.uniform()
    let count = 1 + generator.integer(below: 8)
    let mix = Mixture.draw(count, of: units, using: &generator) { 0.2 + 0.8 * $0.uniform() }
    signal = mix.standardized.map { deviation * $0 }
    signalDeviation = deviation
  }

  /// The response to a stimulus in one trial.
  func response(to stimulus: Int, using generator: inout SeededGenerator) -> Double {
    baseline + (signal?[stimulus] ?? 0) + noiseDeviation * generator.normal()
  }
}
