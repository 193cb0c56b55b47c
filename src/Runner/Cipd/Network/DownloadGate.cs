namespace VPythonTools.Runner.Cipd.Network;

/// <summary>
/// Lets so many downloads run at once, the largest of those that wait first: a large one that begins last would run alone at the end.
/// </summary>
/// <param name="places">How many run at once.</param>
internal sealed class DownloadGate(int places)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (long NegativeSize, long Arrival)> _waiting = new();
    private int _free = places;
    private long _arrivals;

    /// <summary>Waits for a place, which <see cref="Leave"/> gives back.</summary>
    public async Task EnterAsync(long size, CancellationToken cancellation)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }
            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn, (-size, _arrivals++));
        }
        using CancellationTokenRegistration giveUp = cancellation.Register(() => turn.TrySetCanceled(cancellation));
        await turn.Task.ConfigureAwait(false);
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out TaskCompletionSource? next, out _))
            {
                if (next.TrySetResult()) return;
            }
            _free++;
        }
    }
}
