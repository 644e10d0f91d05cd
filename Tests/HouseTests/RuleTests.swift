import TestSupport
import Testing

@Suite("Rules of the house")
struct RuleTests {

  @Test("The sources keep every rule", arguments: Rule.all)
  func sourcesKeep(_ rule: Rule) throws {
    for file in try SourceFile.all(in: ["Sources"], of: SharedData.packageRoot) {
      #expect(try rule.faults(file) == [], "\(file.path): \(rule.sentence)")
    }
  }

  @Test("The tests keep the rules on names and length", arguments: [Rule.vagueNames, .length])
  func testsKeep(_ rule: Rule) throws {
    for file in try SourceFile.all(in: ["Tests"], of: SharedData.packageRoot) {
      #expect(try rule.faults(file) == [], "\(file.path): \(rule.sentence)")
    }
  }

  @Test("Every rule catches the files that break it", arguments: Rule.all)
  func ruleCatches(_ rule: Rule) throws {
    #expect(!rule.offenders.isEmpty)
    for offender in rule.offenders {
      #expect(try rule.faults(offender) != [], "\(offender)")
    }
  }

  @Test("Every rule leaves alone the files that keep it", arguments: Rule.all)
  func ruleSpares(_ rule: Rule) throws {
    for innocent in rule.innocents {
      #expect(try rule.faults(innocent) == [], "\(innocent)")
    }
  }

  @Test("The scan sees Swift, C and headers")
  func scanSeesAll() throws {
    let paths = try SourceFile.all(in: ["Sources", "Tests"], of: SharedData.packageRoot).map(\.path)
    for path in [
      "Sources/chiasm/Chiasm.swift", "Sources/CNIfTI/include/CNIfTI.h",
      "Tests/HouseTests/RuleTests.swift",
    ] {
      #expect(paths.contains(path))
    }
    #expect(paths.contains { $0.hasPrefix("Sources/CNIfTI/") && $0.hasSuffix(".c") })
  }

  @Test("Every C module is in use where Package.swift declares it")
  func bindingsAreInUse() throws {
    let files = try SourceFile.all(in: ["Sources"], of: SharedData.packageRoot)
    for layer in try House.own().layers {
      let imports = files.filter { $0.module == layer.name }.flatMap(\.imports)
        .compactMap(SourceFile.ours)
      #expect(Set(layer.bindings).subtracting(imports) == [], "\(layer.name)")
    }
  }

  @Test("Comments and strings are no code, and line numbers stay")
  func commentsAreNoCode() {
    let file = SourceFile(
      path: "Sources/A/A.swift",
      text: """
        let a = "// \\" print(" + b // print(
        /* print(
           print( */ let c = 1
        """)
    #expect(file.code == [#"let a = "" + b "#, "", " let c = 1"])
  }
}
