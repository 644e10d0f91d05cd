import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Unit plans, subsamples and the approximate solver")
struct PlansAndSubsamples {
  @Test("Plans have the units of the files and uniform marginals")
  func plans() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings(), withPlans: true)
      for (source, rows) in [("V1", 4), ("V2", 3)] {
        for (target, columns) in [("a", 5), (StageName.awkward, 3), ("c", 2)] {
          let plan = try CompressedSparseRows(
            path: folder.path("out/plans/\(source)__\(target).npz"))
          #expect(plan.rowCount == rows && plan.columnCount == columns)
          for row in 0..<rows {
            let mass = plan.values[plan.rowStarts[row]..<plan.rowStarts[row + 1]].reduce(0, +)
            #expect(abs(mass - 1 / Double(rows)) < 1e-12)
          }
          var columnSums = [Double](repeating: 0, count: columns)
          for (column, value) in zip(plan.columns, plan.values) { columnSums[column] += value }
          #expect(columnSums.allSatisfy { abs($0 - 1 / Double(columns)) < 1e-12 })
        }
      }
    }
  }

  @Test("Names of stages that hold the separator give files of their own")
  func separators() async throws {
    try await withResponses { folder in
      let source = try folder.set("brain", [("A", 2), ("A__b", 2), ("A_", 3)], seed: 1)
      let target = try folder.set("model", [("b__c", 2), ("c", 2), ("_c", 3)], seed: 2)
      try await folder.align(
        AlignmentSettings(source: source, target: target), withPlans: true)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path("out/plans")).count == 9)
    }
  }

  @Test("scipy opens the plans", .enabled(if: Python.hasSciPy, "python3 with scipy is absent"))
  func scipy() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings(), withPlans: true)
      let path = folder.path("out/plans/V1__a.npz")
      let plan = try CompressedSparseRows(path: path)
      let said = try Python.run(
        "import sys, scipy.sparse as s; m = s.load_npz(sys.argv[1]); "
          + "print(m.shape[0], m.shape[1], m.nnz, repr(float(m.toarray()[3].sum())))", path)
      let last = plan.values[plan.rowStarts[3]...].reduce(0, +)
      let words = said.split(separator: " ").map { Double($0) ?? .nan }
      #expect(words.dropLast() == [4, 5, Double(plan.values.count)])
      #expect(abs((words.last ?? .nan) - last) < 1e-15)
    }
  }

  @Test("A subsample is drawn by the seed and keeps the numbers of the units")
  func subsample() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.source = try folder.set("wide", [("V1", 40), ("V2", 3)])
      settings.maximumUnits = 6
      let first = try await folder.align(settings, withPlans: true)
      let drawn = first.unitNumbers.source
      #expect(drawn.map(\.count) == [6, 3])
      #expect(drawn[1] == [0, 1, 2] && drawn[0] == drawn[0].sorted())
      #expect(Set(drawn[0]).count == 6 && drawn[0].allSatisfy { (0..<40).contains($0) })
      let plan = try CompressedSparseRows(path: folder.path("out/plans/V1__a.npz"))
      #expect(plan.rowCount == 40)
      let used = (0..<40).filter { plan.rowStarts[$0] < plan.rowStarts[$0 + 1] }
      #expect(used == drawn[0])
      #expect(try folder.record().source.units == [40, 3])
      #expect(try await folder.align(settings, to: "again").unitNumbers.source == drawn)
      settings.seed = 5
      #expect(try await folder.align(settings, to: "other").unitNumbers.source[0] != drawn[0])
    }
  }

  @Test("Sinkhorn runs, and its gap is reported and costs no less than the exact plan")
  func sinkhorn() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      let exact = try await folder.align(settings)
      settings.solver = .sinkhorn
      let approximate = try await folder.align(settings, to: "sinkhorn")
      let record = try folder.record("sinkhorn")
      #expect(record.settings.solver == .sinkhorn)
      let gap = try #require(record.certificate.worst_gap)
      #expect(gap > 0 && gap < 0.1)
      #expect((record.certificate.worst_primal_violation ?? 1) < 1e-9)
      for (mine, best) in zip(approximate.splits, exact.splits) {
        for (cost, least) in zip(mine.fit.costs.elements, best.fit.costs.elements) {
          #expect(cost >= least - 1e-9 && cost <= least + gap + 1e-9)
        }
      }
    }
  }

  @Test("Units without variance are left out and counted")
  func constantUnits() async throws {
    try await withResponses { folder in
      let settings = try folder.smallSettings()
      let path = settings.source + "/V1.npy"
      var values = try NumpyArray(path: path).floats()
      for row in 0..<20 { values[row * 4 + 2] = 7 }
      try NumpyArray(shape: [20, 4], elements: .float32(values)).write(to: path, replacing: true)
      try await folder.align(settings, withPlans: true)
      #expect(try folder.record().splits["split_1"]?.constant_source_units == [1, 0])
      let plan = try CompressedSparseRows(path: folder.path("out/plans/V1__c.npz"))
      #expect(plan.rowCount == 4 && plan.rowStarts[2] == plan.rowStarts[3])
    }
  }

  @Test("One stage and one unit on either side are enough")
  func smallest() async throws {
    try await withResponses { folder in
      let source = try folder.set("brain", [("V1", 1)], seed: 1)
      let target = try folder.set("model", [("a", 1)], seed: 2)
      try await folder.align(AlignmentSettings(source: source, target: target))
      let record = try folder.record()
      #expect(record.coupling.share == [[1]])
      #expect(record.certificate.worst_gap.map { $0 < 1e-12 } ?? false)
    }
  }
}
