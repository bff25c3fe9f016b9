using Microsoft.VisualStudio.TestTools.UnitTesting;

// They mostly wait, so they run side by side; those that measure time come after them.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.MethodLevel)]
