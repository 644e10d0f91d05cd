public import ArgumentParser
public import ChiasmResponses

/// What the stages of the two sets are called, where their files do not tell.
struct RoleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the stages of the source are called in results. (default: region where a table of voxels or "
        + "an image of regions lies beside the matrices, else layer)"))
  var sourceRole: Role?

  @Option(help: "The same of the target.")
  var targetRole: Role?
}

extension Role: ExpressibleByArgument {}
