import ChiasmAlignment
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Contract of the catalogue of measures")
struct MeasureCatalogueContract {
  /// Every name, with each choice made in every way.
  static let names = MeasureCatalogue.names.flatMap { name in
    name.contains("<pearson")
      ? ["pearson", "cosine", "euclidean"].flatMap { one in
        ["spearman", "pearson", "cosine"].map { "rsa-\(one)-\($0)" }
      } : [name.replacing(#/<\w+>/#, with: "0.5")]
  }

  @Test("Every measure answers to the name that tables call it", arguments: names)
  func namesRoundTrip(_ name: String) throws {
    let measures = try MeasureCatalogue.measures(named: [name], seed: 1)
    #expect(measures.map(\.name) == [name == "rsa-pearson-spearman" ? "rsa" : name])
  }

  @Test("The order is that of the names, and what is named twice comes once")
  func order() throws {
    let names = ["ridge", "cka", "rsa", "rsa-pearson-spearman", "cka"]
    let measures = try MeasureCatalogue.measures(named: names, seed: 7)
    #expect(measures.map(\.name) == ["ridge", "cka", "rsa"])
    #expect((measures[0] as? RidgePredictivity)?.seed == 7)
  }

  @Test("The default measures are in the catalogue, ridge not among them")
  func quick() throws {
    #expect(Set(MeasureCatalogue.quick).isSubset(of: MeasureCatalogue.names))
    #expect(!MeasureCatalogue.quick.contains("ridge"))
  }

  @Test("Of RDMs those of the default measures are taken that take dissimilarities")
  func ofDissimilarities() throws {
    let measures = try MeasureCatalogue.measures(named: MeasureCatalogue.quick, seed: 1)
    #expect(
      MeasureCatalogue.ofDissimilarities
        == measures.filter(\.takesDissimilarities).map(\.name))
    #expect(MeasureCatalogue.ofDissimilarities == ["rsa", "cka", "cka-debiased"])
  }

  @Test(
    "An unknown name is refused with all that are known",
    arguments: ["", "RSA", "rsa-", "cka-rbf-", "cka-rbf-wide", "ridge-debiased", "procrustes-"])
  func unknown(_ name: String) throws {
    let error = expectFailure("'\(name)'", "soft-matching", "ridge") {
      _ = try MeasureCatalogue.measures(named: ["cka", name], seed: 1)
    }
    #expect(error?.category == .usage)
  }

  @Test(
    "A number out of range is wrong usage",
    arguments: ["cka-rbf-0", "cka-rbf-nan-debiased", "partial-soft-matching-1.5"])
  func range(_ name: String) throws {
    let error = expectFailure("measure", "give") {
      _ = try MeasureCatalogue.measures(named: [name], seed: 1)
    }
    #expect(error?.category == .usage)
  }
}
