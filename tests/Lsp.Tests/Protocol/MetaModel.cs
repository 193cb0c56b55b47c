using System.Text.Json.Nodes;
using VPythonTools.Testing;

namespace VPythonTools.Lsp.Tests.Protocol;

/// <summary>
/// The protocol's own model of itself: tells what is wrong with a message. Stricter than the protocol, which lets anybody add properties: one that the model does not know is
/// a misspelling here.
/// </summary>
public sealed class MetaModel
{
    private readonly Dictionary<string, JsonNode> _requests;
    private readonly Dictionary<string, JsonNode> _notifications;
    private readonly Dictionary<string, JsonNode> _structures;
    private readonly Dictionary<string, JsonNode> _enumerations;
    private readonly Dictionary<string, JsonNode> _aliases;

    private MetaModel(JsonNode model)
    {
        _requests = ByName(model, "requests", "method");
        _notifications = ByName(model, "notifications", "method");
        _structures = ByName(model, "structures", "name");
        _enumerations = ByName(model, "enumerations", "name");
        _aliases = ByName(model, "typeAliases", "name");
    }

    /// <summary>The model; null where it is not beside the project.</summary>
    public static MetaModel? Instance { get; } = Load();

    /// <summary>The names of all structures.</summary>
    public IReadOnlyCollection<string> Structures => _structures.Keys;

    /// <summary>The model; skips the test where it is not beside the project.</summary>
    public static MetaModel Require()
    {
        SharedData.Require("schemas/lsp-metaModel-3.18.json");
        return Instance!;
    }

    /// <summary>What is wrong with what a request or notification sends.</summary>
    public IReadOnlyList<string> CheckParameters(string method, JsonNode? parameters)
    {
        JsonNode? declared = _requests.GetValueOrDefault(method) ?? _notifications.GetValueOrDefault(method);
        if (declared is null) return [$"there is no {method}"];
        if (declared["params"] is not { } type) return parameters is null or JsonObject { Count: 0 } ? [] : [$"{method} takes no parameters"];
        return Check(parameters, type, method);
    }

    /// <summary>What is wrong with the answer to a request.</summary>
    public IReadOnlyList<string> CheckResult(string method, JsonNode? result) =>
        _requests.TryGetValue(method, out JsonNode? declared) ? Check(result, declared["result"]!, method) : [$"there is no request {method}"];

    /// <summary>What is wrong with a part of an answer.</summary>
    public IReadOnlyList<string> CheckPartialResult(string method, JsonNode? result) => Check(result, _requests[method]["partialResult"]!, method);

    /// <summary>What is wrong with a value of a structure.</summary>
    public IReadOnlyList<string> CheckStructure(string name, JsonNode? value) => Check(value, new JsonObject { ["kind"] = "reference", ["name"] = name }, name);

    /// <summary>The names of a structure's properties.</summary>
    public IReadOnlyDictionary<string, JsonNode> PropertiesOf(string structure)
    {
        var properties = new Dictionary<string, JsonNode>();
        Collect(structure, properties);
        return properties;
    }

    private static MetaModel? Load()
    {
        string path = Path.GetFullPath(Path.Combine(SharedData.ProjectRoot, "..", "shared", "schemas", "lsp-metaModel-3.18.json"));
        return File.Exists(path) ? new(JsonNode.Parse(File.ReadAllText(path))!) : null;
    }

    private static Dictionary<string, JsonNode> ByName(JsonNode model, string list, string key) => model[list]!.AsArray().ToDictionary(entry => (string)entry![key]!, entry => entry!);

