internal import ChiasmResults
internal import Foundation

/// The works that a methods paragraph names, as in `References.md`.
enum Citation: String, CaseIterable {
  case ShahKhosla2025
  case KapoorWilliamsKhosla2026
  case Allen2022
  case Brown1910
  case Spearman1910
  case Cuturi2013
  case Chizat2018
  case Caffarelli2010
  case Kendall1945
  case Spearman1904
  case PhipsonSmyth2010
  case DiCiccioEfron1996
  case NadeauBengio2003
  case WestfallYoung1993
  case Kriegeskorte2008
  case Kornblith2019
  case MurphyZylberbergFyshe2024
  case Williams2021
  case KhoslaWilliams2024
  case LiHastieChurch2006

  /// As it stands in a sentence, in parentheses.
  var short: String {
    switch self {
    case .ShahKhosla2025: "Shah and Khosla, 2025"
    case .KapoorWilliamsKhosla2026: "Kapoor, Williams and Khosla, 2026"
    case .Allen2022: "Allen et al., 2022"
    case .Brown1910: "Brown, 1910"
    case .Spearman1910: "Spearman, 1910"
    case .Cuturi2013: "Cuturi, 2013"
    case .Chizat2018: "Chizat et al., 2018"
    case .Caffarelli2010: "Caffarelli and McCann, 2010"
    case .Kendall1945: "Kendall, 1945"
    case .Spearman1904: "Spearman, 1904"
    case .PhipsonSmyth2010: "Phipson and Smyth, 2010"
    case .DiCiccioEfron1996: "DiCiccio and Efron, 1996"
    case .NadeauBengio2003: "Nadeau and Bengio, 2003"
    case .WestfallYoung1993: "Westfall and Young, 1993"
    case .Kriegeskorte2008: "Kriegeskorte, Mur and Bandettini, 2008"
    case .Kornblith2019: "Kornblith et al., 2019"
    case .MurphyZylberbergFyshe2024: "Murphy, Zylberberg and Fyshe, 2024"
    case .Williams2021: "Williams et al., 2021"
    case .KhoslaWilliams2024: "Khosla and Williams, 2024"
    case .LiHastieChurch2006: "Li, Hastie and Church, 2006"
    }
  }

  /// As it stands in a list of references.
  var full: String {
    switch self {
    case .ShahKhosla2025:
      "S. Shah, M. Khosla. Representational Alignment Across Model Layers and Brain Regions with "
        + "Hierarchical Optimal Transport. arXiv:2510.01706, 2025."
    case .KapoorWilliamsKhosla2026:
      "C. Kapoor, A. H. Williams, M. Khosla. Partial Soft-Matching Distance for Neural Representational "
        + "Comparison with Partial Unit Correspondence. International Conference on Learning "
        + "Representations, 2026. arXiv:2602.19331"
    case .Allen2022:
      "E. J. Allen and others. A massive 7T fMRI dataset to bridge cognitive neuroscience and artificial "
        + "intelligence. Nature Neuroscience 25, 116–126, 2022."
    case .Brown1910:
      "W. Brown. Some experimental results in the correlation of mental abilities. British Journal of "
        + "Psychology 3, 296–322, 1910."
    case .Spearman1910:
      "C. Spearman. Correlation calculated from faulty data. British Journal of Psychology 3, 271–295, "
        + "1910."
    case .Cuturi2013:
      "M. Cuturi. Sinkhorn Distances: Lightspeed Computation of Optimal Transport. Advances in Neural "
        + "Information Processing Systems 26, 2013."
    case .Chizat2018:
      "L. Chizat, G. Peyré, B. Schmitzer, F.-X. Vialard. Scaling algorithms for unbalanced optimal "
        + "transport problems. Mathematics of Computation 87, 2563–2609, 2018."
    case .Caffarelli2010:
      "L. A. Caffarelli, R. J. McCann. Free boundaries in optimal transport and Monge-Ampère obstacle "
        + "problems. Annals of Mathematics 171, 673–730, 2010."
    case .Kendall1945:
      "M. G. Kendall. The treatment of ties in ranking problems. Biometrika 33, 239–251, 1945."
    case .Spearman1904:
      "C. Spearman. The proof and measurement of association between two things. American Journal of "
        + "Psychology 15, 72–101, 1904."
    case .PhipsonSmyth2010:
      "B. Phipson, G. K. Smyth. Permutation p-values should never be zero. Statistical Applications in "
        + "Genetics and Molecular Biology 9, 39, 2010."
    case .DiCiccioEfron1996:
      "T. J. DiCiccio, B. Efron. Bootstrap confidence intervals. Statistical Science 11, 189–228, 1996."
    case .NadeauBengio2003:
      "C. Nadeau, Y. Bengio. Inference for the generalization error. Machine Learning 52, 239–281, 2003."
    case .WestfallYoung1993:
      "P. H. Westfall, S. S. Young. Resampling-Based Multiple Testing. Wiley, 1993."
    case .Kriegeskorte2008:
      "N. Kriegeskorte, M. Mur, P. Bandettini. Representational similarity analysis: connecting the "
        + "branches of systems neuroscience. Frontiers in Systems Neuroscience 2:4, 2008."
    case .Kornblith2019:
      "S. Kornblith, M. Norouzi, H. Lee, G. Hinton. Similarity of Neural Network Representations "
        + "Revisited. International Conference on Machine Learning, 2019."
    case .MurphyZylberbergFyshe2024:
      "A. Murphy, J. Zylberberg, A. Fyshe. Correcting Biased Centered Kernel Alignment Measures in "
        + "Biological and Artificial Neural Networks, 2024."
    case .Williams2021:
      "A. H. Williams, E. Kunz, S. Kornblith, S. W. Linderman. Generalized Shape Metrics on Neural "
        + "Representations. Advances in Neural Information Processing Systems 34, 2021."
    case .KhoslaWilliams2024:
      "M. Khosla, A. H. Williams. Soft Matching Distance: A metric on neural representations that "
        + "captures single-neuron tuning. Proceedings of Machine Learning Research 243, 2024."
    case .LiHastieChurch2006:
      "P. Li, T. J. Hastie, K. W. Church. Very sparse random projections. Proceedings of the 12th ACM "
        + "SIGKDD International Conference on Knowledge Discovery and Data Mining, 287–296, 2006."
    }
  }

  /// What a paragraph cites, in its order, and the software.
  static func references(in text: String, _ provenance: Provenance) -> [String] {
    let cited = allCases.compactMap { citation in
      text.range(of: citation.short).map { (place: $0.lowerBound, text: citation.full) }
    }
    return cited.sorted { $0.place < $1.place }.map(\.text)
      + ["\(Software.name) \(provenance.version) (software)."]
  }
}
