import ChiasmFiles
import Foundation
import TestSupport
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Pairing of images and sessions, the contract")
struct SessionPairingContract {
  /// A pairing of one image a session; sessions without a name are tables of their own.
  private func pairing(_ images: [String], _ sessions: [String?], tables: [String] = [])
    -> SessionPairing
  {
    SessionPairing(
      images: images.map { [$0] },
      sessions: sessions.enumerated().map { place, name in
        TrialTable.Session(
          ownName: name, table: tables.isEmpty ? "trials.tsv" : tables[place],
          stimulusIDs: ["a"], runs: [0])
      })
  }

  struct Case: Sendable {
    let images: [String]
    let sessions: [String?]
    var tables: [String] = []
  }

  @Test(
    "Numbers in names that belong to another session are refused, with both",
    arguments: [
      (Case(images: ["ses-1_b", "ses-10_b", "ses-2_b"], sessions: ["1", "2", "10"]), "10", "2"),
      (Case(images: ["b_session02.nii", "b_session01.nii"], sessions: ["1", "2"]), "2", "1"),
      (Case(images: ["run-2", "run-1"], sessions: ["1", "2"]), "2", "1"),
      (Case(images: ["b1.nii", "b10.nii", "b2.nii"], sessions: ["1", "2", "10"]), "10", "2"),
      (Case(images: ["ses-2/b.nii", "ses-3/b.nii"], sessions: ["1", "2"]), "2", "1"),
      (
        Case(images: ["sub-01_ses-1_run-2", "sub-01_ses-1_run-1"], sessions: ["1.0", "2.0"]), "2",
        "1"
      ),
      (
        Case(
          images: ["ses-1_run-1_bold", "ses-1_run-10_bold", "ses-1_run-2_bold"],
          sessions: [nil, nil, nil],
          tables: ["ses-01_run-01_events", "ses-01_run-02_events", "ses-01_run-10_events"]),
        "10", "2"
      ),
      (Case(images: ["ses-2_bold"], sessions: [nil], tables: ["ses-1_events"]), "2", "1"),
      (Case(images: ["b2", "b1"], sessions: [nil, nil], tables: ["t1", "t2"]), "2", "1"),
    ])
  func refused(_ pair: Case, image: String, session: String) {
    let pairing = pairing(pair.images, pair.sessions, tables: pair.tables)
    let error = expectFailure("number in its name is \(image), not \(session)", "is paired with") {
      try pairing.check()
    }
    #expect(error?.category == .badData)
  }

  @Test(
    "What contradicts nothing is taken in the order given",
    arguments: [
      Case(images: ["ses-1", "ses-2", "ses-10"], sessions: ["1", "2", "10"]),
      Case(images: ["ses-01", "ses-02"], sessions: ["1.0", "2.0"]),
      Case(images: ["betas_0.nii", "betas_1.nii", "betas_2.nii"], sessions: ["1", "2", "3"]),
      Case(images: ["b1", "b2"], sessions: ["0", "1"]),
      Case(images: ["pre.nii", "post.nii"], sessions: ["1", "2"]),
      Case(images: ["ses-2", "ses-1"], sessions: ["pre", "post"]),
      Case(images: ["ses-20230301", "ses-20230115"], sessions: ["1", "2"]),
      Case(images: ["ses-11", "ses-12"], sessions: ["1", "2"]),
      Case(images: ["ses-03"], sessions: ["1"]),
      Case(images: ["ses-1", "ses-2"], sessions: ["-9223372036854775808", "2"]),
      Case(images: ["s2_v1.nii", "s1_v2.nii"], sessions: ["1", "2"]),
      Case(
        images: ["ses-1_run-1", "ses-1_run-2", "ses-2_run-1", "ses-2_run-2"],
        sessions: ["1", "2", "3", "4"]),
      Case(images: ["sub-2_a.nii", "sub-2_b.nii"], sessions: ["1", "2"]),
      Case(
        images: ["a/bold.nii", "b/bold.nii"], sessions: [nil, nil], tables: ["a.tsv", "b.tsv"]),
      Case(
        images: ["ses-1_run-1_bold", "ses-1_run-2_bold"], sessions: [nil, nil],
        tables: ["ses-01_run-01_events", "ses-01_run-02_events"]),
    ])
  func accepted(_ pair: Case) throws {
    try pairing(pair.images, pair.sessions, tables: pair.tables).check()
  }

