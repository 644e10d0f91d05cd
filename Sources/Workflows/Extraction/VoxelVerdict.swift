/// Whether a voxel is kept, and if not, why.
public enum VoxelVerdict: String, CaseIterable, Codable, Sendable {
  /// It is kept.
  case kept
  /// It holds a NaN or an infinity in some session.
  case notFinite = "not_finite"
  /// It does not vary within some session.
  case constant
  /// Its signal-to-noise ratio is not finite, or a half of its repeats does not vary.
  case noNoiseCeiling = "no_noise_ceiling"
  /// Its noise ceiling is below the least that was asked for.
  case lowNoiseCeiling = "low_noise_ceiling"

  /// The verdict in words, for a message.
  var phrase: String {
    switch self {
    case .kept: "kept"
    case .notFinite: "not finite in a session"
    case .constant: "constant in a session"
    case .noNoiseCeiling: "without a noise ceiling"
    case .lowNoiseCeiling: "below the least noise ceiling"
    }
  }
}
