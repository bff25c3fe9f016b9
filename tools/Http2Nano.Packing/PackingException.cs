using System;

namespace Http2Nano.Packing;

/// <summary>A file or a folder that cannot be packed. The message is a sentence for the user.</summary>
public sealed class PackingException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">A sentence for the user.</param>
    public PackingException(string message)
        : base(message)
    {
    }
}
