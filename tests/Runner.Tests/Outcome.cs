using VPythonTools.Runner.Console;
using Xunit;

namespace VPythonTools.Runner.Tests;

/// <summary>What a result holds, for tests that know which of the two it has to be.</summary>
internal static class Outcome
{
    /// <summary>The value; the test fails with the failure's text when there is none.</summary>
    public static T Value<T>(Result<T> result)
        where T : notnull
    {
        if (!result.TryGet(out T? value, out Failure? failure)) Assert.Fail(failure.ToString());
        return value;
    }

    /// <summary>The failure, which has to have this code and to say this.</summary>
    public static Failure Failure<T>(Result<T> result, string code, string message)
        where T : notnull
    {
        if (result.TryGet(out _, out Failure? failure)) Assert.Fail($"expected {code}, but it succeeded");
        Assert.Equal(code, failure.Code);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        return failure;
    }
}
