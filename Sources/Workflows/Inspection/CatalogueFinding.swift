internal import ChiasmImaging
internal import ChiasmReporting

/// A folder of region schemes.
struct CatalogueFinding: Finding {
  struct Scheme: Encodable {
    let name: String
    let summary: String
  }

  let kind = "region_schemes"
  let folder: String
  let schemes: [Scheme]

  init(folder: String) throws(ImagingError) {
    let catalogue = try AtlasCatalogue(folder: folder)
    self.folder = folder
    var schemes: [Scheme] = []
    for name in catalogue.names {
      schemes.append(Scheme(name: name, summary: try catalogue.scheme(named: name).summary))
    }
    self.schemes = schemes
  }

  var report: Report {
    Report(
      title: "\(folder): region schemes (\(schemes.count))",
      sections: [.fields(schemes.map { Report.Field(name: $0.name, value: $0.summary) })])
  }
}
