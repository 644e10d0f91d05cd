import Foundation
import ChiasmImaging
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Trial tables")
struct TrialTableContract {
  private func sessions(_ folder: RecordingFolder, _ tables: [[String]]) throws -> [[String?]] {
    let paths = try tables.enumerated().map { try folder.table("\($0).tsv", $1) }
    return try TrialTable.read(paths).sessions.map(\.stimulusIDs)
  }

  @Test("Rows stand where session and trial put them")
  func shuffled() throws {
    try withRecording { folder in
      let rows = ["10 2 f", "2 1 c", "1 2 b", "10 1 e", "1 1 a", "2 2 n/a"]
      let table = ["session trial stimulus_id"] + rows
      let read = try sessions(folder, [table])
      #expect(read == [["a", "b"], ["c", nil], ["e", "f"]])
    }
  }

  @Test("Sessions that are no numbers come in the order of the table")
  func namedSessions() throws {
    try withRecording { folder in
      let table = ["session stimulus_id", "pre b", "post a", "pre c"]
      let read = try sessions(folder, [table])
      #expect(read == [["b", "c"], ["a"]])
    }
  }

  @Test("Sessions, runs and trials that were written as real numbers are whole ones")
  func realNumbers() throws {
    try withRecording { folder in
      let rows = ["1.0 1.0 a", "10.0 1 e", "2.0 2.0 d", "2 1 c", "1 2.0 b"]
      let path = try folder.table("t.tsv", ["session trial stimulus_id"] + rows)
      let table = try TrialTable.read([path])
      #expect(table.sessions.map(\.name) == ["1", "2", "10"])
      #expect(table.sessions.map(\.stimulusIDs) == [["a", "b"], ["c", "d"], ["e"]])
      expectFailure("line 2", "session is missing") {
        _ = try sessions(folder, [["session stimulus_id", "n/a b", "1 c"]])
      }
    }
  }

  @Test("Trials are counted in a session, or in its runs where their numbers come back")
  func runs() throws {
    try withRecording { folder in
      func table(_ rows: [String]) throws -> TrialTable {
        let path = try folder.table("t.tsv", ["run trial stimulus_id"] + rows)
        return try TrialTable.read([path])
      }
      let within = try table(["10 1 e", "2.0 2 d", "2 1 c", "1 1 a", "1 2 b"])
      #expect(within.sessions.map(\.stimulusIDs) == [["a", "b", "c", "d", "e"]])
      #expect(within.sessions.map(\.runs) == [[0, 0, 1, 1, 2]])
      let through = try table(["1 2 b", "2 3 c", "1 1 a"])
      #expect(through.sessions.map(\.stimulusIDs) == [["a", "b", "c"]])
      #expect(through.sessions.map(\.runs) == [[0, 0, 1]])
      expectFailure("line 4", "trial 3 is outside 1 … 2", "its run") {
        _ = try table(["1 1 a", "2 1 c", "1 3 b"])
      }
      for trial in [0, .min, .max] {
        expectFailure("line 2", "trial \(trial) is outside 1 … 1") {
          _ = try table(["1 \(trial) a"])
        }
      }
    }
  }

  @Test(
    "A column trial of the user's own does not outrank the rows of events",
    arguments: ["onset stim_file", "onset stimulus_id", "duration stim_file"])
  func trialsOfEvents(columns: String) throws {
    try withRecording { folder in
      let path = try folder.table(
        "events.tsv", ["\(columns) trial", "0 b 2", "4 a 1", "8 c 3"])
      let table = try TrialTable.read([path])
      #expect(table.sessions.map(\.stimulusIDs) == [["b", "a", "c"]])
      #expect(table.notes.count == 1 && table.notes[0].contains("column trial"))
      let other = try folder.table("rising.tsv", ["\(columns) trial", "0 b 7", "4 a 9"])
      #expect(try TrialTable.read([other]).notes.isEmpty)
    }
  }

  @Test("Windows' folders in stimulus files are folders")
  func backslashes() throws {
    try withRecording { folder in
      let read = try sessions(folder, [["stim_file", "set\\a.png", "set/a.png", "b\\c\\d.jpg"]])
      #expect(read == [["a", "a", "d"]])
      expectFailure("cats/1.png", "dogs/1.png") {
        _ = try sessions(folder, [["stim_file", "cats\\1.png", "dogs\\1.png"]])
      }
    }
  }

  @Test("BIDS events name stimuli by their files; n/a has none")
  func events() throws {
    try withRecording { folder in
      let tables = [
        ["onset duration stim_file", "0 3 set/a.v2.png", "4 3 n/a", "8 3 b.jpg"],
        ["onset duration stim_file", "0 3 set/a.v2.png", "4 3 c.jpg"],
      ]
      let read = try sessions(folder, tables)
      #expect(read == [["a.v2", nil, "b"], ["a.v2", "c"]])
    }
  }

