using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Net.Http.Headers;
using VPythonTools.Runner.Cipd.Protocol;

namespace VPythonTools.CipdServer;

/// <summary>How messages are written: as protobuf's binary form, or as its JSON form behind a line that keeps browsers from running it.</summary>
internal sealed class WireFormat
{
    /// <summary>Protobuf's binary form.</summary>
    public static readonly WireFormat Binary = new(isJson: false);

    /// <summary>Protobuf's JSON form.</summary>
    public static readonly WireFormat Json = new(isJson: true);

    private static readonly TypeRegistry Details = TypeRegistry.FromMessages(ErrorDetails.Descriptor);
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(Details));
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private readonly bool _isJson;

    private WireFormat(bool isJson) => _isJson = isJson;

    /// <summary>What the format is called in headers.</summary>
    public string ContentType => _isJson ? "application/json" : "application/prpc; encoding=binary";

    /// <summary>The format that a request is in.</summary>
    /// <exception cref="RpcException">It is in none that is known.</exception>
    public static WireFormat OfRequest(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType)) return Binary;
        if (MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type) && Of(type) is { } format) return format;
        throw Refused(415, $"bad Content-Type \"{contentType}\"");
    }

    /// <summary>The format that the caller wants the answer in most.</summary>
    /// <exception cref="RpcException">It wants none that is known.</exception>
    public static WireFormat OfAnswer(IList<string> accept)
    {
        if (accept.Count == 0 || accept is [""]) return Binary;
        if (!MediaTypeHeaderValue.TryParseList(accept, out IList<MediaTypeHeaderValue>? types)) throw Refused(406, $"bad Accept \"{string.Join(", ", accept)}\"");
        foreach (MediaTypeHeaderValue type in types.OrderByDescending(type => type.Quality ?? 1))
        {
            if (type.Quality is not 0 && Of(type) is { } format) return format;
        }
        throw Refused(406, $"bad Accept \"{string.Join(", ", accept)}\": nothing in it is known here");
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="RpcException">The bytes are none.</exception>
    public IMessage Parse(MessageDescriptor descriptor, byte[] body)
    {
        try
        {
            return _isJson ? Parser.Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body), descriptor) : descriptor.Parser.ParseFrom(body);
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidJsonException or DecoderFallbackException)
        {
            throw new RpcException(RpcCode.InvalidArgument, $"could not decode body: {exception.Message}");
        }
    }

    /// <summary>The body of an answer.</summary>
    /// <param name="message">The message.</param>
    /// <param name="padding">How many bytes more it shall have, which say nothing.</param>
    public byte[] Write(IMessage message, int padding = 0)
    {
        if (!_isJson) return padding == 0 ? message.ToByteArray() : [.. message.ToByteArray(), .. Padding(padding)];
        string json = Formatter.Format(message);
        if (padding > 0) json = json.TrimEnd()[..^1].TrimEnd() + (json.AsSpan().Trim().Trim("{}").IsWhiteSpace() ? "" : ",") + $"\"padding\":\"{new string('x', padding)}\"}}";
        return Encoding.UTF8.GetBytes($")]}}'\n{json}\n");
    }

    /// <summary>A detail of a status, as its header has it.</summary>
    public string WriteDetail(IMessage detail)
    {
        Any any = Any.Pack(detail);
        return Convert.ToBase64String(_isJson ? Encoding.UTF8.GetBytes(Formatter.Format(any)) : any.ToByteArray());
    }

    /// <summary>A field with a number that no message of the service has.</summary>
    private static byte[] Padding(int length)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(1000, Google.Protobuf.WireFormat.WireType.LengthDelimited);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(new byte[length]));
        }
        return bytes.ToArray();
    }

    private static WireFormat? Of(MediaTypeHeaderValue type)
    {
        switch (type.MediaType.Value)
        {
            case "application/json":
                return Json;
            case "application/grpc" or "*/*" or "application/*":
                return Binary;
            case "application/prpc":
                NameValueHeaderValue[] parameters = [.. type.Parameters.Where(parameter => parameter.Name != "q")];
                if (parameters is []) return Binary;
                if (parameters is not [var only] || only.Name != "encoding") return null;
                return only.Value.Value switch
                {
                    "binary" => Binary,
                    "json" => Json,
                    _ => null, // The service writes protobuf's text form too; this server does not.
                };
            default:
                return null;
        }
    }

    private static RpcException Refused(int status, string message) => new(RpcCode.InvalidArgument, message) { HttpStatus = status };
}
