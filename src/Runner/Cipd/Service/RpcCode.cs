namespace VPythonTools.Runner.Cipd.Service;

/// <summary>How a call ended, numbered as gRPC does.</summary>
public enum RpcCode
{
    /// <summary>Well.</summary>
    Ok = 0,

    /// <summary>The caller gave up.</summary>
    Cancelled = 1,

    /// <summary>Nobody knows.</summary>
    Unknown = 2,

    /// <summary>The question is wrong whatever the service holds.</summary>
    InvalidArgument = 3,

    /// <summary>There was no time left.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for is not there.</summary>
    NotFound = 5,

    /// <summary>It is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller may not, or what was asked for is not there: the service does not tell them apart.</summary>
    PermissionDenied = 7,

    /// <summary>The caller asks too much.</summary>
    ResourceExhausted = 8,

    /// <summary>What the service holds does not allow it, such as a tag of two instances.</summary>
    FailedPrecondition = 9,

    /// <summary>Something else came in between.</summary>
    Aborted = 10,

    /// <summary>Beyond the end.</summary>
    OutOfRange = 11,

    /// <summary>The service does not know the method.</summary>
    Unimplemented = 12,

    /// <summary>The service failed.</summary>
    Internal = 13,

    /// <summary>The service cannot answer now.</summary>
    Unavailable = 14,

    /// <summary>Data are lost.</summary>
    DataLoss = 15,

    /// <summary>The service does not take the caller's token.</summary>
    Unauthenticated = 16,
}
