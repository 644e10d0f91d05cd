internal import ChiasmResults
internal import ChiasmFiles

extension ResponseSetFinding {
  /// What the files beside the matrices say; nothing of an archive.
  struct Sidecars {
    private(set) var isBrain = false
    /// The columns of `stimuli.tsv`.
    private(set) var columns: [String] = []
    /// The number of repeats of every row; nil if the table does not say.
    private(set) var repeats: [Int]?
    private(set) var extraction: ExtractionRecord?
    /// What could not be read.
    private(set) var notes: [String] = []

    init(path: String) throws {
      guard try FolderTree.isFolder(ArrayFiles.split(path).path) else { return }
      let names = try FolderTree.listing(of: path)
      isBrain = names.contains {
        $0 == ResponseSetFolder.regionsImage || $0.hasSuffix("_units.tsv")
      }
      if names.contains(ResponseSetFolder.stimuli) {
        try readStimuli(path + "/" + ResponseSetFolder.stimuli)
      }
      if names.contains(ResponseSetFolder.provenance) {
        readProvenance(path + "/" + ResponseSetFolder.provenance)
      }
    }

    private mutating func readStimuli(_ path: String) throws {
      let table = try Table(path: path)
      columns = table.columns
      guard table.hasColumn("repeats") else { return }
      do {
        repeats = try table.integers("repeats")
      } catch {
        notes.append(error.description)
      }
    }

    /// A set may come with the provenance of another program.
    private mutating func readProvenance(_ path: String) {
      do {
        extraction = try JSONFile.read(ExtractionRecord.self, from: path)
      } catch {
        if (try? JSONFile.read(ConversionRecord.self, from: path)) != nil { return }
        notes.append("\(path) is not that of an extraction.")
      }
    }
  }
}
