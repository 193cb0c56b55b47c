namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>What a finding is about. The first two digits of an identifier say its category.</summary>
public enum DiagnosticCategory
{
    /// <summary>VPY10nn: characters, tokens and their order.</summary>
    Syntax,

    /// <summary>VPY11nn: where a spec begins and ends in the file that holds it.</summary>
    Region,

    /// <summary>VPY12nn: fields, values and the schema that they must fit.</summary>
    Schema,

    /// <summary>VPY13nn: text that we accept and the deployed <c>vpython3</c> refuses or reads differently.</summary>
    Portability,
}