  @Test("3-D images of sessions are judged one by one")
  func volumes() throws {
    func sessions(_ names: [String]) -> [TrialTable.Session] {
      names.map {
        TrialTable.Session(ownName: $0, table: "t", stimulusIDs: ["a", "b"], runs: [0, 0])
      }
    }
    let images = [["ses-1_v1", "ses-1_v2"], ["ses-2_v1", "ses-2_v2"]]
    try SessionPairing(images: images, sessions: sessions(["1", "2"])).check()
    let mixed = SessionPairing(
      images: [["ses-1_v1", "ses-2_v1"], ["ses-1_v2", "ses-2_v2"]], sessions: sessions(["1", "2"]))
    expectFailure("ses-2_v1", "session 1 of t") { try mixed.check() }
    #expect(
      SessionPairing(images: images, sessions: sessions(["1", "2"])).lines
        == [
          "Session 1 ← ses-1_v1 … ses-1_v2 (2 images)",
          "Session 2 ← ses-2_v1 … ses-2_v2 (2 images)",
        ])
  }

  @Test("It is said in a line a session, in one line where there are many")
  func lines() {
    #expect(
      pairing(["x/ses-1/b.nii", "x/ses-2/b.nii"], ["1", "2"]).lines
        == ["Session 1 ← x/ses-1/b.nii", "Session 2 ← x/ses-2/b.nii"])
    #expect(
      pairing(["x/a.nii"], [nil], tables: ["y/a.tsv"]).lines == ["y/a.tsv ← a.nii"])
    let many = (1...13).map { String($0) }
    let lines = pairing(many.map { "x1/betas_\($0).nii" }, many).lines
    #expect(lines.count == 1 && lines[0].hasPrefix("Sessions ← betas_….nii: 1 ← 1, 2 ← 2"))
    #expect(lines[0].hasSuffix("13 ← 13"))
    #expect(pairing(many.map { "\($0)_\($0 == "4" ? "a" : "b").nii" }, many).lines.count == 13)
  }

  @Test("Names whose numbers fall are said, as a shell sorts 0, 1, 10, 2")
  func order() {
    let shell = ["v0.nii", "v1.nii", "v10.nii", "v2.nii"]
    let sessions = [String?](repeating: "x", count: 4)
    let note = pairing(shell, sessions).orderNote
    #expect(note?.contains("v10.nii comes before v2.nii") == true)
    #expect(pairing(["v0", "v1", "v2", "v10"], sessions).orderNote == nil)
    #expect(pairing(["b2", "a1", "c3", "c3"], sessions).orderNote == nil)
  }

  @Test("The command prints the pairing and records it")
  func recorded() throws {
    try withRecording { folder in
      let images = try ["b2.nii", "b10.nii"].enumerated().map {
        try folder.image($1, SampleNumbers.rows(3, 24, seed: UInt64($0)))
      }
      let rows = ["2.0", "10.0"].flatMap { session in "abc".map { "\(session) \($0)" } }
      let trials = try folder.table("trials.tsv", ["session stimulus_id"] + rows)
      let mask = try folder.mask("mask.nii.gz", [1])
      let settings = folder.settings(images, [trials], masks: ["V1=\(mask)"])
      #expect(
        try ExtractionRun(settings).pairing == ["Session 2 ← b2.nii", "Session 10 ← b10.nii"])
      let path = try folder.write(settings)
      let record = try JSONFile.read(ExtractionRecord.self, from: path + "/provenance.json")
      #expect(record.sessions.map(\.images) == images.map { [$0] })
      #expect(record.sessions.map(\.name) == ["2", "10"])
      #expect(record.sessions.allSatisfy { $0.trials == trials })
      var wrong = settings
      wrong.images = images.reversed()
      expectFailure("b10.nii", "session 2 of", "10, not 2") { _ = try ExtractionRun(wrong) }
    }
  }
}
