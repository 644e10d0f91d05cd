import Foundation
import TestSupport
import Testing

@testable import ChiasmCommand

@Suite("The cores that a process may use")
struct AvailableCoresTests {
  /// What the system says, as files below a folder.
  struct System: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let cores: Int
    let files: [String: String]

    init(_ description: String, cores: Int, _ files: [String: String]) {
      (testDescription, self.cores, self.files) = (description, cores, files)
    }
  }

  static let unified = "31 23 0:28 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n"
  static let first =
    "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
    + "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n"
    + "33 31 0:30 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset\n"
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

  @Test(
    "Affinity, and control groups of both versions", arguments: affinity + versionTwo + versionOne)
  func cores(_ system: System) throws {
    try withTemporaryFolder { folder in
      for (path, text) in system.files {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((text + "\n").utf8).write(to: file)
      }
      #expect(AvailableCores(online: 64, root: folder.path).count == system.cores)
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
