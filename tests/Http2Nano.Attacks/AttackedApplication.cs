using Http2Nano.Messages;

namespace Http2Nano.Attacks;

/// <summary>An application that has one of everything, and allocates nothing.</summary>
internal sealed class AttackedApplication : RequestDispatcher
{
    /// <summary>Length of <c>/big</c> in bytes.</summary>
    public const int BigLength = 64 * 1024 * 1024;

    private readonly Zeros _zeros = new();
    private readonly Silence _silence = new();
    private readonly Drain _drain = new();
    private readonly byte[] _hello = "Hello, world\n"u8.ToArray();
    private readonly byte[] _big = "/big"u8.ToArray();
    private readonly byte[] _events = "/events"u8.ToArray();
    private readonly byte[] _sink = "/sink"u8.ToArray();

    protected override Disposition Route(HttpRequest request, HttpResponse response) =>
        request.PathEquals(_sink) ? Disposition.Stream : Disposition.Gather;

    protected override void Handle(HttpRequest request, HttpResponse response)
    {
        if (request.PathEquals(_big))
        {
            response.SetBody(_zeros, 0, BigLength);
        }
        else if (request.PathEquals(_events))
        {
            response.SetBody(_silence, 0, HttpResponse.UnknownLength);
        }
        else if (request.PathEquals(_sink))
        {
            request.ReadBody(_drain, 0);
            response.Write(_hello);
        }
        else
        {
            response.Write(_hello);
        }
    }

    private sealed class Zeros : BodySource
    {
        public override int Read(int key, int position, byte[] buffer, int offset, int count) => count;
    }

    private sealed class Silence : BodySource
    {
        public override int Read(int key, int position, byte[] buffer, int offset, int count) => 0;
    }

    private sealed class Drain : BodySink
    {
        public override int Room(int key) => int.MaxValue;

        public override void Write(int key, byte[] buffer, int offset, int count)
        {
        }

        public override void Close(int key, bool complete)
        {
        }
    }
}
