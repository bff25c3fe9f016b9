using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>A class of tests.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class TestClassAttribute : MSTest.TestClassAttribute
{
}

/// <summary>A test, run after its class's <see cref="SetupAttribute"/> methods.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public sealed class TestMethodAttribute([CallerFilePath] string callerFilePath = "", [CallerLineNumber] int callerLineNumber = -1)
    : MSTest.TestMethodAttribute(callerFilePath, callerLineNumber)
{
    /// <inheritdoc/>
    public override Task<MSTest.TestResult[]> ExecuteAsync(MSTest.ITestMethod testMethod) =>
        ClassFixture.Of(testMethod.MethodInfo.ReflectedType!).RunAsync(() => base.ExecuteAsync(testMethod));
}

/// <summary>The arguments of one run of a test. The test is run once for each.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
[SuppressMessage("Design", "CA1019", Justification = "The platform's name for the arguments is another one.")]
public sealed class DataRowAttribute : MSTest.DataRowAttribute
{
    /// <summary>Takes the arguments. As on the platform there is at least one.</summary>
    public DataRowAttribute(params object[] methodParameters)
        : base(Checked(methodParameters))
    {
    }

    /// <summary>The arguments.</summary>
    public object?[] MethodParameters => Data;

    private static object[] Checked(object[] methodParameters)
    {
        ArgumentNullException.ThrowIfNull(methodParameters);
        return methodParameters.Length == 0
            ? throw new ArgumentException("A DataRow needs at least one value. Leave the attribute out of a test without parameters.", nameof(methodParameters))
            : methodParameters;
    }
}

/// <summary>Runs once, before the first test of its class.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public sealed class SetupAttribute : Attribute
{
}

/// <summary>Runs once, after the last test of its class.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public sealed class CleanupAttribute : Attribute
{
}
