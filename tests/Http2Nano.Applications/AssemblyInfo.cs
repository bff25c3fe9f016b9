using Microsoft.VisualStudio.TestTools.UnitTesting;

// A server serves one connection at a time, and browsers take much of the machine.
[assembly: DoNotParallelize]
