import ChiasmFiles
import Testing

@Suite("Reference: .npy files that NumPy wrote")
struct NumpyArrayReference {
  typealias Elements = NumpyArray.Elements

  private func elements(_ name: String) throws -> Elements {
    try NumpyArray(path: reference("\(name).npy")).elements
  }

  @Test("Integers of every size and order are read, their limits included")
  func integers() throws {
    #expect(try elements("i1_byte") == .int8([0, 1, .min, .max]))
    #expect(try elements("u1_byte") == .uint8([0, 1, .min, .max]))
    for order in ["little", "big"] {
      #expect(try elements("i2_\(order)") == .int16([0, 1, .min, .max]))
      #expect(try elements("i4_\(order)") == .int32([0, 1, .min, .max]))
      #expect(try elements("i8_\(order)") == .int64([0, 1, .min, .max]))
      #expect(try elements("u2_\(order)") == .uint16([0, 1, .min, .max]))
      #expect(try elements("u4_\(order)") == .uint32([0, 1, .min, .max]))
      #expect(try elements("u8_\(order)") == .uint64([0, 1, .min, .max]))
    }
  }

  @Test("Real numbers keep signs, subnormals, infinities and NaN", arguments: ["little", "big"])
  func reals(order: String) throws {
    let halves = try NumpyArray(path: reference("f2_\(order).npy")).floats()
    let floats = try NumpyArray(path: reference("f4_\(order).npy")).floats()
    let doubles = try NumpyArray(path: reference("f8_\(order).npy")).doubles()
    let start: [Double] = [0, -0.0, 1.5, -2.25]
    let end = [Double.infinity, -.infinity, .nan]
    let half = [65504, 0x1p-14, 0x1p-24]
    let float = [Float.greatestFiniteMagnitude, .leastNormalMagnitude, .leastNonzeroMagnitude]
    let double = [Double.greatestFiniteMagnitude, .leastNormalMagnitude, .leastNonzeroMagnitude]
    #expect(halves.map(Double.init).description == (start + half + end).description)
    #expect(
      floats.map(Double.init).description == (start + float.map(Double.init) + end).description)
    #expect(doubles.description == (start + double + end).description)
    #expect(halves[1].sign == .minus && floats[1].sign == .minus && doubles[1].sign == .minus)
  }

  @Test("Truth values are read")
  func truth() throws {
    #expect(try elements("bool") == .bool([true, false, true]))
    #expect(try NumpyArray(path: reference("bool.npy")).doubles() == [1, 0, 1])
  }

  @Test("Text is read in both byte orders and in Fortran order, with zeros inside it")
  func text() throws {
    let words = ["V1", "hV4 ", "", "layer 2.conv", "naïve – 脳 🧠", "a\0b"]
    for name in ["text_little", "text_big", "fortran_text"] {
      let array = try NumpyArray(path: reference("\(name).npy"))
      #expect(array == NumpyArray(shape: [2, 3], elements: .strings(words)))
    }
    #expect(try elements("bytes") == .bytes(["csr", "", "naïve"]))
    expectError("bytes_not_utf8.npy", "element 1") { _ = try elements("bytes_not_utf8") }
  }

  @Test("Fortran order comes out in C order")
  func fortran() throws {
    let cube = try NumpyArray(path: reference("fortran_3d.npy"))
    #expect(cube == NumpyArray(shape: [2, 3, 4], elements: .int32(Array(0..<24))))
    let big = try NumpyArray(path: reference("fortran_big.npy"))
    #expect(big.shape == [70, 45])
    #expect(try big.doubles() == (0..<70 * 45).map { Double($0) / 7 })
    #expect(try NumpyHeader(path: reference("fortran_big.npy")).isFortranOrder)
  }

  @Test("A single element and an empty array are arrays")
  func shapes() throws {
    let scalar = try NumpyArray(path: reference("scalar.npy"))
    #expect(scalar == NumpyArray(shape: [], elements: .float64([.pi])))
    let empty = try NumpyArray(path: reference("empty.npy"))
    #expect(empty == NumpyArray(shape: [3, 0, 2], elements: .float32([])))
  }

  @Test("Header versions 2 and 3 are read", arguments: ["version_2", "version_3"])
  func versions(name: String) throws {
    #expect(try elements(name) == .int16(Array(0..<24)))
  }

  @Test("The header alone tells type and shape")
  func header() throws {
    let header = try NumpyHeader(path: reference("f2_big.npy"))
    #expect(header.shape == [10] && header.type.description == "float16")
    #expect(header.type.isBigEndian && !header.isFortranOrder)
    #expect(try NumpyHeader(path: reference("text_big.npy")).type.description == "U12")
  }

  @Test(
    "Types that are not read are refused by name",
    arguments: [
      ("pickle", "pickle"), ("complex", "complex"), ("record", "records"), ("date", "dates"),
    ])
  func refused(name: String, word: String) {
    expectError("\(name).npy", word) { _ = try elements(name) }
  }

  @Test("What is written has the bytes of numpy.save")
  func saved() throws {
    let floats = NumpyArray(shape: [2, 3], elements: .float32((0..<6).map { Float($0) / 3 }))
    let integers = NumpyArray(shape: [3], elements: .int64([-1, 0, 1 << 40]))
    let words = NumpyArray(shape: [2], elements: .strings(["V1", "naïve 脳"]))
    #expect(floats.encoded() == (try bytes("saved_floats.npy")))
    #expect(integers.encoded() == (try bytes("saved_integers.npy")))
    #expect(words.encoded() == (try bytes("saved_words.npy")))
  }
}
