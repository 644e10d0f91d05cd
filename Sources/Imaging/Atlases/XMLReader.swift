internal import ChiasmCExpat

/// Reads XML as it comes in, by expat, and tells what it meets.
///
/// The text is UTF-8, whatever its declaration says. Nothing is fetched: a reference to something
/// outside the text stays as it is written. What the text itself defines is put in its place, up to
/// the amplification that expat allows (8 MiB, or 100 times what was read), so that no few lines of
/// text fill the memory.
///
/// All of expat's pointers stay in this file. expat calls back while `read` runs, and only then.
final class XMLReader {
  /// A tag or the text between two; long text may come in several.
  enum Event {
    case opening(name: String, attributes: [String: String])
    case closing(name: String)
    case text(String)
  }

  /// Why a text is not read any further.
  struct Failure: Error {
    /// The line, from 1, that expat was in.
    let line: Int
    /// expat's words.
    let reason: String
  }

  private let parser: XML_Parser
  private let handle: (Event, _ line: Int) -> Void

  /// Takes what is called with every tag and text, and the line, from 1, that it begins in.
  init(_ handle: @escaping (Event, _ line: Int) -> Void) {
    guard let parser = XML_ParserCreate("UTF-8") else {
      preconditionFailure("No memory is left, where Swift stops, too.")
    }
    (self.parser, self.handle) = (parser, handle)
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { reader, name, attributes in
        guard let reader, let name else { return }
        XMLReader.at(reader).tell(
          .opening(name: String(cString: name), attributes: XMLReader.pairs(attributes)))
      },
      { reader, name in
        guard let reader, let name else { return }
        XMLReader.at(reader).tell(.closing(name: String(cString: name)))
      })
    XML_SetCharacterDataHandler(parser) { reader, text, count in
      guard let reader else { return }
      XMLReader.at(reader).tell(.text(XMLReader.string(text, count)))
    }
    // What no other handler takes: of these a reference that expat does not follow is text.
    XML_SetDefaultHandlerExpand(parser) { reader, text, count in
      guard let reader, let text, text.pointee == CChar(bitPattern: UInt8(ascii: "&")) else {
        return
      }
      XMLReader.at(reader).tell(.text(XMLReader.string(text, count)))
    }
  }

  deinit { XML_ParserFree(parser) }

  /// Reads the next bytes of the text, of any number below 2³¹; the last ones end it.
  func read(_ bytes: some Collection<UInt8>, isLast: Bool) throws(Failure) {
    precondition(bytes.count <= Int(Int32.max), "More bytes than expat takes at once.")
    let status = Array(bytes).withUnsafeBytes { buffer in
      XML_Parse(
        parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count),
        isLast ? 1 : 0)
    }
    guard status != XML_STATUS_OK else { return }
    throw Failure(
      line: line,
      reason: XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "")
  }

  private var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

  private func tell(_ event: Event) { handle(event, line) }

  private static func at(_ reader: UnsafeMutableRawPointer) -> XMLReader {
    Unmanaged<XMLReader>.fromOpaque(reader).takeUnretainedValue()
  }

  private static func string(_ text: UnsafePointer<CChar>?, _ count: Int32) -> String {
    String(
      decoding: UnsafeRawBufferPointer(start: text, count: text == nil ? 0 : Int(count)),
      as: UTF8.self)
  }

  /// Names and values by turns, up to a nil.
  private static func pairs(
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) -> [String: String] {
    var pairs: [String: String] = [:]
    guard var place = attributes else { return pairs }
    while let name = place[0], let value = place[1] {
      pairs[String(cString: name)] = String(cString: value)
      place += 2
    }
    return pairs
  }
}
