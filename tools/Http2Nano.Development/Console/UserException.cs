using System;

namespace Http2Nano.Development;

/// <summary>Something that whoever typed the command can put right. The message is a sentence that says how.</summary>
internal sealed class UserException(string message) : Exception(message);
