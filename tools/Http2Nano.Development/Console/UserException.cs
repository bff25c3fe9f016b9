using System;

namespace Http2Nano.Development;

/// <summary>An error that the user can correct. The message is a sentence with the remedy.</summary>
internal sealed class UserException(string message) : Exception(message);
