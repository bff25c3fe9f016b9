using Microsoft.VisualStudio.TestTools.UnitTesting;

// Tests with a host board of their own, which mostly wait, run side by side; the others share one, and come after them.
[assembly: Parallelize(Workers = 3, Scope = ExecutionScope.MethodLevel)]
