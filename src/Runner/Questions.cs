using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner;

/// <summary>Command lines that only ask Python about itself (help, version): answered by the interpreter that would be used, without an environment.</summary>
internal static class Questions
{
    /// <summary>Our usage, then Python's own, which is left out where there is no Python.</summary>
    public static Result<int> Help(Invocation invocation)
    {
        StandardStreams.WriteOutput(Usage.Text);
        return EnvironmentPlanner.ChooseInterpreter(invocation.Interpreters, null).TryGet(out InterpreterSelection? interpreter, out _)
            && new PythonProcess(interpreter.Facts.Executable, ["-h"], invocation.Environment).Run().TryGet(out int exitCode, out _)
            ? exitCode
            : 0;
    }

    /// <summary>Python's answer to its own flag.</summary>
    public static Result<int> Answer(Invocation invocation)
    {
        if (!SpecSearch.Find(invocation).TryGet(out ProbeResult? found, out Failure? failure)
            || !EnvironmentPreparation.BindSpec(found).TryGet(out EnvironmentPreparation.SpecBinding? binding, out failure)
            || !EnvironmentPlanner.ChooseInterpreter(invocation.Interpreters, binding.Spec).TryGet(out InterpreterSelection? interpreter, out failure))
            return failure;
        return new PythonProcess(interpreter.Facts.Executable, invocation.Python.Arguments, invocation.Environment).Run();
    }
}
