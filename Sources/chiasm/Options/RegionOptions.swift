import ArgumentParser
import ChiasmWorkflows
import Foundation

/// Where regions come from.
struct RegionOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Label images on the grid of the recordings, each with its label table after a colon; without "
        + "one the table beside the image is used, or the scheme's. A colon alone declines the table "
        + "beside it.",
      valueName: "labels.nii.gz[#volume][:table]"))
  var atlas: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Masks, one a region: 0 or negative outside, one other value inside. @0.5 takes the voxels "
        + "whose value is at least 0.5, #3 volume 3 of a 4-D image (the first is 0).",
      valueName: "name=mask.nii.gz[#volume][@threshold]"))
  var roi: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Regions to make of labels, in hierarchy order; without any, every label is a region. A comma "
        + "and a blank within a label's name divide nothing.",
      valueName: "name=label+label"))
  var region: [RegionDefinitions] = []

  @Option(
    help: ArgumentHelp(
      "Make the regions of a scheme of 'chiasm atlas list' from the labels.", valueName: "scheme"))
  var regionsFrom: String?

  @Option(
    help: ArgumentHelp(
      "Only voxels inside this mask are used, written as those of --roi without a name.",
      valueName: "mask.nii.gz[#volume][@threshold]"))
  var mask: String?

  @OptionGroup var schemes: SchemeOptions

  func validate() throws {
    if atlas.isEmpty && roi.isEmpty {
      throw ValidationError("Give regions with --atlas or --roi.")
    }
    if regionsFrom != nil && !region.isEmpty {
      throw ValidationError("Give either --region or --regions-from.")
    }
  }

  /// What the options ask for.
  ///
  /// - Throws: where `--regions-from` has no folder of schemes to look into.
  var request: RegionRequest {
    get throws(WorkflowError) {
      var request = RegionRequest()
      request.atlases = atlas
      request.masks = roi
      request.merges = region.flatMap(\.definitions)
      request.overallMask = mask
      if let regionsFrom { request.scheme = (regionsFrom, try schemes.folder) }
      return request
    }
  }
}

/// Where the folder of region schemes is.
struct SchemeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of region schemes. (default: CHIASM_ATLASES, or the one that came with the program)",
      valueName: "dir"))
  var atlases: String?

  /// The folder asked for, that of the environment, or `atlases` beside or above the program.
  ///
  /// - Throws: where there is none.
  var folder: String {
    get throws(WorkflowError) {
      let named = atlases ?? ProcessInfo.processInfo.environment["CHIASM_ATLASES"]
      guard let folder = named ?? Self.installed else {
        throw .setting(
          name: "--atlases",
          expected: "the folder of region schemes, as CHIASM_ATLASES may be, for none is beside or "
            + "above the program", actual: "not given")
      }
      return folder
    }
  }

  private static var installed: String? {
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    var folder = program.deletingLastPathComponent()
    while folder.path != "/" {
      for candidate in ["atlases", "share/chiasm/atlases"] {
        let path = folder.appending(path: candidate).path
        if FileManager.default.fileExists(atPath: path) { return path }
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }
}
