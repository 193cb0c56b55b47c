namespace VPythonTools.Runner.Environments;

/// <summary>An environment that is ready and held.</summary>
/// <param name="Held">The environment.</param>
/// <param name="Python">The path of its Python relative to it.</param>
internal sealed record PreparedEnvironment(HeldEnvironment Held, string Python);
