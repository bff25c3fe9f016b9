namespace System.Threading;

public delegate void ThreadStart();

public delegate void TimerCallback(object state);
