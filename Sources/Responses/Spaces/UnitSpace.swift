/// Where the units of a response set lie.
///
/// A unit's place in a space is a number from 0 to below `placeCount`. A table of units names it by
/// whole numbers (`indices`) and, for people, by its position in millimetres.
public enum UnitSpace: Equatable, Sendable {
  /// In voxels of a grid; a place is that in an image's storage, i fastest (see `Grid.offset`).
  case volume(Grid)
  /// Nowhere that is known, as the units of a model.
  case none

  /// How many places there are.
  public var placeCount: Int {
    switch self {
    case .volume(let grid): grid.voxelCount
    case .none: 0
    }
  }

  /// The columns of a table of units that tell a unit's place.
  public var indexNames: [String] {
    switch self {
    case .volume: ["i", "j", "k"]
    case .none: []
    }
  }

  /// How many there are of each of `indices`.
  public var indexCounts: [Int] {
    switch self {
    case .volume(let grid): grid.shape
    case .none: []
    }
  }

  /// The columns of a table of units that tell where a unit lies, in mm.
  public var positionNames: [String] {
    switch self {
    case .volume: ["x", "y", "z"]
    case .none: []
    }
  }

  /// What a table says of a place in the columns `indexNames`, from 0.
  public func indices(at place: Int) -> [Int] {
    switch self {
    case .volume(let grid):
      let (i, j, k) = grid.indices(at: place)
      return [i, j, k]
    case .none: return []
    }
  }

  /// What a table says of a place in the columns `positionNames`.
  public func position(at place: Int) -> [Double] {
    switch self {
    case .volume(let grid):
      let (i, j, k) = grid.indices(at: place)
      return grid.affine.position(Double(i), Double(j), Double(k))
    case .none: return []
    }
  }

  /// The place that a table names by its columns `indexNames`; nil if the space does not have it.
  ///
  /// - Precondition: there is one number a column.
  public func place(at indices: [Int]) -> Int? {
    precondition(indices.count == indexNames.count, "One number a column.")
    switch self {
    case .volume(let grid):
      let isInside = zip(indices, grid.shape).allSatisfy { (0..<$1).contains($0) }
      return isInside ? grid.offset(indices[0], indices[1], indices[2]) : nil
    case .none: return nil
    }
  }
}
