/// The streams of a simulation's seed, apart from those of other work with the same seed.
enum SimulationStream {
  /// The order of the stimuli in the model's matrices.
  static let modelRows: UInt64 = 0x51D0_0000
  /// The tuning of voxels.
  static let voxels: UInt64 = 0x51D1_0000

  /// The features of a layer, from 0.
  static func layer(_ index: Int) -> UInt64 { 0x51D2_0000 + UInt64(index) }

  /// The order of trials and the noise of a session, from 0.
  static func session(_ index: Int) -> UInt64 { 0x51D3_0000 + UInt64(index) }
}
