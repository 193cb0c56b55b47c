using Xunit;

namespace VPythonTools.Lsp.Tests.Soak;

/// <summary>Tests that look at the memory of the whole process, which other tests at the same time would use as well.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
