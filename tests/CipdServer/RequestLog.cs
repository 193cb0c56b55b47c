using System.Collections.Concurrent;

namespace VPythonTools.CipdServer;

/// <summary>All requests that the server got, in their order.</summary>
public sealed class RequestLog
{
    private readonly ConcurrentQueue<RequestRecord> _records = new();

    /// <summary>All requests.</summary>
    public IReadOnlyCollection<RequestRecord> Requests => _records;

    /// <summary>The downloads, begun or done, of instances.</summary>
    public IEnumerable<RequestRecord> Downloads => _records.Where(record => record.Instance is not null);

    /// <summary>The downloads that brought credentials where none belong.</summary>
    public IEnumerable<RequestRecord> Leaks => _records.Where(record => record.Rpc is null && record.HasAuthorization && record.Path.StartsWith("/blob/", StringComparison.Ordinal));

    /// <summary>The calls of one method.</summary>
    public IEnumerable<RequestRecord> Calls(string method) => _records.Where(record => record.Rpc == method);

    /// <summary>Forgets all requests.</summary>
    public void Clear() => _records.Clear();

    internal void Add(RequestRecord record) => _records.Enqueue(record);
}
