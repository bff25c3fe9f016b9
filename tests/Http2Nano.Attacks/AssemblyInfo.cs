using Microsoft.VisualStudio.TestTools.UnitTesting;

// Most of the tests measure time or memory.
[assembly: DoNotParallelize]
