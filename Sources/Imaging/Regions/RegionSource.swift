public import ChiasmResponses

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

/// An image of whole numbers, one a voxel: an atlas or a mask.
public struct LabelImage: Equatable, Sendable {
  /// The voxels in space.
  public let grid: Grid
  /// One label a voxel, i fastest. A label ≤ 0 is background.
  public let labels: [Int32]

  /// Takes one label a voxel; traps on any other count.
  public init(grid: Grid, labels: [Int32]) {
    precondition(labels.count == grid.voxelCount, "One label a voxel.")
    self.grid = grid
    self.labels = labels
  }
}

extension LabelImage {
  /// The different labels.
  public var distinctLabels: Set<Int32> {
    var found: Set<Int32> = []
    var last: Int32?
    // Most voxels have the label of the one before.
    for label in labels where label != last {
      found.insert(label)
      last = label
    }
    return found
  }
}

/// The voxels of a grid that are inside something. `NIfTIReader.readMask` tells what an image means.
public struct RegionMask: Equatable, Sendable {
  /// The voxels in space.
  public let grid: Grid
  /// Whether each voxel is inside, i fastest.
  public let isInside: [Bool]

  /// Takes one answer a voxel; traps on any other count.
  public init(grid: Grid, isInside: [Bool]) {
    precondition(isInside.count == grid.voxelCount, "One answer a voxel.")
    self.grid = grid
    self.isInside = isInside
  }

  /// Places of the voxels inside, ascending.
  public var voxels: [Int] { isInside.indices.filter { isInside[$0] } }
}
