import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Stimuli that visibly depend on each other")
struct VisibleDependenceTests {
  /// A set whose units mix few features of the stimuli, and noise.
  private func set(
    _ names: [String], _ dependence: SimulatedDependence?, units: Int = 12, features: Int = 3,
    noise: Double = 1, seed: UInt64, featureSeed: UInt64? = nil
  ) throws -> ResponseSet {
    var (own, shared) = (
      SeededGenerator(seed: seed), SeededGenerator(seed: featureSeed ?? seed + 9999)
    )
    let columns = (0..<features).map { _ in
      dependence?.deviates(names.count, using: &shared) ?? names.map { _ in shared.normal() }
    }
    var responses = Matrix<Float>(rowCount: names.count, columnCount: units, repeating: 0)
    for unit in 0..<units {
      let weights = columns.map { _ in own.normal() }
      for stimulus in names.indices {
        let signal = zip(weights, columns).reduce(0) { $0 + $1.0 * $1.1[stimulus] }
        responses[stimulus, unit] = Float(signal + noise * own.normal())
      }
    }
    return try ResponseSet(stimulusIDs: names, stages: [Stage(name: "a", responses: responses)])
  }

  private func note(
    _ names: [String], _ one: SimulatedDependence?, _ other: SimulatedDependence?,
    noise: Double = 1,
    seed: UInt64, isRelated: Bool = false
  ) throws -> String? {
    try VisibleDependence(
      set(names, one, noise: noise, seed: 2 * seed, featureSeed: isRelated ? seed : nil),
      set(names, other, noise: noise, seed: 2 * seed + 1, featureSeed: isRelated ? seed : nil)
    ).note(canFold: true)
  }

  private func plain(_ count: Int) -> [String] { (0..<count).map { "image\(1000 + $0)" } }

  /// Names of so many classes in turns.
  private func classed(_ count: Int, _ classes: Int) -> [String] {
    (0..<count).map { "kind\(["a", "b", "c", "d", "e", "f", "g", "h"][$0 % classes])_\($0).png" }
  }

  @Test(
    "Nothing is said of independent stimuli, whether the sides have something in common or not",
    arguments: [12, 24, 60, 150])
  func independent(count: Int) throws {
    for seed in 0..<60 {
      for isRelated in [false, true] {
        let seed = UInt64(1000 * count + seed)
        for names in [plain(count), classed(count, 4)] {
          let said = try note(
            names, nil, nil, noise: isRelated ? 0.2 : 1, seed: seed, isRelated: isRelated)
          #expect(said == nil, "\(seed)")
        }
      }
    }
  }

  @Test("A film is told by its autocorrelation, if both sides show it")
  func film() throws {
    for seed in 0..<10 as Range<UInt64> {
      let film = SimulatedDependence.film(memory: 0.9)
      let said = try #require(try note(plain(200), film, film, seed: seed))
      #expect(said.contains("autocorrelation 0.") && said.contains("--folds contiguous"))
      #expect(try note(plain(200), film, nil, seed: seed) == nil)
      #expect(try note(plain(200), nil, film, seed: seed) == nil)
      let fleeting = SimulatedDependence.film(memory: 0.5)
      #expect(try note(plain(200), fleeting, fleeting, seed: seed) != nil)
    }
  }

  @Test("Categories are told by names or folders, if responses are alike within them")
  func categories() throws {
    for seed in 0..<10 as Range<UInt64> {
      let kinds = SimulatedDependence.categories(6)
      let said = try #require(try note(classed(120, 6), kinds, kinds, seed: seed))
      #expect(said.contains("6 classes, such as 'kinda' and 'kindb'") && said.contains("--groups"))
      #expect(try note(classed(120, 6), kinds, nil, seed: seed) == nil)
      #expect(try note(plain(120), kinds, kinds, seed: seed) == nil)
    }
  }

  @Test("Classes are folders, or what stands before a number at the end of a name")
  func classes() {
    func classes(_ names: [String]) -> [[Int]]? { VisibleDependence.classes(of: names).0?.members }
    #expect(classes(["a/1", "b/1", "a/2", "b/2", "a/3", "b/9"]) == [[0, 2, 4], [1, 3, 5]])
    #expect(
      classes(["cat_01.jpg", "dog-1.png", "cat_2.jpg", "dog 7", "cat9", "dog"])
        == [[0, 2, 4], [1, 3, 5]])
    #expect(classes((0..<9).map { "image\($0)" }) == nil)
    #expect(classes(["ant", "bee", "cat", "dog", "eel", "fox"]) == nil)
    #expect(classes([]) == nil)
  }

  @Test("A run says it once, until something is said of the stimuli")
  func runs() async throws {
    let film = SimulatedDependence.film(memory: 0.9)
    let pair = try ResponsePair(
      source: set(plain(100), film, seed: 1), target: set(plain(100), film, seed: 2))
    var settings = AlignmentSettings()
    let words = "change slowly along the order"
    #expect(try AlignmentRun(pair, settings).notes.count { $0.contains(words) } == 1)
    settings.dependence = DependenceSettings()
    settings.dependence?.folds = .contiguous
    #expect(try !AlignmentRun(pair, settings).notes.contains { $0.contains(words) })
    var comparison = ComparisonSettings()
    #expect(try !ComparisonRun(pair, comparison).notes.contains { $0.contains(words) })
    comparison.permutationCount = 5
    let notes = try ComparisonRun(pair, comparison).notes
    #expect(notes.contains { $0.contains(words) && !$0.contains("--folds") })
    comparison.dependence = DependenceSettings()
    comparison.dependence?.exchange = .shift
    #expect(try !ComparisonRun(pair, comparison).notes.contains { $0.contains(words) })
  }
}
