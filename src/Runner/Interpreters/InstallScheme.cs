namespace VPythonTools.Runner.Interpreters;

/// <summary>
/// Where an interpreter looks for what is installed in a virtual environment of its own, as its <c>sysconfig</c> says: paths relative to the
/// environment, with the separators of the platform.
/// </summary>
/// <param name="PureLib">Pure Python modules, such as <c>lib/python3.11/site-packages</c>.</param>
/// <param name="PlatLib">Modules with native code; on most systems the same as <paramref name="PureLib"/>.</param>
/// <param name="Scripts">Executables: <c>bin</c>, or <c>Scripts</c> on Windows.</param>
/// <param name="Include">The directory of the interpreter's headers, such as <c>include/python3.11</c>. Wheels put theirs in
/// <c>include/site/pythonX.Y/NAME</c>, as pip does.</param>
/// <param name="Data">The root for everything else; empty for the environment itself.</param>
public sealed record InstallScheme(string PureLib, string PlatLib, string Scripts, string Include, string Data);
