internal import Foundation

/// What this process may take of the machine.
public struct MachineLimits: Sendable {
  /// How many threads run at once at most: the cores of the machine to which the process has affinity.
  public let processors: Int
  /// How many cores the process may use: its processors, or less where control groups leave it a smaller
  /// share of processor time, rounded up to whole cores. At least 1.
  public let cores: Int
  /// How many bytes the process may take: what the machine has, or less where a control group or
  /// `ulimit` allows less.
  public let memory: Int

  /// What the system says when it is first asked for.
  public static let own = MachineLimits()

  /// Limits that are known.
  public init(processors: Int, cores: Int, memory: Int) {
    (self.processors, self.cores, self.memory) = (processors, cores, memory)
  }

  /// Asks the system.
  ///
  /// - Parameters:
  ///   - online: the cores of the machine.
  ///   - installed: its memory, bytes.
  ///   - resources: how many bytes `ulimit -v` and `ulimit -d` leave the process.
  ///   - root: the folder below which `/proc` and the control groups are read.
  init(
    online: Int = sysconf(Int32(_SC_NPROCESSORS_ONLN)),
    installed: Int = Int(clamping: ProcessInfo.processInfo.physicalMemory),
    resources: [Int] = [RLIMIT_AS, RLIMIT_DATA].compactMap(softLimit), root: String = ""
  ) {
    let groups = ControlGroups(root: root)
    processors = max(min(online, affinity(root: root) ?? online), 1)
    cores = max(min(processors, groups.cores ?? processors), 1)
    memory = ([installed, groups.memory].compactMap(\.self) + resources).min() ?? installed
  }

  /// Refuses what a file stands for, before it is read, where it takes more memory than there is.
  ///
  /// - Throws: `malformed`.
  func check(_ needed: Int, for content: String, of path: String) throws(ArrayFileError) {
    guard needed > memory else { return }
    throw .malformed(
      path: path,
      problem: "\(content) takes \(needed) bytes of memory, but there are \(memory); save fewer "
        + "numbers, or use a machine with more memory")
  }
}

/// The bytes that one of the limits of `getrlimit(2)` allows.
func softLimit(_ resource: __rlimit_resource) -> Int? {
  var limit = rlimit()
  guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return nil }
  return Int(clamping: limit.rlim_cur)
}

/// The number of cores on which the process may run, bits of hexadecimal numbers as `proc(5)` describes
/// them.
private func affinity(root: String) -> Int? {
  let key = "Cpus_allowed:"
  let line = linesOfFile(root + "/proc/self/status").first { $0.hasPrefix(key) }
  let count = line?.dropFirst(key.count).reduce(0) {
    $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount
  }
  return count == 0 ? nil : count
}

/// The lines of a text file; none where it cannot be read.
private func linesOfFile(_ path: String) -> [Substring] {
  let text = try? String(contentsOfFile: path, encoding: .utf8)
  return text?.split(separator: "\n") ?? []
}

/// The control groups that this process is in, of version 1 and of version 2, as `proc(5)` and
/// `cgroups(7)` describe them. The limit of a group holds for all groups below it.
private struct ControlGroups {
  private let root: String
  private let mounts: [Mount]
  /// The group of the process by the controllers of its hierarchy; that of version 2 by none.
  private let names: [(controllers: [Substring], group: Substring)]

  init(root: String) {
    self.root = root
    mounts = linesOfFile(root + "/proc/self/mountinfo").compactMap(Mount.init)
    names = linesOfFile(root + "/proc/self/cgroup").compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      return parts.count == 3 ? (parts[1].split(separator: ","), parts[2]) : nil
    }
  }

  /// What is left of the processor time, in whole cores; nil without limit.
  var cores: Int? {
    folders(of: "cpu").compactMap { folder in
      let unified = linesOfFile(folder + "/cpu.max").first?.split(separator: " ") ?? []
      let words =
        unified.count == 2
        ? unified
        : ["/cpu.cfs_quota_us", "/cpu.cfs_period_us"].compactMap { linesOfFile(folder + $0).first }
      let numbers = words.compactMap { Double($0) }
      guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0 else { return nil }
      return Int(exactly: (numbers[0] / numbers[1]).rounded(.up))
    }.min()
  }

  /// The least bytes that a group allows; nil without limit.
  var memory: Int? {
    folders(of: "memory").flatMap { folder in
      ["/memory.max", "/memory.limit_in_bytes"].compactMap {
        linesOfFile(folder + $0).first.flatMap { Int($0) }
      }
    }.min()
  }

  /// The folders of the groups of the process that rule what a controller does, and of those above.
  private func folders(of controller: Substring) -> [String] {
    mounts.flatMap { mount -> [String] in
      guard mount.isUnified || mount.options.contains(controller) else { return [] }
      let own = names.first {
        mount.isUnified ? $0.controllers.isEmpty : $0.controllers.contains(controller)
      }
      return own.map { mount.folders(of: $0.group).map { root + $0 } } ?? []
    }
  }

  /// Where a hierarchy of groups is seen, a line of `mountinfo`.
  private struct Mount {
    let isUnified: Bool
    /// Those of version 1 have the names of their controllers among them.
    let options: [Substring]
    /// The group that is seen at `folder`.
    let group: String
    let folder: String

    /// Nil for what is no hierarchy of control groups.
    init?(_ line: Substring) {
      let words = line.split(separator: " ")
      guard let dash = words.firstIndex(of: "-"), dash >= 6, words.count > dash + 3,
        words[dash + 1] == "cgroup2" || words[dash + 1] == "cgroup"
      else { return nil }
      isUnified = words[dash + 1] == "cgroup2"
      options = words[dash + 3].split(separator: ",")
      let paths = words[3...4].map(Self.withoutEscapes)
      (group, folder) = (paths[0] == "/" ? "" : paths[0], paths[1])
    }

    /// Blanks and backslashes stand in `mountinfo` as a backslash and three octal digits.
    private static func withoutEscapes(_ path: Substring) -> String {
      path.replacing("\\040", with: " ").replacing("\\134", with: "\\").description
    }

    /// The folder of a group and those of the groups above it; of one that is not seen, the topmost.
    func folders(of name: Substring) -> [String] {
      let steps =
        name.hasPrefix(group + "/") ? name.dropFirst(group.count).split(separator: "/") : []
      return steps.reduce(into: [folder]) { $0.append("\($0.last ?? "")/\($1)") }
    }
  }
}
