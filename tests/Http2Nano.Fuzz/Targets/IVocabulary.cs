using System.Collections.Generic;

namespace Http2Nano.Fuzz.Targets;

/// <summary>A target that knows what its inputs are made of.</summary>
public interface IVocabulary
{
    /// <summary>Octets and words to put into inputs.</summary>
    IReadOnlyList<byte[]> Words { get; }
}
