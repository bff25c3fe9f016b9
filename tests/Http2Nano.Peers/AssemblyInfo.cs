using Microsoft.VisualStudio.TestTools.UnitTesting;

// Some of the tests measure time.
[assembly: DoNotParallelize]
