using Microsoft.VisualStudio.TestTools.UnitTesting;

// Servers, builds and loads take much of the machine.
[assembly: DoNotParallelize]
