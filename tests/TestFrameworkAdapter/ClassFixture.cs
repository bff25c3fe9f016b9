using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>
/// Runs [Setup] before a class's first test and [Cleanup] after its last, as the platform's launcher does. MSTest has
/// attributes for that, but they are sealed and want static methods with a context.
/// </summary>
internal sealed class ClassFixture
{
    private static readonly ConcurrentDictionary<Type, ClassFixture> s_fixtures = [];

    private readonly Type _class;
    private readonly Lazy<Exception?> _setup;
    private int _left;
    private int _cleaned;

    private ClassFixture(Type testClass)
    {
        _class = testClass;
        _setup = new Lazy<Exception?>(() => Run<SetupAttribute>());
        _left = testClass.GetMethods().Sum(Runs);

        // A filter may leave out the last test: then it is at the end of the run.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => CleanUp();
    }

    public static ClassFixture Of(Type testClass) => s_fixtures.GetOrAdd(testClass, t => new ClassFixture(t));

    public async Task<MSTest.TestResult[]> RunAsync(Func<Task<MSTest.TestResult[]>> test)
    {
        MSTest.TestResult[] results = _setup.Value is { } failure ? [Result(failure)] : await test();

        if (Interlocked.Decrement(ref _left) == 0 && CleanUp() is { } late)
        {
            return [.. results, Result(late)];
        }

        return results;
    }

    private static int Runs(MethodInfo method) => method.GetCustomAttribute<TestMethodAttribute>() is null
        ? 0
        : Math.Max(1, method.GetCustomAttributes<DataRowAttribute>().Count());

    private static MSTest.TestResult Result(Exception exception) => new()
    {
        Outcome = exception is MSTest.AssertInconclusiveException ? MSTest.UnitTestOutcome.Inconclusive : MSTest.UnitTestOutcome.Failed,
        TestFailureException = exception,
    };

    private Exception? CleanUp() =>
        _setup.IsValueCreated && Interlocked.Exchange(ref _cleaned, 1) == 0 ? Run<CleanupAttribute>() : null;

    private Exception? Run<TAttribute>()
        where TAttribute : Attribute
    {
        foreach (MethodInfo method in _class.GetMethods().Where(m => m.IsDefined(typeof(TAttribute))))
        {
            try
            {
                method.Invoke(method.IsStatic ? null : Activator.CreateInstance(_class), null);
            }
            catch (TargetInvocationException e)
            {
                return ExceptionDispatchInfo.Capture(e.InnerException!).SourceException;
            }
        }

        return null;
    }
}
