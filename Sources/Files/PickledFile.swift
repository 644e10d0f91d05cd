/// Pickles, which Python runs as programs: never read, but refused with the line of Python that makes a
/// readable file of them.
enum PickledFile {
  /// A pickle by itself.
  case plain
  /// What `torch.save` writes.
  case torch
  /// An `.npy` file of Python objects.
  case objects
  /// What GLMsingle writes unless it is told otherwise.
  case glmSingle

  /// The kind of a file that begins as a pickle, by its name.
  static func ofFile(_ path: String) -> PickledFile {
    let isTorch = [".pt", ".pth", ".ckpt", ".bin"].contains { path.lowercased().hasSuffix($0) }
    return isTorch ? .torch : .plain
  }

  /// The kind of an `.npy` file of objects, by its name.
  static func ofArray(_ path: String) -> PickledFile {
    let name = FilePlace(splitting: path).name
    let isGLMsingle = ["TYPEA_", "TYPEB_", "TYPEC_", "TYPED_", "DESIGNINFO", "RUNWISEFIR"]
      .contains { name.hasPrefix($0) }
    return isGLMsingle ? .glmSingle : .objects
  }

  /// What is wrong with such a file and what to do; a clause.
  func refusal(of path: String) -> String {
    // What a shell or Python would take for more than a letter is not put between their quotes.
    let isPlain = path.allSatisfy { !"'\"\\$`!\n".contains($0) }
    let file = isPlain ? path : "FILE"
    let place = FilePlace(splitting: file)
    let stem = place.name.split(separator: ".").first.map(String.init) ?? "x"
    let output = place.folder + stem
    return switch self {
    case .plain:
      "is a Python pickle, which could run code and is not read; if you trust it and it is a dict of "
        + "arrays, this makes an .npz of it: python -c \"import pickle, numpy; "
        + "numpy.savez('\(output).npz', **pickle.load(open('\(file)', 'rb')))\""
    case .torch:
      "is a PyTorch file (a pickle), which is not read; this makes an .npz of its tensors: python -c "
        + "\"import torch, numpy; d = torch.load('\(file)', map_location='cpu', weights_only=True); "
        + "numpy.savez('\(output).npz', **{k: v.detach().float().numpy() for k, v in "
        + "(d if isinstance(d, dict) else {'\(stem)': d}).items() if torch.is_tensor(v)})\""
    case .objects:
      "holds Python objects (a pickle), which could run code and are not read; save numbers or text of "
        + "a fixed width, or, if you trust it and it is a dict of arrays: python -c \"import numpy; "
        + "numpy.savez('\(output).npz', **numpy.load('\(file)', allow_pickle=True).item())\""
    case .glmSingle:
      "is a pickle of GLMsingle, which is not read; run GLMsingle with opt['wanthdf5'] = 1 (and "
        + "opt['wantfileoutputs'] = [1, 1, 1, 1]), or take the trials x voxels out of this one: "
        + "python -c \"import numpy; b = numpy.load('\(file)', allow_pickle=True).item()['betasmd']; "
        + "numpy.save('\(output)_betas.npy', b.reshape(-1, b.shape[-1]).T)\""
    }
  }
}
