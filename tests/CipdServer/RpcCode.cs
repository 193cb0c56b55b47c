namespace VPythonTools.CipdServer;

/// <summary>The status of an RPC, numbered as gRPC does.</summary>
public enum RpcCode
{
    /// <summary>It succeeded.</summary>
    Ok = 0,

    /// <summary>The caller gave up.</summary>
    Cancelled = 1,

    /// <summary>Something failed, and nobody knows what.</summary>
    Unknown = 2,

    /// <summary>The request can never be answered.</summary>
    InvalidArgument = 3,

    /// <summary>The caller's time was over before the answer was there.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for is not there.</summary>
    NotFound = 5,

    /// <summary>What should be made is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller may not do this, or may not know whether it could be done.</summary>
    PermissionDenied = 7,

    /// <summary>The caller asked too often.</summary>
    ResourceExhausted = 8,

    /// <summary>What is there is not in the state that the request needs.</summary>
    FailedPrecondition = 9,

    /// <summary>Somebody else was in the way.</summary>
    Aborted = 10,

    /// <summary>A number is beyond what there is.</summary>
    OutOfRange = 11,

    /// <summary>There is no such method.</summary>
    Unimplemented = 12,

    /// <summary>The server is broken.</summary>
    Internal = 13,

    /// <summary>The server cannot answer now.</summary>
    Unavailable = 14,

    /// <summary>Data is lost.</summary>
    DataLoss = 15,

    /// <summary>The credentials are no good.</summary>
    Unauthenticated = 16,
}
