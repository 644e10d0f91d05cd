import ArgumentParser
import Foundation
import Workflows

/// Where regions come from.
struct RegionOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Label images on the grid of the recordings, each with its label table after a colon; without "
        + "one the table beside the image is used, or the scheme's.",
      valueName: "labels.nii.gz[:table]"))
  var atlas: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Binary masks, one a region.", valueName: "name=mask.nii.gz"))
  var roi: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Regions to make of labels, in hierarchy order; without any, every label is a region.",
      valueName: "name=label+label"))
  var region: [String] = []

  @Option(
    help: ArgumentHelp(
      "Make the regions of a scheme of 'chiasm atlas list' from the labels.", valueName: "scheme"))
  var regionsFrom: String?

  @Option(help: ArgumentHelp("Only voxels that are not 0 here are used.", valueName: "mask.nii.gz"))
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
  var request: RegionRequest {
    var request = RegionRequest()
    request.atlases = atlas
    request.masks = roi
    request.merges = region
    request.overallMask = mask
    request.scheme = regionsFrom.map { ($0, schemes.folder) }
    return request
  }
}
