using System.Collections;

namespace nanoFramework.TestFramework;

/// <summary>Assertions about collections, with the platform's names and meanings.</summary>
public sealed class CollectionAssert
{
    /// <summary>Both hold equal elements in the same order, or both are null.</summary>
    public static void AreEqual(ICollection expected, ICollection actual, string message = "")
    {
        if (Difference(expected, actual) is { } difference)
        {
            Assert.Fail("CollectionAssert.AreEqual", $"{message} ({difference})");
        }
    }

    /// <summary>The two differ in length, order or an element.</summary>
    public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "")
    {
        if (Difference(notExpected, actual) is null)
        {
            Assert.Fail("CollectionAssert.AreNotEqual", $"{message} (Both hold the same elements.)");
        }
    }

    /// <summary>It has no elements.</summary>
    public static void Empty(ICollection collection, string message = "")
    {
        Assert.NotNullParameter(collection, "CollectionAssert.Empty", nameof(collection));
        if (collection.Count != 0)
        {
            Assert.Fail("CollectionAssert.Empty", message);
        }
    }

    /// <summary>It has elements.</summary>
    public static void NotEmpty(ICollection collection, string message = "")
    {
        Assert.NotNullParameter(collection, "CollectionAssert.NotEmpty", nameof(collection));
        if (collection.Count == 0)
        {
            Assert.Fail("CollectionAssert.NotEmpty", message);
        }
    }

    private static string? Difference(ICollection? expected, ICollection? actual)
    {
        if (ReferenceEquals(expected, actual))
        {
            return null;
        }

        if (expected is null || actual is null)
        {
            return "One of them is null.";
        }

        if (expected.Count != actual.Count)
        {
            return $"Expected {expected.Count} elements, there are {actual.Count}.";
        }

        IEnumerator wanted = expected.GetEnumerator();
        IEnumerator found = actual.GetEnumerator();
        for (int i = 0; wanted.MoveNext() && found.MoveNext(); i++)
        {
            if (!Equals(wanted.Current, found.Current))
            {
                return $"Element {i}: expected:<{wanted.Current ?? "(null)"}>, actual:<{found.Current ?? "(null)"}>.";
            }
        }

        return null;
    }
}
