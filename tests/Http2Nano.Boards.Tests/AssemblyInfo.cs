using Microsoft.VisualStudio.TestTools.UnitTesting;

// There is one board and one console.
[assembly: DoNotParallelize]
