using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TestFrameworkShared;

namespace nanoFramework.TestFramework;

/// <summary>Assertions with the platform's names and meanings.</summary>
public sealed partial class Assert
{
    /// <summary>The two are not one object.</summary>
    public static void AreNotSame(object? notExpected, object? actual, [CallerArgumentExpression(nameof(actual))] string message = "") =>
        Hold(!ReferenceEquals(notExpected, actual), "Assert.AreNotSame", message);

    /// <summary>The two are one object.</summary>
    public static void AreSame(object? expected, object? actual, [CallerArgumentExpression(nameof(actual))] string message = "") =>
        Hold(ReferenceEquals(expected, actual), "Assert.AreSame", message);

    /// <summary>The second string holds the first.</summary>
    public static void Contains(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        NotNullParameter(expected, "Assert.Contains", nameof(expected));
        NotNullParameter(value, "Assert.Contains", nameof(value));
        Hold(value.Contains(expected, StringComparison.Ordinal), "Assert.Contains", $"'{value}' does not contain '{expected}'. {message}");
    }

    /// <summary>The second string does not hold the first.</summary>
    public static void DoesNotContains(string notExpected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        NotNullParameter(notExpected, "Assert.DoesNotContains", nameof(notExpected));
        NotNullParameter(value, "Assert.DoesNotContains", nameof(value));
        Hold(!value.Contains(notExpected, StringComparison.Ordinal), "Assert.DoesNotContains", $"'{value}' should not contain '{notExpected}'. {message}");
    }

    /// <summary>The second string ends with the first.</summary>
    public static void EndsWith(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        NotNullParameter(expected, "Assert.EndsWith", nameof(expected));
        NotNullParameter(value, "Assert.EndsWith", nameof(value));
        Hold(value.EndsWith(expected, StringComparison.Ordinal), "Assert.EndsWith", $"'{value}' does not end with '{expected}'. {message}");
    }

    /// <summary>The second string starts with the first.</summary>
    public static void StartsWith(string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        NotNullParameter(expected, "Assert.StartsWith", nameof(expected));
        NotNullParameter(value, "Assert.StartsWith", nameof(value));
        Hold(value.StartsWith(expected, StringComparison.Ordinal), "Assert.StartsWith", $"'{value}' does not start with '{expected}'. {message}");
    }

    /// <summary>The condition is false.</summary>
    public static void IsFalse(bool condition, [CallerArgumentExpression(nameof(condition))] string message = "") =>
        Hold(!condition, "Assert.IsFalse", message);

    /// <summary>The condition is true.</summary>
    public static void IsTrue(bool condition, [CallerArgumentExpression(nameof(condition))] string message = "") =>
        Hold(condition, "Assert.IsTrue", message);

    /// <summary>The object is of this type; on the platform a derived type is another one.</summary>
    public static void IsInstanceOfType(object? value, Type expected, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        NotNullParameter(expected, "Assert.IsInstanceOfType", nameof(expected));
        Hold(value?.GetType() == expected, "Assert.IsInstanceOfType", $"Expected type:<{expected}>. Actual type:<{Text(value?.GetType())}>. {message}");
    }

    /// <summary>The object is not of this type.</summary>
    public static void IsNotInstanceOfType(object? value, Type notExpected, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        NotNullParameter(notExpected, "Assert.IsNotInstanceOfType", nameof(notExpected));
        Hold(value?.GetType() != notExpected, "Assert.IsNotInstanceOfType", $"Wrong type:<{notExpected}>. {message}");
    }

    /// <summary>There is an object.</summary>
    public static void IsNotNull([NotNull] object? value, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        if (value is null)
        {
            Fail("Assert.IsNotNull", message);
        }
    }

    /// <summary>There is none.</summary>
    public static void IsNull(object? value, [CallerArgumentExpression(nameof(value))] string message = "") =>
        Hold(value is null, "Assert.IsNull", message);

    /// <summary>Ends the test as skipped.</summary>
    [DoesNotReturn]
    public static void SkipTest(string? message = null) => throw new SkipTestException(message);

    /// <summary>The action throws this type of exception; on the platform a derived type is another one.</summary>
    public static void ThrowsException(Type exception, Action action, [CallerArgumentExpression(nameof(action))] string message = "")
    {
        NotNullParameter(action, "Assert.ThrowsException", nameof(action));
        NotNullParameter(exception, "Assert.ThrowsException", nameof(exception));
        try
        {
            action();
        }
        catch (Exception e)
        {
            Hold(e.GetType() == exception, "Assert.ThrowsException", $"Threw {e.GetType().Name}, but {exception.Name} was expected. {message} {e.Message}");
            return;
        }

        Fail("Assert.ThrowsException", $"No exception thrown. {exception.Name} was expected. {message}");
    }

    [DoesNotReturn]
    internal static void Fail(string assertion, string message) => throw new AssertFailedException($"{assertion} failed. {message}");

    internal static void NotNullParameter([NotNull] object? value, string assertion, string parameter)
    {
        if (value is null)
        {
            Fail(assertion, $"The parameter '{parameter}' is invalid. The value cannot be null.");
        }
    }

    private static void Hold(bool condition, string assertion, string message)
    {
        if (!condition)
        {
            Fail(assertion, message);
        }
    }

    private static string Text(object? value) => value?.ToString() ?? "(null)";
}
