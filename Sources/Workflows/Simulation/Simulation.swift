internal import ChiasmFiles
internal import ChiasmImaging
internal import ChiasmLinearAlgebra
internal import ChiasmReporting
internal import ChiasmResponses
internal import ChiasmStatistics

/// A brain and a model whose correspondence is known.
///
/// Every voxel of a region mixes units of one layer of the model, the same for the whole region, and
/// adds noise to every trial. One layer belongs to no region. Where they are to be unrelated, the layers that
/// regions are made from are those of a hidden model.
public struct Simulation: Sendable {
  /// The layer that a region is made from.
  public struct Correspondence: Equatable, Sendable {
    /// The region.
    public let source: String
    /// The layer.
    public let target: String
  }

  /// Which layer each region is made from, in hierarchy order.
  public static let truth = [
    Correspondence(source: "V1", target: "layer1"), Correspondence(source: "V2", target: "layer2"),
    Correspondence(source: "V3", target: "layer3"), Correspondence(source: "hV4", target: "layer4"),
    Correspondence(source: "IT", target: "layer6"),
  ]

  /// One unit of the stored numbers, in percent signal change.
  static let storedUnit = 1.0 / 300

  /// What was asked for.
  public let settings: SimulationSettings
  /// The identifier of every stimulus.
  public let stimulusIDs: [String]
  /// The order of the stimuli in the model's matrices.
  let modelRows: [Int]
  let model: SimulatedModel
  let anatomy: SimulatedAnatomy
  /// Every voxel of the brain, in the order of the grid's storage.
  let voxels: [SimulatedVoxel]
  /// The session in which some voxels have no data, from 0, and these voxels' places.
  let gap: (session: Int, places: Set<Int>)

  /// Draws a brain and a model.
  ///
  /// - Throws: `setting` if a setting is outside its range.
  public init(_ settings: SimulationSettings) throws(WorkflowError) {
    try settings.check()
    var settings = settings
    if case .sessions(let count) = settings.dependence { settings.sessionCount = count }
    self.settings = settings
    anatomy = SimulatedAnatomy()
    try settings.checkSize(anatomy)
    let count = settings.stimulusCount
    let width = max(4, String(count).count)
    stimulusIDs = (1...count).map { "image" + String($0).padded(to: width) }
    var rows = SeededGenerator(seed: settings.seed, stream: SimulationStream.modelRows)
    modelRows = rows.permutation(of: count)
    func model(isHidden: Bool) -> SimulatedModel {
      SimulatedModel(
        stimulusCount: count, seed: settings.seed, dependence: settings.dependence,
        isHidden: isHidden)
    }
    self.model = model(isHidden: false)
    var generator = SeededGenerator(seed: settings.seed, stream: SimulationStream.voxels)
    let voxels = Self.voxels(
      anatomy, settings.isRelated ? self.model : model(isHidden: true), noise: settings.noise,
      using: &generator)
    let responsive = voxels.filter { $0.signal != nil }.map(\.place)
    let silent = generator.permutation(of: responsive.count).prefix(20).map { responsive[$0] }
    gap = (min(1, settings.sessionCount - 1), Set(silent))
    self.voxels = voxels
  }

  private static func voxels(
    _ anatomy: SimulatedAnatomy, _ model: SimulatedModel, noise: Double,
    using generator: inout SeededGenerator
  ) -> [SimulatedVoxel] {
    let units = SimulatedAnatomy.areas.map { area in
      let layer = truth.first { $0.source == area.region }?.target
      return model.layers.first { $0.name == layer }?.units.map(\.standardized)
    }
    return anatomy.brain.map { place in
      let label = Int(anatomy.labels.labels[place])
      return SimulatedVoxel(
        place: place, units: label > 0 ? units[label - 1] : nil, noise: noise, using: &generator)
    }
  }
}

extension Simulation {
  /// The stimuli that a session (from 0) shows: all, but those of its own where sessions differ.
  func stimuli(ofSession session: Int) -> [Int] {
    let all = Array(0..<settings.stimulusCount)
    guard case .sessions(let count) = settings.dependence else { return all }
    let groups = SimulatedDependence.sessions(count).groups(of: all.count)
    return all.filter { groups[$0] == session }
  }

