import Testing

/// A rule of the house: a sentence, the check, and examples that show that it can fail.
struct Rule: Sendable, CustomTestStringConvertible {
  /// The rule as a contributor would say it.
  let sentence: String
  /// What is wrong with a file; empty when nothing is.
  let faults: @Sendable (SourceFile) throws -> [String]
  /// Made-up files that break the rule.
  let offenders: [SourceFile]
  /// Made-up files that come near and keep it.
  let innocents: [SourceFile]

  var testDescription: String { sentence }

  init(
    _ sentence: String, offenders: [(String, String)], innocents: [(String, String)],
    faults: @escaping @Sendable (SourceFile) throws -> [String]
  ) {
    self.sentence = sentence
    self.faults = faults
    self.offenders = offenders.map(SourceFile.init)
    self.innocents = innocents.map(SourceFile.init)
  }
}

extension Rule {
  static let all = [
    importOrder, cModules, nifti, printing, traps, vagueNames, length,
  ]

  static let importOrder = Rule(
    "A module imports of ours what Package.swift declares for it, and the numerics no Foundation",
    offenders: [
      ("Sources/LinearAlgebra/A.swift", "import ChiasmStatistics"),
      ("Sources/Alignment/A.swift", "public import ChiasmImaging"),
      ("Sources/Imaging/A.swift", "@testable import struct ChiasmAlignment.Score"),
      ("Sources/Reporting/A.swift", "import ChiasmImaging"),
      ("Sources/Workflows/A.swift", "import Chiasm"),
      ("Sources/Workflows/A.swift", "import ChiasmCommand"),
      ("Sources/Responses/A.swift", "import FoundationEssentials"),
      ("Sources/Statistics/A.swift", "  internal import Foundation"),
      ("Sources/Elsewhere/A.swift", "let a = 1"),
    ],
    innocents: [
      (
        "Sources/Alignment/A.swift",
        "import ChiasmResponses\npublic import ChiasmStatistics\nimport Glibc"
      ),
      (
        "Sources/Statistics/A.swift",
        "// import Foundation\nlet important = \"import ChiasmAlignment\""
      ),
      ("Sources/Workflows/A.swift", "import ChiasmImaging\nimport Foundation"),
    ]
  ) { file in
    guard file.isSwift else { return [] }
    guard let layer = try House.own().layer(file.module) else {
      return ["\(file.module) is no module of Package.swift"]
    }
    let isNumeric = Layer.withoutFoundation.contains(layer.name)
    return file.imports.filter { name in
      if name.hasPrefix("Foundation") { return isNumeric }
      guard let ours = SourceFile.ours(name) else { return false }
      return !(layer.imports + layer.bindings).contains(ours)
    }
    .map { "\(file.module) imports \($0)" }
  }

  static let cModules = Rule(
    "A C module is imported by the one layer that owns it",
    offenders: [
      ("Sources/Workflows/A.swift", "import ChiasmCNIfTI"),
      ("Sources/Imaging/A.swift", "private import ChiasmCZip"),
      ("Sources/Imaging/A.swift", "import CUnheardOf"),
    ],
    innocents: [
      ("Sources/Imaging/A.swift", "import ChiasmCNIfTI"),
      ("Sources/Imaging/A.swift", "import Cxx"),
    ]
  ) { file in
    let own = try House.own().layer(file.module)?.bindings ?? []
    return file.imports.filter { name in
      let module = SourceFile.ours(name) ?? name
      return House.isC(module) && !own.contains(module)
    }
    .map { "\(file.module) imports \($0)" }
  }

  static let nifti = Rule(
    "The headers of libnifti stay behind the facade of CNIfTI",
    offenders: [
      ("Sources/CNIfTI/include/CNIfTI.h", "#include <nifti/nifti2_io.h>"),
      ("Sources/CZip/shim.h", "# include <nifti/znzlib.h>"),
    ],
    innocents: [
      ("Sources/CNIfTI/CNIfTI.c", "#include <nifti/nifti2_io.h>"),
      ("Sources/CNIfTI/znzlib.h", "#include <nifti/znzlib.h>"),
    ]
  ) { file in
    let isInside = file.module == "CNIfTI" && !file.folders.contains("include")
    return isInside ? [] : file.lines(matching: #/<nifti//#)
  }

  static let printing = Rule(
    "Only the command prints",
    offenders: [
      ("Sources/Workflows/A.swift", "Swift.print(\"done\")"),
      ("Sources/Imaging/A.swift", "let terminal = FileHandle.standardError"),
      ("Sources/Files/A.swift", "fputs(message, stderr)"),
      ("Sources/Files/A.swift", "write(STDERR_FILENO, bytes, count)"),
      ("Sources/CNIfTI/CNIfTI.c", "fprintf(stderr, message);"),
    ],
    innocents: [
      ("Sources/chiasm/A.swift", "print(\"done\")"),
      (
        "Sources/Workflows/A.swift", "// print(\"done\")\nlet standardError = fingerprint(of: file)"
      ),
    ]
  ) { file in
    let printing =
      #/
      \b(print|debugPrint|dump|puts|fputs|printf|perror)\(
      | \bFileHandle\.standard(Output|Error)\b
      | \bstd(out|err)\b | \bSTD(OUT|ERR)_FILENO\b
      /#
    return file.module == "chiasm" ? [] : file.lines(matching: printing)
  }

  static let traps = Rule(
    "Nothing traps on bad data: no try!, as! or fatalError",
    offenders: [
      ("Sources/chiasm/A.swift", "let a = try! read()"),
      ("Sources/chiasm/A.swift", "let a = b as! Int"),
      ("Sources/chiasm/A.swift", "guard ok else { fatalError() }"),
    ],
    innocents: [
      ("Sources/chiasm/A.swift", "let a = try read() as? Int // not try! nor fatalError()"),
      ("Sources/chiasm/A.swift", "let text = \"\"\"\n  as! such\n  \"\"\""),
    ]
  ) { file in
    file.lines(matching: #/\btry!|\bas!|\bfatalError\b/#)
  }

  static let vagueNames = Rule(
    "No file or folder is a drawer for odds and ends",
    offenders: [
      ("Sources/Imaging/Utilities.swift", ""), ("Sources/Imaging/Grid+Extensions.swift", ""),
      ("Sources/Imaging/Common/Grid.swift", ""), ("Tests/ImagingTests/Helpers.swift", ""),
    ],
    innocents: [("Sources/Imaging/HeaderExtension.swift", ""), ("Sources/A/Commons.swift", "")]
  ) { file in
    let drawers: Set = ["Utilities", "Utils", "Helpers", "Common", "Extensions"]
    let words = file.folders + file.stem.split(separator: "+").map(String.init)
    return words.filter(drawers.contains).map { "named \($0)" }
  }

  static let length = Rule(
    "No file is longer than 500 lines",
    offenders: [("Sources/A/A.swift", String(repeating: "\n", count: 500) + "let a = 1")],
    innocents: [("Sources/A/A.swift", String(repeating: "let a = 1\n", count: 500))]
  ) { file in
    file.lineCount > 500 ? ["\(file.lineCount) lines"] : []
  }
}

extension SourceFile {
  /// The lines of code that hold a pattern, with their numbers.
  fileprivate func lines<Output>(matching pattern: Regex<Output>) -> [String] {
    // The default boundary of Unicode lies not at the dot of `Swift.print`.
    let pattern = pattern.wordBoundaryKind(.simple)
    return code.enumerated()
      .filter { $0.element.firstMatch(of: pattern) != nil }
      .map { "line \($0.offset + 1): \($0.element.trimmingPrefix { $0.isWhitespace })" }
  }
}
