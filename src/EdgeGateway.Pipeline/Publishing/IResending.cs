namespace EdgeGateway.Pipeline.Publishing;

/// <summary>An order under way to send something again beside the live data, a little at a time. Owned by the publisher's loop.</summary>
internal interface IResending
{
    /// <summary>Items that the target took, and that it refused.</summary>
    (long Sent, long Refused) Counted { get; }

    /// <summary>True where everything was sent.</summary>
    bool Done { get; }

    /// <summary>Time until its next turn; zero where it is due.</summary>
    TimeSpan Until { get; }

    /// <summary>The items of this turn: as many as the rate allows.</summary>
    List<PublishItem> Take();

    /// <summary>Takes back what is to be tried again, and counts the rest.</summary>
    void Apply(List<PublishItem> items, Outcome[] outcomes, long nowMicros);
}
