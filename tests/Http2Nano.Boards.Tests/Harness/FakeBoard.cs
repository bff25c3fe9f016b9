using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using Socket = Http2Nano.Devices.Socket;
using Timer = Http2Nano.Devices.Timer;

namespace Http2Nano.Boards.Tests
{
    /// <summary>
    /// What the stand-ins of the platform do: a test says so in the fields. Its time goes on when the board's main thread sleeps, and
    /// only then; there the test takes its turn (<see cref="Run"/>).
    /// </summary>
    internal sealed class FakeBoard
    {
        // What is stored, and survives a restart.
        internal bool HasWifi = true;
        internal bool HasAccessPoint = true;
        internal bool HasEthernet;
        internal string StoredSsid = "home";
        internal string StoredPassword = "right password";
        internal AuthenticationType StoredAuthentication;
        internal Wireless80211Configuration.ConfigurationOptions StoredOptions = Wireless80211Configuration.ConfigurationOptions.AutoConnect;
        internal string AccessPointAddress = "0.0.0.0";
        internal WirelessAPConfiguration AccessPoint = new WirelessAPConfiguration(0);

        // The network, as it is.
        internal string Ssid = "home";
        internal string Password = "right password";
        internal double Strength = -61;
        internal WifiConnectionStatus? Refusal;
        internal string GivenAddress = "127.0.0.1";
        internal string Address = "0.0.0.0";
        internal bool IsDhcpEnabled;
        internal int TakenPort;
        internal bool TimeServerAnswers = true;
        internal string TimeServer = "pool.ntp.org";
        internal bool FirmwareJoins;
        internal Exception NetworkFailure;
        internal Exception ScanFailure;

        // The chips.
        internal uint Heap = 100000;
        internal Exception HeapFailure;
        internal Exception ConsoleFailure;
        internal volatile bool RefusesCertificates;
        internal byte[] SensorRegister = { 21, 128 };
        internal int? Analogue;
        internal bool Output;

        // What was done.
        internal int Joins;
        internal int Scans;
        internal int TimeQuestions;
        internal volatile int Handshakes;
        internal int Restarts;
        internal bool SntpIsStarted;
        internal bool ClockIsSet;

        internal readonly List<Timer> Timers = new List<Timer>();

        // Datagrams: sockets by their port, and what was sent to whom.
        internal readonly ConcurrentDictionary<int, Socket> Sockets = new ConcurrentDictionary<int, Socket>();
        internal readonly BlockingCollection<(string Receiver, byte[] Datagram)> Sent = new BlockingCollection<(string, byte[])>();

        private readonly SemaphoreSlim _board = new SemaphoreSlim(0);
        private readonly SemaphoreSlim _test = new SemaphoreSlim(0);
        private Thread _main;
        private Func<bool> _until;
        private long _deadline;
        private Exception _end;
        private volatile bool _gone;

        /// <summary>The board that the stand-ins belong to.</summary>
        internal static FakeBoard Present { get; set; }

        /// <summary>Milliseconds since the board was made.</summary>
        internal long Now { get; private set; }

        internal bool IsMainThread
        {
            get { return Thread.CurrentThread == _main; }
        }

        /// <summary>Whether the main thread has been restarted or switched off.</summary>
        internal bool IsGone
        {
            get { return _gone; }
        }

        /// <summary>Gives the board power. Its main thread waits for <see cref="Run"/>.</summary>
        internal void Start(Action program)
        {
            _gone = false;
            _end = null;
            Timers.Clear();
            Sockets.Clear();
            Address = "0.0.0.0";
            SntpIsStarted = false;
            ClockIsSet = false;
            _main = new Thread(() =>
            {
                _board.Wait();
                try
                {
                    program();
                }
                catch (BoardGoneException)
                {
                    // Restarted, or without power.
                }
                catch (Exception exception)
                {
                    _end = exception;
                }
                finally
                {
                    _gone = true;
                    _test.Release();
                }
            });
            _main.IsBackground = true;
            _main.Start();
        }

        /// <summary>Lets the main thread run until something is true, looking whenever it sleeps.</summary>
        /// <param name="until">What is waited for.</param>
        /// <param name="time">Milliseconds of the board's time that it may take.</param>
        /// <returns>Whether it became true.</returns>
        internal bool Run(Func<bool> until, int time)
        {
            if (_gone)
            {
                return until();
            }

            _until = until;
            _deadline = Now + time;
            _board.Release();
            if (!_test.Wait(TimeSpan.FromSeconds(60)))
            {
                throw new TimeoutException("The board's main thread neither sleeps nor ends.");
            }

            if (_end != null)
            {
                throw new InvalidOperationException("The application has ended.", _end);
            }

            return until();
        }

        /// <summary>Takes the power away.</summary>
        internal void SwitchOff()
        {
            if (!_gone)
            {
                _gone = true;
                _board.Release();
                _test.Wait(TimeSpan.FromSeconds(60));
            }
        }

        /// <summary>The main thread sleeps.</summary>
        internal void Sleep(int milliseconds)
        {
            ThrowWhenGone();
            long end = Now + milliseconds;
            foreach (Timer timer in Timers.ToArray())
            {
                while (timer.Due <= end)
                {
                    Now = Math.Max(Now, timer.Due);
                    timer.Fire();
                }
            }

            Now = end;
            if (FirmwareJoins && StoredOptions == Wireless80211Configuration.ConfigurationOptions.AutoConnect && StoredSsid == Ssid && StoredPassword == Password)
            {
                Address = GivenAddress;
            }

            if (TimeServerAnswers && SntpIsStarted)
            {
                ClockIsSet = true;
            }

            if (_until() || Now >= _deadline)
            {
                _test.Release();
                _board.Wait();
            }

            ThrowWhenGone();
        }

        internal void Restart()
        {
            Restarts++;
            _gone = true;
            ThrowWhenGone();
        }

        internal void AskTimeServer()
        {
            TimeQuestions++;
            ClockIsSet |= TimeServerAnswers;
        }

        internal WifiConnectionStatus Join(string ssid, string password)
        {
            Joins++;

            // The firmware stores what the adapter is told to join, before it tries.
            StoredSsid = ssid;
            StoredPassword = password;
            if (Refusal != null)
            {
                return Refusal.Value;
            }

            if (ssid != Ssid)
            {
                return WifiConnectionStatus.NetworkNotAvailable;
            }

            if (password != Password)
            {
                return WifiConnectionStatus.InvalidCredential;
            }

            Address = GivenAddress;
            return WifiConnectionStatus.Success;
        }

        internal void Scan()
        {
            Scans++;
            if (ScanFailure != null)
            {
                throw ScanFailure;
            }
        }

        internal uint CountHeap()
        {
            if (HeapFailure != null && IsMainThread)
            {
                throw HeapFailure;
            }

            return Heap;
        }

        private void ThrowWhenGone()
        {
            if (_gone)
            {
                throw new BoardGoneException();
            }
        }
    }
}
