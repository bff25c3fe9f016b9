using System;

namespace Http2Nano.Fuzz;

/// <summary>Something did not hold.</summary>
public sealed class InvariantException(string message) : Exception(message);
