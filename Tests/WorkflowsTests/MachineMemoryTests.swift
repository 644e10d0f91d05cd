import Foundation
import TestSupport
import Testing

@testable import ChiasmWorkflows

@Suite("The memory that a process may take")
struct MachineMemoryTests {
  @Test("Limits of control groups count for all groups below, in version 1 and 2")
  func groups() throws {
    try withTemporaryFolder { folder in
      func write(_ name: String, _ text: String) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((text + "\n").utf8).write(to: file)
      }
      func limits(_ groups: String) -> [Int] {
        MachineMemory.groupLimits(groups, below: folder.path).sorted()
      }
      #expect(limits("0::/job/step\n").isEmpty)
      try write("job/step/memory.max", "max")
      try write("job/memory.max", "5000")
      #expect(limits("0::/job/step\n") == [5000])
      #expect(limits("0::/\n").isEmpty)
      try write("memory/a/memory.limit_in_bytes", "700")
      try write("memory/memory.limit_in_bytes", "9223372036854771712")
      #expect(
        limits("3:cpu,memory:/a\n2:cpuset:/job\n") == [700, 9_223_372_036_854_771_712])
      #expect(limits("") == [] && limits("nonsense\n") == [])
    }
  }

  @Test("The limit is above nothing and at most what the machine has")
  func limit() {
    let limit = MachineMemory.limit
    #expect(limit > 0 && limit <= Int(clamping: ProcessInfo.processInfo.physicalMemory))
  }

  @Test("Work that does not fit is refused with its bytes and what to do")
  func refusal() {
    let error = expectFailure {
      try MachineMemory.check(.max, for: "Nothing") { _ in "do less" }
    }
    #expect(error?.category == .usage)
    #expect(error?.description.contains("9,223,372,036,854,775,807 bytes") ?? false)
  }
}
