using System.CommandLine;

namespace VPythonTools.Runner.Commands;

/// <summary>
/// An argument that is a path, or several. What looks like an option is none of them, unless <c>--</c> stands before it: a slip of the pen must not become a file
/// name. <see cref="Verbs"/> sees to that.
/// </summary>
/// <typeparam name="T">What it is parsed as.</typeparam>
internal sealed class PathArgument<T>(string name) : Argument<T>(name), IPathArgument;
