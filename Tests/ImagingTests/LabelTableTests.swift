import Foundation
import TestSupport
import Testing

@testable import ChiasmImaging

@Suite("Label tables: reading")
struct LabelTableTests {
  /// Index and name of each entry as text, which is short to compare.
  private func entries(_ text: String) throws -> [String] {
    try LabelTable(text: text).entries.map { "\($0.index) \($0.name)" }
  }

  private func problem(of text: String) -> String? {
    do {
      _ = try LabelTable(text: text, path: "t.tsv")
      return nil
    } catch {
      return error.description
    }
  }

  @Test("A dseg.tsv may have its columns in any order and others beside them")
  func columns() throws {
    let text = "color\tName\tindex\tmapping\r\n#ff0000\tV1 v\t1\t5\r\n\r\n#00ff00\thV4\t7\t6\r\n"
    #expect(try entries(text) == ["1 V1 v", "7 hV4"])
  }

  @Test("A dseg.tsv row whose name is n/a names nothing")
  func notAvailable() throws {
    #expect(try entries("index\tname\n1\tn/a\n2\tV2\n") == ["2 V2"])
  }

  @Test(
    "Labels beyond 8 and 16 bits keep their value", arguments: [127, 128, 255, 256, 1035, 11101])
  func wideLabels(label: Int32) throws {
    #expect(try LabelTable(text: "index\tname\n\(label)\tV1\n").name(of: label) == "V1")
  }

