import Foundation
import FoundationXML
import Testing

/// The elements of a page, read by an XML parser.
final class ParsedPage: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// Of the element and everything in it.
    var text = ""
    /// The elements around it, the outermost first.
    let outer: [String]
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  /// Fails the test if the page is not well-formed.
  init(_ html: String) throws {
    super.init()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = self
    #expect(parser.parse(), "line \(parser.lineNumber): \(String(describing: parser.parserError))")
  }

  func all(_ name: String, _ attribute: (name: String, value: String)? = nil) -> [Element] {
    elements.filter { element in
      element.name == name
        && attribute.map { element.attributes[$0.name] == $0.value } ?? true
    }
  }

  var ids: [String] { elements.compactMap { $0.attributes["id"] } }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.append(
      Element(name: name, attributes: attributes, outer: open.map { elements[$0].name }))
    open.append(elements.count - 1)
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    for place in open { elements[place].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }
}