  /// The order in which a session (from 0) shows its stimuli, at random but for a film, and what was
  /// recorded.
  ///
  /// - Parameter record: takes the next volume, in stored units; outside the brain it is 0.
  /// - Returns: the stimulus of every trial.
  @discardableResult
  func runSession(_ session: Int, record: ([Double]) throws -> Void) rethrows -> [Int] {
    var generator = SeededGenerator(seed: settings.seed, stream: SimulationStream.session(session))
    let shown = stimuli(ofSession: session)
    var trials = generator.permutation(of: shown.count).map { shown[$0] }
    if case .film = settings.dependence { trials = shown }
    for stimulus in trials {
      var volume = [Double](repeating: 0, count: SimulatedAnatomy.grid.voxelCount)
      for voxel in voxels {
        let response = voxel.response(to: stimulus, using: &generator)
        let isSilent = session == gap.session && gap.places.contains(voxel.place)
        volume[voxel.place] = isSilent ? 0 : (response / Self.storedUnit).rounded()
      }
      try record(volume)
    }
    return trials
  }
}

extension String {
  /// The text with zeros before it, so that it is at least `width` characters long.
  func padded(to width: Int) -> String {
    String(repeating: "0", count: Swift.max(0, width - count)) + self
  }
}

/// What is to be simulated.
public struct SimulationSettings: Equatable, Sendable {
  /// The number of stimuli, at least 12.
  public var stimulusCount = 200
  /// The number of sessions; each shows every stimulus once.
  public var sessionCount = 3
  /// What the noise of every voxel is multiplied by, from 0 to 10.
  public var noise = 1.0
  /// The seed of everything that is drawn.
  public var seed: UInt64 = 0
  /// How the stimuli depend on each other; nil where they do not. Sessions of their own stimuli are as many
  /// as it says, whatever `sessionCount` is.
  public var dependence: SimulatedDependence?
  /// Whether the regions are made from the layers of the model; else brain and model have nothing in common.
  public var isRelated = true

  /// The defaults of the command.
  public init() {}

  /// Guesses of the memory that is needed and of the recordings before compression, in bytes: units of
  /// the model, standardised once an area, and signals of voxels are doubles; a voxel of a volume has 16
  /// bits.
  func sizeEstimate(_ anatomy: SimulatedAnatomy) -> (memory: Double, files: Double) {
    let units = SimulatedModel.unitCount + SimulatedAnatomy.areas.count * SimulatedModel.widest
    let signals = anatomy.labels.labels.count { $0 > 0 }
    let trials = Double(stimulusCount) * Double(sessionCount)
    let row = 128.0  // of the table of trials
    return (
      Double(stimulusCount) * Double((units + signals) * MemoryLayout<Double>.size) + trials * row,
      trials * Double(anatomy.labels.grid.voxelCount * MemoryLayout<Int16>.size)
    )
  }

  /// Refuses what does not fit before any of it is made.
  func checkSize(_ anatomy: SimulatedAnatomy) throws(WorkflowError) {
    let (memory, files) = sizeEstimate(anatomy)
    let machine = Double(MachineLimits.own.memory)
    guard memory > machine || files > 1e12 else { return }
    func gigabytes(_ bytes: Double) -> String { NumberText.short(bytes / 1e9) + " GB" }
    throw .setting(
      name: "The size of \(stimulusCount) stimuli in \(sessionCount) sessions",
      expected:
        "at most \(gigabytes(machine)) of memory, as there are, and 1000 GB of files",
      actual: "about \(gigabytes(memory)) of memory and \(gigabytes(files)) of files")
  }

  func check() throws(WorkflowError) {
    if stimulusCount < 12 {
      throw .setting(
        name: "The number of stimuli", expected: "at least 12", actual: "\(stimulusCount)")
    }
    if sessionCount < 1 {
      throw .setting(
        name: "The number of sessions", expected: "at least 1", actual: "\(sessionCount)")
    }
    try dependence?.check(stimulusCount: stimulusCount)
    // More noise than this would leave the range of the stored numbers.
    if !(0...10).contains(noise) {
      throw .setting(name: "The noise", expected: "a factor from 0 to 10", actual: "\(noise)")
    }
  }
}

/// The streams of a simulation's seed, apart from those of other work with the same seed.
enum SimulationStream {
  /// The order of the stimuli in the model's matrices.
  static let modelRows: UInt64 = 0x51D0_0000
  /// The tuning of voxels.
  static let voxels: UInt64 = 0x51D1_0000

  /// The features of a layer, from 0.
  static func layer(_ index: Int) -> UInt64 { 0x51D2_0000 + UInt64(index) }

  /// The features of a layer of a hidden model, from 0.
  static func hiddenLayer(_ index: Int) -> UInt64 { 0x51D4_0000 + UInt64(index) }

  /// The order of trials and the noise of a session, from 0.
  static func session(_ index: Int) -> UInt64 { 0x51D3_0000 + UInt64(index) }
}
