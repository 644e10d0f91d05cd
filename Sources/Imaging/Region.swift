/// Voxels of a grid under a name.
public struct Region: Equatable, Sendable {
  /// The name of the region.
  public let name: String
  /// Places of the voxels in the grid's storage (i fastest), ascending, each once.
  public let voxels: [Int]

  /// Takes places in any order; a repeated one counts once.
  public init(name: String, voxels: some Sequence<Int>) {
    self.name = name
    var unique: [Int] = []
    for voxel in voxels.sorted() where unique.last != voxel { unique.append(voxel) }
    self.voxels = unique
  }
}