  @Test("A column of the user's choice names stimuli, whole, before all others")
  func otherColumn() throws {
    try withRecording { folder in
      let path = try folder.table(
        "events.tsv",
        [
          "onset stim_file stimulus_id file_path", "0 a.png 1 dog/a.jpg", "4 b.png 2 n/a",
          "8 c 3 01",
        ])
      let table = try TrialTable.read([path], stimulusColumn: "file_path")
      #expect(table.sessions.map(\.stimulusIDs) == [["dog/a.jpg", nil, "01"]])
      expectFailure("no column 'condition'", "'file_path'") {
        do {
          _ = try TrialTable.read([path], stimulusColumn: "condition")
        } catch {
          throw WorkflowError(error)
        }
      }
    }
  }

  @Test(
    "A table that names no stimuli as it should is told which of its columns might",
    arguments: [
      (
        [
          "onset condition kind file_path number", "0 a x dog/a.jpg 1", "4 b y n/a 2",
          "8 c y c.png 3",
        ],
        ["stim_file", "--stimulus-column", "may be 'file_path' or 'condition' or 'kind'."]
      ),
      (["session image", "1 a", "1 b"], ["'stimulus_id'", "may be 'image'."]),
      (["onset duration", "0 1", "2 1"], ["stim_file", "--stimulus-column takes another."]),
    ])
  func columnsThatMay(_ lines: [String], _ words: [String]) throws {
    try withRecording { folder in
      let error = expectFailure("t.tsv") {
        do {
          _ = try TrialTable.read([folder.table("t.tsv", lines)])
        } catch {
          throw WorkflowError(error)
        }
      }
      for word in words { #expect(error?.description.contains(word) == true, "\(word)") }
      #expect(error?.description.contains("number") != true)
    }
  }

  @Test("Two files of one name are refused, in one table and over several")
  func collisions() throws {
    try withRecording { folder in
      let one = ["stim_file", "cats/1.png", "dogs/1.png"]
      expectFailure("cats/1.png", "dogs/1.png") { _ = try sessions(folder, [one]) }
      let (cats, dogs) = (["stim_file", "cats/1.png"], ["stim_file", "dogs/1.png"])
      expectFailure("cats/1.png", "dogs/1.png") { _ = try sessions(folder, [cats, dogs]) }
    }
  }

  @Test("A trial that is missing, extra, double or no number is refused with its line")
  func wrongTrials() throws {
    try withRecording { folder in
      let head = "session trial stimulus_id"
      expectFailure("line 3", "trial 3") {
        _ = try sessions(folder, [[head, "1 1 a", "1 3 b"]])
      }
      expectFailure("line 4", "trial 2", "line 3") {
        _ = try sessions(folder, [[head, "1 1 a", "1 2 b", "1 2 c"]])
      }
      expectFailure("line 2", "trial 0") { _ = try sessions(folder, [[head, "1 0 a"]]) }
      #expect(throws: (any Error).self) { try sessions(folder, [[head, "1 one a"]]) }
      #expect(throws: (any Error).self) { try sessions(folder, [["session image", "1 a"]]) }
    }
  }

  @Test("Rows and volumes that differ in number are refused with both numbers")
  func counts() throws {
    try withRecording { folder in
      let image = try folder.image("bold.nii.gz", SampleNumbers.rows(3, 24, seed: 5))
      let mask = try folder.mask("mask.nii.gz", [1])
      func run(_ stimuli: [String], _ images: [String]) throws {
        let trials = try folder.trials(stimuli)
        _ = try ExtractionRun(folder.settings(images, [trials], masks: ["V1=\(mask)"]))
      }
      expectFailure("2 rows", "session 1", "3 volumes", image) { try run(["a", "b"], [image]) }
      expectFailure("4 rows", "3 volumes") { try run(["a", "b", "c", "d"], [image]) }
      expectFailure("1 session,", "2 images") { try run(["a", "b", "c"], [image, image]) }
      let flat = try folder.image("flat.nii.gz", SampleNumbers.rows(1, 24, seed: 5))
      expectFailure("3 rows", "2 volumes") { try run(["a", "b", "c"], [flat, flat]) }
    }
  }

  @Test("A recording in which nothing was shown is refused")
  func noStimuli() throws {
    try withRecording { folder in
      let image = try folder.image("bold.nii.gz", SampleNumbers.rows(2, 24, seed: 5))
      let mask = try folder.mask("mask.nii.gz", [1])
      let trials = try folder.trials(["n/a", "n/a"])
      expectFailure(trials, "stimulus") {
        _ = try ExtractionRun(folder.settings([image], [trials], masks: ["V1=\(mask)"]))
      }
    }
  }

  @Test("Volumes without stimulus are counted, and are part of their session")
  func unused() throws {
    try withRecording { folder in
      let image = try folder.image("bold.nii.gz", SampleNumbers.rows(3, 24, seed: 5))
      let mask = try folder.mask("mask.nii.gz", [1])
      let trials = try folder.trials(["a", "n/a", "b"])
      let extraction = try folder.extract(
        folder.settings([image], [trials], masks: ["V1=\(mask)"]))
      #expect(extraction.unusedVolumeCount == 1)
      #expect(extraction.stimulusCount == 2)
      #expect(extraction.summary.contains("1 volume without stimulus"))
    }
  }
}
