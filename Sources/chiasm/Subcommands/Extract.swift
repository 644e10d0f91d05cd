public import ArgumentParser
import ChiasmFiles
public import ChiasmWorkflows

/// `chiasm extract`.
struct Extract: WorkflowCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn recordings into stimulus-by-voxel matrices of regions.",
    discussion: """
      Reads NIfTI images volume by volume, or betas of HDF5, keeps the voxels of the regions, averages the repeats of \
      each stimulus and writes a response set: a folder with a matrix (.npy) and a table of voxels \
      for each region. Voxels that are constant or not finite in a session are dropped; \
      provenance.json counts and dropped_voxels.tsv lists everything that was left out, and why.

      The trial table (tab-separated) has the columns session, trial and stimulus_id: one row a \
      volume; a column run may tell the runs of a session apart. Sessions, those that are numbers in \
      numeric order, stand in the order of the images; which image went to which session is printed, \
      and refused where the numbers in the images' names contradict it. BIDS events with stim_file are \
      read too, one table an image, a row a volume in the order of the rows; the file's name without \
      folders and ending is then the stimulus. --stimulus-column names another column (file_path, condition, \
      ImgName …), whose values are taken whole: 'align --match stem' joins dog/dog_12s.jpg with dog_12s. A row \
      with n/a is a volume \
      without stimulus, which has no influence on anything but --standardize session-all.

      Betas may also be HDF5 or MATLAB 7.3, as NSD and GLMsingle write them: the dataset betas, betasmd \
      or modelmd, or the one named as in FILE.h5:/DATASET. Such a file does not say where voxels lie, so \
      they are taken to have the grid of the first --atlas or --roi; the lengths of the axes, trials × \
      k × j × i or i × j × k × trials, tell which one runs over trials, which is printed. Of trials and \
      voxels alone, --mask gives the voxels their places. One file may hold the trials of all sessions, \
      one after the other. GLMsingle keeps no names of stimuli: the trial table has them.

      The noise ceiling of a voxel (column noise_ceiling of its region's table of units) is the share \
      of its variance over stimuli that is signal once its repeats are averaged: ncsnr²/(ncsnr² + \
      1/repeats) with --ncsnr; else from the correlation of two halves of the repeats, brought to all \
      repeats as Spearman and Brown do. Repeats in one session share its noise, so that each session in \
      which a stimulus is shown belongs to one half whole: its 1st, 3rd … to one, the others to the \
      other. Stimuli that are shown in one session only are halved by its runs, those shown in one run \
      only not at all; at least 10 halved stimuli are needed. The halves can double the memory that is \
      needed; --reliability none does without. A warning says where the halves agree no better than \
      those of different stimuli do: the table may be another recording's.

      Examples:

        One image a session, regions from a label image with its table:

          chiasm extract --image ses-1.nii.gz ses-2.nii.gz --trials trials.tsv \\
            --atlas visualrois.nii.gz:visualrois.tsv \\
            --region V1=V1v+V1d V2=V2v+V2d hV4 --output brain

        Natural Scenes Dataset (int16 betas are percent times 300):

          chiasm extract --image betas_session*.nii.gz --trials trials.tsv \\
            --atlas prf-visualrois.nii.gz streams.nii.gz --regions-from nsd \\
            --scale 1/300 --ncsnr ncsnr.nii.gz --min-noise-ceiling 0.3 --output brain

        GLMsingle's betas of all runs:

          chiasm extract --image TYPED_FITHRF_GLMDENOISE_RR.hdf5 \\
            --trials trials.tsv --roi V1=V1.nii.gz V2=V2.nii.gz --output brain

        Events that name stimuli in a column of their own (THINGS-fMRI):

          chiasm extract --image betas_run*.nii.gz --trials run*_events.tsv \\
            --stimulus-column file_path --roi V1=v1_mask.nii.gz --output brain

        Binary masks:

          chiasm extract --image stats.nii.gz --trials trials.tsv \\
            --roi EV=ev_mask.nii.gz VT=vt_mask.nii.gz --output brain

        Volumes 0 and 1 of a 4-D probability atlas, where it is at least 0.5:

          chiasm extract --image stats.nii.gz --trials trials.tsv \\
            --roi V1=prob.nii.gz#0@0.5 V2=prob.nii.gz#1@0.5 --output brain
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Recordings: one 4-D image or dataset of betas a session, or 3-D images one a trial, in order.",
      valueName: "image.nii.gz"))
  var image: [String]

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The trial table of all sessions, or one a session.", valueName: "trials.tsv"))
  var trials: [String]

  @Option(
    help: ArgumentHelp(
      "The column of the trial tables that names stimuli. (default: stimulus_id, else stim_file)",
      valueName: "name"))
  var stimulusColumn: String?

  @OptionGroup(title: "Regions") var regions: RegionOptions

  @Option(
    help: ArgumentHelp(
      "How far apart the corners of images may lie whose voxels are taken as the same.",
      valueName: "mm"))
  var gridTolerance = 0.001

  @Option(help: ArgumentHelp("Multiply every response, as in 1/300.", valueName: "factor"))
  var scale = Factor(1)

  @Option(
    help: "Standardise every voxel within each session: over volumes with a stimulus, or over all.")
  var standardize = ExtractionSettings.Standardization.none

  @Option(help: "Average the repeats of a stimulus, or keep a row for each.")
  var repeats = ExtractionSettings.Repeats.average

  @Option(help: "Drop voxels without data in a session, or stop.")
  var missing = ExtractionSettings.Missing.drop

  @Option(
    help: ArgumentHelp(
      "An image of each voxel's noise-ceiling signal-to-noise ratio.", valueName: "ncsnr.nii.gz"))
  var ncsnr: String?

  @Option(
    help: ArgumentHelp(
      "Without --ncsnr, take noise ceilings from split halves of the repeats, or from nowhere."))
  var reliability = ExtractionSettings.Reliability.splitHalf

  @Option(
    help: ArgumentHelp(
      "Drop voxels whose noise ceiling is lower, a share from 0 to 1.",
      valueName: "share"))
  var minNoiseCeiling: Double?

  @OptionGroup var threads: ThreadOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func execute() async throws(WorkflowError) {
    try await output.write(replacing: .responses) {
      (folder) async throws(WorkflowError) in
      let run = try ExtractionRun(settings(try regions.request))
      try ReplaceableResult.checkInputs(run.inputs, against: output.output)
      for line in run.pairing + run.notes { output.messages.say(line) }
      if run.memoryEstimate > 1 << 30 {
        output.messages.say("About \(run.memoryEstimate >> 20) MB of memory will be used.")
      }
      let progress = ProgressLine(counting: "volumes", isQuiet: output.quiet)
      defer { progress.finish() }
      let extraction = try run.run(
        command: output.commandLine, threads: threads.count(output.messages),
        paths: output.paths(from: folder)
      ) {
        progress.update(done: $0.volumesDone, of: $0.volumeCount)
      }
      progress.finish()
      try extraction.write(to: folder)
      for text in [extraction.summary] + extraction.warnings { output.messages.say(text) }
    }
    output.messages.say("Written: \(output.output)")
  }

  private func settings(_ regions: RegionRequest) -> ExtractionSettings {
    var settings = ExtractionSettings(images: image, trials: trials, regions: regions)
    settings.stimulusColumn = stimulusColumn
    settings.gridTolerance = gridTolerance
    settings.scale = scale.value
    settings.standardization = standardize
    settings.repeats = repeats
    settings.missing = missing
    settings.signalToNoise = ncsnr
    settings.reliability = reliability
    settings.minimumNoiseCeiling = minNoiseCeiling
    return settings
  }
}

extension ExtractionSettings.Standardization: ExpressibleByArgument {}
extension ExtractionSettings.Reliability: ExpressibleByArgument {}
extension ExtractionSettings.Repeats: ExpressibleByArgument {}
extension ExtractionSettings.Missing: ExpressibleByArgument {}

/// A number written as a decimal or as a fraction: `0.5`, `1/300`.
struct Factor: ExpressibleByArgument, Equatable {
  let value: Double

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
      .map { Double($0) }
    switch (parts.count, parts.first ?? nil, parts.last ?? nil) {
    case (1, let number?, _): value = number
    case (2, let numerator?, let denominator?) where denominator != 0:
      value = numerator / denominator
    default: return nil
    }
  }

  init(_ value: Double) { self.value = value }

  var defaultValueDescription: String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}
