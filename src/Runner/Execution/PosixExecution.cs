using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Execution;

/// <summary>Becomes another program by <c>execve</c>: same process, same descriptors, nothing of .NET left.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe class PosixExecution
{
    /// <summary>Does not return when the program starts; else gives the failure that says why it did not.</summary>
    public static Failure Become(PythonProcess process)
    {
        byte** arguments = NativeArray([process.Program, .. process.Arguments]);
        byte** environment = NativeArray(process.Environment.Entries);
        // Only a failure returns. The arrays are then left to the end of this process, which is near.
        int error = LaunchState.Become(arguments, environment);
        return process.NotStarted(error, isRefusal: error is ArgumentsTooLong or NotEnoughMemory);
    }

    private const int ArgumentsTooLong = 7;
    private const int NotEnoughMemory = 12;

    /// <summary>Texts as C has them: an array of pointers that ends with null. It is never freed.</summary>
    internal static byte** NativeArray(IReadOnlyList<string> values)
    {
        var array = (byte**)NativeMemory.Alloc((nuint)(values.Count + 1), (nuint)sizeof(byte*));
        for (int index = 0; index < values.Count; index++)
        {
            byte[] bytes = NativeText.Encode(values[index]);
            array[index] = (byte*)NativeMemory.Alloc((nuint)bytes.Length + 1);
            bytes.CopyTo(new Span<byte>(array[index], bytes.Length));
            array[index][bytes.Length] = 0;
        }
        array[values.Count] = null;
        return array;
    }
}
