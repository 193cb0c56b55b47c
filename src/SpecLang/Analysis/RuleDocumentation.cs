namespace VPythonTools.SpecLang.Analysis;

/// <summary>What users should know of a kind of finding, in Markdown.</summary>
/// <param name="WhatItDoes">What is found: one or two sentences.</param>
/// <param name="WhyItMatters">What happens to who does not mend it.</param>
/// <param name="Example">The text of a spec that has it.</param>
/// <param name="Instead">The same text without it.</param>
/// <param name="Fix">What the fix does and how safe it is; null when there is none.</param>
public sealed record RuleDocumentation(string WhatItDoes, string WhyItMatters, string Example, string Instead, string? Fix = null);
