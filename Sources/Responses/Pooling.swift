/// How units that lie along several axes become fewer before they are used (`--pool`).
///
/// A layer of maps is stimuli × channels × height × width, one of tokens stimuli × tokens × dim. Each kind
/// is pooled by a way of its own; stages of another shape stay as they are.
public struct Pooling: Equatable, Sendable {
  /// What becomes of maps: the axes after the channels.
  public enum Maps: Equatable, Sendable {
    /// The mean of each channel.
    case mean
    /// The greatest value of each channel.
    case max
    /// The means of K × K cells of each channel: cell i of an axis of H places reaches from ⌊i H / K⌋ to
    /// ⌈(i + 1) H / K⌉, so that cells may overlap (adaptive average pooling).
    case grid(Int)
  }

  /// What becomes of tokens.
  public enum Tokens: String, Sendable {
    /// Their mean.
    case mean
    /// The first alone, which is the class token of many models.
    case first
    /// The last alone.
    case last
  }

  /// Of maps; nil leaves them as they are.
  public let maps: Maps?
  /// Of tokens; nil leaves them as they are.
  public let tokens: Tokens?

  /// Pools maps, tokens, or both.
  public init(maps: Maps? = nil, tokens: Tokens? = nil) {
    (self.maps, self.tokens) = (maps, tokens)
  }

  /// Reads `none`, or one or two of `mean`, `max`, `grid:K`, `tokens:mean`, `tokens:first` (also `cls`) and
  /// `tokens:last`, with a comma between: at most one for maps and one for tokens. Nil for another text.
  public init?(_ text: String) {
    var (maps, tokens) = (Maps?.none, Tokens?.none)
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    for word in words where text != "none" {
      let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
      switch (parts.first, parts.count > 1 ? parts[1] : nil) {
      case ("mean", nil) where maps == nil: maps = .mean
      case ("max", nil) where maps == nil: maps = .max
      case ("grid", let size?) where maps == nil:
        guard let size = Int(size), (1...1_000_000).contains(size) else { return nil }
        maps = .grid(size)
      case ("cls", nil) where tokens == nil: tokens = .first
      case ("tokens", let name?) where tokens == nil:
        guard let way = name == "cls" ? .first : Tokens(rawValue: name) else { return nil }
        tokens = way
      default: return nil
      }
    }
    self.init(maps: maps, tokens: tokens)
  }

  /// How the units of a stage along `axes` are pooled; nil where no way fits these axes.
  ///
  /// Two axes are tokens × dim, three or more are channels and maps; `grid` takes three. A grid of more
  /// cells than a map has places along an axis repeats places: `isFiner` tells it.
  public func pool(axes: [Int]) -> UnitPool? {
    switch (axes.count, maps, tokens) {
    case (2, _, let tokens?): UnitPool(tokens, axes: axes)
    case (3, .grid(let size)?, _): UnitPool(cells: size, axes: axes)
    case (3..., .mean?, _): UnitPool(mean: axes)
    case (3..., .max?, _): UnitPool(greatest: axes)
    default: nil
    }
  }

  /// Whether a grid has more cells along an axis than maps along `axes` have places.
  public func isFiner(than axes: [Int]) -> Bool {
    guard axes.count == 3, case .grid(let size)? = maps else { return false }
    return size > min(axes[1], axes[2])
  }
}

extension Pooling: CustomStringConvertible {
  /// What `init(_:)` reads: `mean,tokens:first`.
  public var description: String {
    let maps: String? = self.maps.map {
      switch $0 {
      case .mean: "mean"
      case .max: "max"
      case .grid(let size): "grid:\(size)"
      }
    }
    let words = [maps, tokens.map { "tokens:\($0.rawValue)" }].compactMap(\.self)
    return words.isEmpty ? "none" : words.joined(separator: ",")
  }
}

