namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>What a completion item stands for; editors show a sign for it.</summary>
public enum CompletionKind
{
    /// <summary>The name of a field, with the brackets or quotes of its value.</summary>
    Field,

    /// <summary>A value of an enumeration, or <c>true</c> and <c>false</c>.</summary>
    Value,

    /// <summary>The name of a package.</summary>
    Wheel,

    /// <summary>A whole wheel, with name and version.</summary>
    WheelBlock,

    /// <summary>A wheel and all that it needs and the spec has not.</summary>
    Bundle,

    /// <summary>A version of a package.</summary>
    Version,

    /// <summary>A variable of a template.</summary>
    TemplateVariable,

    /// <summary>A value of a variable of a template.</summary>
    TemplateValue,

    /// <summary>A part of a compatibility tag.</summary>
    Tag,

    /// <summary>A version of Python.</summary>
    Python,

    /// <summary>The code of a finding, in a comment that suppresses it.</summary>
    DiagnosticCode,

    /// <summary>The guards of a spec in a script, with an empty spec between them.</summary>
    Skeleton,
}
