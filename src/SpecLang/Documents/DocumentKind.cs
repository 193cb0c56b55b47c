namespace VPythonTools.SpecLang.Documents;

/// <summary>What kind of file holds the spec.</summary>
public enum DocumentKind
{
    /// <summary>The whole file is a spec: <c>.vpython3</c>, <c>script.py.vpython3</c>.</summary>
    Spec,

    /// <summary>Any other text file, which may hold a spec between <c>[VPYTHON:BEGIN]</c> and <c>[VPYTHON:END]</c>.</summary>
    Script,

    /// <summary>The whole file is text format of some other schema: <c>.txtpb</c>, <c>.textproto</c>, or a header <c># proto-message:</c>.</summary>
    TextFormat,
}
