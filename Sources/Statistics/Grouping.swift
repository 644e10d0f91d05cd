/// A division of things 0 ..< `count`, such as stimuli, into groups of those that belong together.
public struct Grouping: Equatable, Sendable {
  /// For each thing the number of its group; groups are numbered in the order of first appearance.
  public let numbers: [Int]
  /// The things of each group, ascending.
  public let members: [[Int]]

  /// Puts things with equal labels into one group.
  public init<Label: Hashable>(_ labels: [Label]) {
    var places: [Label: Int] = [:]
    var members: [[Int]] = []
    numbers = labels.enumerated().map { thing, label in
      let number = places[label, default: members.count]
      if number == members.count {
        places[label] = number
        members.append([])
      }
      members[number].append(thing)
      return number
    }
    self.members = members
  }

  /// Groups of one thing each.
  public static func singles(_ count: Int) -> Grouping { Grouping(Array(0..<count)) }

  /// The number of groups.
  public var count: Int { members.count }

  /// How many things the smallest and the largest group have; 0 without any.
  public var sizes: ClosedRange<Int> {
    let sizes = members.map(\.count)
    return (sizes.min() ?? 0)...(sizes.max() ?? 0)
  }

  /// The groups that some things belong to, ascending.
  public func groups(of things: [Int]) -> [Int] { Set(things.map { numbers[$0] }).sorted() }

  /// The first group whose members do not follow one another; nil where all do.
  public var firstScattered: Int? {
    members.firstIndex { ($0.last ?? 0) - ($0.first ?? 0) + 1 != $0.count }
  }
}
