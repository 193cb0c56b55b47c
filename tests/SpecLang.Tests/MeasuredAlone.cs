using Xunit;

namespace VPythonTools.SpecLang.Tests;

/// <summary>Tests that measure what work costs: the time that the collector takes is that of all tests that run.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
