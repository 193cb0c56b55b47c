using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class MeaninglessSettingTests
{
    [Theory]
    [InlineData("vpython_sort_wheels", "maybe", "The setting 'vpython_sort_wheels = maybe' of an '.editorconfig' means nothing and is passed over; what it can be is true or false.")]
    [InlineData("vpython_diagnostic.vpy2301.severity", "fatal", "The setting 'vpython_diagnostic.vpy2301.severity = fatal' of an '.editorconfig' means nothing and is passed over; what it can be is error, warning, info, hint, none or default.")]
    [InlineData("vpython_diagnostic.vpy9999.severity", "error", "The setting 'vpython_diagnostic.vpy9999.severity = error' of an '.editorconfig' means nothing and is passed over; what it can be is the code of a finding, such as VPY2301, before '.severity'.")]
    public void A_setting_that_means_nothing_is_found(string name, string value, string message)
    {
        var rule = new RuleTest<MeaninglessSetting> { Settings = { [name] = value } };
        rule.Finds("# Ours.\n[|python_version|]: '3.11'", message);
    }

    [Theory]
    [InlineData("vpython_sort_wheels", "true")]
    [InlineData("vpython_diagnostic.vpy2301.severity", "default")]
    [InlineData("vpython_diagnostic.vpy1001.severity", "none")]
    [InlineData("indent_size", "many")]
    public void Settings_that_mean_something_and_those_of_others_are_not(string name, string value) =>
        new RuleTest<MeaninglessSetting> { Settings = { [name] = value } }.Finds("python_version: '3.11'");
}
