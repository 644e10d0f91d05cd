import Foundation
import TestSupport
import Testing

/// `Examples/quickstart` and `setup` themselves, in a copy of the project's folder. What they call, `swift`
/// and `chiasm`, only writes down that it was called: the whole is run by `Tests/run`.
@Suite("The quickstart")
struct QuickstartTests {
  /// Like the package manager, refuses what it built in another folder.
  private static let swift = """
    #!/bin/bash
    echo "swift $*" >>"$CALLS"
    case $* in
      'build --version') echo 'Swift Package Manager - Swift 6.1.0' ;;
      *--show-bin-path) echo "$PWD/.build/release" ;;
      'build '*)
        mkdir -p .build/release
        [ ! -e .build/place ] || [ "$(cat .build/place)" = "$PWD" ] ||
          { echo 'error: built in another folder'; exit 1; }
        echo "$PWD" >.build/place
        echo '[7/9] Compiling Transport'
        sleep "${SECONDS_OF_BUILD:-0}"
        cp "$CHIASM" .build/release/chiasm ;;
      package*clean) while [ $# != 1 ]; do [ "$1" != --scratch-path ] || rm "$2/place"; shift; done ;;
    esac
    """
  private static let chiasm = """
    #!/bin/bash
    echo "chiasm $*" >>"$CALLS"
    if [ "$1" = simulate ]; then mkdir -p "$3/recordings" && : >"$3/recordings/betas_session1.nii.gz"; fi
    """

  /// A folder with the copy in `project`, an empty `user`, and the programs.
  private struct Place {
    let folder: URL

    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    func write(_ text: String, to name: String, isProgram: Bool = false) throws {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      if isProgram {
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: file.path)
      }
    }

    /// Runs a line of shell in `user`; its status and what it said. What it called is in `calls`.
    func run(_ line: String, seconds: Int = 0) throws -> (status: Int32, output: String) {
      try write("", to: "calls")
      let (process, pipe) = (Process(), Pipe())
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments = ["-c", line]
      process.currentDirectoryURL = folder.appending(path: "user")
      process.environment = ProcessInfo.processInfo.environment.merging([
        "PATH": folder.path + "/programs:" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
        "CALLS": folder.path + "/calls", "CHIASM": folder.path + "/programs/chiasm",
        "SECONDS_OF_BUILD": "\(seconds)", "TERM": "xterm",
      ]) { $1 }
      (process.standardInput, process.standardError) = (FileHandle.nullDevice, pipe)
      process.standardOutput = pipe
      try process.run()
      let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
  }

  private func withPlace(_ body: (Place) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let place = Place(folder: folder.resolvingSymlinksInPath())
      try place.write(Self.swift, to: "programs/swift", isProgram: true)
      try place.write(Self.chiasm, to: "programs/chiasm", isProgram: true)
      for name in ["setup", "Examples/quickstart"] {
        let text = try String(
          contentsOf: SharedData.packageRoot.appending(path: name), encoding: .utf8)
        try place.write(text, to: "project/\(name)", isProgram: true)
      }
      try FileManager.default.createDirectory(
        at: folder.appending(path: "user"), withIntermediateDirectories: true)
      try body(place)
    }
  }

  @Test("While it builds a terminal shows for how long, and what is built")
  func building() throws {
    try withPlace { place in
      let (status, output) = try place.run(
        "script -qec ../project/Examples/quickstart /dev/null", seconds: 2)
      #expect(status == 0, "\(output)")
      #expect(
        output.contains(#/Building Chiasm … \d s {2}\[7\/9\] Compiling Transport/#), "\(output)")
      #expect(output.contains("$ chiasm simulate --output quickstart-demo --seed 0"))
    }
  }

  @Test(
    "Moved together with what was built, it discards that and builds again, and only then",
    arguments: [true, false])
  func moved(_ hasMark: Bool) throws {
    try withPlace { place in
      let run = "../project/Examples/quickstart"
      func cleans() throws -> Bool { try place.text("calls").contains(" clean\n") }
      #expect(try place.run(run).status == 0 && !cleans())
      #expect(try place.run(run).status == 0 && !cleans())
      if !hasMark {
        // A build by hand leaves its plan alone.
        let build = place.folder.appending(path: "project/.build")
        try FileManager.default.removeItem(at: build.appending(path: "built-in"))
        try place.write(
          "  \"\(build.path)/debug/a.swiftmodule\"\n", to: "project/.build/release.yaml")
      }
      let (status, output) = try place.run(
        "mv ../project ../moved && ../moved/Examples/quickstart")
      #expect(try status == 0 && cleans(), "\(output)")
      #expect(output.contains("Discarding what was built in \(place.folder.path)/project/.build"))
      try FileManager.default.removeItem(at: place.folder.appending(path: "user"))
      try FileManager.default.createDirectory(
        at: place.folder.appending(path: "user"), withIntermediateDirectories: false)
      #expect(try place.run("../moved/Examples/quickstart").status == 0)
      #expect(try hasMark == false || !cleans())
    }
  }

  @Test("Nothing of the user's is touched: a name that is taken is passed over")
  func taken() throws {
    try withPlace { place in
      try place.write("mine", to: "user/quickstart-demo/notes.txt")
      try place.write("mine", to: "user/quickstart-demo-2")
      try place.write("mine", to: "user/README.txt")
      let (status, output) = try place.run("../project/Examples/quickstart")
      #expect(status == 0, "\(output)")
      #expect(output.contains("All of it is in quickstart-demo-3"))
      for name in ["quickstart-demo/notes.txt", "quickstart-demo-2", "README.txt"] {
        #expect(try place.text("user/\(name)") == "mine")
      }
      #expect(try !place.text("calls").contains("--force"))
    }
  }

  @Test("A folder that is named has to be new or empty")
  func named() throws {
    try withPlace { place in
      try place.write("mine", to: "user/my data/notes.txt")
      let (status, output) = try place.run("../project/Examples/quickstart 'my data'")
      #expect(status == 1 && output.contains("my data is there and no empty folder"))
      #expect(try place.text("user/my data/notes.txt") == "mine")
      #expect(try !place.text("calls").contains("chiasm"))
      let empty = try place.run(
        "mkdir 'an empty one' && ../project/Examples/quickstart 'an empty one'")
      #expect(empty.status == 0, "\(empty.output)")
      #expect(try place.text("calls").contains("simulate --output an empty one --seed 0 --force"))
    }
  }
}
