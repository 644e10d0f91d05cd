public import ChiasmStatistics

/// How the stimuli of a simulation depend on each other.
public enum SimulatedDependence: Equatable, Sendable {
  /// So many categories, whose stimuli come in turns: half of what varies over stimuli is common to a
  /// category.
  case categories(Int)
  /// A film: what varies follows x_t = φ x_{t−1} + √(1 − φ²) e_t along the stimuli, with this φ.
  case film(memory: Double)
  /// So many sessions, each of which shows stimuli of its own: half of what varies over stimuli is common
  /// to a session.
  case sessions(Int)

  /// A film is cut into so many segments of equal length.
  static let segmentCount = 10
}

extension SimulatedDependence: RawRepresentable {
  /// Reads `categories:6`, `film:0.9` or `sessions:5`.
  public init?(rawValue: String) {
    let parts = rawValue.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return nil }
    switch (parts[0], Int(parts[1]), Double(parts[1])) {
    case ("categories", let count?, _): self = .categories(count)
    case ("sessions", let count?, _): self = .sessions(count)
    case ("film", _, let memory?): self = .film(memory: memory)
    default: return nil
    }
  }

  /// `categories:6`, `film:0.9` or `sessions:5`.
  public var rawValue: String {
    switch self {
    case .categories(let count): "categories:\(count)"
    case .film(let memory): "film:\(memory)"
    case .sessions(let count): "sessions:\(count)"
    }
  }

  /// The column that says which stimuli belong together.
  var column: String {
    switch self {
    case .categories: "category"
    case .film: "segment"
    case .sessions: "session"
    }
  }

  /// How many groups there are.
  var groupCount: Int {
    switch self {
    case .categories(let count), .sessions(let count): count
    case .film: Self.segmentCount
    }
  }

  /// The group of each stimulus, from 0.
  public func groups(of stimulusCount: Int) -> [Int] {
    (0..<stimulusCount).map { stimulus in
      switch self {
      case .categories(let count): stimulus % count
      case .film, .sessions: stimulus * groupCount / stimulusCount
      }
    }
  }

  /// What aligns data of this kind, beside `chiasm align --source brain --target model`.
  var alignOptions: String {
    switch self {
    case .categories: "--groups category"
    case .film: "--groups segment --folds contiguous --gap 10"
    case .sessions: "--groups session --exchange within:session"
    }
  }

  /// Normal numbers of variance 1, a value a stimulus, that depend on each other.
  public func deviates(_ count: Int, using generator: inout SeededGenerator) -> [Double] {
    switch self {
    case .categories, .sessions:
      let common = (0..<groupCount).map { _ in generator.normal() }
      let half = 0.5.squareRoot()
      return groups(of: count).map { half * (common[$0] + generator.normal()) }
    case .film(let memory):
      var last = generator.normal()
      let fresh = (1 - memory * memory).squareRoot()
      return (0..<count).map { place in
        if place > 0 { last = memory * last + fresh * generator.normal() }
        return last
      }
    }
  }

  func check(stimulusCount: Int) throws(WorkflowError) {
    if case .film(let memory) = self, !(0...0.99).contains(memory) {
      throw .setting(
        name: "The memory of a film", expected: "from 0 to 0.99", actual: "\(memory)")
    }
    guard groupCount >= 2, stimulusCount % max(groupCount, 1) == 0, stimulusCount >= 2 * groupCount
    else {
      throw .setting(
        name: "The number of groups",
        expected:
          "at least 2 and such that each has as many of the \(stimulusCount) stimuli, two or more",
        actual: "\(groupCount)")
    }
  }
}
