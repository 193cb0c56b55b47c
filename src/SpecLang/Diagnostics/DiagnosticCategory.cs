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

    /// <summary>VPY20nn: the version of Python.</summary>
    PythonVersion,

    /// <summary>VPY21nn: the names of packages.</summary>
    PackageName,

    /// <summary>VPY22nn: the versions of packages.</summary>
    PackageVersion,

    /// <summary>VPY23nn: wheels that do not go together.</summary>
    Wheels,

    /// <summary>VPY24nn: <c>match_tag</c>, <c>not_match_tag</c> and <c>verify_pep425_tag</c>.</summary>
    Tags,

    /// <summary>VPY25nn: platforms for which a wheel has not been built.</summary>
    Platforms,

    /// <summary>VPY26nn: what the wheels themselves need.</summary>
    Dependencies,

    /// <summary>VPY27nn: what the script of a spec imports.</summary>
    Imports,

    /// <summary>VPY28nn: specs that are not found, or not the one that was meant.</summary>
    Probing,

    /// <summary>VPY29nn: specs that should agree with each other, and with the files that they speak of.</summary>
    Workspace,

    /// <summary>VPY40nn: order and layout.</summary>
    Style,

    /// <summary>VPY41nn: settings and comments for these tools.</summary>
    Configuration,
}
