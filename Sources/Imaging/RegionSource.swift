/// Something that regions can be taken from.
public enum RegionSource: Equatable, Sendable {
  /// An image of labels and their names. Without a table a label is named by its number.
  case atlas(name: String, image: LabelImage, table: LabelTable?)
  /// A mask, which is one region of its own name.
  case mask(name: String, mask: RegionMask)

  /// The name of the atlas or of the mask.
  public var name: String {
    switch self {
    case .atlas(let name, _, _), .mask(let name, _): name
    }
  }

  /// The grid of the image.
  public var grid: Grid {
    switch self {
    case .atlas(_, let image, _): image.grid
    case .mask(_, let mask): mask.grid
    }
  }
}