    private List<string> Check(JsonNode? value, JsonNode type, string where)
    {
        string kind = (string)type["kind"]!;
        switch (kind)
        {
            case "base":
                return IsBase(value, (string)type["name"]!) ? [] : [$"{where}: {Show(value)} is no {type["name"]}"];
            case "stringLiteral":
                return value is JsonValue && value.GetValueKind() == System.Text.Json.JsonValueKind.String && (string)value! == (string)type["value"]! ? [] : [$"{where}: {Show(value)} is not '{type["value"]}'"];
            case "array":
                if (value is not JsonArray items) return [$"{where}: {Show(value)} is no array"];
                return [.. items.SelectMany((item, index) => Check(item, type["element"]!, $"{where}[{index}]"))];
            case "map":
                if (value is not JsonObject entries) return [$"{where}: {Show(value)} is no map"];
                return [.. entries.SelectMany(entry => Check(entry.Value, type["value"]!, $"{where}.{entry.Key}"))];
            case "tuple":
                JsonArray parts = type["items"]!.AsArray();
                if (value is not JsonArray tuple || tuple.Count != parts.Count) return [$"{where}: {Show(value)} is no tuple"];
                return [.. parts.SelectMany((part, index) => Check(tuple[index], part!, $"{where}[{index}]"))];
            case "or":
                List<string>? least = null;
                foreach (JsonNode? choice in type["items"]!.AsArray())
                {
                    List<string> problems = Check(value, choice!, where);
                    if (problems.Count == 0) return [];
                    if (least is null || problems.Count < least.Count) least = problems;
                }
                return least!;
            case "and":
                return CheckObject(value, type["items"]!.AsArray().SelectMany(item => PropertiesOf((string)item!["name"]!)).ToDictionary(), where);
            case "literal":
                return CheckObject(value, type["value"]!["properties"]!.AsArray().ToDictionary(property => (string)property!["name"]!, property => property!), where);
            default:
                return CheckReference(value, (string)type["name"]!, where);
        }
    }

    private List<string> CheckReference(JsonNode? value, string name, string where)
    {
        if (name is "LSPAny" or "LSPObject" or "LSPArray") return [];
        if (_aliases.TryGetValue(name, out JsonNode? alias)) return Check(value, alias["type"]!, where);
        if (_enumerations.TryGetValue(name, out JsonNode? enumeration))
        {
            List<string> problems = Check(value, enumeration["type"]!, where);
            if (problems.Count > 0 || (bool?)enumeration["supportsCustomValues"] == true) return problems;
            return enumeration["values"]!.AsArray().Any(entry => entry!["value"]!.ToJsonString() == value!.ToJsonString()) ? [] : [$"{where}: {Show(value)} is no {name}"];
        }
        return CheckObject(value, PropertiesOf(name), where);
    }

    private List<string> CheckObject(JsonNode? value, IReadOnlyDictionary<string, JsonNode> properties, string where)
    {
        if (value is not JsonObject given) return [$"{where}: {Show(value)} is no object"];
        var problems = new List<string>();
        foreach ((string name, JsonNode property) in properties)
        {
            if (given.TryGetPropertyValue(name, out JsonNode? part)) problems.AddRange(Check(part, property["type"]!, $"{where}.{name}"));
            else if ((bool?)property["optional"] != true) problems.Add($"{where}: '{name}' is missing");
        }
        problems.AddRange(given.Where(entry => !properties.ContainsKey(entry.Key)).Select(entry => $"{where}: there is no '{entry.Key}'"));
        return problems;
    }

    private void Collect(string structure, Dictionary<string, JsonNode> properties)
    {
        JsonNode declared = _structures[structure];
        foreach (JsonNode? parent in (declared["extends"]?.AsArray() ?? []).Concat(declared["mixins"]?.AsArray() ?? [])) Collect((string)parent!["name"]!, properties);
        foreach (JsonNode? property in declared["properties"]!.AsArray()) properties[(string)property!["name"]!] = property;
    }

    private static bool IsBase(JsonNode? value, string name)
    {
        if (value is null) return name == "null";
        return (name, value.GetValueKind()) switch
        {
            ("string" or "URI" or "DocumentUri" or "RegExp", System.Text.Json.JsonValueKind.String) => true,
            ("boolean", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => true,
            ("integer", System.Text.Json.JsonValueKind.Number) => int.TryParse(value.ToJsonString(), out _),
            ("uinteger", System.Text.Json.JsonValueKind.Number) => int.TryParse(value.ToJsonString(), out int number) && number >= 0,
            ("decimal", System.Text.Json.JsonValueKind.Number) => true,
            _ => false,
        };
    }

    private static string Show(JsonNode? value) => value is null ? "null" : value.ToJsonString() is { Length: > 120 } text ? text[..120] : value.ToJsonString();
}
