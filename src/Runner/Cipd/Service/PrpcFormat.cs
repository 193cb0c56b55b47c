using System.Text;
using Google.Protobuf;

namespace VPythonTools.Runner.Cipd.Service;

/// <summary>How messages are written in a call: as wire bytes, or as JSON where somebody on the way does not let those through.</summary>
internal abstract class PrpcFormat
{
    /// <summary>Wire bytes.</summary>
    public static PrpcFormat Binary { get; } = new BinaryFormat();

    /// <summary>JSON.</summary>
    public static PrpcFormat Json { get; } = new JsonFormat();

    /// <summary>The media type of both directions.</summary>
    public abstract string MediaType { get; }

    /// <summary>Whether a body of this media type is in this format.</summary>
    public abstract bool Accepts(string? mediaType);

    /// <summary>The message as bytes.</summary>
    public abstract byte[] Write(IMessage message);

    /// <summary>The message in bytes.</summary>
    /// <exception cref="InvalidProtocolBufferException">They hold none.</exception>
    public abstract T Read<T>(MessageParser<T> parser, ReadOnlyMemory<byte> bytes)
        where T : class, IMessage<T>;

    private static string Canonical(string? mediaType) => (mediaType ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    private sealed class BinaryFormat : PrpcFormat
    {
        public override string MediaType => "application/prpc; encoding=binary";

        public override bool Accepts(string? mediaType) => Canonical(mediaType) is "" or "application/prpc" or "application/prpc;encoding=binary" or "application/grpc";

        public override byte[] Write(IMessage message) => message.ToByteArray();

        public override T Read<T>(MessageParser<T> parser, ReadOnlyMemory<byte> bytes) => parser.ParseFrom(bytes.Span);
    }

    private sealed class JsonFormat : PrpcFormat
    {
        private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

        // What keeps a browser from running an answer as a script stands before each.
        private static ReadOnlySpan<byte> Guard => ")]}'"u8;

        public override string MediaType => "application/json";

        public override bool Accepts(string? mediaType) => Canonical(mediaType).Split(';')[0] == "application/json" || Canonical(mediaType) == "application/prpc;encoding=json";

        public override byte[] Write(IMessage message) => Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message));

        public override T Read<T>(MessageParser<T> parser, ReadOnlyMemory<byte> bytes)
        {
            ReadOnlySpan<byte> text = bytes.Span;
            if (text.StartsWith(Guard)) text = text[Guard.Length..];
            T message = parser.ParseFrom(ReadOnlySpan<byte>.Empty);
            return (T)Parser.Parse(Encoding.UTF8.GetString(text), message.Descriptor);
        }
    }
}
