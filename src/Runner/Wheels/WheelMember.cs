using System.Security.Cryptography;
using VPythonTools.Runner.Archives;

namespace VPythonTools.Runner.Wheels;

/// <summary>A file of a wheel and what RECORD says of it.</summary>
/// <param name="File">The file in the archive.</param>
/// <param name="Row">Its row of RECORD.</param>
/// <param name="Algorithm">The algorithm of its hash.</param>
/// <param name="Digest">Its hash.</param>
internal sealed record WheelMember(ZipMember File, WheelRecordRow Row, HashAlgorithmName Algorithm, byte[] Digest);
