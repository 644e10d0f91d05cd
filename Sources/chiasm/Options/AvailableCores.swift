import Foundation
import Glibc

/// How many cores this process may use: those of the machine, its affinity to some of them, and the
/// share of processor time that control groups leave it, rounded up to whole cores.
struct AvailableCores {
  /// At least 1.
  let count: Int

  /// Asks the system.
  ///
  /// - Parameters:
  ///   - online: the cores of the machine.
  ///   - root: where the files lie in which the system tells of this process.
  init(online: Int = sysconf(Int32(_SC_NPROCESSORS_ONLN)), root: String = "") {
    let limits = [online, Self.affinity(root: root), ControlGroups(root: root).cores]
    count = max(limits.compactMap(\.self).min() ?? 1, 1)
  }

  /// The cores on which the process may run, bits of hexadecimal numbers as `proc(5)` describes them.
  private static func affinity(root: String) -> Int? {
    let key = "Cpus_allowed:"
    let line = linesOfFile(root + "/proc/self/status").first { $0.hasPrefix(key) }
    let count = line?.dropFirst(key.count).reduce(0) {
      $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount
    }
    return count == 0 ? nil : count
  }
}

/// The lines of a text file; none where it cannot be read.
private func linesOfFile(_ path: String) -> [Substring] {
  let text = try? String(contentsOfFile: path, encoding: .utf8)
  return text?.split(separator: "\n") ?? []
}

/// The control groups that this process is in, of version 1 and of version 2, as `proc(5)` and
/// `cgroups(7)` describe them.
struct ControlGroups {
  /// What the groups and those above them leave of the processor time, in whole cores; nil without limit.
  let cores: Int?

  init(root: String) {
    let names = Self.names(linesOfFile(root + "/proc/self/cgroup"))
    let limits = linesOfFile(root + "/proc/self/mountinfo").compactMap(Mount.init).flatMap {
      mount in
      names[mount.isUnified]
        .map { mount.folders(of: $0).compactMap { Self.limit(in: root + $0) } } ?? []
    }
    cores = limits.min()
  }

  /// The group of version 2 (true), and that of version 1 which rules processor time (false).
  private static func names(_ lines: [Substring]) -> [Bool: String] {
    lines.reduce(into: [:]) { names, line in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return }
      if parts[1].isEmpty { names[true] = String(parts[2]) }
      if parts[1].split(separator: ",").contains("cpu") { names[false] = String(parts[2]) }
    }
  }

  /// Where a hierarchy of groups is seen, a line of `mountinfo`.
  private struct Mount {
    let isUnified: Bool
    /// The group that is seen at `folder`.
    let group: Substring
    let folder: Substring

    /// Nil for what is no hierarchy that rules processor time.
    init?(_ line: Substring) {
      let words = line.split(separator: " ")
      guard let dash = words.firstIndex(of: "-"), dash >= 6, words.count > dash + 3 else {
        return nil
      }
      isUnified = words[dash + 1] == "cgroup2"
      let isOfTime = words[dash + 3].split(separator: ",").contains("cpu")
      guard isUnified || (words[dash + 1] == "cgroup" && isOfTime) else { return nil }
      (group, folder) = (words[3] == "/" ? "" : words[3], words[4])
    }

    /// The folder of a group and those of the groups above it; of one that is not seen, the topmost.
    func folders(of name: String) -> [String] {
      let rest = name.hasPrefix(group + "/") ? name.dropFirst(group.count) : ""
      let steps = rest.split(separator: "/")
      return (0...steps.count).map { ([folder] + steps.prefix($0)).joined(separator: "/") }
    }
  }

  /// The whole cores that one group allows.
  private static func limit(in folder: String) -> Int? {
    let unified = linesOfFile(folder + "/cpu.max").first?.split(separator: " ") ?? []
    let words =
      unified.count == 2
      ? unified
      : ["/cpu.cfs_quota_us", "/cpu.cfs_period_us"].compactMap { linesOfFile(folder + $0).first }
    let numbers = words.compactMap { Double($0) }
    guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0 else { return nil }
    return Int(exactly: (numbers[0] / numbers[1]).rounded(.up))
  }
}
