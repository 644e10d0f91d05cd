internal import ChiasmResults
/// The `dataset_description.json` of a BIDS derivative.
struct DatasetDescription: Codable, Equatable {
  struct Generator: Codable, Equatable {
    let name: String
    let version: String
    let description: String

    enum CodingKeys: String, CodingKey {
      case name = "Name"
      case version = "Version"
      case description = "Description"
    }
  }

  let name: String
  let bidsVersion: String
  let datasetType: String
  let generatedBy: [Generator]

  enum CodingKeys: String, CodingKey {
    case name = "Name"
    case bidsVersion = "BIDSVersion"
    case datasetType = "DatasetType"
    case generatedBy = "GeneratedBy"
  }

  init(name: String, description: String) {
    self.name = name
    bidsVersion = "1.9.0"
    datasetType = "derivative"
    generatedBy = [
      Generator(name: Software.name, version: Software.version, description: description)
    ]
  }
}
