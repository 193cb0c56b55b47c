using System.Diagnostics.CodeAnalysis;

namespace VPythonTools.Runner.Console;

/// <summary>A value, or the failure that a user caused and can mend. Broken machines and bugs are exceptions.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct Result<T>
    where T : notnull
{
    private readonly T? _value;

    private Result(T? value, Failure? failure)
    {
        _value = value;
        Failure = failure;
    }

    /// <summary>What went wrong; null when there is a value.</summary>
    public Failure? Failure { get; }

    /// <summary>Whether there is a value, and which.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Failure? failure)
    {
        value = _value;
        failure = Failure;
        return failure is null;
    }

    /// <summary>The same failure, or what <paramref name="next"/> makes of the value.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next)
        where TNext : notnull =>
        Failure is null ? next(_value!) : Failure;

    /// <summary>A value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A failure.</summary>
    public static implicit operator Result<T>(Failure failure) => new(default, failure);
}
