/// Which byte of a number comes first in a file.
public enum NIfTIByteOrder: String, Sendable {
  case little
  case big

  /// The order of the machine that runs this.
  public static let machine: NIfTIByteOrder = NIfTIRecord.machineIsBigEndian ? .big : .little

  /// The other order.
  public var swapped: NIfTIByteOrder { self == .little ? .big : .little }
}
