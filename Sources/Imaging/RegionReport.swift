/// What a set of regions was made from, and what was left over.
public struct RegionReport: Equatable, Sendable {
  /// A label of an atlas, or a mask.
  public struct Label: Equatable, Sendable {
    /// The name of the atlas or mask.
    public let source: String
    /// The values of its voxels; none for a mask.
    public let indices: [Int32]
    /// Its name; its number if it has none.
    public let name: String
    /// How many voxels it has inside the overall mask.
    public let voxelCount: Int
  }

  /// What one region was made from.
  public struct Entry: Equatable, Sendable {
    /// The name of the region.
    public let region: String
    /// How many voxels the region has, each counted once.
    public let voxelCount: Int
    /// The labels that it unites.
    public let labels: [Label]
    /// Members that were taken as the union of a left and a right label, as in `V1 = L_V1 + R_V1`.
    public let unions: [String]
  }

  /// One entry a region, in the order of the regions.
  public let regions: [Entry]
  /// Labels that are in an image but not in its table; they are named by their numbers.
  public let unnamedLabels: [Label]
  /// Those of `emptyLabels` of which a region would be made if they had voxels: all labels of atlases
  /// where no merges were asked for, else none.
  public let labelsLeftOut: [Label]
  /// Labels of a table, or of an image, that have no voxel (inside the overall mask).
  public let emptyLabels: [Label]
}