  @Test("A FreeSurfer colour table gives the names without the colours")
  func freeSurfer() throws {
    let text = """
      #No. Label Name:        R   G   B   A

      0   Unknown             0   0   0   0
      1035  ctx-lh-insula     255 192 32  0
      11101  ctx_lh_G_and_S_frontomargin 23 220 60 0
      """
    #expect(
      try entries(text) == ["0 Unknown", "1035 ctx-lh-insula", "11101 ctx_lh_G_and_S_frontomargin"])
  }

  @Test("An ITK-SNAP label file gives the names in quotation marks")
  func itkSnap() throws {
    let text = """
      # ITK-SnAP Label Description File
          0     0    0    0        0  0  0    "Clear Label"
          1   255    0    0        1  1  1    "Left V1"
      """
    #expect(try entries(text) == ["0 Clear Label", "1 Left V1"])
  }

  @Test("Plain lines may have blanks and tabs, a heading, and names that end in numbers")
  func plainLines() throws {
    #expect(try entries("1 Left V1\n2\tArea 5 1 2 3 4\n") == ["1 Left V1", "2 Area 5 1 2 3 4"])
    #expect(try entries("roi name\n1 V1v\n") == ["1 V1v"])
    #expect(try entries("1 Primary_Visual_Cortex_L\n") == ["1 Primary_Visual_Cortex_L"])
  }

  @Test(
    "Forms that other tools write give the names",
    arguments: [
      "1 V1 10 20 30 0\n2 V2  40 50 60 0 2\n3  hV4 70 80 90 0 3 \n",
      "1 V1 10 20 30\n2 V2 40 50 60\n3 hV4 70 80 90\n",
      "# a comment\n1  L.V1    V1     0   118 14  255\n2  L.V2   V2  1 2 3 255\n3\tL.V4\thV4 1 2 3 255\n",
      "V1\n1 10 20 30 255\nV2\n2 40 50 60 255\nhV4\n3 70 80 90 255\n",
      "index,name\n1,V1\n2,\"V2\"\n3,hV4\n", "color;Label;ID\nx;V1;1\nx;V2;2\nx;hV4;3\n",
      "1=V1\n2 = V2\n3=hV4\n", "1,V1\n2, V2\n3,hV4\n", "value\tlabel\n1\tV1\n2\tV2\n3\thV4\n",
      "index\tname\n1.0\tV1\n2.0\tV2\n3.00\thV4\n", "label\tname\n1\tV1\n2\tV2\n3\thV4\n",
    ])
  func otherTools(text: String) throws {
    #expect(try entries(text) == ["1 V1", "2 V2", "3 hV4"])
  }

  @Test("A name may end in a number before a colour, and hold one blank or a comma")
  func namesBeforeColours() throws {
    #expect(try entries("1 BA 17 10 20 30 0\n2 BA 18 10 20 30 0\n") == ["1 BA 17", "2 BA 18"])
    #expect(
      try entries("1 Left V1 10 20 30 0\n2 Right V1 1 2 3 0\n") == ["1 Left V1", "2 Right V1"])
    #expect(
      try entries("index,name\n1,\"V1, \"\"left\"\"\"\n") == ["1 V1, \"left\""])
  }

  @Test(
    "A line that is unlike the others, or glues the name to the index, is refused by its number",
    arguments: [
      ("1 V1 10 20 30 0\n2 V2 40 50 60\n3 hV4 70 80 90 0\n", "line 2"),
      ("1 V1 10 20 30 0\n2 V2 1 2 3 0\n3 hV4\n", "line 3"), ("1:V1\n2:V2\n", "line 1"),
      ("1V1\n2V2\n", "line 1"), ("V1\nV2\nhV4\n", "line 2"), ("1.5 V1\n2 V2\n", "line 1"),
      ("1\tV1\tprimary\n2\tV2\tsecondary\n", "line 1"), ("1,V1,10,20\n2,V2,1,2\n", "line 1"),
      ("1 V1 1 2 3 4 5 6\n2 V2 1 2 3 4 5 6\n", "line 1"),
      ("1 L.V1  V1 1 2 3 0\n2 V2 1 2 3 0\n", "line 1"),
    ])
  func unlikeLines(text: String, words: String) {
    #expect(problem(of: text)?.contains(words) == true, "\(problem(of: text) ?? "it was read")")
  }

  private func atlas(type: String, labels: String) -> String {
    """
    <?xml version="1.0"?>
    <!DOCTYPE atlas [<!ENTITY far SYSTEM "file:///etc/passwd">]>
    <atlas version="1.0"><header><name>A</name>\(type)</header>
    <!-- <label index="9">not this one</label> -->
    <data>\(labels)</data></atlas>
    """
  }

  @Test("In FSL's probabilistic atlases the voxels hold the index plus 1")
  func probabilisticMarkup() throws {
    let labels = """
      <label index="80" x="97" y="32" z="73">GM Visual cortex V1 BA17 L</label>
      <label index='81' x='1' y='2' z='3'> Heschl&apos;s &amp; V&#49; &far; </label>
      """
    for type in ["Probabalistic", "Probabilistic"] {
      #expect(
        try entries(atlas(type: "<type>\(type)</type>", labels: labels)) == [
          "81 GM Visual cortex V1 BA17 L", "82 Heschl's & V1 &far;",
        ])
    }
  }

  @Test("In FSL's label atlases the voxels hold the index")
  func labelMarkup() throws {
    let labels = "<label index=\"0\">Unclassified</label><label index=\"3\">V1</label>"
    #expect(
      try entries(atlas(type: "<type>Label</type>", labels: labels)) == ["0 Unclassified", "3 V1"])
  }

  @Test("An FSL list without a type is refused, since its numbers can mean two things")
  func markupWithoutType() {
    let text = atlas(type: "", labels: "<label index=\"0\">V1</label>")
    #expect(problem(of: text)?.contains("<type>") == true)
  }

  @Test("In SPM's lists the voxels hold the index")
  func spmMarkup() throws {
    let labels = "<label><index>108</index><name>Right Calc</name></label><label/>"
    #expect(try entries(atlas(type: "", labels: labels)) == ["108 Right Calc"])
  }

  @Test(
    "Hostile XML ends in an error",
    arguments: ["<", "<label index=\"", "<a b=c d=", "<![CDATA[", "<!--", "<label index=1>&#x;"])
  func hostileMarkup(start: String) {
    let text = "<atlas>" + String(repeating: start, count: 20_000)
    #expect(throws: ImagingError.self) { try LabelTable(text: text) }
  }

  @Test(
    "Damaged XML is refused with its line",
    arguments: [
      ("<a>\n<label index='1'>V1</a>", "line 2 is no XML (mismatched tag)"),
      ("\n\n<a>\n<label index=1>V1</label></a>", "line 4"), ("<a>V1 & V2</a>", "line 1"),
      ("<a>&unheard;</a>", "line 1 is no XML (undefined entity)"), ("<a>\n", "line 2"),
      ("<a><type>Label</type>\n<label index='x'>V1</label></a>", "line 2 has \"x\""),
      (
        "<a><type>Label</type>\n\n<label index='1'> </label></a>",
        "line 3 has a label without a name"
      ),
      ("<a>\n<type>Label</type>\n<label index='2147483648'>V1</label></a>", "line 3 has the index"),
      ("<a><type>P</type>\n<label index='2147483647'>V1</label></a>", "line 2 has the index"),
    ])
  func damagedMarkup(text: String, words: String) {
    #expect(problem(of: text)?.contains(words) == true, "\(problem(of: text) ?? "it was read")")
  }

  @Test("XML may begin after empty lines, declare an encoding, and write its tags in any case")
  func otherMarkup() throws {
    let list = """


      <?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?>
      <Atlas><Type>Label</Type><Label INDEX="3">Área 1</Label></Atlas>

      """
    #expect(try entries(list) == ["3 Área 1"])
  }

  @Test("A repeated line is one entry; two names for a label are an error that shows both")
  func labelNamedTwice() throws {
    #expect(try entries("1 V1\n1 V1\n") == ["1 V1"])
    #expect(
      throws: ImagingError.labelNamedTwice(path: "t", index: 1, names: ["V1", "V2"])
    ) { try LabelTable(text: "1 V1\n1 V2\n", path: "t") }
  }

  @Test("Labels of one name and background labels are kept")
  func sharedNamesAndBackground() throws {
    let table = try LabelTable(text: "-1 outside\n0 none\n1 V1\n2 V1\n")
    #expect(table.entries.count == 4)
    #expect(table.foreground.map(\.index) == [1, 2])
  }

  @Test(
    "What is no table is refused with the line",
    arguments: [
      ("", "no label"), ("hello\nworld\n", "line 2"), ("index\tname\nx\tV1\n", "line 2"),
      ("index\tname\n3\n", "line 2"), ("1 V1\n2147483648 V2\n", "2147483648"),
      ("1 V1\n2\n", "line 2"), ("1 V1\n99999999999999999999 V2\n", "line 2"),
    ])
  func noTable(text: String, words: String) {
    #expect(problem(of: text)?.contains(words) == true)
    #expect(problem(of: text)?.hasPrefix("t.tsv: ") == true)
  }
}

