namespace VPythonTools.Runner.Commands;

/// <summary>What all arguments that are paths have in common, whatever they are parsed as.</summary>
internal interface IPathArgument;
