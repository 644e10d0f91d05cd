/// Everything that Chiasm is for other programs: `import Chiasm`.
@_exported public import ChiasmAlignment
@_exported public import ChiasmDatasets
@_exported public import ChiasmFiles
@_exported public import ChiasmImaging
@_exported public import ChiasmLinearAlgebra
@_exported public import ChiasmReporting
@_exported public import ChiasmResponses
@_exported public import ChiasmResults
@_exported public import ChiasmStatistics
@_exported public import ChiasmTables
@_exported public import ChiasmTransport
@_exported public import ChiasmWorkflows
