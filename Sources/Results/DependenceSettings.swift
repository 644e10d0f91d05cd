/// What belongs together among the stimuli and how splits, permutations and intervals respect it, as the
/// user said it; coded as `dependence` of settings.
public struct DependenceSettings: Codable, Equatable, Sendable {
  /// How stimuli are held out, each once.
  public enum Folds: String, Codable, Sendable, CaseIterable {
    /// At random, whole groups where there are some.
    case random
    /// Stretches along the order of the source's stimuli.
    case contiguous
  }

  /// Which orders of the target's stimuli permutations take.
  public enum Exchange: Equatable, Sendable {
    /// Whole groups by a column change places.
    case whole(String)
    /// Stimuli change places within groups by a column.
    case within(String)
    /// Circular shifts along the order of the source's stimuli.
    case shift
  }

  /// The column that says which stimuli belong together; nil where each is by itself.
  public var groups: String?
  /// The table with the columns that are named; the source's own table of stimuli when nil.
  public var table: String?
  /// How stimuli are held out; random splits when nil.
  public var folds: Folds?
  /// How many training stimuli on either side of a held-out one are left out; none when nil.
  public var gap: Int?
  /// Which orders permutations take; `usedExchange` when nil.
  public var exchange: Exchange?

  /// Stimuli that are independent of each other.
  public init() {}

  enum CodingKeys: String, CodingKey {
    case groups, folds, gap, exchange
    case table = "stimulus_table"
  }

  /// The exchange that was asked for; else that of whole groups where there are groups, shifts where folds
  /// are contiguous, and nil, every order, where nothing tells that stimuli depend on each other.
  public var usedExchange: Exchange? {
    exchange ?? groups.map(Exchange.whole) ?? (folds == .contiguous ? .shift : nil)
  }

  /// The columns that are named, with the options that name them.
  public var columns: [(name: String, option: String)] {
    let exchanged: String? =
      switch exchange {
      case .whole(let column), .within(let column): column
      case .shift, nil: nil
      }
    return [(groups, "--groups"), (exchanged, "--exchange")].compactMap { column, option in
      column.map { ($0, option) }
    }
  }
}

extension DependenceSettings.Exchange: RawRepresentable, Codable {
  /// Reads `whole:COLUMN`, `within:COLUMN` or `shift`.
  public init?(rawValue: String) {
    let parts = rawValue.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.dropFirst().first) {
    case ("whole", let column?): self = .whole(column)
    case ("within", let column?): self = .within(column)
    case ("shift", nil) where rawValue == "shift": self = .shift
    default: return nil
    }
  }

  /// `whole:COLUMN`, `within:COLUMN` or `shift`.
  public var rawValue: String {
    switch self {
    case .whole(let column): "whole:" + column
    case .within(let column): "within:" + column
    case .shift: "shift"
    }
  }
}

/// What belongs together among the stimuli in use, and what that leaves for permutations; absent where
/// nothing was said about it.
public struct DependenceResult: Codable, Equatable, Sendable {
  /// The number of groups; null without groups.
  public let groups: Int?
  /// The stimuli of the smallest group.
  public let least_stimuli: Int?
  /// The stimuli of the largest group.
  public let most_stimuli: Int?
  /// How many different orders of the stimuli permutations may take, their own among them; null without
  /// permutations, and where a double holds no such number.
  public let orders: Double?
  /// 1 / (1 + permutations): no p is smaller; null without permutations.
  public let least_p: Double?

  /// Gathers the numbers.
  public init(
    groups: Int?, sizes: ClosedRange<Int>?, orders: Double?, leastP: Double?
  ) {
    self.groups = groups
    (least_stimuli, most_stimuli) = (sizes?.lowerBound, sizes?.upperBound)
    self.orders = orders
    least_p = leastP
  }
}
