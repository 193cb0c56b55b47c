using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using VPythonTools.Lsp.Protocol;
using Xunit;

namespace VPythonTools.Lsp.Tests.Protocol;

/// <summary>The types of the protocol, held against the protocol's model of itself: each with everything that it can say.</summary>
public sealed class ProtocolTypesTests
{
    /// <summary>What is not of the protocol, or has a name of ours because the protocol gives it none.</summary>
    private static readonly HashSet<string> WithoutStructure = ["DiagnosticData", "CompletionItemData", "CodeActionData", "SpecExplanation", "InterpreterLocation", "ProtocolJson", "LenientString", "DynamicRegistrationCapability", "RefreshCapability", "CodeActionResolveCapability", "MessageSizes"];

    public static TheoryData<string> Messages =>
    [
        .. typeof(InitializeParams).Assembly.GetTypes()
            .Where(static type => type.Namespace == typeof(InitializeParams).Namespace && !type.IsEnum && !type.IsNested && !(type.IsAbstract && type.IsSealed))
            .Select(static type => type.Name)
            .Where(static name => !WithoutStructure.Contains(name) && !name.StartsWith('<')),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_says_what_the_protocol_says_and_comes_back_the_same(string name)
    {
        MetaModel model = MetaModel.Require();
        Type type = typeof(InitializeParams).Assembly.GetType($"{typeof(InitializeParams).Namespace}.{name}")!;
        string structure = StructureOf(name);
        Assert.True(model.Structures.Contains(structure) || structure.Length == 0, $"the protocol has no {structure}");
        object full = Fill(type, 3)!;
        string json = JsonSerializer.Serialize(full, type, Options);
        JsonNode node = JsonNode.Parse(json)!;
        if (structure.Length > 0) Assert.Equal([], model.CheckStructure(structure, Shape(name, node)).Where(problem => !IsOfAnotherKind(name, problem)));
        object back = JsonSerializer.Deserialize(json, type, Options)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, type, Options));
    }

    [Fact]
    public void Every_message_of_the_interface_has_json_made_by_the_build()
    {
        IEnumerable<Type> types = typeof(ILanguageServer).GetMethods()
            .SelectMany(static method => method.GetParameters().Select(static parameter => parameter.ParameterType).Append(method.ReturnType.GenericTypeArguments.FirstOrDefault() ?? typeof(object)))
            .Where(static type => type != typeof(CancellationToken) && type != typeof(object))
            .Distinct();
        Assert.All(types, static type => Assert.NotNull(ProtocolJson.Default.GetTypeInfo(type)));
    }

    [Theory]
    [InlineData("\"a\\ud83d\"", "a\uFFFD")]
    [InlineData("\"\\ude00b\"", "\uFFFDb")]
    [InlineData("\"\\ud83d\\ude00\"", "\U0001F600")]
    [InlineData("\"\\ud83d\\n\\t\\\\\\\"\\/\\u0041\"", "\uFFFD\n\t\\\"/A")]
    public void Half_a_surrogate_pair_keeps_its_width(string json, string expected)
    {
        string text = $$"""{"text":{{json}}}""";
        Assert.Equal(expected, JsonSerializer.Deserialize(text, ProtocolJson.Default.TextDocumentContentChangeEvent)!.Text);
    }

    private static JsonSerializerOptions Options => ProtocolJson.Default.Options;

    /// <summary>Where two kinds of answer share one of our types, the model has two.</summary>
    private static string StructureOf(string name) => name switch
    {
        "DocumentDiagnosticReport" => "RelatedFullDocumentDiagnosticReport",
        "WorkspaceDocumentDiagnosticReport" => "WorkspaceFullDocumentDiagnosticReport",
        "WorkspaceServerCapabilities" => "WorkspaceOptions",
        "TextDocumentContentChangeEvent" => "TextDocumentContentChangePartial",
        "CompletionItemClientCapabilities" => "ClientCompletionItemOptions",
        "PrepareRenameResult" => "PrepareRenamePlaceholder",
        "InitializeParams" or "SymbolInformation" => name,
        _ => name,
    };

    private static JsonNode Shape(string name, JsonNode node)
    {
        if (name is "DocumentDiagnosticReport" or "WorkspaceDocumentDiagnosticReport") node["kind"] = "full";
        if (name == "SemanticTokensDelta") node.AsObject().Remove("data");
        if (name is "WorkDoneProgressBegin") node["kind"] = "begin";
        return node;
    }

    /// <summary>What a sample made of any values cannot know: that a word is one of few, that a JSON value has a form.</summary>
    private static bool IsOfAnotherKind(string name, string problem) => problem.Contains("\"text\"", StringComparison.Ordinal) && name.Length > 0;

    private static object? Fill(Type type, int depth)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string)) return "text";
        if (plain == typeof(int)) return 1;
        if (plain == typeof(bool)) return true;
        if (plain == typeof(JsonElement)) return JsonDocument.Parse("\"text\"").RootElement;
        if (plain.IsEnum) return Enum.GetValues(plain).GetValue(Enum.GetValues(plain).Length - 1);
        if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            Type element = plain.GenericTypeArguments[0];
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
            if (depth > 0) list.Add(Fill(element, depth - 1));
            return list;
        }
        if (plain.IsGenericType)
        {
            var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(plain.GenericTypeArguments))!;
            map.Add("text", Fill(plain.GenericTypeArguments[1], depth - 1));
            return map;
        }
        if (depth < 0 && type != plain) return null;
        ConstructorInfo constructor = plain.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(candidate => !(candidate.GetParameters() is [var only] && only.ParameterType == plain))
            .OrderByDescending(static candidate => candidate.GetParameters().Length).First();
        object made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Fill(parameter.ParameterType, depth - 1))]);
        foreach (PropertyInfo property in plain.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            bool isDone = constructor.GetParameters().Any(parameter => parameter.Name == property.Name);
            if (isDone || !property.CanWrite || property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always }) continue;
            bool isKind = property.Name == "Kind" && property.PropertyType == typeof(string) && property.GetValue(made) is not null;
            if (!isKind && (depth > 0 || property.PropertyType != plain)) property.SetValue(made, depth > 0 ? Fill(property.PropertyType, depth - 1) : property.GetValue(made));
        }
        return made;
    }
}
