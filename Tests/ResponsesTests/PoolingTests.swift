import ChiasmResponses
import Foundation
import Testing

@Suite("Pooling")
struct PoolingTests {
  /// The mean of each cell of each channel, by the definition: cell i of H places begins at ⌊i H / K⌋ and
  /// ends before ⌈(i + 1) H / K⌉.
  private func grid(_ units: [Double], _ axes: [Int], _ size: Int) -> [Double] {
    func bounds(_ index: Int, _ extent: Int) -> [Int] {
      let first = Int((Double(index * extent) / Double(size)).rounded(.down))
      let end = Int((Double((index + 1) * extent) / Double(size)).rounded(.up))
      return Array(first..<end)
    }
    return (0..<axes[0]).flatMap { channel in
      (0..<size * size).map { cell in
        let values = bounds(cell / size, axes[1]).flatMap { row in
          bounds(cell % size, axes[2]).map {
            units[(channel * axes[1] + row) * axes[2] + $0]
          }
        }
        return values.reduce(0, +) / Double(values.count)
      }
    }
  }

  private func pooled(_ text: String, _ axes: [Int], _ units: [Double]) throws -> [Double] {
    let pooling = try #require(Pooling(text))
    let pool = try #require(pooling.pool(axes: axes))
    return pool(units)
  }

  private static func units(_ axes: [Int]) -> [Double] {
    (0..<axes.reduce(1, *)).map { Double($0 * 37 % 101) - 50 }
  }

  @Test("Maps become the mean or the greatest of each channel, whatever their number of axes")
  func channels() throws {
    #expect(try pooled("mean", [2, 2, 2], [1, 2, 3, 6, -1, 0, 0, -3]) == [3, -1])
    #expect(try pooled("max", [2, 2, 2], [1, 2, 3, 6, -1, -2, -2, -3]) == [6, -1])
    #expect(try pooled("mean", [1, 2, 1, 2], [1, 2, 3, 6]) == [3])
    #expect(try pooled("max", [1, 1, 3], [1, .nan, 3])[0].isNaN)
    #expect(try pooled("mean", [1, 1, 3], [1, .nan, 3])[0].isNaN)
  }

  @Test(
    "A grid has the means of its cells, which may overlap",
    arguments: [
      ([3, 7, 5], 3), ([2, 6, 6], 2), ([1, 13, 8], 6), ([2, 4, 4], 4), ([2, 5, 3], 1),
    ])
  func cells(axes: [Int], size: Int) throws {
    let units = Self.units(axes)
    let found = try pooled("grid:\(size)", axes, units)
    #expect(zip(found, grid(units, axes, size)).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(Pooling("grid:\(size)")?.pool(axes: axes)?.axes == [axes[0], size, size])
  }

  @Test("The cells are those of torch.nn.AdaptiveAvgPool2d(3) on 1 × 4 × 5 numbers 0 to 19")
  func torch() throws {
    // Rows 0:2, 1:3 and 2:4, columns 0:2, 1:4 and 3:5.
    #expect(
      try pooled("grid:3", [1, 4, 5], (0..<20).map(Double.init))
        == [3, 4.5, 6, 8, 9.5, 11, 13, 14.5, 16])
  }

  @Test("Tokens become their mean, the first or the last")
  func tokens() throws {
    let units: [Double] = [1, 2, 3, 6, 5, 1]
    #expect(try pooled("tokens:mean", [3, 2], units) == [3, 3])
    #expect(try pooled("tokens:first", [3, 2], units) == [1, 2])
    #expect(try pooled("cls", [3, 2], units) == [1, 2])
    #expect(Pooling("tokens:cls") == Pooling("cls"))
    #expect(try pooled("tokens:last", [3, 2], units) == [5, 1])
  }

  @Test("A shape that a way does not fit is left alone")
  func others() throws {
    for (text, axes) in [
      ("mean", [4096]), ("mean", [7, 5]), ("tokens:mean", [3, 2, 2]), ("tokens:mean", [9]),
      ("grid:2", [3, 2, 2, 2]), ("none", [3, 2, 2]),
    ] {
      #expect(Pooling(text)?.pool(axes: axes)?.axes == nil, "\(text)")
    }
    let both = try #require(Pooling("mean,tokens:mean"))
    #expect(both.pool(axes: [3, 2, 2])?.axes == [3] && both.pool(axes: [3, 2])?.axes == [2])
    #expect(Pooling("grid:3")?.isFiner(than: [4, 8, 2]) == true)
    #expect(Pooling("grid:3")?.isFiner(than: [2, 3, 3]) == false)
  }

  @Test("What it is called is read back, and other words are refused")
  func words() throws {
    for text in ["none", "mean", "max", "grid:4", "tokens:last", "grid:2,tokens:mean"] {
      #expect(Pooling(text)?.description == text)
      let data = try JSONEncoder().encode([Pooling(text)])
      #expect(try JSONDecoder().decode([Pooling].self, from: data).first == Pooling(text))
    }
    #expect(Pooling("tokens:first,max")?.description == "max,tokens:first")
    for text in [
      "", "grid", "grid:0", "grid:-1", "mean,max", "tokens:max", "tokens", "mean,", "none,mean",
      "cls,tokens:mean", "grid:2:3",
    ] {
      #expect(Pooling(text) == nil, "\(text)")
    }
  }
}
