import Testing

@testable import ChiasmImaging

@Suite("Hostile XML, read by expat")
struct XMLHostileTests {
  /// What is told of a text that comes in chunks of some bytes: each event as text, with its line.
  private func events(_ text: String, chunk: Int = .max) throws -> [String] {
    let seen = Seen()
    let reader = XMLReader { event, line in
      switch event {
      case .opening(let name, let attributes):
        let pairs = attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
        seen.add("\(line) <\(name)\(pairs.joined())>")
      case .closing(let name): seen.add("\(line) </\(name)>")
      case .text(let text): seen.append(text)
      }
    }
    var rest = Array(text.utf8)[...]
    repeat {
      let bytes = rest.prefix(chunk)
      rest = rest.dropFirst(bytes.count)
      try reader.read(bytes, isLast: rest.isEmpty)
    } while !rest.isEmpty
    return seen.events
  }

  private final class Seen {
    private(set) var events: [String] = []
    private var text = ""

    func append(_ more: String) { text += more }

    func add(_ event: String) {
      if !text.isEmpty { events.append(text) }
      text = ""
      events.append(event)
    }
  }

  private let list = """
    <?xml version="1.0" encoding="ISO-8859-1"?>
    <!DOCTYPE a [<!ENTITY own "V1"><!ENTITY far SYSTEM "file:///etc/passwd">]>
    <a b="1" ü='&lt;&own;'>Ä &own;
    <c/>&amp;&#x56;&far;<![CDATA[<&]]><!-- & --></a>
    """

  @Test("A text is told in order with its lines, in whatever chunks it comes")
  func chunks() throws {
    let whole = try events(list)
    #expect(
      whole == ["3 <a b=1 ü=<V1>", "Ä V1\n", "4 <c>", "4 </c>", "&V&far;<&", "4 </a>"])
    for chunk in [1, 2, 3, 7, 64] { #expect(try events(list, chunk: chunk) == whole) }
  }

  @Test("A text that is cut or changed anywhere ends in events or in a failure with a line")
  func damaged() throws {
    let bytes = Array(list.utf8)
    for place in bytes.indices {
      for damaged in [Array(bytes[..<place]), bytes[..<place] + [0xFF] + bytes[(place + 1)...]] {
        let reader = XMLReader { _, _ in }
        do throws(XMLReader.Failure) {
          try reader.read(damaged, isLast: true)
        } catch {
          #expect((1...4).contains(error.line) && !error.reason.isEmpty)
        }
      }
    }
  }

  /// Ten entities, each of ten of the one before: a billion words.
  private func bomb(_ use: String) -> String {
    let bombs = (1..<10).map { level in
      "<!ENTITY e\(level) \"\(String(repeating: "&e\(level - 1);", count: 10))\">"
    }
    return "<!DOCTYPE a [<!ENTITY e0 \"lol\">\(bombs.joined())]>\n\(use)"
  }

  @Test(
    "Entities that grow without end are refused",
    arguments: ["<a>&e9;</a>", "<a b=\"&e9;\"/>", "<a>&e9"])
  func bombs(use: String) {
    let error = #expect(throws: XMLReader.Failure.self) { try events(bomb(use)) }
    #expect(use == "<a>&e9" || error?.reason.contains("amplification") == true)
  }

  @Test("An entity that holds itself is refused")
  func recursion() {
    #expect(throws: XMLReader.Failure.self) {
      try events("<!DOCTYPE a [<!ENTITY b \"&c;\"><!ENTITY c \"&b;\">]><a>&b;</a>")
    }
  }

  @Test("Elements within elements, as deep as memory lasts, are no fault of ours")
  func depth() throws {
    let count = 100_000
    let text =
      String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
    #expect(try events(text).count == 2 * count)
  }
}
