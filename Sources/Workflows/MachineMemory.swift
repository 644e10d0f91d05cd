internal import ChiasmResponses
internal import Foundation

/// The memory that this process may take.
enum MachineMemory {
  /// In bytes: what the machine has, or less where the control group or `ulimit -v` of the process
  /// allows less.
  static var limit: Int {
    var limits = [Int(clamping: ProcessInfo.processInfo.physicalMemory)]
    var address = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &address) == 0 {
      limits.append(Int(clamping: address.rlim_cur))
    }
    let groups = try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)
    limits += groupLimits(groups ?? "", below: "/sys/fs/cgroup")
    return limits.min() ?? .max
  }

  /// The limits of the control groups of a process and of all groups above them, of version 1 and 2.
  ///
  /// - Parameters:
  ///   - groups: what `/proc/self/cgroup` says: a line a hierarchy, `number:controllers:path`.
  ///   - root: where the hierarchies are mounted.
  static func groupLimits(_ groups: String, below root: String) -> [Int] {
    groups.split(separator: "\n").flatMap { line -> [Int] in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return [] }
      let isUnified = fields[1].isEmpty
      guard isUnified || fields[1].split(separator: ",").contains("memory") else { return [] }
      var names = fields[2].split(separator: "/")
      var files: [String] = []
      repeat {
        let path = names.map { "/" + $0 }.joined()
        files.append(
          isUnified ? root + path + "/memory.max" : root + "/memory\(path)/memory.limit_in_bytes")
      } while names.popLast() != nil
      return files.compactMap { file in
        (try? String(contentsOfFile: file, encoding: .utf8))
          .flatMap { Int($0.filter { !$0.isNewline }) }
      }
    }
  }

  /// Throws `memory` for work that takes more than there is; `remedy` says what to do.
  static func check(
    _ needed: Int, for work: String, remedy: (_ limit: Int) -> String
  ) throws(WorkflowError) {
    let limit = limit
    guard needed > limit else { return }
    throw .memory(work: work, needed: needed, available: limit, remedy: remedy(limit))
  }

  /// The same for pairs of stages that are worked on side by side.
  ///
  /// - Parameters:
  ///   - bytes: what a pair of units takes.
  ///   - isRepeated: whether the largest pair is worked on by all threads at once, as for draws.
  static func check(
    _ sources: [Stage], _ targets: [Stage], bytesPerUnitPair bytes: Int, threads: Int,
    isRepeated: Bool
  ) throws(WorkflowError) {
    let sizes = sources.flatMap { source in
      targets.map { target in
        (source, target, count: Double(source.unitCount) * Double(target.unitCount))
      }
    }.sorted { $0.count > $1.count }
    guard let (source, target, count) = sizes.first else { return }
    let width = min(threads, ProcessInfo.processInfo.activeProcessorCount)
    let inFlight = isRepeated ? width : min(width, sizes.count)
    let sum =
      isRepeated
      ? count * Double(width) : sizes.prefix(inFlight).reduce(0) { $0 + $1.count }
    try check(
      Int(min(sum * Double(bytes), 1e18)),
      for: "Matching the units of \(source.name) and \(target.name) "
        + "(\(source.unitCount) × \(target.unitCount)"
        + (inFlight > 1 ? ", and \(inFlight) pairs of stages at once)" : ")")
    ) { limit in
      let units = (Double(limit) / Double(bytes * inFlight)).squareRoot()
      return "take at most \(Int(units)) units a stage with --max-units"
        + (inFlight > 1 && count * Double(bytes) <= Double(limit)
          ? ", or fewer threads with --threads" : "")
    }
  }
}