@Suite("Label tables: files")
struct LabelTableFileTests {
  @Test("A table is read from a file, with or without a byte order mark")
  func reading() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "labels.txt").path
      try Data("\u{FEFF}index\tname\n135\tÄrea 1\n".utf8).write(to: URL(filePath: path))
      #expect(try LabelTable.read(path: path).name(of: 135) == "Ärea 1")
    }
  }

  @Test("A missing file, a folder and an image are errors that name the path")
  func refusing() throws {
    try withTemporaryFolder { folder in
      let image = folder.appending(path: "image.nii").path
      try Data([92, 1, 0, 0, 1, 2]).write(to: URL(filePath: image))
      for path in [folder.path + "/none.tsv", folder.path, image] {
        let error = #expect(throws: ImagingError.self) { try LabelTable.read(path: path) }
        #expect(error?.description.hasPrefix(path) == true)
      }
    }
  }

  @Test("A text beside an image that is no table of it is left, and a damaged table is an error")
  func beside() throws {
    func found(_ files: [(String, String)]) throws -> LabelTable.Neighbour {
      try withTemporaryFolder { folder in
        for (name, text) in files { _ = try folder.put(Array(text.utf8), name) }
        return try LabelTable.beside(
          ImageArgument(path: folder.path + "/a.nii.gz"), labels: [0, 1, 2])
      }
    }
    #expect(try found([]).notes.isEmpty)
    #expect(try found([("a.txt", "1 V1\n2 V2\n")]).table?.entries.count == 2)
    for readme in [
      "An atlas.\nIt was made by hand.\n1 mm voxels.\n", "Atlas of X\n2019 release\n",
      "Atlas\n", "\u{0}",
    ] {
      let alone = try found([("a.txt", readme)])
      #expect(alone.table == nil && alone.path == nil)
      #expect(alone.notes.count == 1 && alone.notes[0].contains("a.txt is not taken"))
      let both = try found([("a.txt", readme), ("a.lut", "1 V1\n2 V2\n")])
      #expect(both.table?.entries.count == 2 && both.path?.hasSuffix("a.lut") == true)
    }
    for damaged in ["1 V1\n2 V2\nx V3\n", "index\tname\nx\tV1\n", "1 V1\n1 V2\n"] {
      #expect(throws: ImagingError.self) { try found([("a.txt", damaged)]) }
    }
  }
}