extension Pooling: Codable {
  /// Reads the description.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.singleValueContainer()
    let text = try values.decode(String.self)
    guard let pooling = Pooling(text) else {
      throw DecodingError.dataCorruptedError(in: values, debugDescription: "no way of pooling")
    }
    self = pooling
  }

  /// Writes the description.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.singleValueContainer()
    try values.encode(description)
  }
}

/// How the units of one stage are pooled: each new unit is the mean, or the greatest, of some groups of
/// consecutive units. Sums are taken in double precision, in the order of the units.
public struct UnitPool: Sendable {
  /// The extents of the axes that are left.
  public let axes: [Int]
  /// Where the runs of units of each new unit begin, from the first of its channel or dimension, and how
  /// far apart the units of a run are.
  private let cells: [Cell]
  /// From the units of one channel or dimension to those of the next, and how many there are.
  private let step: Int
  private let count: Int
  private let isGreatest: Bool

  private struct Cell {
    let starts: [Int]
    let length: Int
    let stride: Int
  }

  fileprivate init(_ tokens: Pooling.Tokens, axes: [Int]) {
    let (height, width) = (axes[0], axes[1])
    let cell =
      switch tokens {
      case .mean: Cell(starts: [0], length: height, stride: width)
      case .first: Cell(starts: [0], length: min(1, height), stride: width)
      case .last: Cell(starts: [max(0, height - 1) * width], length: min(1, height), stride: width)
      }
    self.init(axes: [width], cells: [cell], step: 1, count: width)
  }

  fileprivate init(cells size: Int, axes: [Int]) {
    func bounds(_ index: Int, _ extent: Int) -> Range<Int> {
      index * extent / size..<((index + 1) * extent + size - 1) / size
    }
    let cells = (0..<size).flatMap { row in
      (0..<size).map { column in
        let places = bounds(column, axes[2])
        return Cell(
          starts: bounds(row, axes[1]).map { $0 * axes[2] + places.lowerBound },
          length: places.count, stride: 1)
      }
    }
    self.init(
      axes: [axes[0], size, size], cells: cells, step: axes[1] * axes[2], count: axes[0])
  }

  fileprivate init(mean axes: [Int]) { self.init(whole: axes) }

  fileprivate init(greatest axes: [Int]) { self.init(whole: axes, isGreatest: true) }

  private init(whole axes: [Int], isGreatest: Bool = false) {
    let size = axes.dropFirst().reduce(1, *)
    self.init(
      axes: [axes[0]], cells: [Cell(starts: [0], length: size, stride: 1)], step: size,
      count: axes[0], isGreatest: isGreatest)
  }

  private init(axes: [Int], cells: [Cell], step: Int, count: Int, isGreatest: Bool = false) {
    (self.axes, self.cells, self.step, self.count) = (axes, cells, step, count)
    self.isGreatest = isGreatest
  }

  /// The new units of one stimulus, a NaN where one of the old is.
  public func callAsFunction(_ units: some Collection<Double>) -> [Double] {
    let pooled: [Double]? = units.withContiguousStorageIfAvailable { units in
      var result: [Double] = []
      result.reserveCapacity(count * cells.count)
      for number in 0..<count {
        for cell in cells {
          result.append(
            isGreatest
              ? Self.greatest(units, cell, from: number * step)
              : Self.mean(units, cell, from: number * step))
        }
      }
      return result
    }
    return pooled ?? self(Array(units))
  }

  private static func mean(
    _ units: UnsafeBufferPointer<Double>, _ cell: Cell, from first: Int
  ) -> Double {
    var sum = 0.0
    for start in cell.starts {
      var place = first + start
      for _ in 0..<cell.length {
        sum += units[place]
        place += cell.stride
      }
    }
    return sum / Double(cell.starts.count * cell.length)
  }

  private static func greatest(
    _ units: UnsafeBufferPointer<Double>, _ cell: Cell, from first: Int
  ) -> Double {
    var greatest = -Double.infinity
    for start in cell.starts {
      for place in first + start..<first + start + cell.length
      where units[place] > greatest || units[place].isNaN {
        greatest = units[place]
      }
    }
    return greatest
  }
}
