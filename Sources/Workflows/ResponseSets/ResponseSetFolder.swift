/// The names of the files in a response set's folder.
enum ResponseSetFolder {
  static let description = "dataset_description.json"
  static let stimuli = "stimuli.tsv"
  static let stages = "stages.tsv"
  static let provenance = "provenance.json"
  static let regionsImage = "regions_dseg.nii.gz"
  static let regionsTable = "regions_dseg.tsv"

  /// The matrix of a stage.
  static func matrix(_ stem: String) -> String { stem + ".npy" }
  /// Where a file of the set at `folder` is; a path from the root stands for itself.
  static func place(of file: String, in folder: String) -> String {
    file.hasPrefix("/") ? file : folder + "/" + file
  }

  /// The places of a stage's units.
  static func unitsTable(_ stem: String) -> String { stem + "_units.tsv" }
}
