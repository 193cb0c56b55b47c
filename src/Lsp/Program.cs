namespace VPythonTools.Lsp;

internal static class Program
{
    private static int Main() => 0;
}
