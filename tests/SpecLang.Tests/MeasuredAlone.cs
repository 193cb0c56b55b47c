using Xunit;

namespace VPythonTools.SpecLang.Tests;

/// <summary>Tests that measure what work costs: memory that other tests use at the same time is collected at the cost of whoever runs.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
