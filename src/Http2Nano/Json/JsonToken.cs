namespace Http2Nano.Json
{
    /// <summary>The token that <see cref="JsonReader.Read"/> has read.</summary>
    public enum JsonToken
    {
        /// <summary>The end of a complete and valid text.</summary>
        End = 0,

        /// <summary>
        /// The text is not JSON (RFC 8259), is nested too deeply, or is not UTF-8. Every further token is this one.
        /// </summary>
        Error = 1,

        /// <summary><c>{</c>.</summary>
        BeginObject = 2,

        /// <summary><c>}</c>.</summary>
        EndObject = 3,

        /// <summary><c>[</c>.</summary>
        BeginArray = 4,

        /// <summary><c>]</c>.</summary>
        EndArray = 5,

        /// <summary>The name of a member. Its value comes next.</summary>
        Name = 6,

        /// <summary>A text.</summary>
        Text = 7,

        /// <summary>A number.</summary>
        Number = 8,

        /// <summary><c>true</c>.</summary>
        True = 9,

        /// <summary><c>false</c>.</summary>
        False = 10,

        /// <summary><c>null</c>.</summary>
        Null = 11,
    }
}
