using Microsoft.VisualStudio.TestTools.UnitTesting;

// Allocation is measured by thread, and warming up one test must not be disturbed by another.
[assembly: DoNotParallelize]
