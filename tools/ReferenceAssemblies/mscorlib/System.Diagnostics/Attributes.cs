namespace System.Diagnostics;

[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ConditionalAttribute : Attribute
{
    public extern ConditionalAttribute(string conditionString);

    public extern string ConditionString { get; }
}

[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Module)]
public sealed class DebuggableAttribute : Attribute
{
    public extern DebuggableAttribute(bool isJITTrackingEnabled, bool isJITOptimizerDisabled);
    public extern DebuggableAttribute(DebuggingModes modes);

    public extern bool IsJITTrackingEnabled { get; }
    public extern bool IsJITOptimizerDisabled { get; }
    public extern DebuggingModes DebuggingFlags { get; }

    [Flags]
    public enum DebuggingModes
    {
        None = 0,
        Default = 1,
        DisableOptimizations = 0x100,
        IgnoreSymbolStoreSequencePoints = 2,
        EnableEditAndContinue = 4,
    }
}

[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class DebuggerBrowsableAttribute : Attribute
{
    public extern DebuggerBrowsableAttribute(DebuggerBrowsableState state);

    public extern DebuggerBrowsableState State { get; }
}
