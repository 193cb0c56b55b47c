namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>What can stand at a place.</summary>
internal enum CompletionPlaceKind
{
    /// <summary>Nothing that is known.</summary>
    Nothing,

    /// <summary>A comment is there.</summary>
    Comment,

    /// <summary>A field.</summary>
    Field,

    /// <summary>The value of a field.</summary>
    Value,
}
