import Foundation
import TestSupport
import Testing

@testable import ChiasmFiles

@Suite("What a process may take of the machine")
struct MachineLimitsTests {
  /// What the system says, as files below a folder, and the limits that follow from it.
  struct System: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let cores: Int
    let memory: Int
    let files: [String: String]

    init(_ description: String, cores: Int = 64, memory: Int = 9000, _ files: [String: String]) {
      (testDescription, self.files) = (description, files)
      (self.cores, self.memory) = (cores, memory)
    }
  }

  static let unified = "31 23 0:28 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n"
  static let first =
    "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
    + "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n"
    + "33 31 0:30 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset\n"
    + "34 31 0:31 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"
  static let container =
    "400 399 0:28 /docker/abc /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw,nsdelegate\n"

  static let affinity = [
    System("nothing is told", cores: 64, [:]),
    System("two cores of 64", cores: 2, ["proc/self/status": status("00000000,00000003")]),
    System("high cores", cores: 5, ["proc/self/status": status("8001,00000000,00000007")]),
    System("more than there are", cores: 64, ["proc/self/status": status("ffffffff,ffffffff,f")]),
    System("no list", cores: 64, ["proc/self/status": "Name:\tchiasm\nCpus_allowed:\t\n"]),
  ]

  static let versionTwo = [
    System("no limit", cores: 64, group(unified, "0::/job", ["job/cpu.max": "max 100000"])),
    System("two cores", cores: 2, group(unified, "0::/job", ["job/cpu.max": "200000 100000"])),
    System(
      "a core and a half", cores: 2, group(unified, "0::/job", ["job/cpu.max": "150000 100000"])),
    System("a tenth", cores: 1, group(unified, "0::/job", ["job/cpu.max": "10000 100000"])),
    System(
      "the group above has less", cores: 3,
      group(unified, "0::/a/b/c", ["a/b/c/cpu.max": "900000 100000", "a/cpu.max": "300000 100000"])),
    System("a group of its own", cores: 4, group(unified, "0::/", ["cpu.max": "400000 100000"])),
    System(
      "a container sees its own group at the top", cores: 2,
      group(container, "0::/docker/abc/x", ["x/cpu.max": "200000 100000"])),
    System(
      "a group that is not seen", cores: 5,
      group(container, "0::/docker/abcdef", ["cpu.max": "500000 100000"])),
    System("nonsense", cores: 64, group(unified, "0::/job", ["job/cpu.max": "2 0\n-1"])),
    System("more nonsense", cores: 64, group(unified, "0::/job", ["job/cpu.max": "nan 1e-400"])),
    System("no colons", cores: 64, group(unified, "job", ["job/cpu.max": "200000 100000"])),
  ]

  static let versionOne = [
    System("no limit", cores: 64, group(first, "4:cpu,cpuacct:/job", quota("cpu,cpuacct/job", -1))),
    System(
      "half a core", cores: 1, group(first, "4:cpu,cpuacct:/job", quota("cpu,cpuacct/job", 50_000))),
    System("six", cores: 6, group(first, "4:cpu,cpuacct:/a/b", quota("cpu,cpuacct/a", 600_000))),
    System(
      "the quota of another hierarchy", cores: 64,
      group(first, "4:cpu,cpuacct:/\n5:cpuset:/job", quota("cpuset/job", 100_000))),
  ]

  static let memory = [
    System("no limit of memory", group(unified, "0::/job", ["job/memory.max": "max"])),
    System("memory of the group", memory: 700, group(unified, "0::/a", ["a/memory.max": "700"])),
    System(
      "memory of a group above", memory: 500,
      group(unified, "0::/a/b/c", ["a/b/memory.max": "700", "a/memory.max": "500"])),
    System("memory of a group below", group(unified, "0::/a", ["a/b/memory.max": "700"])),
    System("memory of a group beside", group(unified, "0::/a", ["b/memory.max": "700"])),
    System(
      "a container's memory", memory: 800,
      group(container, "0::/docker/abc", ["memory.max": "800"])),
    System("no number", group(unified, "0::/a", ["a/memory.max": "much"])),
    System(
      "memory in version 1", memory: 600,
      group(first, "3:memory:/a/b\n4:cpu,cpuacct:/", ["memory/a/memory.limit_in_bytes": "600"])),
    System(
      "no limit in version 1",
      group(first, "3:memory:/a", ["memory/a/memory.limit_in_bytes": "9223372036854771712"])),
    System(
      "processor time and memory in groups of their own", cores: 3, memory: 600,
      group(
        first, "4:cpu,cpuacct:/time\n3:memory:/size",
        quota("cpu,cpuacct/time", 300_000).merging([
          "memory/size/memory.limit_in_bytes": "600", "memory/time/memory.limit_in_bytes": "1",
        ]) { $1 })),
    System(
      "both versions side by side", cores: 2, memory: 400,
      group(
        first + "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n",
        "4:cpu,cpuacct:/a\n3:memory:/a\n0::/job",
        quota("cpu,cpuacct/a", 200_000).merging([
          "memory/a/memory.limit_in_bytes": "400", "unified/job/memory.max": "500",
        ]) { $1 })),
    System(
      "a hierarchy that is mounted elsewhere", cores: 2, memory: 300,
      [
        "proc/self/mountinfo": "31 23 0:28 / /run/my\\040groups rw - cgroup2 cgroup2 rw\n",
        "proc/self/cgroup": "0::/job", "run/my groups/job/memory.max": "300",
        "run/my groups/cpu.max": "200000 100000", "sys/fs/cgroup/job/memory.max": "1",
      ]),
  ]

  @Test(
    "Affinity, and control groups of both versions",
    arguments: affinity + versionTwo + versionOne + memory)
  func limits(_ system: System) throws {
    try withTemporaryFolder { folder in
      try write(system.files, to: folder)
      let limits = MachineLimits(online: 64, installed: 9000, resources: [], root: folder.path)
      #expect(limits.cores == system.cores && limits.memory == system.memory)
    }
  }

  @Test("Threads run at once on all processors that affinity allows, whatever their share of time")
  func processors() throws {
    try withTemporaryFolder { folder in
      try write(["proc/self/status": Self.status("f")], to: folder)
      try write(
        Self.group(Self.unified, "0::/job", ["job/cpu.max": "150000 100000"]), to: folder)
      let limits = MachineLimits(online: 64, installed: 9000, resources: [], root: folder.path)
      #expect(limits.processors == 4 && limits.cores == 2)
    }
  }

  @Test("The least of what is installed, of ulimit and of the control groups counts")
  func resources() throws {
    try withTemporaryFolder { folder in
      try write(Self.group(Self.unified, "0::/a", ["a/memory.max": "700"]), to: folder)
      func memory(_ installed: Int, _ resources: [Int]) -> Int {
        MachineLimits(online: 1, installed: installed, resources: resources, root: folder.path)
          .memory
      }
      #expect(memory(9000, [.max, .max]) == 700 && memory(600, [.max]) == 600)
      #expect(memory(9000, [.max, 500]) == 500)
    }
  }

  private func write(_ files: [String: String], to folder: URL) throws {
    for (path, text) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data((text + "\n").utf8).write(to: file)
    }
  }

  private static func status(_ mask: String) -> String { "Name:\tchiasm\nCpus_allowed:\t\(mask)\n" }

  private static func group(
    _ mounts: String, _ names: String, _ files: [String: String]
  ) -> [String: String] {
    let limits = files.map { ("sys/fs/cgroup/" + $0.key, $0.value) }
    return Dictionary(uniqueKeysWithValues: limits)
      .merging(["proc/self/mountinfo": mounts, "proc/self/cgroup": names]) { $1 }
  }

  private static func quota(_ folder: String, _ quota: Int) -> [String: String] {
    ["\(folder)/cpu.cfs_quota_us": "\(quota)", "\(folder)/cpu.cfs_period_us": "100000"]
  }
}
