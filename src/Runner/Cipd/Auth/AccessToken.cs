namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>A bearer token. Its text is not part of <see cref="ToString"/>, so that it gets into no message by accident.</summary>
/// <param name="value">The token.</param>
/// <param name="expires">When it stops being good; null when that was not said.</param>
public sealed class AccessToken(string value, DateTimeOffset? expires)
{
    // What is nearly over may be over when it arrives.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <summary>The token, for the header of a request to the service and for nothing else.</summary>
    public string Value { get; } = value;

    /// <summary>Whether it can still be used.</summary>
    public bool IsGood(DateTimeOffset now) => expires is null || now + Margin < expires;

    /// <summary>Says that it is a token, not which.</summary>
    public override string ToString() => "(token)";

    /// <summary>Whether a text can be a token: what a header can carry, in one word (RFC 6750 has no more).</summary>
    public static bool IsPlausible(string? text) => !string.IsNullOrEmpty(text) && text.All(character => character is > ' ' and <= '~');
}
