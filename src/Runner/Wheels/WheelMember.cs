namespace VPythonTools.Runner.Wheels;

/// <summary>A file of a wheel.</summary>
/// <param name="Name">Its path in the wheel, with <c>/</c>, in canonical form.</param>
/// <param name="Size">Bytes when unpacked.</param>
/// <param name="IsExecutable">Whether the wheel says that it can be executed.</param>
/// <param name="Row">Its row of RECORD, whose hash is one that is known here.</param>
internal sealed record WheelMember(string Name, long Size, bool IsExecutable, WheelRecordRow Row);
