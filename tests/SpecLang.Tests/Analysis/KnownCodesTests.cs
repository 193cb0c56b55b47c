using System.Reflection;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

public sealed class KnownCodesTests
{
    [Fact]
    public void They_are_those_of_the_language_and_of_the_rules()
    {
        IEnumerable<string> language = new[] { typeof(SyntaxDiagnostics), typeof(RegionDiagnostics), typeof(SchemaDiagnostics), typeof(PortabilityDiagnostics) }
            .SelectMany(static type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(static field => ((DiagnosticDescriptor)field.GetValue(null)!).Id);

        Assert.Equal(language.Concat(RuleList.All.Select(static rule => rule.Descriptor.Id)).Order(), KnownCodes.All.Order());
    }
}
