namespace System;

public enum DateTimeKind
{
    Utc = 1,
}
