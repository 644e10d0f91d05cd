import ArgumentParser
import ChiasmWorkflows

/// `chiasm inspect`.
struct Inspect: WorkflowCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a file or folder is.",
    discussion: """
      Looks into anything that Chiasm reads or writes: NIfTI images, files of arrays (.npy, .npz, .mat, .safetensors, .csv), \
      tables, response sets, alignments, comparisons, region schemes. The content decides what it is. The answer \
      goes to stdout: a few lines and tables, or JSON.

      Examples:

        What a recording is: its grid, orientation, type and scaling:

          chiasm inspect betas_session01.nii.gz

        The same for a program, with sums and the first values:

          chiasm inspect betas_session01.nii.gz --values --json

        The labels of an atlas with their names and voxels:

          chiasm inspect prf-visualrois.nii.gz

        A response set, and whether it can be aligned:

          chiasm inspect brain

        A file of another tool, and how it would be read:

          chiasm inspect activations.safetensors

        An alignment, compared with the layers known to be right:

          chiasm inspect alignment --known truth.tsv
      """)

  @Argument(help: ArgumentHelp("The file or folder.", valueName: "path"))
  var path: String

  @Flag(help: "Write JSON.")
  var json = false

  @Flag(help: "Read all values of an image, an array or a response set, and sum them up.")
  var values = false

  @Option(
    help: ArgumentHelp(
      "For an alignment: the right answers, a table with source_stage and target_stage.",
      valueName: "truth.tsv"))
  var known: String?

  func execute() async throws(WorkflowError) {
    let inspection = try Inspection(path: path, withValues: values, known: known)
    try Results.write(inspection, asJSON: json)
  }
}
