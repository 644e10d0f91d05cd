import Chiasm

// 60 stimuli; two regions and two layers, of which each region is a noisy mixture of one.
var generator = SeededGenerator(seed: 1)
@MainActor func noise(_ units: Int) -> Matrix<Float> {
  Matrix(
    rowCount: 60, columnCount: units,
    elements: (0..<60 * units).map { _ in Float.random(in: -1...1, using: &generator) })
}
@MainActor func region(_ layer: Matrix<Float>) -> Matrix<Float> {
  var responses = noise(12)
  for row in 0..<60 {
    for unit in 0..<12 { responses[row, unit] += layer[row, unit] + layer[row, unit + 1] }
  }
  return responses
}

let stimuli = (1...60).map { "image \($0)" }
let (early, late) = (noise(20), noise(16))
let brain = try ResponseSet(
  stimulusIDs: stimuli,
  stages: [Stage(name: "V1", responses: region(early)), Stage(name: "IT", responses: region(late))],
  role: .region)
let model = try ResponseSet(
  stimulusIDs: stimuli,
  stages: [Stage(name: "conv1", responses: early), Stage(name: "fc7", responses: late)],
  role: .layer)

let run = try AlignmentRun(ResponsePair(source: brain, target: model), AlignmentSettings())
let alignment = try await run.run(command: "Examples/library", threads: 2)
for (region, shares) in zip(["V1", "IT"], alignment.result.coupling.share) {
  print(region, "shares", shares.compactMap(\.self))
}
print(alignment.messages[0])
